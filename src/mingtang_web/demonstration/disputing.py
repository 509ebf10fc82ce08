"""Reviews and suits over a body's answers, each entered act by act on its own day.

Where the accounts work there is one of every cell of table four and one for every
deadline; elsewhere as many as an ordinary district has.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang_web import clock
from mingtang_web.cases.actions import Doing
from mingtang_web.demonstration import weights
from mingtang_web.demonstration.days import ONE_DAY, earlier, later
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.recording import Deed
from mingtang_web.disputes import actions
from mingtang_web.disputes.actions import Filing, Followed, Order
from mingtang_web.disputes.models import Dispute, Position, Procedure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.cases.models import Case
    from mingtang_web.demonstration.casting import Cast, House

OPENS = time(9, 10)
_TOLD = (e.Dispatched, e.Delivered)
SOONEST, LATEST = 6, 24
"""Working days after an answer within which it is disputed."""
BINDING = timedelta(days=16)
"""After these days a judgment that nobody appealed is binding."""
PERFORMED = 12
NOT_HEARD = {"review_withdrawn", "review_settled", "suit_withdrawn", "suit_rejected"}
"""What ends a suit at once."""
APPEALED = "suit_claim_dismissed"
EVERY_CELL = (
    ("review", "review_upheld"),
    ("review", "review_ordered"),
    ("review", "review_withdrawn"),
    ("suit_direct", "suit_claim_dismissed"),
    ("suit_direct", "suit_declared_unlawful"),
    ("suit_direct", "suit_withdrawn"),
    ("suit_after_review", "suit_claim_dismissed"),
    ("suit_after_review", "suit_declared_unlawful"),
    ("suit_after_review", "suit_rejected"),
)
"""How reviews and suits end where the accounts work: a column of table four each."""

_NUMBERED = {
    Procedure.REVIEW: "西政复〔{}〕{}号",
    Procedure.SUIT: "（{}）西01行初{}号",
}


class Happening(NamedTuple):
    """What comes next in a dispute, and what it orders."""

    event: d.DisputeEvent
    order: Order = Order()


@dataclass
class Docket:
    """One review or suit as it is entered; ``before`` is the review that a suit follows."""

    house: House
    case: Case
    procedure: Procedure
    before: Docket | None = None
    row: Dispute | None = field(default=None, init=False)

    def file(self, on: date) -> None:
        """Enter it."""
        body, is_review = self.house.body, self.procedure == Procedure.REVIEW
        filing = Filing(
            body,
            self.procedure,
            on,
            Position.RESPONDENT,
            "applicant",
            body.review_organ if is_review else body.court,
            self._docket_number(on.year),
            (self.case,),
            self.before.row if self.before else None,
            another=True,  # several people may dispute one answer
            beside="法院、复议机关已经受理，是否应当受理由其审查",
        )
        self.row = actions.file(filing, self.house.staff.reviewer)

    def _docket_number(self, year: int) -> str:
        """Return a number that no other has, in any body: from a drawn one onwards."""
        number = self.house.random.randrange(3, 90)
        shape = _NUMBERED[self.procedure]
        while Dispute.objects.filter(organ_number=shape.format(year, number)).exists():
            number += 1
        return shape.format(year, number)

    def follow(self, happened: Happening) -> None:
        """Enter what comes next."""
        row = self._entered
        doing = Doing(self.house.staff.reviewer, row.version)
        if isinstance(happened.event, d.Ruled):
            self.row = actions.rule(row, happened.event, happened.order, doing)
        else:
            self.row = actions.do(row, happened.event, doing)

    def reopen(self, ruled: Happening) -> None:
        """Enter a ruling with what it orders; the case goes on as it was told."""
        document = self._entered.organ_number.replace("西政复", "西政复决")
        self.follow(ruled._replace(order=replace(ruled.order, document=document)))
        self.case.save()

    def perform(self, on: date, text: str) -> None:
        """Note what was done after the ruling."""
        row = self._entered
        row.refresh_from_db()
        done = Followed(on, text, performs=row.perform_by is not None)
        actions.note(row, done, self.house.staff.reviewer)

    @property
    def _entered(self) -> Dispute:
        if self.row is None:
            message = "not filed yet"
            raise ValueError(message)
        return self.row


def disputes(house: House, casts: list[Cast], last: date) -> Iterator[Deed]:
    """Yield what was done in the reviews and suits over a body's cases."""
    told = _Disputes(house, casts, last)
    yield from told.of_rulings()
    if house.body.short_name == WHERE:
        yield from told.of_every_cell()
        yield from told.of_these_days()
    yield from told.usual()


