"""Random lawful ledgers: cases with their parts, and disputes, all numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from mingtang.compiling import Docket, Ledger
from tests.properties.histories import RULES, histories, with_parts
from tests.properties.proceedings import proceedings

if TYPE_CHECKING:
    from mingtang.case.events import Event

BODY = "清河市东湖区水务局"
YEARS = range(2024, 2028)


@st.composite
def cases(draw: st.DrawFn, most: int = 6) -> list[Docket[Event]]:
    """Some cases and the parts of those that were split, each with its number."""
    drawn = draw(st.lists(histories(longest=8), max_size=most))
    whole = [each for history in drawn for each in with_parts(draw, history)]
    return [Docket(f"登-{n:03}", tuple(each)) for n, each in enumerate(whole)]


@st.composite
def ledgers(draw: st.DrawFn, most: int = 6) -> Ledger:
    """A body's ledger of cases and disputes."""
    drawn = draw(st.lists(proceedings(), max_size=3))
    disputes = [Docket(f"争-{n:03}", tuple(each)) for n, each in enumerate(drawn)]
    return Ledger(BODY, draw(cases(most)), disputes, rules=RULES)
