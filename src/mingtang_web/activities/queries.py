"""Reading the registers: what somebody sees, and how many there were in a period."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Aggregate, Count, Exists, F, OuterRef, Q, Sum

from mingtang_web.activities.models import Activity, Step, What
from mingtang_web.activities.rules import (
    BULLETINS,
    CLOSED,
    ENTRIES,
    FILED,
    IN_USE,
    LATE,
    OPENED,
    REGISTERS,
    SILENT,
    WAITING,
    WATCHED,
    Counted,
    Form,
    Register,
)
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

_SUMMED = ("people", "sessions", "sites", "findings", "rectified")
_OF_FORM = "form:"


class Figure(NamedTuple):
    """A figure of a period, in the unit that `rules.REGISTERS` gives it.

    ``value`` is None where nothing is known: the body has never written in the register,
    or no entry of the period says. ``untold`` is how many entries do not say, so that
    the figure holds only for the others; for those filed (已备案) how many accounts in
    use have no day of filing, for those late how many have no last day to be late by.
    """

    value: int | None
    untold: int = 0


def visible(held: Standing) -> QuerySet[Activity]:
    """Return the entries a person sees: the one authorisation predicate of all lists."""
    return Activity.objects.filter(body__in=seen(held))


def counts(body: Body, since: date, until: date) -> dict[Register, dict[str, Figure]]:
    """Return the figures of every register of a body for a period, both days included.

    By register and by the figure's id as `rules.REGISTERS` lists them, and for each form
    that occurred ``form:`` with its name, such as ``form:online``: how many entries had
    it. Entries that are struck, and budgets not yet published, count nowhere else than
    as waiting. Accounts in use are those of the period's last day. Four queries.
    """
    kept = _kept(body)
    rows = Activity.objects.filter(body=body, struck=False)
    summed = _summed(rows, since, until)
    found: dict[Register, dict[str, Figure]] = {}
    for register, known in REGISTERS.items():
        if register not in kept:
            found[register] = {each.id: Figure(None) for each in known.figures}
            continue
        of = summed[register]
        found[register] = {each.id: of.figure(each) for each in known.figures}
        found[register] |= {
            f"{_OF_FORM}{form}": Figure(n) for form, n in of.forms.items() if n
        }
    if Register.ACCOUNT in kept:
        found[Register.ACCOUNT] |= _accounts(body, since, until)
    return found


def narrowed(
    rows: QuerySet[Activity], register: Register, figure: str, since: date, until: date
) -> QuerySet[Activity]:
    """Return the entries that stand behind a figure of `counts`, in a period.

    Raises `LookupError` for a figure that the register has not.
    """
    rows = rows.filter(register=register, struck=False)
    period = Q(day__range=(since, until), pending=False)
    form = figure.removeprefix(_OF_FORM)
    if figure != form and form in Form.values:
        return rows.filter(period, form=form)
    if figure in {WATCHED, SILENT} and register == Register.ACCOUNT:
        return rows.filter(pk__in=_watched(since, until, silent=figure == SILENT))
    known = known_figure(register, figure)
    return rows.filter(period if known.of else _special(since, until)[known.id])


def known_figure(register: Register, figure: str) -> Counted:
    """Return what there is to know of a figure; raises `LookupError`."""
    for each in REGISTERS[register].figures:
        if each.id == figure:
            return each
    raise LookupError(figure)


def told_of(rows: QuerySet[Activity], known: Counted) -> Figure:
    """Return one figure of some rows that `narrowed` gave: one query."""
    if not known.of:
        return Figure(rows.count())
    made = rows.aggregate(n=Count("id"), told=Count(known.of), value=Sum(known.of))
    return Figure(made["value"] if made["n"] else 0, made["n"] - made["told"])


class _Sums:
    """What the entries of one register in a period come to."""

    def __init__(self) -> None:
        self.forms: dict[str, int] = defaultdict(int)
        self.sums: dict[str, int] = defaultdict(int)
        self.told: dict[str, int] = defaultdict(int)

    def add(self, made: Mapping[str, Any]) -> None:
        """Take the line of one form."""
        self.forms[str(made["form"])] += made["n"] or 0
        for name in _SUMMED:
            self.sums[name] += made[f"sum_{name}"] or 0
            self.told[name] += made[f"told_{name}"] or 0
        for name in (LATE, "judged", BULLETINS, WAITING):
            self.sums[name] += made[name] or 0

    def figure(self, known: Counted) -> Figure:
        """Return a figure of the register."""
        entries = sum(self.forms.values())
        if known.of:
            told = self.told[known.of]
            return Figure(
                self.sums[known.of] if told or not entries else None, entries - told
            )
        if known.id == LATE:
            return Figure(self.sums[LATE], entries - self.sums["judged"])
        return Figure(entries if known.id == ENTRIES else self.sums[known.id])


def _kept(body: Body) -> set[Register]:
    """Return the registers in which a body has ever written: one query."""
    rows = Activity.objects.filter(body=OuterRef("pk"))
    asked = {str(each): Exists(rows.filter(register=each)) for each in Register}
    found = Body.objects.filter(pk=body.pk).values_list(*asked.values()).get()
    return {each for each, there in zip(Register, found, strict=True) if there}


def _summed(rows: QuerySet[Activity], since: date, until: date) -> dict[Register, _Sums]:
    """Return what a period's entries come to, by register: one query."""
    published = Q(pending=False)
    asked: dict[str, Aggregate] = {"n": Count("id", filter=published)}
    asked |= {f"sum_{name}": Sum(name, filter=published) for name in _SUMMED}
    asked |= {f"told_{name}": Count(name, filter=published) for name in _SUMMED}
    asked |= {
        LATE: Count("id", filter=published & Q(day__gt=F("due"))),
        "judged": Count("due", filter=published),
        BULLETINS: Count("id", filter=published & ~Q(bulletin="")),
        WAITING: Count("id", filter=Q(pending=True)),
    }
    found: dict[Register, _Sums] = defaultdict(_Sums)
    within = rows.filter(register__in=Register.values, day__range=(since, until))
    for made in within.order_by().values("register", "form").annotate(**asked):
        found[Register(made["register"])].add(made)
    return found


