"""The title of a report: its words over however many lines, its body and year."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.place import Place
from mingtang.text import chinese_number, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Paragraph

_TITLE = re.compile(
    r"政府信息(?:依申请|主动)?公开.{0,8}(?:报告|年报)|信息公开.{0,6}(?:年度|工作)报告|政务公开.{0,6}年度报告"
)
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})|(?P<han>[一二][〇零○0Oo一二三四五六七八九]{3}))"
_SUBJECT = r"(?:政府信息|政务)(?:主动|依申请)?公开"
_YEAR_FIRST = re.compile(rf"^(?:关于)?{_YEAR}年?度?的?(?P<body>.*)(?:关于)?的?{_SUBJECT}")
_BODY_FIRST = re.compile(
    rf"^(?:关于)?(?P<body>.+?)(?:关于)?{_YEAR}年?度?的?(?:法治)?{_SUBJECT}"
)
_BODY_ONLY = re.compile(rf"^(?:关于)?(?P<body>.+)的?{_SUBJECT}")
_ANY_YEAR = re.compile(_YEAR)
_TRAILING_YEAR = re.compile(rf"[(\[]?{_YEAR}年?度?[)\]]?$")
_PERIOD = re.compile(r"(20\d{2})年?0?1月0?1日.{0,14}12月31日")
ZEROS = re.compile("[Oo0○零]")
BODY_END = re.compile(
    r"(?:局|办公室|办公厅|办|政府|委员会|委|中心|街道|办事处|厅|部|院|会|处|所|队|署|社|站|镇|乡|场|公司|大学|学院|园区|开发区)$"
)
_CHROME = re.compile(
    r"[>\u203a»]|当前位置|^首页|上一篇|下一篇|相关|索引号|发布日期|字体|打印|来源[:：]|浏览"
)
_TAILS = ("人民政府办公室", "人民政府办公厅", "街道办事处", "管理委员会")
"""How names end that every region has: what is no more than that lacks its beginning."""
_BEGINNING = re.compile(r"[\u4e00-\u9fff]*[省市州盟县区旗镇乡][\u4e00-\u9fff]*")
_LEADING = re.compile(r"^(?:【[^】]*】|\[[^\]]*\]|附件?\d*[:：、.]?|\(公开\))+")
_NUMBER = attrgetter("number")

FIRST_LINES = 160
"""The title stands within so many lines."""
LONGEST_TITLE = 80
"""A title has at most so many characters."""
MOST_LINES = 4
"""A title is printed over at most so many lines."""
SHORTEST_BODY, LONGEST_BODY = 3, 40
"""How many characters the name of a signing body may have."""


class Titled(NamedTuple):
    """What the title says: as printed, where, the body and year in it."""

    text: str | None = None
    place: Place | None = None
    body: str | None = None
    year: int | None = None


def read_title(
    paragraphs: Sequence[Paragraph], fallback: str | None, before: int | None = None
) -> Titled:
    """Return the report's title, over one line or more, or the page's own title.

    Links and menus speak of reports too: the title is the last line that names
    body and year above the first section (the block numbered `before`), else
    the first that names either.
    """
    end = paragraphs[-1].number + 1 if paragraphs and before is None else before or 0
    split = bisect_left(paragraphs[:FIRST_LINES], end, key=_NUMBER)
    above = _titles(paragraphs, 0, split)
    named = [each for each in above if each.body and each.year]
    if named:
        return named[-1] if before is not None else named[0]
    parted = _parted(paragraphs, split)
    if parted is not None:
        return parted
    found = [*above, *_titles(paragraphs, split, FIRST_LINES)]
    dated = [each for each in found if each.year]
    if dated:
        return dated[0]
    if fallback and _TITLE.search(squeeze(fallback)):
        plain = re.split(r"[_|–—]|-(?=[^-]*$)", squeeze(fallback))[0]
        made = _parse_title(plain)._replace(text=fallback)
        if made.year or not found:
            return made
    return found[0] if found else Titled()


def _titles(paragraphs: Sequence[Paragraph], first: int, end: int) -> list[Titled]:
    """Return the lines between two indices that read as a title."""
    return [
        made
        for index, block in enumerate(paragraphs[first:end], first)
        if (made := _title_at(paragraphs, index, block)) is not None
    ]


def _title_at(
    paragraphs: Sequence[Paragraph], index: int, block: Paragraph
) -> Titled | None:
    printed = block.text
    if len(printed) > LONGEST_TITLE or not ("开" in printed or "開" in printed):
        return None
    if printed[-1] in "。；;：:，," or _CHROME.search(printed):
        return None
    text = squeeze(printed)
    if not _TITLE.search(text) or text[-1] in "。;:,":
        return None
    joined = _with_neighbour(paragraphs, index, text)
    place = block.place(0, len(block.text))
    whole = _as_printed(paragraphs, index, joined, text)
    return _parse_title(joined)._replace(place=place, text=whole)


def _parted(paragraphs: Sequence[Paragraph], end: int) -> Titled | None:
    """Return the title printed over several lines before an index, the last such.

    Its first line is a body's name, and no fewer lines give body and year.
    """
    for first in reversed(range(end)):
        if not _opens(paragraphs[first].text):
            continue
        lines: list[Paragraph] = []
        for block in paragraphs[first : min(first + MOST_LINES, end)]:
            plain = squeeze(block.text)
            if len(plain) > LONGEST_BODY or plain[-1:] in "。;:," or _CHROME.search(plain):
                break
            lines.append(block)
            joined = "".join(squeeze(line.text) for line in lines)
            made = _parse_title(joined) if _TITLE.search(joined) else Titled()
            if len(lines) > 1 and made.body and made.year:
                place = block.place(0, len(block.text))
                printed = "".join(line.text for line in lines)
                return made._replace(place=place, text=printed)
    return None


def _opens(text: str) -> bool:
    """Return whether a line is a body's name, and so may open a title."""
    plain = squeeze(text)
    named = SHORTEST_BODY <= len(plain) <= LONGEST_BODY and BODY_END.search(plain)
    return bool(named) and not _CHROME.search(plain)


