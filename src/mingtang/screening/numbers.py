"""Numbers of persons that consist of digits: resident numbers, cards, telephones.

A number with a checksum is known by it; what has none is known by what it is called.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mingtang.identity import LENGTH, checks_out
from mingtang.screening.calling import an_amount, called_else, of_an_office
from mingtang.screening.context import clause_before
from mingtang.screening.hits import Hit, Kind
from mingtang.screening.papers import in_column
from mingtang.screening.runs import parts, runs, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang.screening.context import Page

_BLOCKS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
_PROVINCES = frozenset(
    str(code) for first, last in _BLOCKS for code in range(first, last + 1)
) | {"71", "91"}
_OLD = 15
_EARLIEST, _LATEST = 1840, 2100
_CENTURIES = frozenset({"18", "19", "20"})
_CARD = range(16, 20)
_CALLED_CARD = re.compile(r"卡|银行|[农工建交中邮]行|邮储|农商|信用社|开户|存折")
_CALLED_ID = re.compile(r"身份证|证件号|公民身份|社会保障号码|身份号码|\bID\b")
_CALLED_CODE = re.compile(r"信用代码|机构代码|组织代码")
_CALLED_HOME = re.compile(r"(?:住宅|家庭|家里|家中|宅)(?:固定)?(?:电话|座机)|宅电")
HOME_TRIGGERS = (
    "宅电",
    *(
        home + fixed + telephone
        for home in ("宅", "家庭", "家里", "家中")
        for fixed in ("", "固定")
        for telephone in ("电话", "座机")
    ),
)
NAME_TRIGGERS = (
    "卡", "银行", "农行", "工行", "建行", "交行", "中行", "邮行", "邮储", "农商", "信用社",
    "开户", "存折", "身份证", "证件号", "公民身份", "社会保障号码", "身份号码", "ID",
)  # fmt: skip
"""What stands in all words that make a number known that is not by its digits."""
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{9,11}")
_ISSUERS = re.compile(r"62|60[0-9]|4[0-9]|5[1-5]|35[2-8]|37|9[0-9]5588|6[45]")


_FEWEST = 10
"""Digits of the shortest number of a person that stands alone."""
_DIGITS = re.compile("[0-9Xx]+")


def every_number(page: Page) -> Iterator[Hit]:
    """Yield what the runs of digits of a text are, in the order of the text."""
    columns, may_be = page.columns or None, _may_be
    for stretch in stretches(page):
        below = columns is not None and columns.holds(*stretch.span())
        if below or may_be(stretch[0]):
            for run in runs(page.text, stretch):
                yield from tuple(numbers(page, run)) or (
                    in_column(page, run) if below else ()
                )


def _may_be(stretch: str) -> bool:
    """Return whether digits may be a number, all together or some between the gaps.

    So many digits must pass a check of their own, with an X behind them or none.
    """
    if stretch.isdigit():
        return len(stretch) in _CHECKS and bool(_CHECKS[len(stretch)](stretch))
    parted = parts(stretch)
    if "" in parted:
        return True
    for digits in ("".join(parted), *parted):
        if len(digits) in _CHECKS and _CHECKS[len(digits)](digits):
            return True
    return False


def numbers(page: Page, run: re.Match[str]) -> Iterator[Hit]:
    """Yield the one thing that a run of digits is; nothing where it is no person's."""
    start, end = run.span()
    whole = number(page, start, end)
    if whole:
        yield whole
    elif not run[0].isalnum():
        parts = _PART.finditer(page.text, start, end)
        told = (number(page, *part.span()) for part in parts)
        yield from (hit for hit in told if hit)


_PART = re.compile(rf"[0-9]{{{_FEWEST},}}[Xx]?")
"""The parts of a run between its gaps: two numbers in a row."""


def number(page: Page, start: int, end: int) -> Hit | None:
    """Return what the digits between two places are, where they are a person's."""
    run = page.text[start:end]
    digits = run if run.isalnum() else "".join(_DIGITS.findall(run))
    for look in _LOOKS.get(len(digits), ()):
        told = look(page, start, end, digits)
        if told:
            return None if _glued(page.text, start, end) else told
    return None


def _glued(text: str, start: int, end: int) -> bool:
    """Return whether letters or points make the digits part of something longer."""
    before, after = text[max(0, start - 3) : start], text[end : end + 2]
    if _GOES_ON.match(after) or before.endswith(("/", "=", "&", "%", "#")):
        return True
    if before.endswith((".", "_")) and before[-2:-1].isalnum():
        return True
    last = before[-1:]
    if not (last.isascii() and last.isalpha()):
        return False
    return not re.search(r"(?:ID|id|Id|No|NO|no|el|EL|h)$", before)


