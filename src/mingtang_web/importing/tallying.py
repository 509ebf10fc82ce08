"""What a year's table three would be of some cases alone: lines by kind of applicant.

For a trial before an import; the annual report counts for itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mingtang.case.counting import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.case.counting import Place


def table_three(places: Iterable[Place], year: int) -> Mapping[tuple[str, str], int]:
    """Return a year's cells of table three: line and kind of applicant to a number.

    New ones and those carried in together are those with a result and those
    carried out: each case adds one on both sides.
    """
    return Counter(
        (line, each.applicant) for each in places for line in lines(each, year) or ()
    )
