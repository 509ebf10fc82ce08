"""Opening a season, changing what is asked of a body, urging those who are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.form.loading import NoEditionError, edition_for
from mingtang_web import clock, masking
from mingtang_web.bodies.models import Body, Kind, Role
from mingtang_web.bodies.queries import below, require
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import Member, Season, Step
from mingtang_web.collecting.recording import (
    KIND,
    OPENED,
    SEASON,
    Done,
    OutOfTurnError,
    came_before,
    in_turn,
    in_words,
    locked,
    record,
)
from mingtang_web.collecting.reports import may_sum
from mingtang_web.ledger.actions import Record, append, hold
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind as Told
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mingtang_web.cases.actions import Doing
    from mingtang_web.ledger.canonical import Plain

ALL = (Role.HANDLER, Role.APPROVER)
"""Who is told of what a body is to hand in."""
MOST_TITLE = 40
MOST = 5000
"""So many bodies one season asks at most."""


class Terms(NamedTuple):
    """What a season is opened with, as `Season` explains."""

    year: int
    due: date
    government: str
    own: Body
    expected: Collection[int]
    notice: str = ""


def legal_due(year: int) -> date:
    """Return the day by which bodies hand in and publish: 31 January (条例第四十九条)."""
    return date(year + 1, 1, 31)


def whole_due(year: int) -> date:
    """Return the day of the government's own report: 31 March (条例第四十九条)."""
    return date(year + 1, 3, 31)


def asked_by(office: Body) -> list[Body]:
    """Return the bodies that an office collects from: itself and all below, those that are.

    In the order of the tree.
    """
    under = below(office).filter(closed_on=None)
    return [office, *under.order_by("path")[:MOST]]


def is_asked(body: Body) -> bool:
    """Return whether a body reports to its office: a vertical one to its own above."""
    return body.kind != Kind.VERTICAL


@transaction.atomic
def open_season(office: Body, terms: Terms, doing: Doing) -> Season:
    """Open the season of a year and return it; the one there is, where it came before.

    Every body is asked in its own ledger and told. Raises `NotAllowedError` and
    `ValidationError`.
    """
    require(doing.person, policy.OPEN, office, clock.today())
    bodies = asked_by(office)
    hold(*bodies)
    earlier = Season.objects.filter(body=office, year=terms.year).first()
    if earlier and came_before(office, doing):
        return earlier
    _check(terms, bodies, earlier)
    season = Season.objects.create(
        body=office,
        year=terms.year,
        due=terms.due,
        whole_due=whole_due(terms.year),
        notice=terms.notice.strip(),
        government=terms.government.strip(),
        own=terms.own,
        opened_by=doing.person,
        opened_at=clock.now(),
    )
    said: dict[str, Plain] = {"season": season.pk, "now": fingerprint(season, *SEASON)}
    append(Record(office, OPENED, said, actor=doing.actor, key=doing.key))
    asked = [
        _asked(season, body, terms.due, doing, expected=body.pk in terms.expected)
        for body in bodies
    ]
    _tell([each for each in asked if each.expected], Told.REPORT_ASKED)
    return season


