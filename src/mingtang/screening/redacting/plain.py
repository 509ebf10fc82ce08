"""Plain text masked: the same text in the same encoding, marks in place of what goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.screening.files.plain import encoding_of
from mingtang.screening.redacting import Redacted
from mingtang.screening.redacting.needles import Needles, masked

if TYPE_CHECKING:
    from mingtang.screening.hits import Kind


def redacted(data: bytes, needles: Needles, _kinds: frozenset[Kind]) -> Redacted:
    """Return a text with marks. Raises `ValueError` where it is no text."""
    encoding = encoding_of(data)
    if encoding is None:
        message = "内容不是文字"
        raise ValueError(message)
    made, count = masked(data.decode(encoding), needles)
    return Redacted(made.encode(encoding), count)
