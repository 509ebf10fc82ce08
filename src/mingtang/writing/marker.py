"""The signs by which our own page and our own JSON are known again."""

from __future__ import annotations

import re

GENERATOR = "mingtang findings"
"""What the page's head names as its generator."""

HEAD = 4096
"""The sign stands within so many bytes from the beginning."""

_SIGN = re.compile(rb"<meta\b[^>]*\b%b\b" % GENERATOR.encode(), re.I)
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{.*"schema"\s*:\s*[0-9]', re.S)
_REPORT = re.compile(rb'"(?:body|cells|edition|is_report)"\s*:')


def is_ours(beginning: bytes) -> bool:
    """Return whether a file with this beginning is a page of findings of ours.

    >>> is_ours(b'<head><meta name="generator" content="mingtang findings">')
    True
    >>> is_ours("<p>mingtang findings</p>".encode())
    False
    """
    return _SIGN.search(beginning[:HEAD]) is not None


def is_object(beginning: bytes) -> bool:
    """Return whether a file with this beginning is a report as our JSON.

    >>> is_object(b'{"schema": 1, "body": null'), is_object(b'{"$schema": 1, "body": ""')
    (True, False)
    """
    head = beginning[:HEAD]
    return bool(_OBJECT.match(head) and _REPORT.search(head))
