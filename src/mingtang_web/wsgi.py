"""The site as a web server calls it."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

DO_NOT_TRY_AGAIN = 4
"""By what gunicorn knows that a new worker would fail as well."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang_web.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    print(problem, file=sys.stderr)  # noqa: T201 - no log stands yet
    sys.exit(DO_NOT_TRY_AGAIN)
