"""Words and figures as people print them: widths, scripts, numerals, units.

Text as printed is kept; what is made here is only for comparing. A figure is
parsed exactly or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from mingtang.registry import load

_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}

LONGEST_NUMERAL, LONGEST_FIGURE = 16, 120
"""How many characters a Chinese numeral, and a cell with a figure, may have."""

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u2063")
)
_SPACE = re.compile(r"\s+")
_GLOSS = re.compile(r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ][a-zü]*\)")
_NOT_A_LETTER = re.compile(r"[^0-9a-z\u3400-\u9fff]")

# Radicals that print-to-PDF and scanners leave where a character belongs; the
# compatibility form (NFKC) mends U+2F00–2FD5 but not these.
_RADICALS = str.maketrans(
    "⺠⻅⻓⻔⻛⻥⻬⻢⻜⻋⻉⻚⺟⻁⻄⻆⻘⻙⻝⻣⻤⻦⻧⻨⻩⻮⻰⻳",
    "民见长门风鱼齐马飞车贝页母虎西角青韦食骨鬼鸟卤麦黄齿龙龟",
) | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


@cache
def _simplified() -> dict[int, str]:
    """Return a table from Traditional to Simplified, one character each."""
    characters = "".join(map(chr, range(0x3400, 0xA000)))
    converter = load("traditional").converter()
    simple = converter.convert("\n".join(characters)).split("\n")
    table = {
        ord(old): new
        for old, new in zip(characters, simple, strict=True)
        if old != new and len(new) == 1
    }
    table[ord("祕")] = "秘"
    table[ord("於")] = "于"
    table[ord("爲")] = "为"
    table[ord("覆")] = "复"
    return table


# Frequent characters that only Traditional text has: one of them is enough to
# know that a text needs folding.
_TRADITIONAL = re.compile(
    r"[開總關請機構數與辦結轉處條規費類業務員報據從應審議訴訟級動項單無]"
)


def is_traditional(text: str) -> bool:
    """Return whether the text is in Traditional characters (繁体).

    >>> is_traditional("政府信息公開"), is_traditional("政府信息公开")
    (True, False)
    """
    return _TRADITIONAL.search(text) is not None


def without_radicals(text: str) -> str:
    """Return text in which radicals are the characters that they look like.

    >>> without_radicals("⼈⺠政府⼯作")
    '人民政府工作'
    """
    return text.translate(_RADICALS)


def fold(text: str) -> str:
    """Return text with widths, radicals, glosses and Traditional script folded.

    For comparing only. Full-width letters, digits and brackets become
    half-width, Traditional characters Simplified one by one, pinyin glosses
    in brackets and invisible characters vanish.

    >>> fold("政府信息公開(kāi)（２０２４）")
    '政府信息公开(2024)'
    """
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    folded = folded.translate(_RADICALS)
    if "(" in folded:
        folded = _GLOSS.sub("", folded)
    if _TRADITIONAL.search(folded) or "訊" in folded or "內" in folded:
        folded = folded.translate(_simplified())
    return folded


def simplified(text: str) -> str:
    """Return text folded, every Traditional character Simplified.

    >>> simplified("問題及改進")
    '问题及改进'
    """
    return fold(text).translate(_simplified())


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Return what is compared of a label: letters, digits and Han characters.

    Spaces, punctuation, brackets, width, script and glosses do not count.

    >>> label_key("3.危及“三安全 一稳定”")
    '3危及三安全一稳定'
    """
    folded = fold(text).lower()
    key = _NOT_A_LETTER.sub("", folded)
    # Short labels carry too few frequent characters to tell their script.
    return key.translate(_simplified()) if not _simple(key) else key


_COMMON_SIMPLE = frozenset(
    "本年制发废止件数现行有效规章政性范文信息内容处理决定量许可罚强收费金额单位万元事业"
    "第二十条项一三四五六七八九新结转度办公开申请自然人法或其他组织总计商企科研机构社会益律服务"
    "予以部分区的只这情形不属于国家秘密禁止危及安全稳保护方合权类过程案卷查询无提供关掌握相没"
    "现成需要另补正后容仍明确访举报投诉重复版物由大量反认新具已获取逾期再未按通知求缴纳用继续下"
    "列据勾稽系为加之和等上接起经果维持纠尚审讼议对外增减采购集中管目小前各列注其中含条数表"
)


def _simple(key: str) -> bool:
    return all(letter in _COMMON_SIMPLE or letter.isascii() for letter in key)


def squeeze(text: str) -> str:
    """Return text folded, with every space taken out.

    >>> squeeze("２０２４ 年 1月")
    '2024年1月'
    """
    return _SPACE.sub("", fold(text))


