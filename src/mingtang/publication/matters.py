"""What is disclosed on the body's own motion, and how it is filed, as data.

The matters of Articles 20 and 21 of the Regulation, the kinds of documents, the topics
and the means of interpretation stand in ``matters.yaml``. Only the matters are law; of
the rest the data says where it comes from.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.citation import Citation, parse_citations

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "matters.yaml"
_CODE = 2


class Level(StrEnum):
    """The level of a government, with its departments (层级), as Article 21 tells them.

    `CITY` is a city with districts (设区的市级), `TOWNSHIP` a township's government (乡、
    镇); the offices that a government sends out (街道办事处) Article 21 does not name.
    """

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Matter(NamedTuple):
    """A matter to be disclosed on the body's own motion (主动公开事项).

    `label` is short, for a column's name; `full` the words of the article; `levels`
    those that owe it, empty where all do.
    """

    id: str
    label: str
    full: str
    cite: str
    levels: frozenset[Level]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the article it stands in."""
        return parse_citations(self.cite)

    def owed_by(self, level: Level) -> bool:
        """Return whether bodies of a level owe it."""
        return not self.levels or level in self.levels


class Category(NamedTuple):
    """An entry of one of the catalogue's lists: a genre, a topic, a means (类目).

    `code` is this system's, for index numbers; `cite` None where no instrument was
    seen, `unsettled` what is still to be verified, in Chinese.
    """

    id: str
    code: str
    label: str
    cite: str | None
    unsettled: str | None


@cache
def matters() -> tuple[Matter, ...]:
    """Return every matter: 条例第二十条 in its order, then 第二十一条.

    Raises `InvalidDataError` where the data is faulty.
    """
    rows = _data().sheet("matters").entries()
    return tuple(_matter(name, row) for name, row in rows)


def matter(name: str) -> Matter:
    """Return the matter of that id; raises `KeyError` where there is none.

    >>> matter("a20_1").label
    '法规、规章和规范性文件'
    """
    return sheet.by_id(matters, name, "主动公开事项")


def matters_for(level: Level) -> tuple[Matter, ...]:
    """Return what bodies of a level disclose on their own motion.

    条例第二十条 binds every body for what is its own, 第二十一条 adds for cities,
    counties and townships.

    >>> [each.label for each in matters_for(Level.TOWNSHIP)][15:17]
    ['农业农村政策', '农田水利']
    """
    return tuple(each for each in matters() if each.owed_by(level))


@cache
def genres() -> tuple[Category, ...]:
    """Return the kinds of official documents (体裁); raises `InvalidDataError`."""
    return _categories("genres")


@cache
def topics() -> tuple[Category, ...]:
    """Return the first level of topics (主题分类); raises `InvalidDataError`."""
    return _categories("topics")


@cache
def means() -> tuple[Category, ...]:
    """Return the means of interpretation (解读方式); raises `InvalidDataError`."""
    return _categories("means")


def genre(name: str) -> Category:
    """Return the genre of that id; raises `KeyError`.

    >>> genre("notice").label
    '通知'
    """
    return sheet.by_id(genres, name, "体裁")


def topic(name: str) -> Category:
    """Return the topic of that id; raises `KeyError`."""
    return sheet.by_id(topics, name, "主题分类")


def means_of(name: str) -> Category:
    """Return the means of interpretation of that id; raises `KeyError`."""
    return sheet.by_id(means, name, "解读方式")


@cache
def _data() -> Sheet:
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"publication/{FILE.name}")
    data.allow("matters", "genres", "topics", "means")
    return data


def _matter(name: str, row: Sheet) -> Matter:
    row.allow("label", "full", "cite", optional=("levels",))
    listed = row.raw("levels") if "levels" in row else []
    if not isinstance(listed, list) or not set(listed) <= set(Level):
        row.refuse(f"“levels”应列出层级，可用：{'、'.join(Level)}")
    levels = frozenset(Level(each) for each in listed)
    return Matter(name, row.text("label"), row.text("full"), row.cite(), levels)


def _categories(name: str) -> tuple[Category, ...]:
    row = _data().sheet(name)
    row.allow("names", optional=("cite", "unsettled"))
    cite = row.cite() if "cite" in row else None
    unsettled = row.optional_text("unsettled")
    if cite is None and unsettled is None:
        row.refuse("没有“cite”的，须写明“unsettled”")
    found = tuple(
        _category(key, each, cite, unsettled) for key, each in row.sheet("names").entries()
    )
    if len({each.code for each in found}) < len(found):
        row.refuse("有两个类目用了同一个“code”")
    return found


def _category(name: str, row: Sheet, cite: str | None, unsettled: str | None) -> Category:
    row.allow("code", "label")
    code = row.text("code")
    if len(code) != _CODE or not code.isdecimal():
        row.refuse(f"“code”应为两位数字，却是“{code}”")
    return Category(name, code, row.text("label"), cite, unsettled)
