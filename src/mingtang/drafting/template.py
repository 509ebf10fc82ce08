"""The kinds of letter (文书) as data: what each needs, says and must not show.

One file a kind in ``letters``; passages that several share stand once in
``passages.yaml``. A passage is locked where it states law (sources, terms,
consequences, remedies); the others an office may word anew.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import sheets
from mingtang.drafting.fields import FieldError, names
from mingtang.drafting.hiding import hidden
from mingtang.drafting.numbers import series
from mingtang.drafting.particulars import SEVERAL, Particular, particular
from mingtang.law import sheet
from mingtang.law.grounds import IN_FORCE

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

REMEDIES = ("by_ground", "by_person", "RS", "none", "fee_notice")
READERS = ("applicant", "third_party", "body", "file")
STANDING = ("body", "you", "paper", "number", "cite", "pay_by", "among", "left_out")
"""Fields that no particular fills: they follow from the kind and the setting."""
_KEYS = "id", "text", "locked", "each", "given", "unless", "table", "rows", "appendix"
_OF_FEES = "counted", "cite", "total", "capitals"
REMEDY = "remedy"
"""The passage whose words come from `remedies`."""


class Passage(NamedTuple):
    """One passage of a letter: its id, its text with fields, whether it is locked.

    `each` names a particular for each of whose items it stands once; `given` the
    optional ones without which it is left out, `unless` those with any of which it is.
    `table` is ``fee`` or a form of
    `rows`, whose columns have the `shares` of the width; `appendix` the title
    that opens a page of its own before it.
    """

    id: str
    text: str
    locked: bool
    each: str | None = None
    given: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    table: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    appendix: str | None = None

    def fields(self) -> frozenset[str]:
        """Return the names of its fields; raises `FieldError`."""
        cells = (cell for row in self.rows for cell in row)
        return frozenset().union(*(names(text) for text in (self.text, *cells)))


class Template(NamedTuple):
    """One kind of letter (文书种类).

    `listed` is its number in the project's list of letters, None for one beyond
    it; `series` the number series, None for records without a number; `reader`
    whom it is for; `ground` the result it tells, where it tells one; `remedy`
    how its words on remedies are found; `hides` what it must not show.
    """

    kind: str
    listed: int | None
    title: str
    series: str | None
    trigger: str
    cite: str
    since: date
    reader: str
    ground: str | None
    remedy: str
    needs: tuple[Particular, ...]
    may: tuple[Particular, ...]
    hides: tuple[str, ...]
    passages: tuple[Passage, ...]
    unsettled: str | None

    def passage(self, name: str) -> Passage | None:
        """Return the passage of that id, None where there is none."""
        return next((known for known in self.passages if known.id == name), None)


class UnknownKindError(LookupError):
    """There is no letter of that kind; says which there are."""


@cache
def templates() -> tuple[Template, ...]:
    """Return every kind in the order of the list; raises `InvalidDataError`."""
    found = [_template(kind, row) for kind, row in sheets.letters()]
    beyond = len(found)
    return tuple(sorted(found, key=lambda t: beyond if t.listed is None else t.listed))


def template(kind: str) -> Template:
    """Return the template of a kind; raises `UnknownKindError`."""
    return sheet.by_id(templates, kind, "文书", UnknownKindError)


def kinds_for(ground: str) -> tuple[str, ...]:
    """Return the kinds that tell a result (办理结果).

    >>> kinds_for("N1")
    ('refused_state_secret',)
    """
    return tuple(known.kind for known in templates() if known.ground == ground)


def _template(kind: str, row: Sheet) -> Template:
    row.allow(
        *("title", "trigger", "cite", "reader", "remedy", "needs", "body"),
        optional=("listed", "series", "since", "ground", "may", "hides", "unsettled"),
    )
    for key, known in (("remedy", REMEDIES), ("reader", READERS)):
        if row.text(key) not in known:
            row.refuse(f"不认识的 {key}“{row.text(key)}”，可用：{'、'.join(known)}")
    found = Template(
        kind=kind,
        listed=row.whole("listed") if "listed" in row else None,
        title=row.text("title"),
        series=row.optional_text("series"),
        trigger=row.text("trigger"),
        cite=row.cite(),
        since=row.day("since") if "since" in row else IN_FORCE,
        reader=row.text("reader"),
        ground=row.optional_text("ground"),
        remedy=row.text("remedy"),
        needs=tuple(map(particular, sheets.words(row, "needs"))),
        may=tuple(map(particular, sheets.words(row, "may"))),
        hides=sheets.words(row, "hides"),
        passages=tuple(_passage(each) for each in row.sheets("body")),
        unsettled=row.optional_text("unsettled"),
    )
    _check(found, row)
    return found


@cache
def _shared() -> dict[str, Passage]:
    rows = sheets.read("passages.yaml").entries()
    return {name: _worded(name, row) for name, row in rows}


def _passage(row: Sheet) -> Passage:
    if "use" not in row:
        return _worded(row.text("id"), row)
    row.allow("use")
    if row.text("use") == REMEDY:
        return Passage(REMEDY, "", locked=True)
    if row.text("use") not in _shared():
        row.refuse(f"passages.yaml 中没有“{row.text('use')}”")
    return _shared()[row.text("use")]


def _worded(name: str, row: Sheet) -> Passage:
    row.allow(optional=_KEYS)
    if ("text" in row) == ("table" in row):
        row.refuse("须写 text 或者 table，只写一种")
    rows: tuple[tuple[str, ...], ...] = ()
    if "rows" in row:
        rows = sheets.grid(row, "rows")
    return Passage(
        name,
        sheets.prose(row) if "text" in row else "",
        locked="locked" in row and row.flag("locked"),
        each=row.optional_text("each"),
        given=sheets.words(row, "given"),
        unless=sheets.words(row, "unless"),
        table=row.optional_text("table"),
        rows=rows,
        appendix=row.optional_text("appendix"),
    )


def _check(made: Template, row: Sheet) -> None:
    """Refuse a template whose parts do not fit each other."""
    if made.series is not None:
        series(made.series)
    for name in made.hides:
        hidden(name)
    ids = [passage.id for passage in made.passages]
    if len(ids) != len(set(ids)):
        row.refuse("body 中有两段同名")
    if (REMEDY in ids) != (made.remedy != "none"):
        row.refuse("写了 remedy 就须有 use: remedy，没有救济的不得有")
    for passage in made.passages:
        _check_fields(made, passage, row)


def _check_fields(made: Template, passage: Passage, row: Sheet) -> None:
    try:
        unknown = passage.fields() - known_fields(made, passage)
    except FieldError as fault:
        row.refuse(str(fault))
    if unknown:
        row.refuse(f"“{passage.id}”段有不认识的字段：{'、'.join(sorted(unknown))}")
    optional = {known.id for known in made.may}
    if not optional >= {*passage.given, *passage.unless}:
        row.refuse(f"“{passage.id}”段的 given、unless 须是可以不填的要素")


def known_fields(made: Template, passage: Passage) -> frozenset[str]:
    """Return the fields that a passage of this kind may have.

    An optional particular is a field only where the passage waits for it, and a
    term of the law only where the template names it.
    """
    found = set(STANDING)
    found |= {name for name in passage.fields() if name.startswith(("term.", "cited."))}
    there = (*made.needs, *(known for known in made.may if known.id in passage.given))
    for asked in there:
        if asked.internal or asked.type in SEVERAL:
            continue
        if asked.type == "fee":
            found |= {f"{asked.id}.{part}" for part in _OF_FEES}
        else:
            found.add(asked.id)
    for asked in there:
        if asked.id == passage.each:
            items = {f"item.{part.id}" for part in asked.parts}
            found |= {"n", *(items or {"item"})}
    return frozenset(found)
