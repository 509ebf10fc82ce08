"""Stored numbers as a sheet prints them: by their number format.

A cell holds 0.35 and shows 35%; a person reads what is shown. A format that is
not known here gives a text that no figure is read from, never a guess.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0 ;-#,##0",
    38: "#,##0 ;-#,##0",
    39: "#,##0.00 ;-#,##0.00",
    40: "#,##0.00 ;-#,##0.00",
    41: '#,##0 ;-#,##0 ;"-"',
    42: '¥#,##0 ;-¥#,##0 ;"-"',
    43: '#,##0.00 ;-#,##0.00 ;"-"',
    44: '¥#,##0.00 ;-¥#,##0.00 ;"-"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""What the formats without a code of their own print where Chinese is spoken."""

DIGITS = 15
"""A sheet shows no more digits of a number than this."""
LONGEST_CODE = 255
"""No format has a longer code."""
FAR = 2_958_466
"""No day has so high a number."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skipped>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<places>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)"
    r"|(?P<day>yyyy|yy|mm?(?!m)|dd?(?!d)|hh?|ss?)|(?P<percent>%)"
    r"|(?P<odd>[A-Za-z@/?]+)|(?P<plain>.)",
    re.I | re.S,
)
_PARTS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*(?:;|$)', re.S)
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|.色.*", re.I
)
_LONG_DAY = ("$-F800", "$-f800")


class _Section(NamedTuple):
    """How numbers of one sign are printed.

    `kind` is ``number``, ``general``, ``day``, ``words`` or ``odd``; `tokens` are
    pairs of what kind of token it is and its text.
    """

    kind: str
    tokens: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8192)
def overlong(stored: str) -> bool:
    """Return whether a stored number has more digits than a sheet keeps of it.

    >>> overlong("110101199003070134"), overlong("1.1E+17"), overlong("380")
    (True, True, False)
    """
    try:
        return bool(abs(Decimal(stored)) >= 10**DIGITS)
    except InvalidOperation:
        return False


def shown(stored: str, code: str, first_day: datetime) -> str:
    """Return the number in a cell as its format prints it.

    `first_day` is the day that the workbook counts as number 0.

    >>> shown("0.35", "0%", SINCE_1900), shown("1139.8900000000001", "", SINCE_1900)
    ('35%', '1139.89')
    """
    exact = _exact(stored)
    if exact is None:
        return f"[不是数：{stored}]"
    if code in ("", "General", "@"):
        return plain(exact)
    section, given = _section_for(code, exact)
    if section.kind == "day":
        return _day(section, exact, first_day) or _odd(code, exact)
    printed = _number(section, abs(exact))
    if printed is None:
        return _odd(code, exact)
    return _signed(printed, given=given) if exact < 0 else printed


def _exact(stored: str) -> Decimal | None:
    """Return a stored number in as many digits as a sheet shows, None for no number."""
    try:
        exact = Decimal(f"{float(stored):.{DIGITS}g}")
    except (ValueError, ArithmeticError):
        return None
    return exact if exact.is_finite() else None


def _section_for(code: str, exact: Decimal) -> tuple[_Section, bool]:
    """Return what of a format prints a number, and whether it gives the sign itself."""
    sections = _sections(code)
    place = (1 if exact < 0 else 2 if exact == 0 else 0) if len(sections) > 1 else 0
    return sections[place if place < len(sections) else 0], place == 1


def _signed(printed: str, *, given: bool) -> str:
    """Return a negative number with its sign: a format may show it by a colour only."""
    if not given:
        return f"-{printed}" if any(digit in "123456789" for digit in printed) else printed
    signed = "-" in printed or "(" in printed or not printed.strip()
    return printed if signed else f"[负数：{printed}]"


def shows_words(code: str) -> bool:
    """Return whether a cell of that format shows a text it holds (;;; hides it)."""
    parts = code.split(";")
    return len(parts) <= len("+-0") or bool(parts[3].strip())


def plain(number: Decimal) -> str:
    """Return a number in all its digits, without noughts behind its fraction.

    >>> plain(Decimal("24.0")), plain(Decimal("1E+3"))
    ('24', '1000')
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _odd(code: str, exact: Decimal) -> str:
    return f"[格式 {code}：{plain(exact)}]"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    if len(code) > LONGEST_CODE:
        return (_Section("odd", ()),)
    parts = _PARTS.findall(code)
    if len(parts) > 1 and not parts[-1] and not parts[-2].endswith(";"):
        parts.pop()
    return tuple(_section(part.removesuffix(";")) for part in parts[:3])