def chinese_number(text: str) -> int | None:
    """Return the integer written in Chinese numerals, or None.

    Read by value (``二十三``) or, without a power, digit by digit
    (``二〇二四``).

    >>> chinese_number("三十三"), chinese_number("一百零二"), chinese_number("二〇二五")
    (33, 102, 2025)
    >>> chinese_number("若干") is None
    True
    """
    if (
        not text
        or len(text) > LONGEST_NUMERAL
        or any(c not in _DIGITS and c not in _POWERS for c in text)
    ):
        return None
    if not any(character in _POWERS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    return _by_value(text)


def _by_value(text: str) -> int | None:
    """Return numerals with powers as a number: powers fall, digits stand apart."""
    total, digit, last = 0, None, 10_000
    for character in text:
        power = _POWERS.get(character)
        if power is None:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        if power >= last:
            return None
        total += (1 if digit is None else digit) * power
        digit, last = None, power
    return total if digit is None else total + digit


class Figure(NamedTuple):
    """What a cell's text says: a figure, or why it is none.

    `kind` is ``number``, ``blank``, ``not_applicable`` or ``unreadable``;
    `unit`, `note` and `sign` are what was printed beside a number.
    """

    kind: str
    value: int | Decimal | None = None
    unit: str | None = None
    note: str | None = None
    sign: str | None = None


BLANK = Figure("blank")
NOT_APPLICABLE = Figure("not_applicable")
UNREADABLE = Figure("unreadable")

_UNITS = "万元|亿元|千元|元|万件|亿|万|件次|人次|件|条|个|项|份|宗|起|页|篇|次|家|部|%"
_SIGNS = {"+": 1, "-": -1, "−": -1, "减": -1, "减少": -1, "增": 1, "增加": 1, "–": -1}
_FIGURE = re.compile(
    r"(?P<sign>[+\-−–]|减少?|增加?)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?P<unit>{_UNITS})?"
    r"(?P<note>\(.{1,80}\)|\[.{1,80}\]|其中.{1,80}|含.{1,80})?"
)
# Marks that NFKC would turn into digits of the figure they stand beside.
_FOOTNOTE = re.compile(
    r"[\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]"
)
_DIGIT = re.compile(r"[0-9\uff10-\uff19]")
_ANY_DIGIT = re.compile(r"\d")
_DASHES = "-–—―−"
_MARKS = frozenset(
    ["/", "//", "\\", "无", "空", "不适用", "不涉及", "暂无", "无此项", "n/a", "na", "nil"]
    + [dash * count for dash in _DASHES for count in (1, 2, 3)]
)


@lru_cache(maxsize=65536)
def parse_figure(text: str) -> Figure:
    """Return what a cell's text says, exactly or not at all.

    >>> parse_figure("251000元").unit
    '元'
    >>> parse_figure("减4").value, parse_figure("22（其中修订16件）").note
    (-4, '(其中修订16件)')
    >>> parse_figure("").kind, parse_figure("—").kind, parse_figure("1 2").kind
    ('blank', 'not_applicable', 'unreadable')
    """
    marks = _FOOTNOTE.findall(text)
    if marks:
        figure = parse_figure(_FOOTNOTE.sub("", text))
        note = "".join(marks) + (figure.note or "")
        return figure._replace(note=note) if figure.kind == "number" else UNREADABLE
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()
    if not plain:
        return BLANK
    if len(_ANY_DIGIT.findall(plain)) != len(_DIGIT.findall(text)):
        return UNREADABLE
    if plain.isdigit() and plain.isascii() and (plain[0] != "0" or plain == "0"):
        return Figure("number", int(plain)) if len(plain) <= LONGEST_FIGURE else UNREADABLE
    return _other_than_digits(plain)


def _other_than_digits(plain: str) -> Figure:
    """Return what a text says that is more than plain digits."""
    folded = fold(plain).strip().lower()
    if folded in _MARKS:
        return NOT_APPLICABLE
    if folded in {"零", "〇"}:
        return Figure("number", 0, note=plain)
    if len(folded) > LONGEST_FIGURE:
        return UNREADABLE
    match = _FIGURE.fullmatch(re.sub(r"(?<=\d)\s+(?=[^\d\s.,])", "", folded))
    return UNREADABLE if match is None else _figure(match)


def _figure(match: re.Match[str]) -> Figure:
    whole = match["whole"].replace(",", "")
    if len(whole) > 1 and whole[0] == "0":
        return UNREADABLE
    sign = match["sign"]
    digits = whole + (match["fraction"] or "")
    value = Decimal(digits) if match["fraction"] else int(digits)
    if sign is not None and _SIGNS[sign] < 0:
        value = -value
    return Figure("number", value, match["unit"], match["note"], sign)


def share(part: int | Decimal, whole: int | Decimal, places: int = 1) -> Decimal:
    """Return a share in percent, rounded half up as officials do.

    Raises `ZeroDivisionError` where there is no whole to have a share of.

    >>> share(4, 64), share(1, 3, 2)
    (Decimal('6.3'), Decimal('33.33'))
    """
    if not whole:
        message = "there is no share of nothing"
        raise ZeroDivisionError(message)
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
