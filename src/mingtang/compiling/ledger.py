"""What a report is compiled from: numbered histories, entered figures, adjustments."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from mingtang.case.rulebook import Rulebook
from mingtang.compiling.publications import Publications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingtang.case.disputes import DisputeEvent
    from mingtang.case.events import Event
    from mingtang.compiling.tally import Stretch, Tally
    from mingtang.publication.effective import History
    from mingtang.report import Count

Happened = TypeVar("Happened")
NEVER: Mapping[int, date] = MappingProxyType({})
"""No year's report has been signed."""


class CompileError(ValueError):
    """What was entered cannot make a report; says what, why and what to do, in Chinese.

    `cell` is the cell at fault, empty where it is none; `why` the fault alone.
    """

    def __init__(self, message: str, cell: str = "", why: str = "") -> None:
        super().__init__(message)
        self.cell, self.why = cell, why


class Docket(NamedTuple, Generic[Happened]):
    """A case or dispute as it is entered: its number (编号) and what happened in it."""

    number: str
    events: Sequence[Happened]


class Figure(NamedTuple):
    """A figure of which no ledger is kept: its cell, and who or what answers for it.

    `source` says where it comes from (``规范性文件登记簿``); without one it is refused.
    """

    cell: str
    value: Count
    source: str


class Adjustment(NamedTuple):
    """A manual adjustment (人工调整): by how much a cell is more, or less, than counted.

    It is added to the count, so that it stays right while the ledger goes on, and
    two of one cell add up. `reason` and `signer` are never empty.
    """

    cell: str
    by: Count
    reason: str
    signer: str
    on: date


class Ledger(NamedTuple):
    """Everything a body's reports are compiled from.

    `cases`, `disputes` and `documents` (its rules and normative documents) are None
    where the body keeps no such ledger here, which is not the same as an empty one;
    `closed` maps a year to the day its report was signed, see `tally.tally_case`;
    `publications` is what else is known of the year.
    """

    body: str
    cases: Iterable[Docket[Event]] | None = None
    disputes: Iterable[Docket[DisputeEvent]] | None = None
    figures: Sequence[Figure] = ()
    adjustments: Sequence[Adjustment] = ()
    rules: Rulebook = Rulebook()
    closed: Mapping[int, date] = NEVER
    documents: Iterable[History] | None = None
    publications: Publications = Publications()


class Books(NamedTuple):
    """The same with the histories tallied: `kept` names the ledgers that there are.

    ``cases``, ``disputes``, ``documents``.
    """

    body: str
    tally: Mapping[Stretch, int] | Tally = Counter()  # noqa: RUF012 - never written to
    kept: frozenset[str] = frozenset({"cases", "disputes"})
    figures: Sequence[Figure] = ()
    adjustments: Sequence[Adjustment] = ()
    rules: Rulebook = Rulebook()
    publications: Publications = Publications()
