"""Indicators: a share of one sum in another, each with both and with how many reports.

A report counts in an indicator only where it gives every number of it, so that
numerator and denominator speak of the same reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mingtang.combining.totals import Combined
    from mingtang.form.edition import Edition
    from mingtang.report import Count, Report

_DONE = "requests/concluded/total"
_GROUPS = ("（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")
_RULED = ("upheld", "corrected", "other")
_SUITS = ("suit_direct", "suit_after_review")


class Measure(NamedTuple):
    """What an indicator divides by what: its words and the cells of both sides."""

    title: str
    over: str
    parts: tuple[str, ...]
    whole: tuple[str, ...]


class Rate(NamedTuple):
    """An indicator: `part` of `whole` in percent, over `given` of `reports` reports.

    `value` is None where no report gives the numbers or there is nothing to have a
    share of.
    """

    title: str
    over: str
    part: Count | None
    whole: Count | None
    value: Decimal | None
    given: int
    reports: int


def measures(edition: Edition) -> tuple[Measure, ...]:
    """Return the indicators that an edition's tables allow."""
    return tuple(_measures(edition))


def rates(combined: Combined) -> tuple[Rate, ...]:
    """Return every indicator of the counted reports."""
    return tuple(_rate(measure, combined) for measure in measures(combined.edition))


def _measures(edition: Edition) -> Iterator[Measure]:
    lines = edition.table("requests").blocks[0].lines
    done = "办结总数"
    yield Measure("予以公开", done, ("requests/granted/total",), (_DONE,))
    yield Measure("部分公开", done, ("requests/partly_granted/total",), (_DONE,))
    for group in _GROUPS:
        own = [line for line in lines if group in (line.group, line.label)]
        cells = tuple(f"requests/{line.id}/total" for line in own)
        yield Measure(group[3:], done, cells, (_DONE,))
    came = tuple(f"requests/{line}/total" for line in ("received", "carried_in"))
    carried = ("requests/carried_out/total",)
    yield Measure("结转下年度", "新收与上年结转之和", carried, came)
    yield _corrected("行政复议纠正", "审结的行政复议", ("review",))
    yield _corrected("行政诉讼纠正", "审结的行政诉讼", _SUITS)


def _corrected(title: str, over: str, blocks: tuple[str, ...]) -> Measure:
    return Measure(
        title,
        over,
        tuple(f"disputes/{block}/corrected" for block in blocks),
        tuple(f"disputes/{block}/{way}" for block in blocks for way in _RULED),
    )


def _rate(measure: Measure, combined: Combined) -> Rate:
    parts: list[Count] = []
    wholes: list[Count] = []
    given = 0
    for report in combined.counted:
        part = _figures(report, measure.parts)
        whole = _figures(report, measure.whole)
        if part is not None and whole is not None:
            parts += part
            wholes += whole
            given += 1
    title, over, reports = measure.title, measure.over, len(combined.counted)
    if not given:
        return Rate(title, over, None, None, None, 0, reports)
    up, down = sum(parts), sum(wholes)
    value = share(up, down) if down else None
    return Rate(title, over, up, down, value, given, reports)


def _figures(report: Report, cells: tuple[str, ...]) -> list[Count] | None:
    """Return the numbers of cells, None where any of them is none."""
    found = [report.facts[cell].value for cell in cells]
    numbers = [value for value in found if value is not None]
    return numbers if len(numbers) == len(cells) else None
