"""Making the tallies anew from the ledger, some matters at a time, and holding them to it.

How far it has come is kept with each part: broken off, it goes on there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum

from mingtang_web.bodies.models import Body
from mingtang_web.counts.actions import count_all, of_matters, owe, stretch
from mingtang_web.counts.models import Counted, Owed, Tally
from mingtang_web.counts.queries import is_owed, tally_of
from mingtang_web.counts.sources import SOURCES
from mingtang_web.ledger.actions import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.compiling import Stretch

AT_A_TIME = 500


def waiting() -> Iterator[Owed]:
    """Yield what is owed, as long as any of it is: each is to be worked off by `part`."""
    while owed := Owed.objects.select_related("body").order_by("body", "kind").first():
        yield owed


def owe_all() -> None:
    """Say that everything is to be counted anew; what was begun is gone on with."""
    if not Owed.objects.exists():
        owe(Body.objects.all(), SOURCES)


def work_off(body: Body) -> None:
    """Count anew all that a body owes, at once: for what was entered many at a time."""
    owe([body], SOURCES)
    for owed in Owed.objects.filter(body=body).select_related("body"):
        while part(owed):
            pass


@transaction.atomic
def part(owed: Owed, at_a_time: int = AT_A_TIME) -> int:
    """Count the next matters of what is owed and return how many; 0 once all are."""
    hold(owed.body)
    source = SOURCES[owed.kind]
    ids = source.following(owed.body, owed.after, at_a_time)
    found = source.tallies(owed.body, ids)
    _forget_strays(owed, ids)
    count_all(owed.body, owed.kind, {pk: found.get(pk, {}) for pk in ids})
    if ids:
        owed.after = ids[-1]
        owed.save(update_fields=("after",))
    else:
        owed.delete()
        _sum_up(owed.body)
    return len(ids)


def faults(body: Body) -> Iterator[str]:
    """Yield every matter whose count is not what its history makes of it, and every sum."""
    if is_owed(body):
        yield "计入各表的件数还没有算完；请运行 manage.py recount"
        return
    for kind, source in SOURCES.items():
        after = 0
        while ids := source.following(body, after, AT_A_TIME):
            made, kept = source.tallies(body, ids), of_matters(kind, ids)
            for pk in ids:
                if made.get(pk, {}) != kept[pk]:
                    yield f"{kind}（内部编号{pk}）计入各表的件数与台账不符"
            after = ids[-1]
    for each in sorted(_sums(body).items() ^ tally_of(body).items(), key=str):
        yield f"“{each[0].cell}”的合计与各件之和不符"


def _forget_strays(owed: Owed, ids: list[int]) -> None:
    """Delete what is counted of matters between that are not there."""
    rows = Counted.objects.filter(body=owed.body, kind=owed.kind, matter__gt=owed.after)
    if ids:
        rows = rows.filter(matter__lte=ids[-1]).exclude(matter__in=ids)
    rows.delete()


def _sum_up(body: Body) -> None:
    """Make the body's tallies anew from what its matters add."""
    Tally.objects.filter(body=body).delete()
    Tally.objects.bulk_create(
        Tally(body=body, cell=cell, first=first, last=last, n=n)
        for cell, first, last, n in _summed(body)
    )


def _sums(body: Body) -> Counter[Stretch]:
    """Return what the matters of a body add up to, counted now: one query."""
    summed = _summed(body)
    return Counter({stretch(cell, first, last): n for cell, first, last, n in summed})


def _summed(body: Body) -> list[tuple[str, int, int, int]]:
    rows = Counted.objects.filter(body=body).values("cell", "first", "last")
    rows = rows.annotate(sum=Sum("n")).order_by()
    return list(rows.values_list("cell", "first", "last", "sum"))
