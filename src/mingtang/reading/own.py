"""Our own JSON read back: the whole report, as it was written.

Nothing is guessed here: what is not as we write it is refused, with the place
in the object where it stands.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from mingtang.document import Document, Paragraph
from mingtang.form.loading import NoEditionError, edition, edition_for
from mingtang.place import LEDGERS, Place
from mingtang.reading.restoring import RestoreError, Told, figure, restored
from mingtang.report import Claim, Fact, Report, Section, Signature, State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mingtang.document import Box
    from mingtang.form.edition import Edition
    from mingtang.report import Count

SCHEMAS = (1,)
"""The schemas of the contract that can be read."""
_EDITIONS = ("2021", "2019")
_CHOICE = "、".join(_EDITIONS)
_OLD = "2014"
_CORNERS = 4


class ObjectError(ValueError):
    """The object is not a report as we write it; says where, in Chinese."""


def read(text: str) -> tuple[Document, Report]:
    """Return the words of a report as a document, and the report itself.

    Raises `ObjectError` where the object is not as ``mingtang read --json``
    and ``mingtang.write`` make it.
    """
    held = _Object(_parsed(text), "")
    if held.get("schema") not in SCHEMAS:
        held.refuse("schema", f"只认得 {SCHEMAS[-1]}，即明堂 read、convert 写出的")
    report = _report(held)
    return Document("json", report.paragraphs, (), report.title), report


def _parsed(text: str) -> object:
    """Return what a JSON text holds; raises `ObjectError` with where it breaks off."""
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"JSON 的第 {error.lineno} 行第 {error.colno} 列"
        if error.msg == "Extra data":
            message = f"{where}起是另一个对象或多余的内容；一个文件只放一份报告，请拆开再读"
        else:
            message = f"{where}读不通：缺了引号、逗号或括号，或者文件不完整；请重新写出"
        raise ObjectError(message) from error
    except (ValueError, RecursionError) as error:
        message = "JSON 里有长得读不了的数，或者套得太深；请重新写出"
        raise ObjectError(message) from error
    return found


class _Object:
    """A JSON object with the path to it, which messages name."""

    def __init__(self, held: object, path: str) -> None:
        self.path = path
        if not isinstance(held, dict):
            self.refuse("", "不是一个对象，不是明堂 read、convert 写出的 JSON")
        self.held: Mapping[str, object] = held

    def refuse(self, name: str, why: str) -> NoReturn:
        where = ".".join(filter(None, (self.path, name)))
        message = f"JSON 里的“{where or '最外层'}”不对：{why}"
        raise ObjectError(message)

    def get(self, name: str) -> object:
        return self.held.get(name)

    def text(self, name: str) -> str | None:
        value = self.held.get(name)
        if value is not None and not isinstance(value, str):
            self.refuse(name, "应当是文字或 null")
        return value

    def words(self, name: str) -> str:
        value = self.text(name)
        return "" if value is None else value

    def integer(self, name: str) -> int | None:
        value = self.held.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.refuse(name, "应当是整数或 null")
        return value

    def share(self, name: str) -> float | None:
        value = self.held.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            self.refuse(name, "应当是 0 到 1 之间的数或 null")
        return float(value)

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"“{value}”不是日期")

    def object(self, name: str) -> _Object | None:
        value = self.held.get(name)
        path = f"{self.path}.{name}" if self.path else name
        return None if value is None else _Object(value, path)

    def objects(self, name: str) -> list[_Object]:
        value = self.held.get(name, [])
        if not isinstance(value, list):
            self.refuse(name, "应当是一列对象")
        path = f"{self.path}.{name}" if self.path else name
        return [_Object(each, f"{path}[{at}]") for at, each in enumerate(value)]

    def place(self, name: str = "place") -> Place | None:
        found = self.object(name)
        if found is None or not found.held:
            return None
        spot = Place(
            page=found.integer("page"),
            table=found.integer("table"),
            row=found.integer("row"),
            column=found.integer("column"),
            paragraph=found.integer("paragraph"),
            start=found.integer("start"),
            end=found.integer("end"),
        )
        return spot._replace(box=found.box(), ledger=found.ledger())

    def ledger(self) -> str | None:
        value = self.text("ledger")
        if value is not None and value not in LEDGERS:
            self.refuse("ledger", f"没有“{value}”这种台账")
        return value

    def box(self) -> Box | None:
        value = self.held.get("box")
        if value is None:
            return None
        known = isinstance(value, list) and all(isinstance(x, int | float) for x in value)
        if not known or not isinstance(value, list) or len(value) != _CORNERS:
            self.refuse("box", "应当是四个数")
        return value[0], value[1], value[2], value[3]


def is_untitled(text: str) -> bool:
    """Return whether an object that reads well has no key for a title.

    We always write one, ``null`` where the document has no title: without it the
    object was made by others, who left the title to be made.
    """
    return "title" not in _Object(_parsed(text), "").held


def _edition(held: _Object) -> Edition | None:
    """Return the edition named, or else the one that the year's report must use."""
    name = held.text("edition")
    if name in _EDITIONS:
        return edition(name)
    if name not in (None, _OLD):
        held.refuse("edition", f"没有“{name}”这一版，可写 {_CHOICE}")
    if name == _OLD or not held.get("cells"):
        return None
    try:
        return edition_for(held.integer("year") or 0)
    except NoEditionError:
        held.refuse("edition", f"缺 edition，可写 {_CHOICE}")


