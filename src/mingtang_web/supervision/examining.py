"""What is wrong with a body today, check by check, from what the site itself holds.

Every fault is told with its place; nothing is guessed. What the site does not know, such
as whether a page elsewhere still answers, no check looks for.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Max
from django.urls import reverse

from mingtang.publication.matters import matters
from mingtang.supervising import State, Watched, judge, limit, watched
from mingtang_web.annual.publishing import public as public_reports
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.overviews import figures
from mingtang_web.collecting.models import Member
from mingtang_web.collecting.status import line_of
from mingtang_web.guides.standing import BOUND, contradicting, houses, lacks
from mingtang_web.mistakes.models import Mistake
from mingtang_web.mistakes.queries import standings
from mingtang_web.publication.completeness import lacking
from mingtang_web.publication.linking import interpreted
from mingtang_web.publication.links import dead_links
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent, Validity, in_register
from mingtang_web.publication.queries import public
from mingtang_web.supervision.models import LONGEST, LONGEST_PLACE, Watching
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from mingtang.publication.guide import Contradiction
    from mingtang_web.bodies.models import Body

YEARS = 2
"""Documents that came out late, and not interpreted ones, are told of so many years."""
AT_A_TIME = 500


class Found(NamedTuple):
    """A fault: what was looked for, where it stands, in words, a page that shows it."""

    check: str
    place: str
    said: str
    address: str = ""

    def mark(self, body: Body) -> str:
        """Return what is the same for the same fault found again, whatever its words."""
        told = "\n".join((self.check, body.code, self.place))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def examine(body: Body, on: date, only: Collection[str] | None = None) -> Iterator[Found]:
    """Yield what is wrong with a body on a day, in the order of the checks.

    Of its documents' texts those are read whose index numbers are in ``only``; without
    it all are, which takes minutes where there are very many.
    """
    yield from _columns(body, on)
    yield from _documents(body, only)
    yield from _late(body, on)
    yield from _interpretations(body, on)
    yield from _force(body, on)
    yield from _guides(body, on)
    yield from _clocks(body, on)


def columns_for(body: Body) -> tuple[Watched, ...]:
    """Return the columns looked at in a body, by the limits of the nearest office.

    One query.
    """
    rows = dict(Watching.objects.values_list("body", "limits"))
    way = [int(part) for part in body.path.split("/") if part]
    own: dict[str, str] = next((rows[each] for each in reversed(way) if each in rows), {})
    return with_limits(own)


def with_limits(own: dict[str, str]) -> tuple[Watched, ...]:
    """Return every column that can be looked at, with an office's own limits in place."""
    usual = {each.id: each for each in watched()}
    return tuple(
        each._replace(limit=limit(own[each.id]) if own[each.id] else None)
        if each.id in own
        else each
        for each in (*usual.values(), *_matters(usual))
    )


def _matters(usual: dict[str, Watched]) -> Iterator[Watched]:
    """Yield the matters of the articles that the data give no limit."""
    for each in matters():
        if each.id not in usual:
            yield Watched(each.id, each.label, None, must=False)


def _columns(body: Body, on: date) -> Iterator[Found]:
    last = _last_in(body)
    for column in columns_for(body):
        day = last.get(column.id)
        if day is None:
            if column.must:
                yield Found(
                    "column_empty", column.label, "栏目里没有公开的内容", _home(body)
                )
            continue
        if column.limit is None:
            continue
        stands = judge(column.limit, min(day, on), on)
        if stands.state == State.STALE:
            yield Found(
                "column_stale",
                column.label,
                f"最近一次发布是{day}，应在{stands.until}以前有更新，已超过{stands.late}天",
                _home(body),
            )


def _last_in(body: Body) -> dict[str, date]:
    """Return when something last came out in each column that has anything: two queries."""
    found: dict[str, date] = {}
    rows = public().filter(body=body).order_by().select_related(None)
    told = rows.values_list("column", "matter").annotate(Max("published_on"))
    for column, of, day in told:
        for name in {column, of} - {""}:
            found[name] = max(found.get(name, day), day)
    rows_of_reports = public_reports().filter(body=body)
    reported = rows_of_reports.aggregate(Max("published_on"))["published_on__max"]
    return found | ({"report": reported} if reported else {})


