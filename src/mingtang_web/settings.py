"""Django's settings, from the environment; what is not set is safe and embedded."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from mingtang import __version__
from mingtang_web import environment, keys, whereabouts
from mingtang_web.logs import logging_settings

VERSION = __version__
SITE = Path(__file__).parent
DATA = environment.data_folder()
MEDIA_ROOT = DATA / "files"
MASTER_KEY = Path(environment.text("MASTER_KEY_FILE") or DATA / "master.key")
INDEX_KEY = Path(environment.text("INDEX_KEY_FILE") or DATA / "index.key")
SECRET_KEY = keys.secret(DATA / "secret.key")
keys.secret(MASTER_KEY)
keys.secret(INDEX_KEY)

DEBUG = environment.flag("DEBUG")
ADDRESS = whereabouts.address()  # as people type it: https://xxgk.example.gov.cn
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = environment.words("HOSTS") or [
    urlsplit(ADDRESS).hostname or "localhost", "127.0.0.1", "localhost",
]  # fmt: skip
SITE_NAME = environment.text("SITE_NAME")  # of the whole website this is part of
SITE_CODE = whereabouts.site_code()
SITE_FACTS = {  # what every page of the public says of the website beneath itself
    name: environment.text(name)
    for name in ("SITE_HOST", "SITE_CONTACT", "SITE_ICP", "SITE_POLICE")
}
PREFIX = whereabouts.prefix()
FORCE_SCRIPT_NAME = PREFIX or None
DATA_LICENCE = environment.text("DATA_LICENCE")  # of the open data, in the operator's words
OPEN_DATA_RATE = f"{environment.number('OPEN_DATA_A_MINUTE', 600)}/m"
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []

INSTALLED_APPS = [
    "mingtang_web.desk",
    "mingtang_web.portal",
    "mingtang_web.verifying",
    "mingtang_web.searching",
    "mingtang_web.annual",
    "mingtang_web.bringing",
    "mingtang_web.importing",
    "mingtang_web.bench",
    "mingtang_web.collecting",
    "mingtang_web.keeping",
    "mingtang_web.asking",
    "mingtang_web.activities",
    "mingtang_web.disputes",
    "mingtang_web.mistakes",
    "mingtang_web.registers",
    "mingtang_web.wordlists",
    "mingtang_web.publication",
    "mingtang_web.guides",
    "mingtang_web.matters",
    "mingtang_web.spells",
    "mingtang_web.supervision",
    "mingtang_web.notices",
    "mingtang_web.cases",
    "mingtang_web.letters",
    "mingtang_web.unsent",
    "mingtang_web.files",
    "mingtang_web.applicants",
    "mingtang_web.numbering",
    "mingtang_web.counts",
    "mingtang_web.ledger",
    "mingtang_web.bodies",
    "mingtang_web.accounts",
    "mingtang_web.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Only of what may be kept: the next one forbids that for every other answer.
    "django.middleware.http.ConditionalGetMiddleware",
    "mingtang_web.desk.middleware.nothing_kept_by_browsers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mingtang_web.portal.aids.in_the_script_chosen",
    "mingtang_web.desk.middleware.language_by_cookie",
    "mingtang_web.desk.middleware.nothing_oversized",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mingtang_web.desk.middleware.own_password_first",
    "mingtang_web.desk.unsent.forgotten_once_sent",
    "mingtang_web.desk.notices.ReadByOpening",
    "mingtang_web.desk.middleware.NothingStrange",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "mingtang_web.urls"
WSGI_APPLICATION = "mingtang_web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["mingtang_web.desk.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mingtang_web.desk.context.screen",
                "mingtang_web.desk.menu.menus",
                "mingtang_web.desk.notices.unread",
            ],
        },
    }
]
FORM_RENDERER = "mingtang_web.desk.forms.Renderer"
DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Language and time ---------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Accounts and sign-in ------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "mingtang_web.accounts.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.LengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.SimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "phone")},
    },
    {"NAME": f"{_VALIDATION}.CommonValidator"},
    {"NAME": f"{_VALIDATION}.EasyPatternValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mingtang_web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Failures are counted by axes, in the database, for all processes together.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
SOCIALACCOUNT_ADAPTER = "mingtang_web.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = environment.openid_connect()
OIDC_CLAIM = environment.text("OIDC_CLAIM", "preferred_username")
MFA_ADAPTER = "mingtang_web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "mingtang_web.accounts.forms.SignInForm",
    "reauthenticate": "mingtang_web.accounts.forms.ReauthenticateForm",
    "change_password": "mingtang_web.accounts.forms.ChangePasswordForm",
    "set_password": "mingtang_web.accounts.forms.SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "mingtang_web.accounts.forms.SecondFactorForm",
    "reauthenticate": "mingtang_web.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "mingtang_web.accounts.forms.ActivateForm",
}
MFA_TOTP_ISSUER = "明堂"
AXES_FAILURE_LIMIT = environment.number("FAILURES", 5)
AXES_COOLOFF_TIME = environment.cooling_off()
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "mingtang_web.accounts.lockout.typed_name"
AXES_CLIENT_IP_CALLABLE = "mingtang_web.accounts.lockout.address"
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = environment.number("PROXIES", 0)
AXES_LOCKOUT_CALLABLE = "mingtang_web.accounts.lockout.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# Browsers ------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{PREFIX}/"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# W005, W021: whether all of the organisation's other hosts use HTTPS is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *environment.form_targets()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
STATIC_URL = f"{PREFIX}/static/"
STATICFILES_DIRS = [SITE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
CSRF_FAILURE_VIEW = "mingtang_web.desk.views.form_expired"

# Files and letters ---------------------------------------------------------
UPLOAD_LIMIT = environment.number("UPLOAD_MEGABYTES", 50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Search: `mingtang_web.searching.engines.scaled.ScaledEngine` for very many documents
_embedded = "mingtang_web.searching.engines.embedded.EmbeddedEngine"
SEARCH = environment.class_path("SEARCH", _embedded)

# Notices -------------------------------------------------------------------
_mail = environment.mail_server()
EMAIL_BACKEND = f"django.core.mail.backends.{_mail.backend}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
SEAL = environment.class_path("SEAL", "mingtang_web.letters.seals.PlaceForSeal")
SENDER = environment.class_path("SENDER", "mingtang_web.outbox.FileSender")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM") or f"mingtang@{ALLOWED_HOSTS[0]}"

LOGGING = logging_settings(environment.log_level())
