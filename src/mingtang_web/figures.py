"""Figures as people type them: which can stand in their cells, and which cannot."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.compiling import cannot_hold
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.form.edition import Edition

_LONGEST = len("-1234567890.123456")


def plain(text: str) -> str:
    """Return a figure as a plain decimal, blank where nothing was written.

    Raises `ValidationError`.
    """
    written = text.strip().replace(",", "").replace("，", "")
    if not written:
        return ""
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or len(written) > _LONGEST:
        said = _("“%(text)s”不是数，请只写数字") % {"text": text.strip()[:20]}
        raise ValidationError(said)
    return format(found, "f")


def wrong(values: Mapping[str, str]) -> dict[str, str]:
    """Return everything that is wrong with some figures, by their cells: all at once."""
    found = {cell: _why_not(cell, text) for cell, text in values.items()}
    return {cell: why for cell, why in found.items() if why}


def _why_not(cell: str, text: str) -> str:
    try:
        written = plain(text)
    except ValidationError as problem:
        return "".join(problem.messages)
    why = cannot_hold(cell, Decimal(written)) if written else None
    return _("%(why)s，这一格填不进去；请照台账填") % {"why": spoken(why)} if why else ""


def exact(text: str) -> Decimal | int:
    """Return a figure as the engine takes it: whole, or a decimal as it was written.

    >>> exact("12"), exact("-3"), exact("0.50")
    (12, -3, Decimal('0.50'))
    """
    return Decimal(text) if "." in text else int(text)


def label_of(edition: Edition, cell: str) -> str:
    """Return a cell's line and column as printed."""
    line, column = edition.labels(cell)
    return f"{line.full_label} · {column.label}"