def _with_neighbour(paragraphs: Sequence[Paragraph], index: int, text: str) -> str:
    """Return the title with the line before it, where its body stands or begins there."""
    body = _parse_title(text).body
    if index == 0 or (body and not _is_tail(body)):
        return text
    before = squeeze(paragraphs[index - 1].text)
    if body and not _BEGINNING.fullmatch(before):
        return text
    if (
        len(before) <= LONGEST_BODY
        and not _CHROME.search(before)
        and before[-1:] not in "。;:"
    ):
        return before + text
    return text


def _is_tail(body: str) -> bool:
    """Return whether a name is only the end of one, as a title broken inside it leaves."""
    return any(name.endswith(body) for name in _TAILS)


def _as_printed(paragraphs: Sequence[Paragraph], index: int, joined: str, text: str) -> str:
    printed = paragraphs[index].text
    return printed if joined == text else paragraphs[index - 1].text + printed


def _parse_title(text: str) -> Titled:
    """Return body and year of a folded title without spaces."""
    for pattern in (_YEAR_FIRST, _BODY_FIRST):
        match = pattern.search(text)
        if match:
            return Titled(text, None, _clean_body(match["body"]), _year(match))
    match = _BODY_ONLY.search(text)
    trailing = _TRAILING_YEAR.search(text) or _ANY_YEAR.search(text)
    year = _year(trailing) if trailing else None
    return Titled(text, None, _clean_body(match["body"]) if match else None, year)


def _year(match: re.Match[str]) -> int | None:
    return (
        int(match["year"])
        if match["year"]
        else chinese_number(ZEROS.sub("〇", match["han"]))
    )


def _clean_body(text: str) -> str | None:
    plain = _LEADING.sub("", text).strip("的:：、,，-_《》 ").removeprefix("关于")
    plain += "政府" if plain.endswith("人民") else ""
    plain = plain.removesuffix("(") if plain.count("(") > plain.count(")") else plain
    return plain if len(plain) > 1 else None


def read_year(title: Titled, paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the reporting year: the title's, else that of the period stated."""
    if title.year is not None:
        return title.year
    for block in paragraphs[:80]:
        match = _PERIOD.search(squeeze(block.text[:400]))
        if match:
            return int(match[1])
    return None