def _section(part: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(part):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "bracket":
            if text in _LONG_DAY:
                return _section('yyyy"年"m"月"d"日"')
            kind, text = _bracket(text)
        if kind == "skipped":
            text = " " if text[0] == "_" else ""
        tokens.append((kind, text))
    kinds = [kind for kind, _ in tokens]
    places = [text for kind, text in tokens if kind == "places"]
    scaled = any(text.split(".")[0].endswith(",") for text in places)
    if "odd" in kinds or len(places) > 1 or scaled:
        return _Section("odd", tuple(tokens))
    if "day" in kinds:
        return _Section("odd" if places else "day", tuple(tokens))
    kind = "number" if places else "general" if "general" in kinds else "words"
    return _Section(kind, tuple(tokens))


def _bracket(text: str) -> tuple[str, str]:
    """Return a bracket as a token: a currency, a colour, or one not known."""
    if text.startswith("$"):
        return "plain", text[1:].rpartition("-")[0] if "-" in text else text[1:]
    return ("plain", "") if _COLOUR.fullmatch(text) else ("odd", text)


def _number(section: _Section, exact: Decimal) -> str | None:
    """Return a number without its sign as a section prints it, None if not known."""
    if section.kind == "odd":
        return None
    exact *= 100 ** sum(kind == "percent" for kind, _ in section.tokens)
    printed = []
    for kind, text in section.tokens:
        if kind == "places":
            printed.append(_in_places(text, exact))
        elif kind == "general":
            printed.append(plain(exact))
        else:
            printed.append(text)
    return "".join(printed)


def _in_places(places: str, exact: Decimal) -> str:
    """Return a number in the places of a format (``#,##0.00``), rounded as shown."""
    whole, _, fraction = places.partition(".")
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    digits, _, decimals = format(rounded, "f").partition(".")
    kept = len(fraction.rstrip("#?"))
    while len(decimals) > kept and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole and digits:
        digits = f"{int(digits):,}".rjust(whole.count("0"), "0")
    point = "." if "." in places and (decimals or kept or places.endswith(".")) else ""
    return f"{digits}{point}{decimals}"


def _day(section: _Section, exact: Decimal, first_day: datetime) -> str | None:
    """Return the day that a number counts, None where there is no such day."""
    if not 0 <= exact < FAR:
        return None
    early = first_day.year < 1900 and exact < 61  # noqa: PLR2004 - the year the count begins
    day = first_day + timedelta(days=float(exact) + early)
    names = [text.lower() for kind, text in section.tokens if kind == "day"]
    printed, position = [], 0
    for kind, text in section.tokens:
        if kind != "day":
            printed.append(text)
            continue
        before = names[position - 1][0] if position else ""
        after = names[position + 1][0] if position + 1 < len(names) else ""
        minute = before == "h" or after == "s"
        printed.append(_part(day, text.lower(), minute=minute))
        position += 1
    return "".join(printed)


def _part(day: datetime, name: str, *, minute: bool) -> str:
    if name[0] == "y":
        return f"{day.year}"[-len(name) :]
    value = {
        "m": day.minute if minute else day.month,
        "d": day.day,
        "h": day.hour,
        "s": day.second,
    }[name[0]]
    return f"{value:0{len(name)}d}"


SINCE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet have no zone
SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
