"""The sign by which our own page is known again and never taken for a report."""

from __future__ import annotations

import re

GENERATOR = "mingtang findings"
"""What the page's head names as its generator."""

HEAD = 4096
"""The sign stands within so many bytes from the beginning."""

_SIGN = re.compile(rb"<meta\b[^>]*\b%b\b" % GENERATOR.encode(), re.I)


def is_ours(beginning: bytes) -> bool:
    """Return whether a file with this beginning is a page of findings of ours.

    >>> is_ours(b'<head><meta name="generator" content="mingtang findings">')
    True
    >>> is_ours("<p>mingtang findings</p>".encode())
    False
    """
    return _SIGN.search(beginning[:HEAD]) is not None
