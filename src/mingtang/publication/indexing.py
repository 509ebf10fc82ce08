"""The index number of a document (索引号), made by a rule that the body writes.

条例第十二条第三款: the catalogue names the index of each document; no article says how
it is made. A rule is a text with fields, ``{code}/{year}-{serial:05}``. Serials count
for themselves in each series, and a rule under which two series could give the same
number is refused.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "{code}/{year}-{serial:05}"
"""The rule that most bodies use today: 统一社会信用代码/年份-流水号."""
SERIAL = "serial"
_HOLE = "#"
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "code": "机关代码",
        "region": "行政区划代码",
        "topic": "主题分类",
        "genre": "体裁",
        "year": "年份",
        SERIAL: "流水号",
    }
)
"""The fields that a rule may name."""
_VALUES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "code": (r"[0-9A-Z]{9}|[0-9A-Z]{18}", "9位组织机构代码或者18位统一社会信用代码"),
        "region": (r"[0-9]{6}|[0-9]{9}|[0-9]{12}", "6位、9位或者12位数字"),
        "topic": (r"[0-9A-Za-z]+", "字母或者数字组成的代码"),
        "genre": (r"[0-9A-Za-z]+", "字母或者数字组成的代码"),
        "year": (r"[12][0-9]{3}", "4位数字"),
        SERIAL: (r"[1-9][0-9]*", "从1起的整数"),
    }
)
_PIECE = re.compile(
    r"\{(?P<name>[^{}:]*)(?::(?P<form>[^{}]*))?\}|(?P<text>[^{}]+)|(?P<odd>.)"
)
_FORM = re.compile(r"0[1-9]")
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff（）〔〕()\[\]/_.·-]+")
_LONGEST = 60


class IndexRuleError(ValueError):
    """A rule of index numbers does not hold, or a value does not fit it (Chinese)."""


class Piece(NamedTuple):
    """A piece of a rule: a field by its name, or words as they stand (`name` empty).

    `width` is how many digits a serial is filled up to with noughts, 0 where to none.
    """

    name: str
    text: str = ""
    width: int = 0

    def __str__(self) -> str:
        if not self.name:
            return self.text
        return f"{{{self.name}:0{self.width}}}" if self.width else f"{{{self.name}}}"


class IndexRule(NamedTuple):
    """How a body makes index numbers (索引号规则); written again by ``str``.

    `grows` says that a serial may outgrow its width, because marks stand around it.
    """

    pieces: tuple[Piece, ...]
    grows: bool

    def __str__(self) -> str:
        return "".join(map(str, self.pieces))

    @classmethod
    def parse(cls, text: str) -> IndexRule:
        """Return the rule that a text writes; raises `IndexRuleError`.

        >>> str(IndexRule.parse("{code}-{topic}-{year}-{serial:05}"))
        '{code}-{topic}-{year}-{serial:05}'
        >>> IndexRule.parse("{code}-{year}")
        Traceback (most recent call last):
            ...
        mingtang.publication.indexing.IndexRuleError: 索引号规则“{code}-{year}”没有流水号，\
