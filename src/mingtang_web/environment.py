"""What the operator sets: the environment's ``MINGTANG_*`` words, read and checked."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[2]
YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def text(name: str, default: str = "") -> str:
    """Return one setting, without the spaces around it."""
    return os.environ.get(f"MINGTANG_{name}", default).strip()


def words(name: str, default: str = "") -> list[str]:
    """Return a setting that lists several things between commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    """Return a setting that is on or off.

    Raises `ImproperlyConfigured` for any other word: a misspelt ``yes`` must
    not turn protection off.
    """
    word = text(name, "1" if default else "0").lower()
    if word in YES | NO:
        return word in YES
    message = f"环境变量 MINGTANG_{name} 应为 1 或 0，现为“{word}”；请改正后重新启动"
    raise ImproperlyConfigured(message)


def number(name: str, default: int) -> int:
    """Return a setting that is a whole number.

    Raises `ImproperlyConfigured` when it is not one.
    """
    word = text(name, str(default))
    if word.isdecimal():
        return int(word)
    message = f"环境变量 MINGTANG_{name} 应为整数，现为“{word}”；请改正后重新启动"
    raise ImproperlyConfigured(message)


def data_folder() -> Path:
    """Return the folder of database, keys and files; ``var/`` unless set.

    Raises `ImproperlyConfigured` where nothing can be written there.
    """
    folder = Path(text("DATA") or REPOSITORY / "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        message = f"数据文件夹 {folder} 建不起来（{fault.strerror}）"
    else:
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
        message = f"数据文件夹 {folder} 不能写入"
    message += "；请改正环境变量 MINGTANG_DATA 或者文件夹的权限后重新启动"
    raise ImproperlyConfigured(message)


def log_level() -> str:
    """Return how much is logged; raises `ImproperlyConfigured` for an unknown word."""
    word = text("LOG_LEVEL", "INFO").upper()
    if word in LEVELS:
        return word
    message = (
        f"环境变量 MINGTANG_LOG_LEVEL 应为 {'、'.join(LEVELS)} 之一，"
        f"现为“{word}”；请改正后重新启动"
    )
    raise ImproperlyConfigured(message)


def class_path(name: str, default: str) -> str:
    """Return the path of a class that is put in from outside, once it is found.

    Raises `ImproperlyConfigured` where it is not there.
    """
    word = text(name) or default
    module, _dot, _made = word.rpartition(".")
    try:
        there = bool(module) and find_spec(module) is not None
    except (ImportError, ValueError):
        there = False
    if there:
        return word
    message = (
        f"环境变量 MINGTANG_{name} 应为类的 Python 路径，如 {default}，"
        f"现为“{word}”，找不到这个模块；请改正后重新启动"
    )
    raise ImproperlyConfigured(message)


def database(folder: Path) -> dict[str, object]:
    """Return Django's words for the database: embedded, or ``MINGTANG_DATABASE``.

    The embedded one keeps a write-ahead log, so that readers never wait, and
    opens every transaction for writing at once, so that two writers queue
    instead of failing half-way.
    Raises `ImproperlyConfigured` for an address that is not PostgreSQL's.
    """
    address = text("DATABASE")
    return postgresql(address) if address else sqlite(folder / "mingtang.sqlite3")


def sqlite(file: Path) -> dict[str, object]:
    """Return Django's words for an embedded database in ``file``.

    The file is its owner's alone, as the keys are; its log takes the same rights.
    """
    file.touch(0o600)
    kept = file.stat()
    if kept.st_mode & 0o077 and kept.st_uid == os.getuid():
        file.chmod(0o600)
    options = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-32000",
    }
    # Opening it with all these words takes longer than a page's own queries.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }


