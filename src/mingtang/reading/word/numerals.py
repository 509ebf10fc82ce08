"""The numbers of Word's lists as they are printed: 一、 （一） 1. ① and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_OLD_LEGAL = "零壹貳參肆伍陸柒捌玖"
_POWERS = ("", "十", "百", "千")
_LEGAL_POWERS = ("", "拾", "佰", "仟")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
MOST = 9_999
"""No list of a report counts so far; beyond it numbers are plain digits."""


def _counted(number: int, digits: str, powers: tuple[str, ...]) -> str:
    """Return a number with powers, 零 where one is passed over."""
    printed = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            printed = digits[int(digit)] + powers[place] + printed
        elif printed and not printed.startswith("零"):
            printed = "零" + printed
    return printed or "零"


def _chinese(number: int) -> str:
    printed = _counted(number, _PLAIN, _POWERS)
    return printed[1:] if printed.startswith("一十") else printed


def _digits(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _legal(digits: str) -> Callable[[int], str]:
    return lambda number: _counted(number, digits, _LEGAL_POWERS)


def _roman(number: int) -> str:
    printed = ""
    for worth, letters in _ROMAN:
        printed += letters * (number // worth)
        number %= worth
    return printed


def _letters(number: int) -> str:
    """Return A … Z, then AA … ZZ, the letter repeated as Word does."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _from(first: int, most: int) -> Callable[[int], str]:
    """Return the signs that stand in a row from a code point on, digits beyond."""
    return lambda number: chr(first + number - 1) if 1 <= number <= most else str(number)


def _wide(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3220, 10),
    "numberInDash": "- {} -".format,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_OLD_LEGAL),
    "japaneseLegal": _legal(_OLD_LEGAL),
    "ideographDigital": _digits(_PLAIN),
    "japaneseDigitalTenThousand": _digits(_PLAIN),
    "taiwaneseDigital": _digits("○一二三四五六七八九"),
    "none": lambda _: "",
}
_FORMS |= dict.fromkeys(
    (
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand"),
    ),
    _chinese,
)


def numeral(number: int, form: str) -> str:
    """Return a number as a list of that form prints it.

    A form that is not known here prints plain digits.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle")
    ('十二', '③')
    >>> numeral(105, "chineseCountingThousand"), numeral(4, "lowerRoman")
    ('一百零五', 'iv')
    """
    make = _FORMS.get(form)
    if make is None or not (0 < number <= MOST or form == "none"):
        return str(number)
    return make(number)
