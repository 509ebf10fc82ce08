"""Where digits stand that may be a number of a person: the rest of them costs nothing more.

One pass over the text takes stretches of digits and gaps; one pattern, matched once for
each, asks whether any digits in it are as many, and begin, as those of a person's number
do. It may say yes where there is none, never no where there is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang.screening.context import Page

_GAPS = r" \-\n\u00a0\u200b\u200d\ufeff\u2060"
GAP = rf"[{_GAPS}]?"
"""What may part the digits of one number: no tab, which parts cells."""
RUN = re.compile(rf"[0-9](?:{GAP}[0-9]){{6,}}(?:{GAP}[Xx](?![0-9A-Za-z]))?")
"""Seven digits and more: every number of a person that has no letters has them."""
_BEHIND = 3
"""How far behind its last digit a run may reach: a gap, an X, and what follows it."""


def _more(digits: str) -> str:
    """Return the pattern of so many digits more, each with a gap before it or none."""
    return rf"(?:{GAP}[0-9]){{{digits}}}"


def _last(digits: str) -> str:
    """Return the pattern of so many last digits; most have no gaps, and are told faster."""
    return rf"(?:[0-9]{{{digits}}}(?![0-9])|{_more(digits)})"


def _left(signs: int) -> str:
    """Return the condition that so many digits and gaps follow: cheaper than to count."""
    return rf"(?=[0-9{_GAPS}]{{{signs}}})"


def _any_of(*shapes: str) -> Callable[[str], object]:
    """Return what tells whether a stretch holds digits of one of some shapes.

    Shapes begin where digits do, or behind any gap in them, and end before a gap or at
    the end. Each begins with a digit, so that most are left out by the first.
    """
    later = rf"(?:[0-9]++[{_GAPS}]++{_left(10)})*?"
    return re.compile(rf"{later}(?:{'|'.join(shapes)})(?![0-9])").match


_MOBILE = rf"1{GAP}[3-9]{_last('9')}"
_MOBILES = (_MOBILE, rf"8{GAP}6{GAP}{_MOBILE}", rf"0{GAP}0{GAP}8{GAP}6{GAP}{_MOBILE}")
_BORN = rf"(?:1{GAP}[89]|2{GAP}0){_more('2')}{GAP}[01]{GAP}[0-9]{GAP}[0-3]"
_RESIDENT = rf"[1-9]{_left(16)}{_more('5')}{GAP}{_BORN}{_more('4,5')}"
"""Its day tells it; the last of its signs may be an X."""
_CARDS = tuple(
    rf"{one}{GAP}{other}{_left(13)}{_last('14,17')}"
    for one, other in (
        ("6", "[0245]"),
        ("4", "[0-9]"),
        ("5", "[1-5]"),
        ("3", "[57]"),
        ("9", "[0-9]"),
    )
)
"""Sixteen to nineteen digits that begin as those of an issuer do."""
_LONG = rf"[0-9]{_left(14)}{_last('14,18')}"
"""Old resident numbers, cards of no issuer: only words can tell them."""
_LANDLINE = rf"0{_left(9)}{_last('9,11')}"

_sure = _any_of(*_MOBILES, _RESIDENT, *_CARDS)
_called = _any_of(*_MOBILES, _LONG)
_called_home = _any_of(*_MOBILES, _LONG, _LANDLINE)


_ALONE = frozenset((10, 11, 12, 13, 15, 16, 17, 18, 19))
"""How many digits a number of a person may have, its X not counted: told at once."""


def _stretches(fewest: int) -> re.Pattern[str]:
    return re.compile(rf"[0-9][0-9{_GAPS}]{{{fewest - 2},}}[0-9]")


_MOBILE_LONG, _LANDLINE_LONG, _ACCOUNT_LONG = map(_stretches, (11, 10, 7))
"""Stretches of as many digits as the shortest number has that can stand there."""


def runs(text: str, stretch: re.Match[str]) -> Iterator[re.Match[str]]:
    """Return the runs of digits in a stretch, with the X behind the last."""
    return RUN.finditer(text, stretch.start(), stretch.end() + _BEHIND)


def stretches(page: Page) -> list[re.Match[str]]:
    """Return the stretches of digits in which every number of a person is, in order.

    Words that name numbers must be on the page (`Page.names`, `homes`, `accounts`):
    what nothing can name is looked at only if its digits alone may tell it.
    """
    text, columns, named = page.text, page.columns, page.named
    shape = _called_home if page.homes else _called if page.names else _sure
    if columns:
        return [
            each
            for each in _ACCOUNT_LONG.finditer(text)
            if columns.holds(*each.span())
            or (shape(each[0]) and (named.holds(*each.span()) or _sure(each[0])))
        ]
    long = _LANDLINE_LONG if page.homes else _MOBILE_LONG
    told = [
        each
        for each in long.finditer(text)
        if (len(digits) in _ALONE if (digits := each[0]).isdigit() else shape(digits))
    ]
    if not (named and told) or named.holds_all(told[0].end(), told[-1].start()):
        return told
    return [each for each in told if named.holds(*each.span()) or _sure(each[0])]


parts = re.compile(f"[{_GAPS}]").split
"""The digits between the gaps of a stretch; one is empty where two gaps meet."""
