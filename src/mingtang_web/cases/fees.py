"""What a year's report must say of fees, each figure with the cases it is made of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.events import Decided, FeeNotified, FeePaid, FeeRefunded
from mingtang.case.recording import kind_of
from mingtang.case.replaying import standing
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.clock import CHINA
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.case.events import Event
    from mingtang_web.bodies.models import Body

_KINDS = tuple(bridge.EVENT + kind_of(each) for each in (FeeNotified, FeePaid, FeeRefunded))


class Line(NamedTuple):
    """One amount: the case by id and number, the day, whole yuan."""

    case_id: int
    number: str
    on: date
    yuan: int


class FeeYear(NamedTuple):
    """The fees of one body in one year (信息处理费).

    ``notices`` were sent, ``payments`` came in and ``refunds`` went back in the year,
    whenever the case began. Of the year's notices, ``unpaid`` still wait and ``lapsed``
    ended unpaid, both as of the day asked for. ``net`` says whether refunds are
    deducted from what was collected (口径 ``fee_collected``).
    """

    notices: tuple[Line, ...]
    payments: tuple[Line, ...]
    refunds: tuple[Line, ...]
    unpaid: tuple[Line, ...]
    lapsed: tuple[Line, ...]
    net: bool

    @property
    def notified(self) -> int:
        """Return the yuan of all notices (总金额)."""
        return total(self.notices)

    @property
    def gross(self) -> int:
        """Return the yuan that came in."""
        return total(self.payments)

    @property
    def refunded(self) -> int:
        """Return the yuan that went back."""
        return total(self.refunds)

    @property
    def collected(self) -> int:
        """Return the yuan that the report gives as collected (实际收取的总金额)."""
        return self.gross - self.refunded if self.net else self.gross


def total(lines: Iterable[Line]) -> int:
    """Return the yuan of some lines together."""
    return sum(line.yuan for line in lines)


def fee_year(body: Body, day: date) -> FeeYear:
    """Return the fees of a body in the year of a day, up to that day: four queries.

    国办公开办函〔2021〕30号: the sixth part of the report names them. Struck events do
    not count.
    """
    numbers = dict(_cases(body, day.year))
    found: dict[str, list[Line]] = {name: [] for name in _NAMES}
    for case, events in bridge.histories(numbers).items():
        past = [event for event in standing(events) if event.on <= day]
        for name, event, yuan in _amounts(past):
            if event.on.year == day.year:
                found[name].append(Line(case, numbers[case], event.on, yuan))
    net = rulebook(body).choice("fee_collected") == "net_of_refunds"
    lines = {name: tuple(sorted(rows, key=_by_day)) for name, rows in found.items()}
    return FeeYear(**lines, net=net)


_NAMES = ("notices", "payments", "refunds", "unpaid", "lapsed")


def _cases(body: Body, year: int) -> Iterable[tuple[int, str]]:
    """Return the cases with fees recorded since the year began; none is entered early."""
    since = datetime(year, 1, 1, tzinfo=CHINA).astimezone(UTC)
    recorded = Entry.objects.filter(body=body, kind__in=_KINDS, recorded_at__gte=since)
    ids = recorded.order_by().values_list("case_id", flat=True).distinct()
    return Case.objects.filter(pk__in=list(ids)).values_list("pk", "number")


def _amounts(events: Iterable[Event]) -> Iterator[tuple[str, Event, int]]:
    """Yield the amounts of one case: the list they stand in, the event, the yuan."""
    waiting: FeeNotified | None = None
    for event in events:
        if isinstance(event, FeeNotified):
            waiting = event
            yield "notices", event, event.yuan
        elif isinstance(event, FeePaid):
            waiting = None
            yield "payments", event, event.yuan
        elif isinstance(event, FeeRefunded):
            yield "refunds", event, event.yuan
        elif isinstance(event, Decided) and waiting:
            yield "lapsed", waiting, waiting.yuan
            waiting = None
    if waiting:
        yield "unpaid", waiting, waiting.yuan


def _by_day(line: Line) -> tuple[date, int]:
    return line.on, line.case_id
