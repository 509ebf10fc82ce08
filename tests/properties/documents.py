"""Random normative documents with lawful histories, and bodies' choices on counting."""

from __future__ import annotations

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from mingtang.publication.effective import History, Kind
from mingtang.publication.events import (
    Amended,
    DeclaredVoid,
    Issued,
    Kept,
    Repealed,
    ValidityEvent,
)
from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import admit

DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
ENDS = st.none() | st.dates(date(2022, 1, 1), date(2030, 12, 31))
YEARS = range(2022, 2028)
CHOICES = st.fixed_dictionaries(
    {
        "amended_document": st.sampled_from(["issued_and_repealed", "not_counted"]),
        "lapsed_document": st.sampled_from(["not_counted", "declared", "counted"]),
        "in_force_day": st.sampled_from(["issued", "effective"]),
    }
)


@st.composite
def events(draw: st.DrawFn, *, plain: bool = False) -> list[ValidityEvent]:
    """A history that may be; a plain one is issued and perhaps repealed at once."""
    start = draw(DAYS)
    if plain:
        later = draw(st.none() | DAYS)
        gone = [Repealed(on=later)] if later and later >= start else []
        return [Issued(on=start), *gone]
    history: list[ValidityEvent] = []
    drawn = draw(st.lists(st.tuples(st.sampled_from(KINDS), DAYS), max_size=5))
    for kind, day in [(Issued, start), *sorted(drawn, key=lambda each: each[1])]:
        more = {name: draw(ENDS) for name in ENDING.get(kind, ())}
        event = kind(on=day, **more)
        try:
            admit(history, event)
        except RefusedError:
            assume(kind is not Issued or history)
            continue
        history.append(event)
    return history


KINDS = [Amended, Kept, Repealed, DeclaredVoid]
ENDING = {
    Issued: ("effective_on", "expires_on"),
    Amended: ("effective_on", "expires_on"),
    Kept: ("expires_on",),
    Repealed: ("effective_on",),
}


@st.composite
def stocks(draw: st.DrawFn, *, plain: bool = False) -> list[History]:
    """Some documents of both kinds, some of them entered later than issued."""
    found = draw(st.lists(events(plain=plain), max_size=5))
    return [
        History(
            f"清政规{n}号",
            draw(st.sampled_from(Kind)),
            each,
            draw(st.none() | DAYS.filter(lambda day, first=each[0].on: day >= first)),
        )
        for n, each in enumerate(found)
    ]
