"""Which single printed number, if it were another, would let the sums agree.

Nobody can tell from a report which of its numbers is wrong. But where one
change would settle a false sum and leave every other sum through that cell in
agreement, the reader may want to look there first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Change, Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.checking.plan import Figures, Plan
    from mingtang.report import Count

_NAMED = 3


class Candidate(NamedTuple):
    """A cell, what it would have to say, and how many false sums that settles."""

    position: int
    figure: Count
    settled: int


def remedy(
    plan: Plan, figures: Figures, differences: Sequence[Count | None], false: int
) -> Remedy:
    """Return what might mend the sum of that index.

    ``likely`` with the one change where one number alone fits best, otherwise
    ``ask``. It is never said that the number is wrong.
    """
    found = list(_candidates(plan, figures, differences, false))
    most = max([candidate.settled for candidate in found], default=1)
    best = [candidate for candidate in found if candidate.settled == most]
    if not best:
        return Remedy(
            "ask",
            "只改其中任何一个数，都不能使经过该数的各项勾稽全部相符；请按台账逐格核对",
        )
    said = "；".join(
        f"若“{plan.cell_label(plan.cells[one.position])}”为{one.figure}"
        f"（现印{figures[one.position]}），则相符"
        for one in best[:_NAMED]
    )
    if len(best) > 1:
        others = "等" if len(best) > _NAMED else ""
        return Remedy("ask", f"{said}{others}；从表上分不出是哪一个，请按台账核对")
    one = best[0]
    change = Change(plan.cells[one.position], str(figures[one.position]), str(one.figure))
    return Remedy("likely", f"{said}；这只是推算，请按台账核对后再改", (change,))


def _candidates(
    plan: Plan, figures: Figures, differences: Sequence[Count | None], false: int
) -> Iterator[Candidate]:
    broken = plan.sums[false]
    difference = differences[false]
    assert difference is not None  # noqa: S101 - a false sum has been worked out
    for position in (*broken.right, *broken.left):
        change = -broken.sign(position) * difference
        printed = figures[position]
        assert printed is not None  # noqa: S101 - nor is any part of it missing
        figure = printed + change
        if figure < 0:
            continue
        settled = _settled(plan, differences, position, change)
        if settled is not None:
            yield Candidate(position, figure, settled)


def _settled(
    plan: Plan, differences: Sequence[Count | None], position: int, change: Count
) -> int | None:
    """Return how many false sums the change settles, None where it breaks one.

    A sum that could not be worked out says nothing for or against.
    """
    settled = 0
    for index in plan.through[position]:
        before = differences[index]
        if before is None:
            continue
        if before + plan.sums[index].sign(position) * change:
            return None
        settled += bool(before)
    return settled
