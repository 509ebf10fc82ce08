"""Lets ``python -m mingtang.cli`` be the command where it is not installed."""

from __future__ import annotations

import sys

from mingtang.cli import main

if __name__ == "__main__":
    sys.exit(main())
