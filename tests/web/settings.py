"""The site's settings, with a data folder that goes when the tests are over."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="mingtang-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("MINGTANG_")]:
    del os.environ[_name]
os.environ["MINGTANG_DATA"] = _FOLDER

from mingtang_web.settings import *  # noqa: E402, F403 - after the folder is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
