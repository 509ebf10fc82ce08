"""Which of the reports that were read can be combined: one a body, all of one year."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.usage import UsageError
from mingtang.registry import load
from mingtang.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from mingtang.report import Report


class Held(NamedTuple):
    """A report as a line of ``read --jsonl`` holds it, and the file it was in."""

    name: str
    is_report: bool
    report: Report

    @classmethod
    def of(cls, line: str) -> Self:
        """Return what a line of ours says."""
        said = json.loads(line)
        _, report = load("reading.own").read(line)
        return cls(str(said["source"]["name"]), bool(said["is_report"]), report)


class Sifted(NamedTuple):
    """The reports to combine, what is to be said of the others, and the conflicts.

    `conflicts` counts the bodies with several reports that say different things.
    """

    reports: tuple[Report, ...]
    remarks: tuple[str, ...]
    conflicts: int


def sifted(held: Iterable[Held], year: int | None) -> Sifted:
    """Return what can be combined; raises `UsageError` where nothing can."""
    remarks: list[str] = []
    usable = list(_usable(held, remarks))
    wanted = _of_year(usable, year, remarks)
    groups: defaultdict[str, list[Held]] = defaultdict(list)
    for each in wanted:
        groups[squeeze(str(each.report.body))].append(each)
    reports, conflicts = [], 0
    for group in groups.values():
        alike = _alike(group)
        if len(group) > 1:
            remarks.append(_twice(group, alike=alike))
        if alike:
            reports.append(group[0].report)
        else:
            conflicts += 1
    if not reports:
        message = "没有一份报告可以汇总；请核对文件夹和 --year"
        raise UsageError("；".join([*remarks, message]))
    return Sifted(tuple(reports), tuple(remarks), conflicts)


def _usable(held: Iterable[Held], remarks: list[str]) -> Iterator[Held]:
    why_unusable = load("combining.totals").why_unusable
    for each in held:
        why = why_unusable(each.report) if each.is_report else "不像年报"
        if why:
            remarks.append(f"{each.name}：{why}，没有计入")
        else:
            yield each


def _of_year(
    usable: Sequence[Held], year: int | None, remarks: list[str]
) -> Sequence[Held]:
    years = Counter(each.report.year for each in usable)
    if year is None:
        if len(years) > 1:
            told = "、".join(
                f"{each}年{years[each]}份" for each in sorted(filter(None, years))
            )
            message = f"有几个年度的报告：{told}；请用 --year 写明汇总哪一年"
            raise UsageError(message)
        return usable
    others = sum(count for each, count in years.items() if each != year)
    if others:
        remarks.append(f"另有 {others} 份是别的年度的，没有计入")
    return [each for each in usable if each.report.year == year]


def _alike(group: Sequence[Held]) -> bool:
    """Return whether reports of one body give the same figures."""
    figures = [
        {
            cell: (fact.state, fact.value, fact.unit)
            for cell, fact in one.report.facts.items()
        }
        for one in group
    ]
    return all(each == figures[0] for each in figures)


def _twice(group: Sequence[Held], *, alike: bool) -> str:
    names = "、".join(each.name for each in group)
    body = group[0].report.body
    if alike:
        return f"“{body}”有 {len(group)} 份，数字相同，计一份：{names}"
    return (
        f"“{body}”有 {len(group)} 份，数字不同，不知道该计哪一份，都没有计入：{names}；"
        "请只留一份"
    )
