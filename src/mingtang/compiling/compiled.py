"""What compiling gives: the report, where each cell comes from, what was adjusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.compiling.tally import ASKED, COLLECTED, NOTICES, REFUNDED

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from mingtang.case.rulebook import Rulebook
    from mingtang.compiling.ledger import Adjustment
    from mingtang.finding import Finding
    from mingtang.report import Count, Report


class Origin(NamedTuple):
    """Where a cell's figure comes from.

    `ledger` is ``cases``, ``disputes``, ``documents`` or ``entered``; `numbers` those of
    the cases, disputes or documents counted in it, in order; `source` who answers for an
    entered figure; `parts` the cells that a total adds up; `adjustments` those of the
    cell, and in a total those of its parts.
    """

    ledger: str
    numbers: tuple[str, ...] = ()
    source: str = ""
    parts: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


class Adjusted(NamedTuple):
    """A manual adjustment with what the ledger said, and what the cell says now."""

    adjustment: Adjustment
    counted: Count
    value: Count


class Fees(NamedTuple):
    """The information processing fees (信息处理费) of a year.

    `notices` in pieces, `asked` and `collected` in whole yuan; what was collected is
    without refunds unless the body chose otherwise (口径 ``fee_collected``).
    """

    notices: int
    asked: int
    collected: int

    @classmethod
    def of(cls, counted: Counter[str], rules: Rulebook) -> Fees:
        """Return the fees of a year's figures."""
        collected = counted[COLLECTED]
        if rules.choice("fee_collected") == "net_of_refunds":
            collected -= counted[REFUNDED]
        return cls(counted[NOTICES], counted[ASKED], collected)


class Compiled(NamedTuple):
    """A report drafted from ledgers (生成的年报).

    `origins` has every cell with a figure; `findings` is what does not agree with
    last year's report; `fees` is None where no ledger of cases is kept.
    """

    report: Report
    origins: Mapping[str, Origin]
    adjustments: tuple[Adjusted, ...] = ()
    findings: tuple[Finding, ...] = ()
    fees: Fees | None = None
