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

MOST = 9_999_999_999
"""The largest figure that a cell takes, in 万元 a hundred times a country's revenue."""
PLACES = 6
"""Decimals of an amount in 万元, which is to the fen; an amount in yuan would have two."""
LONGEST = 60
"""Characters that a form takes for a figure: more than fit, so that it can say so."""
_SHOWN = 30


def plain(text: str) -> str:
    """Return a figure as a plain decimal, blank where nothing was written.

    Raises `ValidationError` for what is no number, for one larger than ``MOST`` and for
    one with more decimals than ``PLACES``.
    """
    written = text.strip().replace(",", "").replace("，", "")
    if not written:
        return ""
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        said = _("“%(text)s”不是数，请只写数字") % {"text": _shown(text)}
        raise ValidationError(said)
    if abs(found) > MOST:
        said = _(
            "“%(text)s”太大，最大可以填 %(most)s；"
            "请核对有没有多输、单位对不对（金额的单位是万元）"
        )
        raise ValidationError(said % {"text": _shown(text), "most": MOST})
    exponent = found.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - it is finite
    if -exponent > PLACES:
        said = _(
            "“%(text)s”有 %(n)s 位小数：金额的单位是万元，最多 %(most)s 位小数（到分）；"
            "件数是整数。请照登记簿核对后改好"
        )
        known = {"text": _shown(text), "n": -exponent, "most": PLACES}
        raise ValidationError(said % known)
    return format(found if exponent <= 0 else Decimal(int(found)), "f")


def _shown(text: str) -> str:
    said = text.strip()
    return f"{said[:_SHOWN]}…" if len(said) > _SHOWN else said


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
