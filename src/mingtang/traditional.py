"""Traditional script and Simplified, by OpenCC, loaded only when text needs it."""

from __future__ import annotations

from opencc import OpenCC


def converter() -> OpenCC:
    """Return OpenCC's converter from Traditional to Simplified characters."""
    return OpenCC("t2s")


def to_traditional() -> OpenCC:
    """Return OpenCC's converter from Simplified to Traditional characters.

    Character by character and phrase by phrase, with no words of any one place: it shows
    a text in another script and says nothing else.
    """
    return OpenCC("s2t")