def _accounts(body: Body, since: date, until: date) -> dict[str, Figure]:
    """Return the figures of accounts, counted by several days: two queries."""
    mine = {"body": body, "register": Register.ACCOUNT, "struck": False}
    accounts = Activity.objects.filter(**mine)
    ways = _special(since, until)
    names = (IN_USE, OPENED, CLOSED, FILED)
    made = accounts.aggregate(**{name: Count("id", filter=ways[name]) for name in names})
    found = {name: Figure(made[name]) for name in names}
    found[FILED] = Figure(made[FILED], made[IN_USE] - made[FILED])
    of_mine = {f"activity__{name}": value for name, value in mine.items()}
    steps = _observations(since, until).filter(**of_mine)
    watched = steps.aggregate(
        watched=Count("activity", distinct=True),
        silent=Count("activity", distinct=True, filter=Q(silent=True)),
    )
    return found | {name: Figure(watched[name]) for name in (WATCHED, SILENT)}


def _special(since: date, until: date) -> dict[str, Q]:
    """Return what makes an entry count in a figure that is not its register's all."""
    period = Q(day__range=(since, until))
    in_use = Q(day__lte=until) & (Q(ended=None) | Q(ended__gt=until))
    return {
        ENTRIES: period & Q(pending=False),
        LATE: period & Q(pending=False, day__gt=F("due")),
        WAITING: period & Q(pending=True),
        BULLETINS: period & ~Q(bulletin=""),
        IN_USE: in_use,
        OPENED: period,
        CLOSED: Q(ended__range=(since, until)),
        FILED: in_use & Q(filed__lte=until),
    }


def _observations(since: date, until: date) -> QuerySet[Step]:
    return Step.objects.filter(
        what=What.OBSERVED, struck=False, seen__range=(since, until)
    ).order_by()


def _watched(since: date, until: date, *, silent: bool) -> QuerySet[Step, int]:
    found = _observations(since, until)
    return (found.filter(silent=True) if silent else found).values_list(
        "activity", flat=True
    )