def _documents(body: Body, only: Collection[str] | None) -> Iterator[Found]:
    rows = public().filter(body=body).order_by("pk")
    if only is not None:
        rows = rows.filter(index_number__in=only)
    for document in rows.iterator(chunk_size=AT_A_TIME):
        shown = document.published
        assert shown is not None  # noqa: S101 - `public` has it
        at = _page(document)
        lacks_of = [str(why) for why in lacking(document, shown).values()]
        if lacks_of and document.column not in BOUND:
            said = "；".join(lacks_of)
            yield Found("metadata_lacking", document.index_number, said[:LONGEST], at)
        for dead in dead_links(shown.html):
            place = f"{document.index_number} {dead.address}"[:LONGEST_PLACE]
            said = f"“{dead.words[:60]}”{dead.why}"
            yield Found("link_dead", place, said[:LONGEST], at)


def _late(body: Body, on: date) -> Iterator[Found]:
    since = on.replace(month=1, day=1, year=on.year - YEARS + 1)
    late = public().filter(body=body, first_published_on__gte=since)
    for document in late.filter(first_published_on__gt=F("due")).order_by("pk"):
        said = (
            f"成文日期{document.formed_on}，应在{document.due}以前公开，"
            f"实际{document.first_published_on}公开"
        )
        at = _page(document)
        yield Found("published_late", document.index_number, said, at)


def _interpretations(body: Body, on: date) -> Iterator[Found]:
    for year in range(on.year - YEARS + 1, on.year + 1):
        for line in interpreted(body, year).missing:
            said = f"“{line.document.title}”应在{line.due}以前有解读，至今没有关联解读"
            at = _page(line.document)
            yield Found(
                "interpretation_missing", line.document.index_number, said[:LONGEST], at
            )


def _force(body: Body, on: date) -> Iterator[Found]:
    rows = public().filter(in_register(), body=body).order_by("pk")
    for document in rows.filter(validity=Validity.NONE):
        said = f"“{document.title}”没有登记有效性"
        at = _page(document)
        yield Found("force_unmarked", document.index_number, said[:LONGEST], at)
    ended = (ForceEvent.Kind.DECLARED_VOID, ForceEvent.Kind.REPEALED)
    told = ForceEvent.objects.filter(kind__in=ended, stage=ForceEvent.Stage.STANDS)
    lapsed = rows.filter(validity=Validity.LAPSED, expires_on__lt=on)
    for document in lapsed.exclude(pk__in=told.values("document")):
        said = f"“{document.title}”的有效期{document.expires_on}届满，没有清理结论"
        at = _page(document)
        yield Found("force_expired", document.index_number, said[:LONGEST], at)


def _guides(body: Body, on: date) -> Iterator[Found]:
    [house] = houses([body], on)
    for column in BOUND:
        for stand in house.columns[column]:
            document: Document = stand.document
            if not document.is_out:
                continue
            at, place = _page(document), document.index_number
            if stand.is_late:
                said = f"“{document.title}”应在{stand.due}以前核对，至今没有确认或者修订"
                yield Found("guide_overdue", place, said[:LONGEST], at)
            missing = [spoken(gap.item.label) for gap in lacks(document)]
            if missing:
                said = f"“{document.title}”没有写：{'、'.join(missing)}"
                yield Found("guide_lacking", place, said[:LONGEST], at)
            for other in contradicting(document):
                yield Found("guide_contradicts", place, _contradiction(other), at)


def _contradiction(other: Contradiction) -> str:
    label = spoken(other.item.label)
    return f"{label}写的是“{other.said}”，登记的是“{other.registered}”"[:LONGEST]


def _clocks(body: Body, on: date) -> Iterator[Found]:
    late = figures([body], on, soon(on))[body.pk].late
    if late:
        yield Found("answers_late", "依申请公开", f"有{late}件申请超过期限没有答复")
    told = standings(Mistake.objects.filter(body=body, outcome=""), on).late
    if told:
        yield Found("mistakes_late", "网站找错", f"有{told}条逾期没有答复")
    members = Member.objects.filter(body=body, expected=True, season__year__lt=on.year)
    for member in members.select_related("season", "body"):
        line = line_of(member, on)
        if line.is_late and line.is_awaited:
            year = member.season.year
            said = f"{year}年度报告应在{member.due}以前报送，已逾期{line.late_by}天"
            yield Found("report_late", f"{year}年度报告", said)


def _page(document: Document) -> str:
    return reverse("information", args=[document.index_number])


def _home(body: Body) -> str:
    return reverse("column", args=[body.code])
