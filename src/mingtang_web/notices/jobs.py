"""The jobs: what each finds to tell on a day, and the sending of it.

Every job may run at any moment and any number of times: what it tells is known by its
kind, matter, day and person.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from mingtang.law import holidays_years
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.bodies.models import Body, Membership, Role
from mingtang_web.cases import bridge, figures, rules
from mingtang_web.cases.models import OPEN_PHASES, Case, Proposal
from mingtang_web.cases.queries import overdue
from mingtang_web.clock import CHINA
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import recounting, sending
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.queries import to_send
from mingtang_web.notices.reminding import is_working, wanted_of
from mingtang_web.notices.running import Job, Part
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import PROVIDERS, Wanted
from mingtang_web.unsent.actions import clear_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from mingtang.case.rulebook import Rulebook
    from mingtang_web.notices.running import Pass

AT_A_TIME = 50
_Row = TypeVar("_Row", bound=Model)
A_MONTH = timedelta(days=31)


class Rulebooks:
    """The rulebook of each body, looked up once a job."""

    def __init__(self) -> None:
        self._known: dict[int, Rulebook] = {}

    def of(self, body: Body) -> Rulebook:
        """Return by what a body's cases are counted."""
        if body.pk not in self._known:
            self._known[body.pk] = rules.rulebook(body)
        return self._known[body.pk]


def terms(asked: Pass) -> Iterator[Part]:
    """Tell of every open case's terms: near, out, overdue."""
    staff, books = Staff(asked.on), Rulebooks()
    rows = Case.objects.filter(phase__in=OPEN_PHASES).select_related("body")
    for cases in batches(rows.defer("description"), asked.after):
        histories = bridge.histories(case.pk for case in cases)
        found: list[Wanted] = []
        faults: list[str] = []
        for case in cases:
            history = histories.get(case.pk, ())
            try:
                found += list(wanted_of(case, history, asked.on, books.of(case.body)))
            except (ValueError, LookupError) as fault:
                faults.append(f"案件 {case.number}：{type(fault).__name__}")
        write = partial(tell, found, staff, asked.now)
        yield Part(cases[-1].pk, write, len(faults), "；".join(faults))


def overdue_below(asked: Pass) -> Iterator[Part]:
    """Tell supervisors, once a week, which of their bodies have overdue cases."""
    week, staff = monday(asked.on), Staff(asked.on)
    late = overdue(Case.objects.all(), asked.on).order_by().values("body")
    for bodies in batches(Body.objects.filter(pk__in=late), asked.after):
        found = [
            Wanted(Kind.OVERDUE_BELOW, body.pk, week, (Role.SUPERVISOR,)) for body in bodies
        ]
        yield Part(bodies[-1].pk, partial(tell, found, staff, asked.now))


def proposals(asked: Pass) -> Iterator[Part]:
    """Tell reviewers and approvers, each working day, what has waited for over one."""
    staff, books = Staff(asked.on), Rulebooks()
    stages = {
        Proposal.Stage.LEGAL: Role.LEGAL_REVIEWER,
        Proposal.Stage.APPROVAL: Role.APPROVER,
    }
    rows = Proposal.objects.filter(stage__in=stages).select_related("case__body")
    for waiting in batches(rows.defer("case__description"), asked.after):
        reviewed = _reviewed(waiting)
        found = [
            Wanted(
                Kind.PROPOSAL,
                each.case.body_id,
                asked.on,
                (stages[Proposal.Stage(each.stage)],),
                each.case_id,
                about=each.stage,
                but=frozenset({each.proposer_id}),
            )
            for each in waiting
            if _long(each, reviewed, asked.on, books.of(each.case.body))
        ]
        yield Part(waiting[-1].pk, partial(tell, found, staff, asked.now))