_GOES_ON = re.compile(r"[A-Za-z_%]|\.[0-9A-Za-z]")
"""What makes digits the beginning of an amount, a file's name, an address of the net."""


def is_resident_number(digits: str) -> bool:
    """Return whether eighteen characters are a resident number (GB 11643—1999).

    >>> is_resident_number("110101199003070134")
    True
    """
    return (
        len(digits) == LENGTH
        and digits[6:8] in _CENTURIES
        and digits[:2] in _PROVINCES
        and checks_out(digits)
        and _is_day(digits[6:14])
    )


def passes_luhn(digits: str) -> bool:
    """Return whether the last of some digits is their check digit (ISO/IEC 7812).

    >>> passes_luhn("4111111111111111")
    True
    """
    signs = digits.encode()
    return (
        sum(signs[::-2].translate(_ONCE)) + sum(signs[-2::-2].translate(_TWICE))
    ) % 10 == 0


_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
"""What a digit counts, and what the digits of its double add up to."""


def _is_day(eight: str) -> bool:
    year, month, day = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    if not _EARLIEST <= year < _LATEST:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _resident(page: Page, start: int, end: int, digits: str) -> Hit | None:
    text = page.text
    if is_resident_number(digits):
        if digits.isdecimal() and _CALLED_CODE.search(clause_before(text, start, 16)):
            return None
        why = "18位，出生日期合理，校验码相符"
        return Hit(Kind.RESIDENT_NUMBER, start, end, text[start:end], why)
    old = len(digits) == _OLD and digits[:2] in _PROVINCES and digits.isdecimal()
    if old and _is_day("19" + digits[6:12]) and _CALLED_ID.search(page.called(start, end)):
        why = "15位旧身份证号码，旁边写明是身份证"
        return Hit(Kind.RESIDENT_NUMBER, start, end, text[start:end], why)
    return None


def _card(page: Page, start: int, end: int, digits: str) -> Hit | None:
    text = page.text
    if len(digits) not in _CARD or not digits.isdecimal() or not passes_luhn(digits):
        return None
    if called_else(text, start):
        return None
    if not (_ISSUERS.match(digits) or _CALLED_CARD.search(page.called(start, end))):
        return None
    return Hit(Kind.BANK_CARD, start, end, text[start:end], "位数和校验位都是银行卡号的")


def _phone(page: Page, start: int, end: int, digits: str) -> Hit | None:
    text = page.text
    mobile = _MOBILE.fullmatch(digits)
    if mobile and not called_else(text, start):
        if an_amount(text, start, end) or of_an_office(page, start, end):
            return None
        start += _prefix(text[start:end], len(digits) - len(mobile[1]))
        return Hit(Kind.PHONE, start, end, text[start:end], "手机号码")
    if not _LANDLINE.fullmatch(digits) or called_else(text, start):
        return None
    if _CALLED_HOME.search(page.called(start, end)):
        return Hit(Kind.PHONE, start, end, text[start:end], "写明是住宅电话")
    return None


_LOOKS: dict[int, tuple[Callable[[Page, int, int, str], Hit | None], ...]] = {
    **dict.fromkeys((10, 11, 12, 13), (_phone,)),
    15: (_resident, _phone),
    **dict.fromkeys((16, 17, 19), (_card,)),
    18: (_resident, _card),
}
"""What so many digits can be, the surest first."""
_CHECKS: dict[int, Callable[[str], object]] = {
    **dict.fromkeys((10, 12), _LANDLINE.match),
    11: re.compile("0|1[3-9]").match,
    13: _MOBILE.match,
    15: re.compile("0086|[1-9][0-9]{7}[01][0-9][0-3]").match,
    16: passes_luhn,
    17: lambda digits: passes_luhn(digits) or _is_day(digits[6:14]),
    18: lambda digits: passes_luhn(digits) or is_resident_number(digits),
    19: passes_luhn,
}
"""What so many digits must pass; of seventeen an X behind them may be the check digit."""


def _prefix(run: str, digits: int) -> int:
    """Return how many characters so many first digits take, with the gap behind them."""
    place = 0
    while digits:
        digits -= run[place].isdigit()
        place += 1
    while place and place < len(run) and not run[place].isdigit():
        place += 1
    return place
