"""Numbers of persons that consist of digits: resident numbers, cards, telephones.

A number with a checksum is known by it; what has none is known by what it is called.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mingtang.identity import checks_out
from mingtang.screening.context import called, clause_before
from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

GAP = r"[ \-\n\u00a0\u200b\u200d\ufeff\u2060]?"
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
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{9,11}")
_ISSUERS = re.compile(r"62|60[0-9]|4[0-9]|5[1-5]|35[2-8]|37|9[0-9]5588|6[45]")


def numbers(text: str, run: re.Match[str]) -> Iterator[Hit]:
    """Yield the one thing that a run of digits is; nothing where it is no person's."""
    whole = _one(text, *run.span())
    if whole:
        yield whole
        return
    for part in _PART.finditer(text, *run.span()):
        hit = _one(text, *part.span())
        if hit:
            yield hit


_PART = re.compile(r"[0-9]{7,}[Xx]?")
"""The parts of a run between its gaps: two numbers in a row."""


def _one(text: str, start: int, end: int) -> Hit | None:
    if _glued(text, start, end):
        return None
    digits = "".join(c for c in text[start:end] if c.isdigit() or c in "Xx")
    return (
        _resident(text, start, end, digits)
        or _card(text, start, end, digits)
        or _phone(text, start, end, digits)
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
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - of two digits
    return total % 10 == 0


def _is_day(eight: str) -> bool:
    year, month, day = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    if not _EARLIEST <= year < _LATEST:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _resident(text: str, start: int, end: int, digits: str) -> Hit | None:
    if is_resident_number(digits):
        if digits.isdecimal() and _CALLED_CODE.search(clause_before(text, start, 16)):
            return None
        why = "18位，出生日期合理，校验码相符"
        return Hit(Kind.RESIDENT_NUMBER, start, end, text[start:end], why)
    old = len(digits) == _OLD and digits[:2] in _PROVINCES and digits.isdecimal()
    if old and _is_day("19" + digits[6:12]) and _CALLED_ID.search(called(text, start, end)):
        why = "15位旧身份证号码，旁边写明是身份证"
        return Hit(Kind.RESIDENT_NUMBER, start, end, text[start:end], why)
    return None


def _card(text: str, start: int, end: int, digits: str) -> Hit | None:
    if len(digits) not in _CARD or not digits.isdecimal() or not passes_luhn(digits):
        return None
    if called_else(text, start):
        return None
    if not (_ISSUERS.match(digits) or _CALLED_CARD.search(called(text, start, end))):
        return None
    return Hit(Kind.BANK_CARD, start, end, text[start:end], "位数和校验位都是银行卡号的")


def _phone(text: str, start: int, end: int, digits: str) -> Hit | None:
    if called_else(text, start):
        return None
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        start += _prefix(text[start:end], len(digits) - len(mobile[1]))
        return Hit(Kind.PHONE, start, end, text[start:end], "手机号码")
    if _LANDLINE.fullmatch(digits) and _CALLED_HOME.search(called(text, start, end)):
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
