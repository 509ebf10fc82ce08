"""What was accepted as the engine takes it: reports, the list of bodies, their totals."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.combining import Bodies, Body, Combined, combine
from mingtang.combining.tree import OWN, WHOLE
from mingtang.form.loading import edition
from mingtang.report import Fact, Report, Signature
from mingtang.report import State as Cell
from mingtang_web.annual.compiling import last_years
from mingtang_web.annual.models import exact
from mingtang_web.collecting.models import Delivery, Season, State
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang_web.bodies.models import Body as Row

_HEADS = ("机关", "上级", "代码", "应报", "范围", "同一份")


def report_of(delivery: Delivery) -> Report:
    """Return a version as the engine takes it: its body's, of the season's year.

    Of its words nothing: what adds up needs the cells alone.
    """
    member = delivery.member
    form = edition(delivery.edition) if delivery.edition else None
    facts = {cell: _fact(cell, said) for cell, said in delivery.facts.items()}
    known = (member.body.name, member.season.year, form, None, None, None, None)
    return Report(*known, Signature(), facts, (), (), ())


def accepted(season: Season) -> list[Delivery]:
    """Return the versions that count, in the order of the tree: one query."""
    rows = Delivery.objects.filter(member__season=season, state=State.ACCEPTED)
    related = rows.select_related("member__body", "member__season")
    return list(related.order_by("member__body__path"))


def bodies_of(season: Season) -> Bodies:
    """Return who must report, and whose report sums all up: that one is not added."""
    rows = list(season.members.select_related("body"))
    names = {row.body.name for row in rows}
    top = season.government
    whole = top not in names or season.own.name != top
    made = [] if top in names else [Body(top, expected=False, scope=WHOLE)]
    for row in rows:
        body, is_top = row.body, row.body.name == top
        scope = WHOLE if is_top and whole else OWN
        parent = None if is_top or not whole else top
        due = row.expected and scope == OWN
        made.append(Body(body.name, parent, body.code, due, scope))
    return Bodies(tuple(made))


def as_csv(bodies: Bodies) -> bytes:
    """Return the list as ``mingtang combine --bodies`` reads it."""
    held = io.StringIO()
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow(_HEADS)
    for each in bodies.every:
        expected = "是" if each.expected else "否"
        scope = "汇总" if each.scope == WHOLE else "本机关"
        sheet.writerow([each.name, each.parent or "", each.code, expected, scope, ""])
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def combined(season: Season) -> Combined | None:
    """Return the accepted reports added up, None where there is none."""
    rows = accepted(season)
    return _added(map(report_of, rows), season) if rows else None


def combined_before(season: Season) -> Combined | None:
    """Return last year's totals: what was accepted then, or signed at a body's own desk."""
    last = Season.objects.filter(body=season.body_id, year=season.year - 1).first()
    rows = accepted(last) if last else []
    known = {row.member.body_id for row in rows}
    asked = season.members.exclude(body__in=known).select_related("body")
    desk = _signed((row.body for row in asked), season.year)
    reports = [*map(report_of, rows), *desk]
    return _added(reports, last or season) if reports else None


def _added(reports: Iterable[Report], season: Season) -> Combined:
    return combine(reports, bodies_of(season))


def _signed(bodies: Iterable[Row], year: int) -> Iterator[Report]:
    for body in bodies:
        try:
            found = last_years(body, year)
        except AlteredFileError:
            continue
        if found is not None:
            yield found._replace(body=body.name)


def _fact(cell: str, said: list[str | None]) -> Fact:
    state, number, unit, raw = said
    value = None if number is None else exact(number)
    return Fact(cell, Cell(str(state)), value, str(raw), unit=unit)