class _Disputes:
    """The disputes of a body as they are drawn."""

    def __init__(self, house: House, casts: list[Cast], last: date) -> None:
        self.house, self.last, self.random = house, last, house.random
        self.again = [cast for cast in casts if cast.ordered]
        told = [(day, c) for c in casts if (day := _told_on(c)) and not c.ordered]
        self.told = sorted(told, key=lambda each: (each[0], each[1].story.key))

    def of_rulings(self) -> Iterator[Deed]:
        """Yield the reviews whose rulings opened cases anew, as their stories tell."""
        for cast in self.again:
            for place in sorted(cast.ordered):
                yield from self._ruled(cast, place)

    def _ruled(self, cast: Cast, place: int) -> Iterator[Deed]:
        opened, moment = cast.events[place], cast.moments[place]
        told = max(v.on for v in cast.events[:place] if isinstance(v, _TOLD))
        filed = min(later(told, 2), earlier(opened.on - ONE_DAY, 0))
        docket = Docket(self.house, cast.case, Procedure.REVIEW)
        yield self._deed(filed, partial(docket.file, filed))
        for happened in _heard(docket, filed, 1, 2):
            if happened.event.on < opened.on:
                yield self._deed(happened.event.on, partial(docket.follow, happened))
        ruled = d.Ruled(on=opened.on, outcome="review_revoked", final=True)
        answer_by = getattr(opened, "answer_by", None)
        order = Order((cast.case,), answer_by)
        yield Deed(moment, partial(docket.reopen, Happening(ruled, order)))
        anew = [v.on for v in cast.events[place:] if isinstance(v, e.Decided)]
        for day in anew[:1]:
            text = "已按复议决定重新作出答复，原答复不再执行。"
            yield self._deed(day, partial(docket.perform, day, text), time(17, 10))

    def of_every_cell(self) -> Iterator[Deed]:
        """Yield one dispute for each way it may end, over both years in turn."""
        for turn, (kind, ends) in enumerate(EVERY_CELL):
            days = 155 if kind == "suit_after_review" else 95
            able = [each for each in self.told if later(each[0], days) <= self.last]
            if able:
                told, cast = able[0 if turn % 2 else -1]
                self.told.remove((told, cast))
                filed = later(told, self.random.randint(SOONEST, SOONEST + 4))
                yield from self._course(cast.case, kind, ends, filed)

    def of_these_days(self) -> Iterator[Deed]:
        """Yield one whose answer is due soon, one overdue, one heard, one to perform."""
        these = (
            ("review", "", 11), ("suit_direct", "", 24), ("suit_after_review", "", 75),
            ("review", "review_ordered", 38),
        )  # fmt: skip
        for kind, ends, days in these:
            filed = earlier(self.last, days)
            case = self._latest(filed)
            if case is not None:
                yield from self._course(case, kind, ends, filed)

    def usual(self) -> Iterator[Deed]:
        """Yield the disputes that chance brings."""
        for told, cast in self.told:
            if self.random.random() >= weights.DISPUTED[cast.case.ground[0]]:
                continue
            kind = self._draw(weights.DISPUTES)
            ends = self._draw(weights.REVIEWED if kind == "review" else weights.JUDGED)
            filed = later(told, self.random.randint(SOONEST, LATEST))
            yield from self._course(cast.case, kind, ends, filed)

    def _course(self, case: Case, kind: str, ends: str, filed: date) -> Iterator[Deed]:
        """Yield one dispute as far as it has come; without an end it waits."""
        before = None
        if kind == "suit_after_review":
            before = Docket(self.house, case, Procedure.REVIEW)
            yield from self._entered(before, filed, "review_upheld")
            filed = later(_ruled_on(before, filed), 8)
        if filed > self.last:
            return
        procedure = Procedure.REVIEW if kind == "review" else Procedure.SUIT
        docket = Docket(self.house, case, procedure, before)
        yield from self._entered(docket, filed, ends)

    def _entered(self, docket: Docket, filed: date, ends: str) -> Iterator[Deed]:
        if filed > self.last:
            return
        yield self._deed(filed, partial(docket.file, filed))
        waits = not ends and docket.before is None
        for happened in _happenings(docket, filed, ends):
            answers = isinstance(happened.event, d.Answered)
            if happened.event.on > self.last or (waits and answers):
                break
            yield self._deed(happened.event.on, partial(docket.follow, happened))
            by = happened.order.answer_by
            if by and later(happened.event.on, PERFORMED) <= self.last:
                done = later(happened.event.on, PERFORMED)
                text = "已按复议决定作出答复并送达，履行情况已报复议机关。"
                yield self._deed(done, partial(docket.perform, done, text))

    def _latest(self, filed: date) -> Case | None:
        """Return the case whose answer was told last before a day, none without one."""
        before = [each for each in self.told if each[0] < earlier(filed, 2)]
        if not before:
            return None
        chosen = before[-1]
        if len(self.told) > len(EVERY_CELL):
            self.told.remove(chosen)
        return chosen[1].case

    def _deed(self, day: date, what: partial[None], opens: time = OPENS) -> Deed:
        moment = datetime.combine(day, opens, clock.CHINA).astimezone(UTC)
        return Deed(moment + timedelta(minutes=self.random.randrange(20)), what)

    def _draw(self, choices: dict[str, float]) -> str:
        names = list(choices)
        return self.random.choices(names, [choices[name] for name in names])[0]


