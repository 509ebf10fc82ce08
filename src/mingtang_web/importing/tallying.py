"""What a year's table three would be of some cases alone: lines by kind of applicant.

For a trial before an import; the annual report counts for itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.grounds import ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case

NEW, CARRIED_IN, CARRIED_OUT = "received", "carried_in", "carried_out"
_NEITHER = frozenset({"split", "merged"})
_FIRST_OF_2021 = 2021


class Place(NamedTuple):
    """Where one case stands in table three.

    The year it counts as new, the year and line of its result (None while it is
    open), and the column.
    """

    received: int
    done: int | None
    line: str | None
    applicant: str


def place(case: Case, rules: Rulebook) -> Place | None:
    """Return where a case stands in table three, None where it counts nowhere.

    A request that was not confirmed, one that was split and one merged into another
    count nowhere; a first answer given anew counts once.
    """
    if case.received is None or (case.closing and case.closing.how in _NEITHER):
        return None
    answer = next((each.answer for each in case.rounds if each.answer), None)
    done, code = (case.closing.on if case.closing else None), "O3"
    if answer:
        by_dispatch = rules.choice("result_year") == "dispatched"
        done = answer.dispatched if by_dispatch else answer.on
        code = answer.ground
    line = None
    if done:
        known = ground(code)
        line = known.line if done.year >= _FIRST_OF_2021 else known.line_2019
    year = done.year if done else None
    return Place(case.received.year, year, line, case.applicant)


def table_three(places: Iterable[Place], year: int) -> Mapping[tuple[str, str], int]:
    """Return a year's cells of table three: line and kind of applicant to a number.

    New ones and those carried in together are those with a result and those
    carried out: each case adds one on both sides.
    """
    found: Counter[tuple[str, str]] = Counter()
    for each in places:
        over = each.done is not None and each.done < year
        if each.received > year or over:
            continue
        found[NEW if each.received == year else CARRIED_IN, each.applicant] += 1
        ended = each.done == year and each.line
        found[each.line if ended and each.line else CARRIED_OUT, each.applicant] += 1
    return found
