"""What the guide and the catalogue contain (指南、目录), looked for in their text.

条例第十二条 lists it. A text is read line by line, as people write it: a heading names a
topic, a label stands before its value or in the cell before. Whether what is said is
right, only a comparison with what the body has registered can hint at: it is told, and
nothing is repaired.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize

from mingtang.publication.completeness import catalogue_gaps, guide_gaps, guide_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingtang.publication.completeness import Gap, Item

UPDATED = "政府信息公开条例（2019年修订）第十二条第一款"
"""Guide and catalogue are to be updated in time (及时更新); no interval is set."""
BLANK = "〔请填写："
"""What begins a place that a generated draft leaves for a person to fill in."""
_PLACE = re.compile(rf"{BLANK}([^〕]*)〕?")
_NUMBER = re.compile(r"(?:\(?0\d{2,3}\)?[-— ]*)?\d[\d -]{5,9}\d|1[3-9]\d{9}|\b1\d{4}\b")
_ADDRESS = re.compile(r"[^\s，。；|]*[省市区县旗州镇乡村路街道巷号楼层室院][^\s。；|]*")
_HOURS = re.compile(r"[^。；|]*\d{1,2}\s*[:：点时][^。；|]*")
_ONLINE = re.compile(
    r"https?://[^\s，。；|]+|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|"
    r"[A-Za-z0-9.-]+\.(?:cn|com|net|org)\b[A-Za-z0-9/._-]*"
)
_OFFICE = re.compile(r"[^\s，。；:：|（(]+(?:办公室|中心|[处科股室办局司所])")
_LABEL = re.compile(r"[^\d:\t\n]{2,14}[:\t](?!//)")
"""How a line begins that has a label of its own."""
_REACH = 60
"""How far behind its label a value is looked for, in characters, over a line's end."""
_LOCAL = 7
"""Digits of a telephone number that is written without its area's."""


class _Sought(NamedTuple):
    """How something is looked for: its words and, where it has one, its value."""

    words: re.Pattern[str]
    value: re.Pattern[str] | None = None


class Contradiction(NamedTuple):
    """Where a guide says another thing than what is registered of the body.

    ``line`` counts the text's lines from 1; ``said`` is what stands there.
    """

    item: Item
    line: int
    said: str
    registered: str


def _sought(words: str, value: re.Pattern[str] | None = None) -> _Sought:
    return _Sought(re.compile(words), value)


_WORDS = {
    "classification": _sought("分类"),
    "arrangement": _sought("编排"),
    "ways": _sought("获取(?:方式|途径|渠道|政府信息|信息)|公开(?:形式|方式|渠道|途径)"),
    "office": _sought("(?:公开工作|信息公开|公开受理|受理)机构", _OFFICE),
    "address": _sought("(?:办公|通信|联系|机构|受理)?地[址点]", _ADDRESS),
    "hours": _sought("(?:办公|工作|受理|接待|服务)时间", _HOURS),
    "telephone": _sought("(?:联系|咨询|办公|受理|服务)?电话(?!传真)", _NUMBER),
    "fax": _sought("传真", re.compile(f"{_NUMBER.pattern}|无|不设|没有")),
    "online": _sought("网[址站]|邮箱|邮件|互联网|公众号|网上|在线", _ONLINE),
}


def lacking_guide(text: str) -> tuple[Gap, ...]:
    """Return what a guide's text does not contain of what 条例第十二条第二款 lists.

    A label alone is not enough where a value belongs to it, and a place that a draft
    left to be filled in has none.

    >>> [gap.item.id for gap in lacking_guide("电话：0990-6230001；传真：")][-2:]
    ['fax', 'online']
    """
    plain = _plain(text)
    return guide_gaps({name: _first(plain, sought) for name, sought in _WORDS.items()})


def lacking_catalogue(text: str) -> tuple[Gap, ...]:
    """Return what a catalogue's text does not name of what 条例第十二条第三款 lists.

    >>> [gap.item.label for gap in lacking_catalogue("索引号、名称、内容概述")]
    ['生成日期']
    """
    return catalogue_gaps(_plain(text).splitlines())


def unfilled(text: str) -> tuple[str, ...]:
    """Return what a generated draft still leaves to be filled in, in its order.

    >>> unfilled("电话：〔请填写：联系电话〕")
    ('联系电话',)
    """
    return tuple(found[1] for found in _PLACE.finditer(text))


def contradictions(text: str, registered: Mapping[str, str]) -> tuple[Contradiction, ...]:
    """Return where a guide says another thing than is registered, by the items' ids.

    What is registered as blank contradicts nothing, nor does what the guide leaves out.
    Of several values of one item one that agrees is enough.

    >>> found = contradictions("联系电话：0990-6230001", {"telephone": "0990-6230002"})
    >>> [(each.line, each.said) for each in found]
    [(1, '0990-6230001')]
    """
    plain = _plain(text)
    found = []
    for item in guide_items():
        known = registered.get(item.id, "").strip()
        values = list(_values(plain, _WORDS[item.id]))
        if known and values and not _agrees(item.id, known, values, plain):
            place, said = values[0]
            line = plain.count("\n", 0, place) + 1
            found.append(Contradiction(item, line, said, known))
    return tuple(found)


def _first(plain: str, sought: _Sought) -> str:
    """Return what is said of an item, or the words that name one that has no value."""
    if sought.value is None:
        found = sought.words.search(plain)
        return found[0] if found else ""
    return next((said for _, said in _values(plain, sought)), "")


def _values(plain: str, sought: _Sought) -> Iterator[tuple[int, str]]:
    """Yield what is said behind the label of an item, with its place."""
    if sought.value is None:
        return
    for label in sought.words.finditer(plain):
        stop = _end(plain, label.end())
        value = sought.value.search(plain, label.end(), stop)
        if value and value[0].strip():
            yield value.start(), value[0].strip(" \t,，:：")


def _end(plain: str, begin: int) -> int:
    """Return where a label's value ends: its line, or the next where it is empty."""
    stop = plain.find("\n", begin)
    stop = len(plain) if stop < 0 else stop
    if not plain[begin:stop].strip(" \t:为是") and not _LABEL.match(plain, stop + 1):
        after = plain.find("\n", stop + 1)
        stop = len(plain) if after < 0 else after
    return min(stop, begin + _REACH)


def _agrees(name: str, known: str, values: Iterable[tuple[int, str]], plain: str) -> bool:
    if name in {"telephone", "fax"}:
        numbers = [_digits(each) for each in _NUMBER.findall(normalize("NFKC", known))]
        said = [_digits(value) for _, value in values]
        return not numbers or any(_same(a, b) for a in numbers for b in said)
    return _squeezed(known) in _squeezed(plain)


def _same(one: str, other: str) -> bool:
    """Whether two numbers are one, where either may lack its area's digits."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LOCAL and long.endswith(short)


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())


def _squeezed(text: str) -> str:
    """Return letters and digits alone, in one width."""
    return "".join(each for each in normalize("NFKC", text) if category(each)[0] in "LN")


def _plain(text: str) -> str:
    """Return a text in one width, each place to be filled in left out."""
    return _PLACE.sub("", normalize("NFKC", text))
