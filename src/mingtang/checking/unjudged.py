"""Sums that cannot be judged, said once for each rule and not once a column.

A blank is not zero and an unreadable cell is nothing at all: the sum is left
open, and the reader is told which cells leave it open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.finding import Finding, Remedy
from mingtang.report import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.checking.plan import Plan, Sum
    from mingtang.form.edition import Edition, Table
    from mingtang.report import Fact

STATE_WORDS = {
    State.BLANK: "空白",
    State.NOT_APPLICABLE: "填作“/”之类",
    State.UNREADABLE: "读不出",
    State.ABSENT: "文中没有",
}
_NAMED = 6
_ORDINALS = "一二三四五六"
_ASK = Remedy("ask", "没有发生的填0；补齐这些格后再检查一次")


def table_name(table: Table) -> str:
    """Return how a table is called: 表二, 表三, 表四, after its section."""
    return f"表{_ORDINALS[table.section - 1]}"


def unjudged(
    plan: Plan, facts: Sequence[Fact], open_sums: Sequence[int]
) -> Iterator[Finding]:
    """Yield one finding for each rule that has sums left open."""
    by_code: dict[str, list[Sum]] = {}
    for index in open_sums:
        made = plan.sums[index]
        by_code.setdefault(made.rule.code, []).append(made)
    for sums in by_code.values():
        yield _finding(plan, facts, sums)


def _finding(plan: Plan, facts: Sequence[Fact], sums: list[Sum]) -> Finding:
    rule = sums[0].rule
    table = plan.edition.table(sums[0].table)
    parts = dict.fromkeys(cell for each in sums for cell in (*each.left, *each.right))
    missing = [facts[part] for part in parts if facts[part].value is None]
    if all(
        fact.state is State.ABSENT for fact in facts if fact.cell.startswith(f"{table.id}/")
    ):
        message = f"{table_name(table)}不在文中，没有判断“{rule.title}”"
        return Finding(rule, message, remedy=_ASK, assessed=False, subject=table.id)
    where = listed(f"“{each.where}”" for each in sums)
    message = (
        f"{table_name(table)}{where}有不是数字的格，没有判断“{rule.title}”："
        f"{listed(described(plan.edition, missing))}"
    )
    return Finding(
        rule=rule,
        message=message,
        cells=tuple(one.cell for one in missing),
        places=tuple(one.place for one in missing if one.place is not None),
        remedy=_ASK,
        assessed=False,
    )


def described(edition: Edition, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield each cell's label with what stands in it instead of a number."""
    for fact in facts:
        yield f"“{edition.cell_label(fact.cell)}”{STATE_WORDS[fact.state]}"


def listed(words: Iterable[str]) -> str:
    """Return words as a Chinese list, the first few of a long one."""
    every = list(words)
    more = f"等{len(every)}处" if len(every) > _NAMED else ""
    return "、".join(every[:_NAMED]) + more
