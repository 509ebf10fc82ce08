"""Traditional script to Simplified, by OpenCC, loaded only when text needs it."""

from __future__ import annotations

from opencc import OpenCC


def converter() -> OpenCC:
    """Return OpenCC's converter from Traditional to Simplified characters."""
    return OpenCC("t2s")
