#!/usr/bin/env python3
"""Runs one of the site's administrative commands: ``python manage.py verify``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang_web.settings")
    execute_from_command_line(sys.argv)
