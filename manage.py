#!/usr/bin/env python3
"""Runs one of the site's administrative commands: ``python manage.py verify``."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

NOT_MADE = ("no such table", "no such column", "does not exist")
"""What databases say before ``migrate``."""


def main() -> None:
    """Run a command; what the operator can mend is told in one line."""
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except (OperationalError, ProgrammingError) as problem:
        first = str(problem).partition("\n")[0]
        if any(said in first for said in NOT_MADE) and "database" not in first:
            sys.exit(
                f"数据库还没有建好，或者不是这一版的：请先运行 manage.py migrate（{first}）"
            )
        if isinstance(problem, OperationalError):
            sys.exit(
                f"数据库用不了：{first}；请核对 MINGTANG_DATABASE 和数据文件夹后再运行"
            )
        raise


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang_web.settings")
    main()