@transaction.atomic
def ask(member: Member, due: date, doing: Doing, *, expected: bool) -> Member:
    """Change by when a body hands in, or whether it must; ``doing.note`` says why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = locked(member.pk)
    require(doing.person, policy.DECIDE, present.season.body, clock.today())
    if came_before(present.body, doing):
        return present
    in_turn(present, doing)
    masking.to_keep(doing.note, "note")
    if due > legal_due(present.season.year):
        raise ValidationError({"due": _late(present.season.year)})
    present.due, present.expected = due, expected
    return record(present, Done(Step.Verdict.ASKED, doing.note.strip()), doing)


@transaction.atomic
def mark_sums(member: Member, doing: Doing, *, sums: bool) -> Member:
    """Say that a body's report holds what those below it report, or that it does not.

    Theirs are then not added once more; ``doing.note`` says how that is known. Raises
    `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = locked(member.pk)
    require(doing.person, policy.DECIDE, present.season.body, clock.today())
    if came_before(present.body, doing):
        return present
    in_turn(present, doing)
    in_words(doing.note, "note")
    if sums and not may_sum(present):
        raise OutOfTurnError(
            _("它没有下级机关在这次收集里，或者它的报告就是这里的合计，不能这样标明")
        )
    present.sums = sums
    verdict = Step.Verdict.SUMMED if sums else Step.Verdict.APART
    return record(present, Done(verdict, doing.note.strip()), doing)


def unasked(season: Season) -> list[Body]:
    """Return the bodies that report to the office and were founded since: two queries."""
    known = set(season.members.values_list("body", flat=True))
    under = asked_by(season.body)
    return [body for body in under if body.pk not in known and is_asked(body)]


@transaction.atomic
def join(season: Season, doing: Doing) -> int:
    """Ask the bodies founded since as well, and return how many they are.

    Raises `NotAllowedError`.
    """
    require(doing.person, policy.DECIDE, season.body, clock.today())
    bodies = unasked(season)
    hold(*bodies)
    made = [_asked(season, body, season.due, doing) for body in bodies]
    _tell(made, Told.REPORT_ASKED)
    return len(made)


@transaction.atomic
def urge(season: Season, members: Iterable[Member], doing: Doing) -> int:
    """Urge bodies to hand in, once a day each, and return how many are told now.

    Raises `NotAllowedError`.
    """
    require(doing.person, policy.DECIDE, season.body, clock.today())
    if came_before(season.body, doing):
        return 0
    urged = [locked(pk) for pk in sorted(each.pk for each in members)]
    hold(season.body, *(each.body for each in urged))
    said: dict[str, Plain] = {"season": season.pk, "members": [each.pk for each in urged]}
    kind = f"{KIND}urging"
    append(Record(season.body, kind, said, actor=doing.actor, key=doing.key))
    for each in urged:
        record(each, Done(Step.Verdict.URGED), replace(doing, key=None))
    return _tell(urged, Told.REPORT_URGED)


def tell_returned(member: Member) -> None:
    """Tell those who hand in for a body that its report was returned."""
    _tell([member], Told.REPORT_RETURNED)


def tell_recalled(member: Member) -> None:
    """Tell the office that a report it was given was withdrawn or corrected."""
    found = wanted(member, Told.REPORT_RECALLED, clock.today())
    name = member.body.short_name or member.body.name
    title = f"{name}{member.season.year}"[:MOST_TITLE]
    office = found._replace(
        body_id=member.season.body_id, roles=(Role.SUPERVISOR,), title=title
    )
    tell([office], Staff(clock.today()), clock.now())


def wanted(member: Member, kind: Told, on: date) -> Wanted:
    """Return what is to be told of a member's report."""
    year = member.season.year
    title = _("%(year)s年度报告") % {"year": year}
    often = {Told.REPORT_RETURNED, Told.REPORT_RECALLED}
    about = f"{member.pk}/{member.version}" if kind in often else member.pk
    return Wanted(kind, member.body_id, on, ALL, about=str(about), title=title)


def _tell(members: Iterable[Member], kind: Told) -> int:
    today = clock.today()
    found = [wanted(each, kind, today) for each in members]
    return tell(found, Staff(today), clock.now())


def _asked(
    season: Season, body: Body, due: date, doing: Doing, *, expected: bool = True
) -> Member:
    member = Member.objects.create(season=season, body=body, expected=expected, due=due)
    return record(member, Done(Step.Verdict.ASKED), replace(doing, key=None))


def _check(terms: Terms, bodies: list[Body], earlier: Season | None) -> None:
    try:
        edition_for(terms.year)
    except NoEditionError as problem:
        raise ValidationError({"year": str(problem)}) from problem
    if terms.year >= clock.today().year + 1:
        said = _("%(year)s年还没有到") % {"year": terms.year}
        raise ValidationError({"year": said})
    if earlier:
        said = _("%(year)s年度已经发起过收集") % {"year": terms.year}
        raise ValidationError({"year": said})
    if terms.due > legal_due(terms.year):
        raise ValidationError({"due": _late(terms.year)})
    if terms.due < legal_due(terms.year) and not terms.notice.strip():
        said = _("早于法定期限的，请写明依据，如通知的文号")
        raise ValidationError({"notice": said})
    if terms.own not in bodies:
        raise ValidationError({"own": _("请在本机关和下级机关中选择")})
    masking.no_personal_data(terms.notice)
    masking.no_personal_data(terms.government)


def _late(year: int) -> str:
    return _("不能晚于条例第四十九条规定的%(day)s") % {"day": legal_due(year).isoformat()}
