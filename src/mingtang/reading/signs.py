"""What stands in a text for what is no text, so that parsing meets it.

A figure with a struck-out digit, a raised mark or a picture beside it is not
the digits run together.
"""

from __future__ import annotations

PICTURE = "[图]"
"""What stands for a picture or a control that shows no text of its own."""


def struck(text: str) -> str:
    """Return struck-out text with a sign that it is.

    >>> struck("5")
    '[删去：5]'
    """
    return f"[删去：{text}]"
