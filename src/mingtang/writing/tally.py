"""What became of many files: a line each, and sums that add up to all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.writing.sheet import Sheet

CLEAN, FOREIGN, UNREADABLE = "clean", "foreign", "unreadable"
UNLIKE = "不像年报，不计入合计"
"""What is said in a table of a file that is no report."""

_NOT_COUNTED = "—"
NOTHING = ("0", _NOT_COUNTED)
"""What stands where nothing is counted: of a report, and of what is none."""


class Tally(NamedTuple):
    """One file's line in a table of files.

    `counts` are its findings by weight, heaviest first; `trouble` says why it
    could not be read; `is_report` is False for what does not look like one.
    """

    order: int
    name: str
    caption: str = ""
    counts: tuple[int, ...] = ()
    unassessed: int = 0
    trouble: str = ""
    is_report: bool = True

    @property
    def fate(self) -> str:
        """Return what became of the file: its heaviest weight, or why it has none."""
        if self.trouble:
            return UNREADABLE
        if not self.is_report:
            return FOREIGN
        found = zip(Weight, self.counts, strict=True)
        return next((weight.value for weight, count in found if count), CLEAN)

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the file's counts as a table shows them, what was not judged last.

        Findings of what is no report mean nothing beside those of reports.

        >>> Tally(1, "a", "a", (1, 0, 2, 0), 3).shown
        ('1', '0', '2', '0', '3')
        """
        if self.is_report:
            return (*map(str, self.counts), str(self.unassessed))
        return (_NOT_COUNTED,) * (len(Weight) + 1)


def tally(sheet: Sheet, order: int) -> Tally:
    """Return a report's line."""
    counts = tuple(sheet.counts.values())
    return Tally(
        order, sheet.name, sheet.caption, counts, sheet.unassessed, "", sheet.is_report
    )


def totals(tallies: Sequence[Tally]) -> tuple[int, ...]:
    """Return the findings of all reports by weight, and what was not judged."""
    read = [one for one in tallies if not one.trouble and one.is_report]
    sums = [sum(one.counts[weight.rank] for one in read) for weight in Weight]
    return (*sums, sum(one.unassessed for one in read))


def summary(tallies: Sequence[Tally], skipped: int = 0) -> str:
    """Return how many files came to what; every file is counted once.

    >>> clean, bad = Tally(1, "a", "", (0, 0, 0, 0)), Tally(2, "b", "", (1, 0, 2, 0))
    >>> summary([clean, bad], skipped=1)
    '共3个文件：没有发现1个；有发现1个（按最重的一级：违规1）；跳过1个'
    """
    fates = Counter(one.fate for one in tallies)
    weights = [(weight.label, fates[weight.value]) for weight in Weight]
    faulty = sum(count for _, count in weights)
    listed = "、".join(f"{label}{count}" for label, count in weights if count)
    parts = [f"没有发现{fates[CLEAN]}个"]
    if faulty:
        parts.append(f"有发现{faulty}个（按最重的一级：{listed}）")
    others = (
        ("不像年报", fates[FOREIGN]),
        ("读不了", fates[UNREADABLE]),
        ("跳过", skipped),
    )
    parts += [f"{words}{count}个" for words, count in others if count]
    return f"共{len(tallies) + skipped}个文件：{'；'.join(parts)}"
