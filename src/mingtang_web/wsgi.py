"""The site as a web server calls it."""

from __future__ import annotations

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

DO_NOT_TRY_AGAIN = 4
"""By what gunicorn knows that a new worker would fail as well."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang_web.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    print(problem, file=sys.stderr)  # noqa: T201 - no log stands yet
    sys.exit(DO_NOT_TRY_AGAIN)


def settle() -> None:
    """Load every page's code, and spare the collector of garbage what stays for good.

    Otherwise each of its whole rounds, which come just when a page reads very much,
    walks through all of it: 140 ms of a page of 120.
    """
    get_resolver().url_patterns  # noqa: B018 - loads what it names
    gc.collect()
    gc.freeze()


settle()
