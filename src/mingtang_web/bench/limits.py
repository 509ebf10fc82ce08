"""How much of the bench anybody may take at a time."""

from __future__ import annotations

from datetime import timedelta

from mingtang.reading.source import MAX_BYTES

LARGEST = MAX_BYTES
"""Bytes of one file: what the engine reads at most."""
KEPT = timedelta(hours=1)
"""So long files and results lie, unless they are cleared before."""
AN_HOUR = 30
"""So many files an address may hand in within an hour."""
OF_ONE = 4
"""So many files of one address are worked on, or wait, at the same time."""
OF_ALL = 20
"""So many files of all together."""
KINDS = (
    ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".xlsx", ".xls", ".ods",
    ".html", ".htm", ".csv", ".txt", ".md", ".json", ".png", ".jpg", ".jpeg", ".tif",
    ".tiff", ".bmp",
)  # fmt: skip
"""What the browser's own dialog offers; what a file is, its content says."""