def calendars(asked: Pass) -> Iterator[Part]:
    """Tell administrators, once a week from 1 December on, that holidays are missing."""
    years = {asked.on.year, (asked.on + A_MONTH).year}
    entered = {year.year for year in holidays_years()}
    missing = sorted(years - entered)
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR)
    bodies = sorted(set(administrators.values_list("body", flat=True)))
    found = [
        Wanted(
            Kind.CALENDAR,
            body,
            asked.on.replace(year=year, month=1, day=1),
            (Role.ADMINISTRATOR,),
            about=monday(asked.on).isoformat(),
        )
        for year in missing
        for body in bodies
    ]
    yield Part(0, partial(tell, found, Staff(asked.on), asked.now))


def provided(asked: Pass) -> Iterator[Part]:
    """Tell what the apps above want told."""
    staff = Staff(asked.on)
    for name in sorted(PROVIDERS)[asked.after :]:
        found = list(PROVIDERS[name](asked.on))
        place = sorted(PROVIDERS).index(name) + 1
        yield Part(place, partial(tell, found, staff, asked.now))


def kept_figures(asked: Pass) -> Iterator[Part]:
    """Count anew the figures that somebody looks at and that take long to count."""
    for each in figures.stale():
        if each.pk > asked.after:
            yield Part(each.pk, partial(_keep, each.top))


def _keep(top: Body) -> int:
    figures.keep(top, figures.count(figures.Scope(top, below=True)))
    return 1


def unsent(_asked: Pass) -> Iterator[Part]:
    """Delete what was typed and not sent for longer than it is kept."""
    yield Part(0, clear_away)


def batches(rows: QuerySet[_Row], after: int) -> Iterator[list[_Row]]:
    """Yield rows by their ids from one on, some at a time; what comes meanwhile too."""
    while batch := list(rows.filter(pk__gt=after).order_by("pk")[:AT_A_TIME]):
        yield batch
        after = batch[-1].pk


def monday(on: date) -> date:
    """Return the day a week began."""
    return on - timedelta(days=on.weekday())


def _reviewed(waiting: Iterable[Proposal]) -> dict[int, datetime]:
    """Return when the legal reviewer passed a case's proposal on, by case: one query."""
    cases = [each.case_id for each in waiting]
    passed = Entry.objects.filter(case_id__in=cases, kind="case.reviewed").order_by()
    last = passed.values("case_id").annotate(last=Max("recorded_at"))
    return {case or 0: moment for case, moment in last.values_list("case_id", "last")}


def _long(each: Proposal, reviewed: dict[int, datetime], on: date, rules: Rulebook) -> bool:
    """Return whether a proposal has waited at its present stage for over a working day."""
    since = each.proposed_at
    if each.stage == Proposal.Stage.APPROVAL:
        since = max(since, reviewed.get(each.case_id, since))
    if not is_working(on, rules):
        return False
    day = since.astimezone(CHINA).date()
    try:
        return rules.calendar.count_working_days(day, on) > 1
    except UncoveredYearError:
        return (on - day).days > 1


HOURLY = timedelta(hours=1)
JOBS = {
    job.name: job
    for job in (
        Job("recount", _("期限重算"), HOURLY, recounting.parts),
        Job("terms", _("期限提醒和逾期通知"), HOURLY, terms),
        Job("overdue_below", _("下级机关逾期"), HOURLY, overdue_below),
        Job("proposals", _("送审待办"), HOURLY, proposals),
        Job("provided", _("复议、诉讼、更正、投诉期限"), HOURLY, provided),
        Job("unsent", _("清除过期的未提交填写"), HOURLY, unsent),
        Job("calendars", _("放假安排"), HOURLY, calendars),
        Job(
            "figures",
            _("统计图表重算"),
            HOURLY / 2,
            kept_figures,
            lambda _now: bool(figures.stale()),
        ),
        Job(
            "sending",
            _("发送邮件和短信"),
            timedelta(minutes=1),
            sending.parts,
            lambda now: to_send(now).exists(),
        ),
    )
}
"""Every job by its name, in the order they run."""
