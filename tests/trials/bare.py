"""A bare Django page of a given size: what `tests.trials.rates` holds the portal against.

The middleware is that of ``django-admin startproject``; the page is a template of so many
bytes, rendered anew each time, and nothing is asked of a database.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

if TYPE_CHECKING:
    from django.http import HttpRequest

SIZE = int(os.environ.get("BARE_SIZE", "8000"))
_SAID = "政府信息公开"
_FRAME = "<!doctype html><html><head><title>{{ title }}</title></head><body>{% for each in lines %}<p>{{ each }}</p>\n{% endfor %}</body></html>"  # noqa: E501

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106 - of a trial that keeps nothing
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={},
        INSTALLED_APPS=["django.contrib.sessions", "django.contrib.messages"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()

_TEMPLATE = Template(_FRAME)
_LINE = _SAID * 10
_LINES = [_LINE] * max(1, SIZE // (len(_LINE.encode()) + 8))


def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Render so many lines."""
    return HttpResponse(_TEMPLATE.render(Context({"title": _SAID, "lines": _LINES})))


urlpatterns = [path("", page), path("alive/", page)]
application = get_wsgi_application()