def postgresql(address: str) -> dict[str, object]:
    """Return Django's words for ``postgresql://user:password@host:port/name?option=…``.

    Raises `ImproperlyConfigured` when the address is of another kind.
    """
    try:
        parts = urlsplit(address)
        wrong = f"现以“{parts.scheme}”开头"
        if parts.scheme in {"postgres", "postgresql"}:
            wrong = "" if parts.path.strip("/") else "现缺库名"
        wrong = wrong or ("现端口为0" if parts.port == 0 else "")
    except ValueError:
        wrong = "现主机或者端口写得不对"
    if wrong:
        message = (
            "环境变量 MINGTANG_DATABASE 应形如 postgresql://用户:口令@主机:端口/库名，"
            f"{wrong}；不设此变量则用内置的 SQLite"
        )
        raise ImproperlyConfigured(message)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def openid_connect() -> dict[str, object]:
    """Return allauth's words for the organisation's own OpenID Connect provider, if any.

    Raises `ImproperlyConfigured` when the issuer is set and the client is not,
    and for an issuer without HTTPS that is not on this machine.
    """
    issuer, client = text("OIDC_ISSUER"), text("OIDC_CLIENT")
    if not issuer:
        return {}
    _refuse_open_issuer(issuer)
    if not client or not text("OIDC_SECRET"):
        message = (
            "设了 MINGTANG_OIDC_ISSUER，还须设 MINGTANG_OIDC_CLIENT "
            "和 MINGTANG_OIDC_SECRET；三者都由统一认证平台的管理员提供"
        )
        raise ImproperlyConfigured(message)
    provider = {
        "provider_id": "oidc",
        "name": text("OIDC_NAME", "统一身份认证"),
        "client_id": client,
        "secret": text("OIDC_SECRET"),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [provider]}}


def _refuse_open_issuer(issuer: str) -> None:
    """Tokens come straight from the issuer; over plain HTTP anybody could write one."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        message = (
            f"MINGTANG_OIDC_ISSUER 应以 https:// 开头，现为“{issuer}”；请改正后重新启动"
        )
        raise ImproperlyConfigured(message)


class MailServer(NamedTuple):
    """Where e-mail is handed in; without a host it is laid into files."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @property
    def backend(self) -> str:
        """The name of Django's backend."""
        return "smtp" if self.host else "filebased"


def mail_server() -> MailServer:
    """Return the server that ``MINGTANG_EMAIL_URL`` names.

    ``smtp://user:password@host:port`` asks for encryption after the greeting
    (STARTTLS), ``smtps`` encrypts from the start; only to this very machine do words
    travel in clear.
    Raises `ImproperlyConfigured` for an address of another kind.
    """
    address = text("EMAIL_URL")
    if not address:
        return MailServer()
    parts = _mail_address(address)
    here = parts.hostname in {"127.0.0.1", "localhost"}
    tls = parts.scheme == "smtps"
    usual = 465 if tls else 25 if here else 587
    return MailServer(
        parts.hostname or "",
        parts.port or usual,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=not tls and not here,
        tls=tls,
    )


def _mail_address(address: str) -> SplitResult:
    """Return the parts; what is wrong is said without the password in it."""
    parts = urlsplit(address)
    try:
        good = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
        # SMTP's own sign-in knows ASCII alone.
        good = good and unquote(f"{parts.username}{parts.password}").isascii()
    except ValueError:
        good = False
    if good:
        return parts
    message = (
        "环境变量 MINGTANG_EMAIL_URL 应形如 smtp://用户:口令@主机:端口 或 smtps://…，口令不含汉字；"
        "请改正后重新启动，不设此变量则邮件存成文件"
    )
    raise ImproperlyConfigured(message)


def form_targets() -> list[str]:
    """Return the other hosts that a form of ours may lead to: the provider's alone."""
    parts = urlsplit(text("OIDC_ISSUER"))
    named = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    return named + words("OIDC_HOSTS")


def cooling_off() -> timedelta:
    """Return how long an account stays locked after too many failures."""
    return timedelta(minutes=number("LOCK_MINUTES", 30))
