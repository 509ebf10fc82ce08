"""How a cell of a workbook is shown: as a day, in white on white, or not at all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mingtang.screening.files.looks import is_white

if TYPE_CHECKING:
    from lxml import etree

_DAYS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""The built-in formats of days (ECMA-376 part 1, 18.8.30)."""
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_DAY = 2_958_465
_WHITE_THEME = "0"
_WHITE_INDEX = frozenset({"1", "9"})
UNSEEN_FORMAT = "格式让它不显示"
WHITE = "白底白字"


class CellStyle(NamedTuple):
    """Whether a cell shows a day, and why it is not seen if it is not."""

    is_day: bool = False
    veil: str = ""


def cell_styles(root: etree._Element | None) -> list[CellStyle]:
    """Return the styles of a workbook's cells, by their number."""
    if root is None:
        return []
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    white = [_is_white(each.find("{*}color")) for each in root.iterfind("{*}fonts/{*}font")]
    filled = [_is_filled(each) for each in root.iterfind("{*}fills/{*}fill")]
    styles = []
    for each in root.iterfind("{*}cellXfs/{*}xf"):
        number = each.get("numFmtId", "0")
        code = codes.get(number, "")
        pale = _nth(white, each.get("fontId", "0")) and not _nth(
            filled, each.get("fillId", "0")
        )
        veil = UNSEEN_FORMAT if code.replace(" ", "") == ";;;" else WHITE if pale else ""
        styles.append(CellStyle(_is_day(number, code), veil))
    return styles


def day(number: str, *, since_1904: bool) -> str:
    """Return the day that a number stands for, the number where it is none.

    >>> day("33000", since_1904=False)
    '1990-05-07'
    """
    try:
        count = int(float(number))
    except (ValueError, OverflowError):
        return number
    if not 0 < count < _LAST_DAY - 1:
        return number
    start = _SINCE_1904 if since_1904 else _SINCE_1900
    try:
        return (start + timedelta(days=count)).isoformat()
    except OverflowError:
        return number


def _is_day(number: str, code: str) -> bool:
    plain = _LITERAL.sub("", code).lower()
    return (number.isdecimal() and int(number) in _DAYS) or ("y" in plain and "m" in plain)


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    themed = colour.get("theme") == _WHITE_THEME and not colour.get("tint")
    return (
        themed or colour.get("indexed") in _WHITE_INDEX or is_white(colour.get("rgb", ""))
    )


def _is_filled(fill: etree._Element) -> bool:
    """Return whether a fill is not white."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is not None
    return pattern.get("patternType", "none") != "none" and not _is_white(
        pattern.find("{*}fgColor")
    )


def _nth(flags: list[bool], number: str) -> bool:
    return number.isdecimal() and int(number) < len(flags) and flags[int(number)]
