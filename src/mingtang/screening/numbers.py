"""Numbers of persons that consist of digits: resident numbers, cards, telephones.

A number with a checksum is known by it; what has none is known by what it is called.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mingtang.identity import checks_out
from mingtang.screening.context import clause_before
from mingtang.screening.hits import Hit, Kind
from mingtang.screening.papers import in_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang.screening.context import Page

_GAPS = r" \-\n\u00a0\u200b\u200d\ufeff\u2060"
GAP = rf"[{_GAPS}]?"
"""What may part the digits of one number: no tab, which parts cells."""
RUN = re.compile(rf"[0-9](?:{GAP}[0-9]){{6,}}(?:{GAP}[Xx](?![0-9A-Za-z]))?")
"""Seven digits and more: every number of a person that has no letters has them."""

_BLOCKS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
_PROVINCES = frozenset(
    str(code) for first, last in _BLOCKS for code in range(first, last + 1)
) | {"71", "91"}
_OLD = 15
_EARLIEST, _LATEST = 1840, 2100
_CARD = range(16, 20)
_CALLED_CARD = re.compile(r"卡|银行|[农工建交中邮]行|邮储|农商|信用社|开户|存折")
_CALLED_ID = re.compile(r"身份证|证件号|公民身份|社会保障号码|身份号码|\bID\b")
_CALLED_CODE = re.compile(r"信用代码|机构代码|组织代码")
_CALLED_ELSE = re.compile(
    r"(?:单号?|编号|流水号?|批号|批次|序列号|凭证号?|发票号?码?|票据号?码?|合同号|文号|案号|"
    r"档案号?|登记号|回执号?|查询码|识别码|代码|准考证号?|条码|追溯码|文件名|订单号?|工单号?|"
    r"受理号|许可证号?|证书号?码?|设备号|监管码|缴款码|项目号)(?:为|是|码|号|[:：\s（(])*$"
)
"""What names a number as no person's, right before it."""
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
_BEHIND = 3
"""How far behind its last digit a run may reach: a gap, an X, and what follows it."""
_STRETCH = re.compile(rf"[0-9][0-9{_GAPS}]{{8,}}[0-9]")
_SHORT_STRETCH = re.compile(rf"[0-9][0-9{_GAPS}]{{5,}}[0-9]")
"""Where runs can be: of ten digits, of seven."""
_DIGITS = re.compile("[0-9Xx]+")
_DOUBLE_GAP = re.compile(rf"[{_GAPS}]{{2,}}")
_WORTH = re.compile(
    r"(?:0[0-9]{9,11}|(?:(?:00)?86)?1[3-9][0-9]{9}|[1-9][0-9]{14}|[0-9]{16,19}|[0-9]{17}[Xx])$"
)
"""What digits must be to be looked at: as many as a number of a person has."""
_SURE = re.compile(
    r"(?:(?:(?:00)?86)?1[3-9][0-9]{9}"
    r"|[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4,5}"
    rf"|(?P<card>(?=[0-9]{{16,19}}$)(?:{_ISSUERS.pattern})[0-9]+))$"
)
"""What they must be, but for the X, where nothing names them: a telephone, a resident
number by its day, a card by its issuer."""
_SURE_LENGTHS = frozenset({11, 13, *range(15, 20)})


def every_number(page: Page) -> Iterator[Hit]:
    """Yield what the runs of digits of a text are, in the order of the text.

    A run of less than ten digits is looked at only where there is a word that may be
    the head of a column of accounts; what nothing names, only where it may be known
    by its digits.
    """
    text = page.text
    stretches = _SHORT_STRETCH if page.accounts else _STRETCH
    for stretch in stretches.finditer(text):
        start, end = stretch.span()
        if page.names and page.may_name(start, end):
            kind = _worth if page.homes else _worth_elsewhere
            idle = not _any(kind, stretch[0]) and not page.account_above(start)
        else:
            idle = not _any(_sure, stretch[0])
        if idle:
            continue
        for run in RUN.finditer(text, start, end + _BEHIND):
            told = tuple(numbers(page, run))
            yield from told or in_column(page, run)


def _any(kind: Callable[[str], bool], stretch: str) -> bool:
    """Return whether a run in a stretch of digits, or a part of one, is of a kind."""
    if stretch.isdigit():
        return kind(stretch)
    parts = stretch.replace("-", " ").split()
    digits = "".join(parts)
    if len(stretch) - len(digits) == len(parts) - 1 and digits.isdigit():
        return kind(digits) or any(map(kind, parts))
    return any(
        kind("".join(found)) or any(map(kind, found))
        for found in map(_DIGITS.findall, _DOUBLE_GAP.split(stretch))
    )


def _worth(digits: str) -> bool:
    return len(digits) >= _FEWEST and _WORTH.match(digits) is not None


def _worth_elsewhere(digits: str) -> bool:
    """Return whether digits may be a number where nothing is called a home's."""
    return _worth(digits) and not _LANDLINE.fullmatch(digits)


def _sure(digits: str) -> bool:
    """Return whether digits are a telephone, a card, or what may lack only its X."""
    found = _SURE.match(digits) if len(digits) in _SURE_LENGTHS else None
    if found is None:
        return False
    return found.lastgroup != "card" or passes_luhn(digits)


def numbers(page: Page, run: re.Match[str]) -> Iterator[Hit]:
    """Yield the one thing that a run of digits is; nothing where it is no person's."""
    whole = number(page, *run.span())
    if whole:
        yield whole
        return
    for part in _PART.finditer(page.text, *run.span()):
        hit = number(page, *part.span())
        if hit:
            yield hit


_PART = re.compile(rf"[0-9]{{{_FEWEST},}}[Xx]?")
"""The parts of a run between its gaps: two numbers in a row."""


def number(page: Page, start: int, end: int) -> Hit | None:
    """Return what the digits between two places are, where they are a person's."""
    digits = "".join(_DIGITS.findall(page.text, start, end))
    if not _WORTH.match(digits) or _glued(page.text, start, end):
        return None
    return (
        _resident(page, start, end, digits)
        or _card(page, start, end, digits)
        or _phone(page, start, end, digits)
    )


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
    return digits[:2] in _PROVINCES and checks_out(digits) and _is_day(digits[6:14])


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
    old = len(digits) == _OLD and digits[:2] in _PROVINCES
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
        start += _prefix(text[start:end], len(digits) - len(mobile[1]))
        return Hit(Kind.PHONE, start, end, text[start:end], "手机号码")
    if not _LANDLINE.fullmatch(digits) or called_else(text, start):
        return None
    if _CALLED_HOME.search(page.called(start, end)):
        return Hit(Kind.PHONE, start, end, text[start:end], "写明是住宅电话")
    return None


def _prefix(run: str, digits: int) -> int:
    """Return how many characters so many first digits take, with the gap behind them."""
    place = 0
    while digits:
        digits -= run[place].isdigit()
        place += 1
    while place and place < len(run) and not run[place].isdigit():
        place += 1
    return place


def called_else(text: str, start: int) -> bool:
    """Return whether the words right before a number say that it is no person's."""
    return bool(_CALLED_ELSE.search(clause_before(text, start, 14)))
