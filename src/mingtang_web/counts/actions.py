"""The only way into the tallies: what matters added before is taken away, and added anew.

Nobody's permission is asked and nothing is recorded: this follows from what was
recorded already, in the same transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang.compiling import Stretch
from mingtang_web.counts.models import OPEN, Closing, Counted, Owed, Tally
from mingtang_web.ledger.actions import hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mingtang_web.bodies.models import Body

CASE, DISPUTE = "case", "dispute"
AT_A_TIME = 500


class Matter(NamedTuple):
    """What counts: a case or a dispute, by its own id."""

    kind: str
    id: int


def count(body: Body, matter: Matter, now: Mapping[Stretch, int]) -> None:
    """Let a matter add to its body's tables what it adds now, and nothing else.

    Inside the transaction that writes the matter. The body's chain is locked, so that
    of two that count at once one waits.
    """
    count_all(body, matter.kind, {matter.id: now})


def count_all(body: Body, kind: str, now: Mapping[int, Mapping[Stretch, int]]) -> None:
    """Let many matters of a kind add what they add now, by their ids; see `count`."""
    hold(body)
    before = of_matters(kind, now)
    changed = {pk: tally for pk, tally in now.items() if tally != before[pk]}
    if not changed:
        return
    Counted.objects.filter(kind=kind, matter__in=changed).delete()
    fresh = (
        Counted(body=body, kind=kind, matter=pk, n=n, **_columns(stretch))
        for pk, tally in changed.items()
        for stretch, n in tally.items()
    )
    Counted.objects.bulk_create(fresh, batch_size=AT_A_TIME)
    moved: Counter[Stretch] = Counter()
    for pk, tally in changed.items():
        moved.update(tally)
        moved.subtract(before[pk])
    _add(body, moved)


def of_matters(kind: str, ids: Iterable[int]) -> defaultdict[int, Counter[Stretch]]:
    """Return what matters of a kind add to the tables, by their ids: one query."""
    found: defaultdict[int, Counter[Stretch]] = defaultdict(Counter)
    rows = Counted.objects.filter(kind=kind, matter__in=list(ids))
    for pk, cell, first, last, n in rows.values_list(
        "matter", "cell", "first", "last", "n"
    ):
        found[pk][stretch(cell, first, last)] = n
    return found


def stretch(cell: str, first: int, last: int) -> Stretch:
    """Return a row's stretch as the engine has it."""
    return Stretch(cell, first, None if last == OPEN else last)


@transaction.atomic
def close(body: Body, year: int, on: date) -> Closing:
    """Settle the columns of a year's cases; a year closed already stays as it was.

    Inside the transaction that signs the year's report.
    """
    hold(body)
    made, _ = Closing.objects.get_or_create(body=body, year=year, defaults={"on": on})
    return made


def owe(bodies: Iterable[Body], kinds: Iterable[str]) -> None:
    """Say that bodies' matters of some kinds are to be counted anew, all of them."""
    named = list(kinds)
    rows = [Owed(body=body, kind=kind) for body in bodies for kind in named]
    Owed.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("body", "kind"),
        update_fields=("after",),
    )


def _add(body: Body, moved: Mapping[Stretch, int]) -> None:
    """Add to a body's tallies, whose chain is locked."""
    wanted = {each: n for each, n in moved.items() if n}
    rows = Tally.objects.filter(body=body, cell__in={each.cell for each in wanted})
    held = {stretch(row.cell, row.first, row.last): row for row in rows}
    known = [held[each] for each in wanted if each in held]
    for row in known:
        row.n += wanted[stretch(row.cell, row.first, row.last)]
    Tally.objects.bulk_update(known, ("n",), batch_size=AT_A_TIME)
    Tally.objects.bulk_create(_new(body, wanted, held))


def _new(
    body: Body, wanted: Mapping[Stretch, int], held: Mapping[Stretch, Tally]
) -> Iterator[Tally]:
    for each, n in wanted.items():
        if each not in held:
            yield Tally(body=body, n=n, **_columns(each))


def _columns(each: Stretch) -> dict[str, str | int]:
    return {
        "cell": each.cell,
        "first": each.first,
        "last": OPEN if each.last is None else each.last,
    }
