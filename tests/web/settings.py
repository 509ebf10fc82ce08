"""The site's settings, with a data folder that goes when the tests are over."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading

from django.db import connections

_FOLDER = tempfile.mkdtemp(prefix="mingtang-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("MINGTANG_")]:
    del os.environ[_name]
os.environ["MINGTANG_DATA"] = _FOLDER
# Playwright keeps a loop running in the thread of the tests; nothing of ours is async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# For that loop Django would keep connections by context and not by thread: open a
# second one behind the test's own, and drop it open.
connections._connections = threading.local()  # type: ignore[attr-defined]
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"

from mingtang_web.settings import *  # noqa: E402, F403 - after the folder is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
