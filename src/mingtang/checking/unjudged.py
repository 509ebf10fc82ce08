"""Sums that cannot be judged, said once for each rule and not once a column.

A blank is not zero and an unreadable cell is nothing at all: the sum is left
open, and the reader is told which cells leave it open.
"""

from __future__ import annotations

from itertools import chain, islice
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
_ASK = Remedy("ask", "没有发生的填0；补齐这些格后再检查一次")


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
    if form.is_absent(table.id):
        message = f"{table.number}不在文中，没有判断“{rule.title}”"
        return Finding(rule, message, remedy=_ASK, assessed=False, subject=table.id)
    parts = dict.fromkeys(chain.from_iterable((*each.left, *each.right) for each in sums))
    missing = [form.facts[part] for part in parts if form.figures[part] is None]
    message = (
        f"{table.number}{listed((f'“{each.where}”' for each in sums), len(sums))}"
        f"{_why(form, table, sums, missing)}"
    )
    return Finding(
        rule=rule,
        message=message,
        cells=tuple(one.cell for one in missing),
        places=tuple(one.place for one in missing if one.place is not None),
        remedy=_ASK,
        assessed=False,
    )


def _why(form: FilledForm, table: Table, sums: Sequence[Sum], missing: list[Fact]) -> str:
    """Return why the sums were not judged, a line that is not there named as one."""
    unsaid = f"没有判断“{sums[0].rule.title}”"
    absent = _absent_lines(form, table, missing)
    lines = list(dict.fromkeys(absent.values()))
    if len(absent) == len(missing) and lines == [each.where for each in sums]:
        return f"整行文中没有，{unsaid}"
    others = [fact for fact in missing if fact.cell not in absent]
    named = (f"“{line}”整行文中没有" for line in lines)
    said = chain(named, described(form.plan, others))
    return f"有不是数字的格，{unsaid}：{listed(said, len(lines) + len(others))}"


def _absent_lines(
    form: FilledForm, table: Table, missing: Sequence[Fact]
) -> dict[str, str]:
    """Return the cells whose whole line is not in the document, with the line's label.

    A line that a report leaves out (（六）其他处理 in one row instead of three)
    is one absence, not seven.
    """
    suspects = [fact.cell for fact in missing if fact.state is State.ABSENT]
    if not suspects:
        return {}
    present = {
        _line(fact.cell) for fact in form.table(table.id) if fact.state is not State.ABSENT
    }
    return {
        cell: form.plan.labels[cell][0].full_label
        for cell in suspects
        if _line(cell) not in present
    }


def _line(cell: str) -> str:
    return cell.rpartition("/")[0]


def described(plan: Plan, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield each cell's label with what stands in it instead of a number."""
    for fact in facts:
        yield f"“{plan.cell_label(fact.cell)}”{STATE_WORDS[fact.state]}"


def listed(words: Iterable[str], count: int) -> str:
    """Return that many words as a Chinese list, the first few of a long one."""
    more = f"等{count}处" if count > _NAMED else ""
    return "、".join(islice(words, _NAMED)) + more
