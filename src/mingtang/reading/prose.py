"""Whether a table is one, or lays out prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONG, MANY = 300, 60
"""A cell with more characters holds prose; one such in so many makes a table layout."""


def lays_out(texts: Collection[str]) -> bool:
    """Return whether the cells of a table hold prose that it only lays out."""
    long = sum(len(text) > LONG and "。" in text for text in texts)
    return long * MANY > len(texts)