会给出相同的号；请加上 {serial:05}
        """
        pieces = tuple(_pieces(text))
        names = [each.name for each in pieces if each.name]
        for name in names:
            if names.count(name) > 1:
                _refuse(text, f"“{{{name}}}”（{FIELDS[name]}）用了两次，请只留一处")
        if SERIAL not in names:
            _refuse(text, "没有流水号，会给出相同的号；请加上 {serial:05}")
        return cls(pieces, _delimited(text, pieces))

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields that it names, in their order."""
        return tuple(each.name for each in self.pieces if each.name)

    def number(self, values: Mapping[str, str | int]) -> str:
        """Return the index number; raises `IndexRuleError` for a value that lacks or errs.

        >>> rule = IndexRule.parse(DEFAULT)
        >>> rule.number({"code": "11440300007543210X", "year": 2026, "serial": 7})
        '11440300007543210X/2026-00007'
        """
        return "".join(self._said(each, values) for each in self.pieces)

    def series(self, values: Mapping[str, str | int]) -> str:
        """Return the series in which serials count: all but the serial, # in its place.

        `values` needs no serial; raises `IndexRuleError`.

        >>> rule = IndexRule.parse("{year}-{serial:03}/{genre}")
        >>> rule.series({"year": 2026, "genre": "08"})
        '2026-#/08'
        """
        said = (
            _HOLE if each.name == SERIAL else self._said(each, values)
            for each in self.pieces
        )
        return "".join(said)

    def serial_of(self, number: str, values: Mapping[str, str | int]) -> int | None:
        """Return the serial of a number, None where it is not of these values' series.

        What was taken over from elsewhere is asked so, that its numbers are not used
        again. Raises `IndexRuleError`.

        >>> rule = IndexRule.parse("{year}-{serial:03}")
        >>> rule.serial_of("2026-041", {"year": 2026})
        41
        >>> rule.serial_of("2025-041", {"year": 2026}) is None
        True
        """
        before, _, after = self.series(values).partition(_HOLE)
        inside = number[len(before) : len(number) - len(after)]
        if not inside.isascii() or not inside.isdecimal() or not int(inside):
            return None
        found = int(inside)
        width = next(each.width for each in self.pieces if each.name == SERIAL)
        if not self.grows and width and len(inside) > width:
            return None
        return found if number == f"{before}{found:0{width}}{after}" else None

    def _said(self, piece: Piece, values: Mapping[str, str | int]) -> str:
        if not piece.name:
            return piece.text
        what = FIELDS[piece.name]
        if piece.name not in values:
            _refuse(str(self), f"缺少“{what}”（{piece.name}）的值，不能编号")
        said = str(values[piece.name])
        pattern, wanted = _VALUES[piece.name]
        if not re.fullmatch(pattern, said):
            _refuse(str(self), f"“{what}”应为{wanted}，却是“{said}”")
        said = said.zfill(piece.width)
        if piece.width and len(said) > piece.width and not self.grows:
            _refuse(
                str(self),
                f"流水号{said}超过{piece.width}位，再编会重号；请改用更宽的流水号",
            )
        return said


def _pieces(text: str) -> list[Piece]:
    if not text.strip():
        _refuse(text, f"是空的；可以用 {DEFAULT}")
    if len(text) > _LONGEST:
        _refuse(text, f"超过{_LONGEST}个字符，请写短些")
    found = []
    for match in _PIECE.finditer(text):
        if match["odd"] is not None:
            _refuse(text, "大括号不成对；字段写作 {year} 的样子")
        found.append(_words(text, match["text"]) if match["text"] else _field(text, match))
    return found


def _words(text: str, words: str) -> Piece:
    if not _PLAIN.fullmatch(words):
        _refuse(text, f"“{words}”里有不能用的字符；可用字母、数字、汉字、括号和 - / . _ ·")
    return Piece("", words)


def _field(text: str, match: re.Match[str]) -> Piece:
    name, form = match["name"], match["form"]
    if name not in FIELDS:
        known = "、".join(f"{{{each}}}{what}" for each, what in FIELDS.items())
        _refuse(text, f"不认识字段“{{{name}}}”，可用：{known}")
    if form is None:
        return Piece(name)
    if name != SERIAL or not _FORM.fullmatch(form):
        _refuse(
            text,
            f"“{match.group()}”冒号后面的写法不对；只有流水号可以写位数，如 {{serial:05}}",
        )
    return Piece(name, "", int(form))


def _delimited(text: str, pieces: tuple[Piece, ...]) -> bool:
    """Return whether marks or ends stand on both sides of the serial.

    Where they stand on neither, or on one and the serial has no fixed width, two
    series could give the same number: `IndexRuleError`.
    """
    place = next(n for n, each in enumerate(pieces) if each.name == SERIAL)
    before = place == 0 or _ends_in_mark(pieces[place - 1], -1)
    after = place == len(pieces) - 1 or _ends_in_mark(pieces[place + 1], 0)
    if before and after:
        return True
    if not (before or after) or not pieces[place].width:
        _refuse(
            text,
            "流水号与别的内容连在一起，两个号段可能编出相同的号；"
            "请在流水号两边加“-”“/”之类，或者放在末尾并写明位数，如 {serial:05}",
        )
    return False


def _ends_in_mark(piece: Piece, end: int) -> bool:
    """Return whether what no field can hold stands there: neither letter nor digit."""
    return not piece.name and not re.match(r"[0-9A-Za-z]", piece.text[end])


def _refuse(text: str, why: str) -> NoReturn:
    message = f"索引号规则“{text}”{why}"
    raise IndexRuleError(message)
