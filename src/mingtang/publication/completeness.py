"""What a document, the guide and the catalogue must have, and what of it is missing.

条例第十二条: the guide's contents in its second paragraph, the catalogue's in its third.
The rest of a document's metadata is what columns everywhere show; the data says which.
Nothing missing is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.publication.disclosure import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mingtang.law.sheet import Sheet
    from mingtang.publication.effective import Kind
    from mingtang.publication.validity import Status

FILE = Path(__file__).parent / "contents.yaml"
LONGEST_SUMMARY = 100
"""How many characters a summary (概述) may have, by the practice of most places."""


class Item(NamedTuple):
    """A content that is owed (应有内容): its label, how it may be written, its source.

    `cite` is None where no instrument was seen; `unsettled` says what of it is still to
    be verified, in Chinese.
    """

    id: str
    label: str
    words: tuple[str, ...]
    cite: str | None
    unsettled: str | None


class Gap(NamedTuple):
    """A content that is missing or does not hold, with why and what to do (Chinese)."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document says of itself; None or empty is not said.

    `number` is its document number (文号), empty text where it has none and None where
    nobody said; `is_published` that its day of publication is owed; `kind` is set for
    rules and normative documents, which owe their `validity`.
    """

    index: str | None = None
    title: str | None = None
    publisher: str | None = None
    formed_on: date | None = None
    published_on: date | None = None
    number: str | None = None
    topic: str | None = None
    genre: str | None = None
    attribute: Attribute | None = None
    reason: str = ""
    summary: str | None = None
    kind: Kind | None = None
    validity: Status | None = None
    is_published: bool = False


@cache
def document_items() -> tuple[Item, ...]:
    """Return the metadata that a document owes; raises `InvalidDataError`."""
    return _items("document")


@cache
def guide_items() -> tuple[Item, ...]:
    """Return what the guide (公开指南) contains; raises `InvalidDataError`.

    条例第十二条第二款.
    """
    return _items("guide")


@cache
def catalogue_items() -> tuple[Item, ...]:
    """Return what the catalogue (公开目录) contains; raises `InvalidDataError`.

    条例第十二条第三款.
    """
    return _items("catalogue")


def document_gaps(given: Metadata) -> tuple[Gap, ...]:
    """Return what a document's metadata lacks, in the order of `document_items`.

    >>> [gap.item.label for gap in document_gaps(Metadata())][:3]
    ['索引号', '名称', '发布机构']
    """
    found = ((item, _fault(item.id, given)) for item in document_items())
    return tuple(Gap(item, why) for item, why in found if why)


def guide_gaps(fields: Mapping[str, str], headings: Iterable[str] = ()) -> tuple[Gap, ...]:
    """Return which contents of the guide are missing.

    There is what has a field of its id that is not blank, or a heading that names it.

    >>> found = guide_gaps({"fax": "12345678"}, ["一、信息的分类和编排体系"])
    >>> [gap.item.id for gap in found]
    ['ways', 'office', 'address', 'hours', 'telephone', 'online']
    """
    return _unnamed(guide_items(), fields, headings, "指南")


def catalogue_gaps(headings: Iterable[str]) -> tuple[Gap, ...]:
    """Return which contents of the catalogue no column names.

    >>> [gap.item.label for gap in catalogue_gaps(["索引号", "标题", "成文日期"])]
    ['内容概述']
    """
    return _unnamed(catalogue_items(), {}, headings, "目录")


def _fault(name: str, given: Metadata) -> str | None:
    special = {
        "number": _number,
        "summary": _summary,
        "validity": _validity,
        "attribute": _attribute,
        "published_on": _published,
    }
    if name in special:
        return special[name](given)
    said = getattr(given, name)
    return "没有写" if said is None or not str(said).strip() else None


def _number(given: Metadata) -> str | None:
    return "没有写；没有文号的请注明没有文号" if given.number is None else None


def _summary(given: Metadata) -> str | None:
    length = len((given.summary or "").strip())
    if not length:
        return "没有写；请用一两句话说明内容"
    if length > LONGEST_SUMMARY:
        return f"有{length}字，超过{LONGEST_SUMMARY}字；请缩短"
    return None


def _validity(given: Metadata) -> str | None:
    owed = given.kind is not None and given.validity is None
    return "规章、规范性文件须标明有效性；请登记印发、施行的日期" if owed else None


def _attribute(given: Metadata) -> str | None:
    if given.attribute is None:
        return "没有认定"
    reasoned = given.attribute is Attribute.PROACTIVE or given.reason.strip()
    return None if reasoned else "不是主动公开，没有写理由"


def _published(given: Metadata) -> str | None:
    if given.is_published and given.published_on is None:
        return "没有写"
    if given.published_on and given.formed_on and given.published_on < given.formed_on:
        return f"{given.published_on}早于成文日期{given.formed_on}；请核对"
    return None


def _unnamed(
    items: tuple[Item, ...], fields: Mapping[str, str], headings: Iterable[str], where: str
) -> tuple[Gap, ...]:
    named = tuple(headings)
    return tuple(
        Gap(item, f"{where}没有写“{item.label}”；请补写")
        for item in items
        if not fields.get(item.id, "").strip() and not any(_names(item, named))
    )


def _names(item: Item, headings: tuple[str, ...]) -> Iterator[bool]:
    for heading in headings:
        yield any(word in heading for word in item.words)


def _items(name: str) -> tuple[Item, ...]:
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"publication/{FILE.name}")
    data.allow("document", "guide", "catalogue")
    return tuple(_item(key, row) for key, row in data.sheet(name).entries())


def _item(name: str, row: Sheet) -> Item:
    row.allow("label", optional=("words", "cite", "unsettled"))
    cite = row.cite() if "cite" in row else None
    unsettled = row.optional_text("unsettled")
    if cite is None and unsettled is None:
        row.refuse("没有“cite”的，须写明“unsettled”")
    words = tuple((row.optional_text("words") or row.text("label")).split("、"))
    return Item(name, row.text("label"), words, cite, unsettled)
