"""Which findings nobody can leave as they are, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

_BROKEN = _(
    "表内勾稽不平，不能以说明理由代替：数由本系统推算或者填报，请改填报的数，或者作人工调整使之相等"
)
_BLANK = _("表里有空格，不能以说明理由代替：空白不是零，没有发生的填 0，不清楚的请核实后填")
_NO_COUNT = _("件数不能是负数、小数，不能以说明理由代替；请改填报的数")
NEVER_LEFT: Mapping[str, _StrPromise] = {
    "S301": _BROKEN, "S302": _BROKEN, "S303": _BROKEN, "S401": _BROKEN,
    "S206": _BLANK, "S304": _BLANK, "S402": _BLANK,
    "S201": _NO_COUNT, "S305": _NO_COUNT, "S403": _NO_COUNT,
}  # fmt: skip
"""By rule, why a report that is made here is not signed while it is found.

The form says itself that its sums agree and that every cell holds a figure; whoever
makes the report can mend both, and a reason makes neither true. What rests on papers
of others (last year's report, a deadline that has passed) may be left for a reason.
"""
BY_THE_DAY = frozenset({"L101"})
"""The rules whose finding names the day of looking: one reason stands for all days."""
