"""What was accepted as the engine takes it: reports, the list of bodies, their totals."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.catalogue import rule
from mingtang.combining import Bodies, Body, Combined, Stated, combine, fee_totals
from mingtang.combining.tree import OWN, WHOLE
from mingtang.form.loading import edition
from mingtang.report import Fact, Report, Signature
from mingtang.report import State as Cell
from mingtang_web.annual.compiling import BLOCKING, last_years
from mingtang_web.collecting.models import Delivery, Member, Season, State
from mingtang_web.figures import exact
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from mingtang.combining import Total
    from mingtang_web.bodies.models import Body as Row

_HEADS = ("机关", "上级", "代码", "应报", "范围", "同一份")


def blocking(delivery: Delivery) -> dict[str, int]:
    """Return the breaches and contradictions found in a version: rule and how often."""
    found = delivery.found.items()
    return {code: n for code, n in found if rule(code).weight in BLOCKING}


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
    return list(_accepted(season))


def accepted_but_for_facts(season: Season) -> list[Delivery]:
    """Return the versions that count without their cells: one light query."""
    return list(_accepted(season).defer("facts"))


def bodies_of(season: Season) -> Bodies:
    """Return who must report, and whose report sums all up: that one is not added.

    Where the office marked an accepted report as holding what those below it report,
    that one is added and theirs are not.
    """
    rows = list(season.members.select_related("body"))
    names = {row.body.name for row in rows}
    top = season.government
    whole = top not in names or season.own.name != top
    summing = {row.body.path: row.body.name for row in _summing(season, rows)}
    made = [] if top in names else [Body(top, expected=False, scope=WHOLE)]
    above = top if whole else None
    if summing and not whole:
        above = f"{top}（合计）"  # else the one that sums up would itself be the top
        made.append(Body(above, expected=False, scope=WHOLE))
    for row in rows:
        body, is_top = row.body, whole and row.body.name == top
        parent = None if is_top else _held_in(body, summing) or above
        scope = WHOLE if is_top or body.path in summing else OWN
        made.append(Body(body.name, parent, body.code, row.expected and not is_top, scope))
    return Bodies(tuple(made))


def may_sum(member: Member) -> bool:
    """Return whether a body's report may hold what others below it report.

    The government's own report is no such one where another body's holds what was asked
    of it: that is what is being made here, and is never added.
    """
    season, body = member.season, member.body
    if body.name == season.government and season.own_id != body.pk:
        return False
    return below_in(member).exists()


def below_in(member: Member) -> QuerySet[Member]:
    """Return the bodies of the same season below one."""
    rows = Member.objects.filter(season=member.season_id)
    return rows.filter(body__path__startswith=member.body.path).exclude(pk=member.pk)


def fees_of(season: Season, found: Combined) -> Mapping[str, Total]:
    """Return the totals of the fees of the reports that are added up."""
    counted = set(found.coverage.counted)
    rows = (
        row for row in accepted_but_for_facts(season) if row.member.body.name in counted
    )
    return fee_totals({row.member.body.name: _stated(row) for row in rows})


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


def _accepted(season: Season) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(member__season=season, state=State.ACCEPTED)
    related = rows.select_related("member__body", "member__season", "annual__snapshot")
    return related.order_by("member__body__path")


def _summing(season: Season, rows: Iterable[Member]) -> list[Member]:
    """Return whose accepted reports hold those below them: a query where any is marked."""
    marked = [row for row in rows if row.sums]
    if not marked:
        return []
    stands = Delivery.objects.filter(member__season=season, state=State.ACCEPTED)
    known = set(stands.values_list("member", flat=True))
    return [row for row in marked if row.pk in known]


def _held_in(body: Row, summing: Mapping[str, str]) -> str | None:
    """Return the nearest body above whose report holds this one's."""
    above = [path for path in summing if body.path.startswith(path) and path != body.path]
    return summing[max(above, key=len)] if above else None


def _stated(delivery: Delivery) -> Stated:
    return Stated(**{name: exact(said) for name, said in delivery.fees.items()})


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
