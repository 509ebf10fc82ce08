"""What a lawyer must still confirm: what it is, what was taken, why, how to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.law import calendar
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.law.parameter import DatedValue, Parameter


def open_point(name: str, choice: str | None, flag: str) -> Iterator[str]:
    """Yield the lines of a point that the law leaves open, and the other choices."""
    point = option(name)
    meanings = dict(point.choices)
    taken = point.choose(choice)
    others = "；".join(
        f"加 {flag} {other}（{meaning}）"
        for other, meaning in meanings.items()
        if other != taken
    )
    yield f"待确认：{point.what}"
    yield f"  本次：{meanings[taken]}（{flag} {taken}）"
    yield f"  原因：{point.unsettled}（{point.cite}）；由本单位定一次，各年一致"
    yield f"  要改：{others}"


def unverified(known: Parameter, value: DatedValue, taken: str) -> Iterator[str]:
    """Yield the lines of a value whose text nobody has checked; none if it is settled."""
    if value.unsettled:
        yield f"待确认：{known.what}"
        yield f"  本次：{taken}（{value.period()}，{value.cite}）"
        yield f"  原因：{value.unsettled}"
        yield f"  要改：核对原文后，改 {_file(known)} 里的 {known.id}，{_HOW}"


def holidays(last: date) -> Iterator[str]:
    """Yield the lines of a year whose end a later notice may still change."""
    why = calendar().doubt(last)
    if why:
        yield f"待确认：{last.year}年12月的放假和调休"
        yield "  本次：按已录入的安排"
        yield f"  原因：{why}"
        yield (
            f"  要改：src/mingtang/law/parameters/holidays/{last.year}.yaml，"
            "写法见 docs/how-to/enter-a-years-holidays.md"
        )


def _file(known: Parameter) -> str:
    return f"src/mingtang/{known.file}"


_HOW = "写法见 docs/how-to/change-a-legal-value.md"