def _told_on(cast: Cast) -> date | None:
    """Return the day on which the applicant had the only answer, none where none came."""
    answers = [event for event in cast.events if isinstance(event, e.Decided)]
    arrived = [event.on for event in cast.events if isinstance(event, e.Delivered)]
    return arrived[0] if len(answers) == len(arrived) == 1 else None


def _heard(docket: Docket, filed: date, first: int = 0, then: int = 0) -> list[Happening]:
    """Return the copy that came and the answer that was handed in, in time.

    ``first`` and ``then`` are the working days before each, where it is not as usual.
    """
    usual = (4, 6) if docket.procedure == Procedure.REVIEW else (6, 4)
    copied = later(filed, first or usual[0])
    answered = later(copied, then or usual[1])
    return [Happening(d.CopyReceived(on=copied)), Happening(d.Answered(on=answered))]


def _ruled_on(docket: Docket, filed: date) -> date:
    answered = _heard(docket, filed)[-1].event.on
    return later(answered, 22 if docket.procedure == Procedure.REVIEW else 55)


def _happenings(docket: Docket, filed: date, ends: str) -> Iterator[Happening]:
    """Yield what follows a filing, to its binding end where it has one."""
    yield from _heard(docket, filed)
    ruled = _ruled_on(docket, filed)
    if not ends:
        return
    at_once = docket.procedure == Procedure.REVIEW or ends in NOT_HEARD
    order = Order((), later(ruled, PERFORMED + 3)) if ends == "review_ordered" else Order()
    yield Happening(d.Ruled(on=ruled, outcome=ends, final=at_once), order)
    if at_once:
        return
    binding = ruled + BINDING
    if ends == APPEALED and docket.before:
        yield Happening(d.Appealed(on=ruled + BINDING / 2))
        binding = later(ruled, 25)
    yield Happening(d.Ruled(on=binding, outcome=ends, final=True))