def _report(held: _Object) -> Report:
    known = _edition(held)
    title = held.object("title")
    preface = tuple(map(_paragraph, held.objects("preface")))
    sections = tuple(map(_section, held.objects("sections")))
    rest = tuple(map(_paragraph, held.objects("rest")))
    inside = [block for part in sections for block in part.paragraphs]
    return Report(
        body=held.text("body"),
        year=held.integer("year"),
        edition=known,
        title=None if title is None else title.text("text"),
        title_place=None if title is None else title.place(),
        title_body=None if title is None else title.text("body"),
        title_year=None if title is None else title.integer("year"),
        signature=_signature(held.object("signature")),
        facts=_facts(held, known),
        sections=sections,
        preface=preface,
        paragraphs=tuple(sorted((*preface, *inside, *rest), key=lambda each: each.number)),
        claims=tuple(map(_claim, held.objects("claims"))),
        old_sheet=held.get("edition") == _OLD,
    )


def _paragraph(held: _Object) -> Paragraph:
    number = held.integer("number")
    if number is None:
        held.refuse("number", "没有段号")
    return Paragraph(held.words("text"), number, held.integer("page"), held.box())


def _section(held: _Object) -> Section:
    return Section(
        held.integer("number"),
        held.words("heading"),
        held.integer("ordinal"),
        held.get("standard") is True,
        held.place() or Place(),
        tuple(map(_paragraph, held.objects("paragraphs"))),
    )


def _signature(held: _Object | None) -> Signature:
    if held is None:
        return Signature()
    return Signature(
        held.text("body"),
        held.place("body_place"),
        held.day("day"),
        held.place("day_place"),
        held.text("misdated"),
    )


def _facts(held: _Object, known: Edition | None) -> dict[str, Fact]:
    cells = held.object("cells")
    names = () if known is None else known.cell_ids()
    given = {} if cells is None else cells.held
    strange = next((name for name in given if name not in set(names)), None)
    if cells is not None and strange is not None:
        version = "" if known is None else f"{known.id}年版"
        cells.refuse(strange, f"{version}表式里没有这一格")
    begun = {_table(name) for name, told in given.items() if told is not None}
    return {name: _fact(name, cells, begun) for name in names}


def _table(cell: str) -> str:
    return cell.partition("/")[0]


def _fact(name: str, cells: _Object | None, begun: Collection[str]) -> Fact:
    """Return one cell.

    We list every cell. One that is not listed is left open by whoever made the
    object: blank in a table that was begun, absent with the whole of another.
    """
    held = None if cells is None else cells.object(name)
    if held is None:
        return Fact(name, State.BLANK if _table(name) in begun else State.ABSENT)
    told = Told(
        name,
        held.words("state"),
        held.text("value"),
        held.words("raw"),
        held.place(),
        held.text("unit"),
        held.words("trouble"),
        held.share("confidence"),
    )
    try:
        return restored(told)
    except RestoreError as error:
        held.refuse(error.field, str(error))


def _count(held: _Object, name: str) -> Count:
    try:
        return figure(held.words(name), name)
    except RestoreError as error:
        held.refuse(error.field, str(error))


def _claim(held: _Object) -> Claim:
    return Claim(
        held.words("quantity"),
        _count(held, "low"),
        _count(held, "high"),
        held.text("unit"),
        held.words("quote"),
        held.place() or Place(),
    )
