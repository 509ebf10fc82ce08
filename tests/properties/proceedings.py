"""Random lawful histories of reviews and suits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from mingtang.case.disputes import (
    Answered,
    Appealed,
    CopyReceived,
    DisputeEvent,
    Filed,
    Resumed,
    Ruled,
    Suspended,
    replay_dispute,
)
from mingtang.case.outcome import outcomes
from mingtang.case.permitting import NotPermittedError
from mingtang.case.proceedings import admit_dispute, proceedings_open


@st.composite
def proceedings(draw: st.DrawFn) -> list[DisputeEvent]:
    """A review or a suit and what may be recorded of it, over some years."""
    procedure = draw(st.sampled_from(["review", "suit"]))
    day = draw(st.dates(date(2024, 1, 2), date(2025, 12, 31)))
    filed = Filed(on=day, procedure=procedure, after_review=draw(st.booleans()))
    history: list[DisputeEvent] = [replace(filed, counts=draw(st.booleans()))]
    for _ in range(draw(st.integers(0, 10))):
        dispute = replay_dispute(history)
        kind = draw(
            st.sampled_from(["ruled", *(p.event for p in proceedings_open(dispute))])
        )
        day = max(history[0].on, day + timedelta(days=draw(st.integers(-20, 120))))
        event = _recorded(draw, kind, procedure, day)
        try:
            admit_dispute(history, event)
        except NotPermittedError:
            continue
        history.append(event)
    return history


def _recorded(draw: st.DrawFn, kind: str, procedure: str, day: date) -> DisputeEvent:
    if kind == "ruled":
        ways = [known.id for known in outcomes() if known.procedure == procedure]
        way, final = draw(st.sampled_from(ways)), draw(st.booleans())
        return Ruled(on=day, outcome=way, final=final or procedure == "review")
    plain = {
        "copy_received": CopyReceived,
        "answered": Answered,
        "suspended": Suspended,
        "resumed": Resumed,
        "appealed": Appealed,
    }
    return plain[kind](on=day)
