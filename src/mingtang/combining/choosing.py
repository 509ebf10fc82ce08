"""Which reports are counted, so that no request counts twice, and who is missing.

The report of a government sums up its departments and townships; its office
registers what was asked of the government itself and reports it as its own. So
a report that sums up stands for all below it, one of the same requests as
another's counts once, and the one at the top is what is being made: it is left
out wherever it has bodies below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.combining.tree import WHOLE, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.combining.tree import Bodies, Body
    from mingtang.report import Report

_OFFICES = ("办公室", "办公厅")


class Left(NamedTuple):
    """A report that is not counted, and why, in Chinese."""

    body: str
    why: str


class Coverage(NamedTuple):
    """Whose reports a total holds.

    `counted` are the bodies whose reports are added up, `missing` those that must
    report and neither did nor are held in another's report; `left_out` reports that
    are not counted; `doubtful` pairs of bodies that may have counted the same
    requests, where no list says. All in order of their names.
    """

    counted: tuple[str, ...]
    missing: tuple[str, ...] = ()
    left_out: tuple[Left, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()


def coverage(reports: Mapping[str, Report], bodies: Bodies | None) -> Coverage:
    """Return which of the reports, by plain name, count, by the list of bodies."""
    if bodies is None:
        names = tuple(sorted(str(report.body) for report in reports.values()))
        return Coverage(names, doubtful=tuple(_doubtful(names)))
    known = bodies.by_name
    left = [
        Left(str(reports[name].body), "不在机关名单里，请核对名称或者补进名单")
        for name in reports
        if name not in known
    ]
    counted = []
    for name, body in known.items():
        if name in reports:
            why = _why_not(body, reports, bodies)
            left += [Left(body.name, why)] if why else []
            counted += [] if why else [body.name]
    missing = _missing(bodies, {plain(name) for name in counted})
    return Coverage(tuple(sorted(counted)), tuple(sorted(missing)), tuple(sorted(left)))


def _why_not(body: Body, reports: Mapping[str, Report], bodies: Bodies) -> str:
    if body.same_as and plain(body.same_as) in reports:
        return f"与“{body.same_as}”是同一批申请，只计一次"
    if _is_top(body, bodies):
        return "它汇总的就是这里各机关的数，只作比较，不再相加"
    for above in bodies.above(body):
        held = above.scope == WHOLE and plain(above.name) in reports
        if held and not _is_top(above, bodies):
            return f"已含在“{above.name}”的汇总里"
    return ""


def _is_top(body: Body, bodies: Bodies) -> bool:
    return body.scope == WHOLE and body.parent is None and bodies.has_below(body)


def _missing(bodies: Bodies, counted: set[str]) -> Iterator[str]:
    """Yield who must report and is in no counted report.

    A body that sums up others is not missed: those below it are.
    """
    stands_for = {
        plain(body.same_as): plain(body.name) for body in bodies.every if body.same_as
    }
    for body in bodies.every:
        names = [body, *bodies.above(body)]
        held = any(plain(each.name) in counted for each in _speaking(names))
        same = plain(body.same_as) if body.same_as else stands_for.get(plain(body.name))
        sums_up = body.scope == WHOLE and bodies.has_below(body)
        if body.expected and not (held or same in counted or sums_up):
            yield body.name


def _speaking(names: Sequence[Body]) -> Iterable[Body]:
    """Return the body itself and those above it that sum up."""
    return [names[0], *(each for each in names[1:] if each.scope == WHOLE)]


def _doubtful(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield governments with their offices: both may hold the same requests."""
    held = {plain(name): name for name in names}
    for name in names:
        for office in _OFFICES:
            other = held.get(f"{plain(name)}{office}")
            if other is not None:
                yield name, other
