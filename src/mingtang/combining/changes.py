"""A year beside the year before: cell by cell over the same bodies, and what is carried.

Two totals over different bodies tell nothing of growth. So a difference is taken over
those bodies alone whose reports give the number in both years, and says how many.
"""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING, NamedTuple

from mingtang.combining.totals import EXACT, CombineError, added, numbers
from mingtang.combining.tree import plain
from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from mingtang.combining.totals import Combined, Total
    from mingtang.report import Count, Fact

CARRIED_IN, CARRIED_OUT = "requests/carried_in/", "requests/carried_out/"


class Change(NamedTuple):
    """A cell in two years.

    ``now`` and ``before`` are the totals, ``before`` None where last year's form has no
    such cell. ``difference`` and ``percent`` speak of the ``both`` bodies that gave a
    number in both years: by how much theirs is more, and how much of last year's that
    is, rounded half up; None where no body did, or where last year's is 0. ``same_now``
    and ``same_before`` are the sums of those bodies, of which it is the difference.
    """

    cell: str
    now: Total
    before: Total | None
    both: int = 0
    difference: Count | None = None
    percent: Decimal | None = None
    same_now: Count | None = None
    same_before: Count | None = None


class Uncarried(NamedTuple):
    """A body and column whose carried-in is another number than last year's carried-out.

    ``assessed`` is False where either is no number: it cannot be said then.
    """

    body: str
    cell: str
    before: Fact
    now: Fact

    @property
    def assessed(self) -> bool:
        """Whether both are numbers."""
        return self.before.value is not None and self.now.value is not None


def changes(now: Combined, before: Combined) -> Mapping[str, Change]:
    """Return every cell beside last year's.

    Raises `CombineError` where ``before`` is not of the year before.
    """
    _follow(now, before)
    return {cell: _change(cell, now, before) for cell in now.totals}


def uncarried(now: Combined, before: Combined) -> tuple[Uncarried, ...]:
    """Return where bodies' reports do not go on from those of last year, by their names.

    Raises `CombineError` where ``before`` is not of the year before.
    """
    _follow(now, before)
    return tuple(_uncarried(now, before))


def _follow(now: Combined, before: Combined) -> None:
    if before.year != now.year - 1:
        message = (
            f"与{now.year}年度相比的须是{now.year - 1}年度的汇总，"
            f"这一份却是{before.year}年度的；请换一份"
        )
        raise CombineError(message)


def _change(cell: str, now: Combined, before: Combined) -> Change:
    then = before.totals.get(cell)
    if then is None:
        return Change(cell, now.totals[cell], None)
    new, old = (numbers(cell, each.counted, each.edition) for each in (now, before))
    both = sorted(set(new) & set(old))
    more, base = added(new[name] for name in both), added(old[name] for name in both)
    made = Change(cell, now.totals[cell], then, len(both))
    if more is None or base is None:
        return made
    with localcontext(EXACT):
        difference = more - base
    percent = share(difference, base) if base else None
    return made._replace(
        difference=difference, percent=percent, same_now=more, same_before=base
    )


def _uncarried(now: Combined, before: Combined) -> Iterator[Uncarried]:
    old = {plain(str(report.body)): report for report in before.counted}
    for report in now.counted:
        last = old.get(plain(str(report.body)))
        for cell, fact in report.facts.items():
            if last is None or not cell.startswith(CARRIED_IN):
                continue
            then = last.facts.get(cell.replace(CARRIED_IN, CARRIED_OUT))
            if then is not None and (then.value is None or then.value != fact.value):
                yield Uncarried(str(report.body), cell, then, fact)
