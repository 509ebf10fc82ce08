"""The one pass over the histories: what they add up to, and which case is in which cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from mingtang.case.steps import ImpossibleHistoryError
from mingtang.compiling.compiled import Origin
from mingtang.compiling.ledger import Books, CompileError
from mingtang.compiling.tally import FEES, tally_case, tally_dispute, tally_document
from mingtang.publication.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingtang.compiling.ledger import Docket, Ledger
    from mingtang.compiling.tally import Tally
    from mingtang.publication.effective import History

_Numbered = TypeVar("_Numbered", bound="Docket[Any] | History")


class Tracer:
    """Tallies a ledger, and remembers the numbers of what counts in one year."""

    def __init__(self, ledger: Ledger, year: int) -> None:
        self.ledger = ledger
        self.year = year
        self.numbers: defaultdict[str, list[str]] = defaultdict(list)

    def books(self) -> Books:
        """Return the ledger with its histories tallied; each is replayed once."""
        ledger, kept = self.ledger, set()
        tally: Tally = Counter()
        if ledger.cases is not None:
            kept.add("cases")
            for docket in numbered_once(ledger.cases):
                with told_of(docket.number):
                    found = tally_case(docket.events, ledger.rules, ledger.closed)
                self._take(docket.number, found, tally)
        if ledger.disputes is not None:
            kept.add("disputes")
            for dispute in numbered_once(ledger.disputes):
                with told_of(dispute.number):
                    found = tally_dispute(dispute.events, ledger.rules)
                self._take(dispute.number, found, tally)
        if ledger.documents is not None:
            kept.add("documents")
            for made in numbered_once(ledger.documents):
                with told_of(made.number):
                    found = tally_document(made.events, made.kind, ledger.rules)
                self._take(made.number, found, tally)
        given = ledger.figures, ledger.adjustments, ledger.rules, ledger.publications
        return Books(ledger.body, tally, frozenset(kept), *given)

    def traced(self, origins: Mapping[str, Origin]) -> dict[str, Origin]:
        """Return origins with the numbers of the cases and disputes counted there."""
        fees = {name: Origin("cases") for name in self.numbers if name.startswith(FEES)}
        return {
            cell: origin._replace(numbers=self._of(origin.parts or (cell,)))
            for cell, origin in (dict(origins) | fees).items()
        }

    def _take(self, number: str, found: Tally, tally: Tally) -> None:
        tally.update(found)
        for stretch in found:
            if stretch.covers(self.year):
                self.numbers[stretch.cell].append(number)

    def _of(self, cells: Iterable[str]) -> tuple[str, ...]:
        """Return the numbers in cells, one of several counts named once."""
        found = {number for cell in cells for number in self.numbers.get(cell, ())}
        return tuple(sorted(found))


@contextmanager
def told_of(number: str) -> Iterator[None]:
    """Say which case, dispute or document has a history that cannot be."""
    try:
        yield
    except (ImpossibleHistoryError, RefusedError) as error:
        message = f"编号“{number}”的记录前后接不上：{error}；请核对台账，没有生成"
        raise CompileError(message) from error


def numbered_once(dockets: Iterable[_Numbered]) -> Iterator[_Numbered]:
    """Yield dockets or documents as they come; two of a number raise `CompileError`."""
    seen: set[str] = set()
    for docket in dockets:
        if docket.number in seen:
            message = f"编号“{docket.number}”有两件，会重复计算，没有生成；请先核对台账"
            raise CompileError(message)
        seen.add(docket.number)
        yield docket
