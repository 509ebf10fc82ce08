"""The number of a letter (发文字号): whose it is, its series, its year, its place there.

Which number comes next is for whoever keeps the series; here is how one is
written: ``东档公开告〔2026〕第7号``. Each group of kinds has a series of its own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mingtang.drafting import sheets
from mingtang.law import sheet

_CODE_WORD = re.compile(r"[\u4e00-\u9fff]{1,10}")
_FIRST_YEAR, _LAST_YEAR = 2008, 2999
_LAST_NUMBER = 99999
_BLANK = "    "


class NumberError(ValueError):
    """A number of a letter cannot be written so; says why, in Chinese."""


class Series(NamedTuple):
    """A number series (编号序列): its id, the word it prints, what it numbers."""

    id: str
    word: str
    what: str


@cache
def all_series() -> tuple[Series, ...]:
    """Return every series, in the order of its data file; raises `InvalidDataError`."""
    found = []
    for name, row in sheets.read("series.yaml").entries():
        row.allow("word", "what")
        found.append(Series(name, row.text("word"), row.text("what")))
    return tuple(found)


def series(name: str) -> Series:
    """Return the series of that id; raises `NumberError` where there is none."""
    return sheet.by_id(all_series, name, "编号序列", NumberError)


def format(code_word: str, name: str, year: int, number: int | None) -> str:
    """Return the number as printed; without one the place for it stays open.

    `code_word` is what the body's documents are known by (机关代字), `name` the id of
    a series, `number` counts from 1 in that series and year. Raises `NumberError`.

    >>> format("东档", "granted", 2026, 7)
    '东档公开告〔2026〕第7号'
    """
    if not _CODE_WORD.fullmatch(code_word):
        message = f"机关代字须为1至10个汉字，却是“{code_word}”；请在单位资料中改正"
        raise NumberError(message)
    if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
        message = f"发文字号的年份须在{_FIRST_YEAR}至{_LAST_YEAR}之间，却是 {year!r}"
        raise NumberError(message)
    if number is not None and (type(number) is not int or not 1 <= number <= _LAST_NUMBER):
        message = f"发文字号的序号须为1至{_LAST_NUMBER}的整数，却是 {number!r}"
        raise NumberError(message)
    shown = _BLANK if number is None else str(number)
    return f"{code_word}{series(name).word}〔{year}〕第{shown}号"
