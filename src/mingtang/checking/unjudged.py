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

    from mingtang.checking.filled import FilledForm
    from mingtang.checking.plan import Plan, Sum
    from mingtang.form.edition import Table
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


def unjudged(form: FilledForm, open_sums: Sequence[int]) -> Iterator[Finding]:
    """Yield one finding for each rule that has sums left open."""
    by_code: dict[str, list[Sum]] = {}
    for index in open_sums:
        made = form.plan.sums[index]
        by_code.setdefault(made.rule.code, []).append(made)
    for sums in by_code.values():
        yield _finding(form, sums)


def _finding(form: FilledForm, sums: list[Sum]) -> Finding:
    rule = sums[0].rule
    table = form.plan.edition.table(sums[0].table)
    if is_absent(form.table(table.id)):
        message = f"{table_name(table)}不在文中，没有判断“{rule.title}”"
        return Finding(rule, message, remedy=_ASK, assessed=False, subject=table.id)
    parts = dict.fromkeys(cell for each in sums for cell in (*each.left, *each.right))
    missing = [form.facts[part] for part in parts if form.facts[part].value is None]
    absent = _absent_lines(form, table)
    where = [f"“{each.where}”" for each in sums]
    lines = dict.fromkeys(absent[one.cell] for one in missing if one.cell in absent)
    others = [one for one in missing if one.cell not in absent]
    unsaid = f"没有判断“{rule.title}”"
    if not others and list(lines) == where:
        why = f"整行文中没有，{unsaid}"
    else:
        named = [f"{line}整行文中没有" for line in lines]
        said = listed([*named, *described(form.plan, others)])
        why = f"有不是数字的格，{unsaid}：{said}"
    message = f"{table_name(table)}{listed(where)}{why}"
    return Finding(
        rule=rule,
        message=message,
        cells=tuple(one.cell for one in missing),
        places=tuple(one.place for one in missing if one.place is not None),
        remedy=_ASK,
        assessed=False,
    )


def is_absent(facts: Sequence[Fact]) -> bool:
    """Return whether none of the cells is in the document."""
    return all(fact.state is State.ABSENT for fact in facts)


def _absent_lines(form: FilledForm, table: Table) -> dict[str, str]:
    """Return the cells of the lines that are not in the document, with their labels.

    A line that a report leaves out (（六）其他处理 in one row instead of three)
    is one absence, not seven.
    """
    lines: dict[str, list[Fact]] = {}
    for fact in form.table(table.id):
        lines.setdefault(fact.cell.rpartition("/")[0], []).append(fact)
    return {
        fact.cell: f"“{form.plan.labels[fact.cell][0].full_label}”"
        for facts in lines.values()
        if is_absent(facts)
        for fact in facts
    }


def described(plan: Plan, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield each cell's label with what stands in it instead of a number."""
    for fact in facts:
        yield f"“{plan.cell_label(fact.cell)}”{STATE_WORDS[fact.state]}"


def listed(words: Iterable[str]) -> str:
    """Return words as a Chinese list, the first few of a long one."""
    every = list(words)
    more = f"等{len(every)}处" if len(every) > _NAMED else ""
    return "、".join(every[:_NAMED]) + more
