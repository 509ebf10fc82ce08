"""What a report still lacks before it is sent, and before it is signed.

Said in one place: the page shows it before the button is pressed, and the acts refuse
by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.compiling import CompileError
from mingtang_web import clock
from mingtang_web.annual.compiling import draft
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Report
    from mingtang_web.annual.compiling import Draft
    from mingtang_web.annual.models import Annual


class NotReadyError(ValueError):
    """A report that cannot be sent or signed yet; says everything that is lacking."""


def lacking(annual: Annual, found: Draft) -> list[str]:
    """Return what a report lacks that no review can mend; empty where it may be sent."""
    return list(_lacking(annual, found))


def unready(annual: Annual, found: Draft) -> list[str]:
    """Return what keeps a report from being signed today: the same, and the year's end."""
    early = []
    if clock.today().year <= annual.year:
        early = [_("%(year)s年还没有过完，数字还会变动") % {"year": annual.year}]
    return early + lacking(annual, found)


def fit_to_send(annual: Annual) -> Draft:
    """Return a report that may be sent to review; raises `NotReadyError`."""
    found = _drafted(annual)
    _refuse(lacking(annual, found))
    return found


def fit_to_sign(annual: Annual) -> Draft:
    """Return a report that may be signed today; raises `NotReadyError`."""
    found = _drafted(annual)
    _refuse(unready(annual, found))
    return found


def section_names(report: Report) -> dict[int, str]:
    """Return what the preface and the sections are called."""
    names = {part.number: part.heading for part in report.sections if part.number}
    return {0: _("引言")} | names


def _lacking(annual: Annual, found: Draft) -> Iterator[str]:
    if found.gaps:
        yield _("文字中还有%(n)s处待填") % {"n": len(found.gaps)}
    if found.blocking:
        first = found.blocking[0]
        known = {"n": len(found.blocking), "code": first.rule.code, "said": first.message}
        yield (_("还有%(n)s条违规或者矛盾没有改正或说明，如%(code)s：%(said)s") % known)
    yield from _apart(found)
    if any(row.waits for row in annual.adjustments.all()):
        yield _("还有人工调整没有签字")
    names = section_names(found.report)
    for number in found.moved:
        said = _("“%(section)s”的文字写好以后数字变了，请看过再存一次，或者勾选不用改")
        yield said % {"section": names[number]}


def _apart(found: Draft) -> Iterator[str]:
    """Yield the cells whose typed figure is another than their periods add up to."""
    for each in found.periods.values():
        if each.differs and each.made.figure and each.typed:
            said = _(
                "“%(cell)s”填报%(typed)s，时段填报数相加为%(value)s：请核对，"
                "更正时段，或者改填；要用时段相加的数，把填报的清空"
            )
            known = {"typed": each.typed.value, "value": each.made.figure.value}
            yield said % {"cell": each.made.label, **known}


def _drafted(annual: Annual) -> Draft:
    try:
        return draft(annual, clock.today())
    except CompileError as problem:
        raise NotReadyError(spoken(problem)) from problem


def _refuse(lacks: list[str]) -> None:
    if lacks:
        raise NotReadyError("；".join(lacks))
