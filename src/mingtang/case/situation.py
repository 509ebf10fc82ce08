"""A case on a day: what the acts are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mingtang.case.deadlines import answer_term

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case, Phase


@dataclass(frozen=True)
class Situation:
    """A case on a day, and by what it is counted.

    `events` is its whole history, strikes included; empty where nobody asks what was
    struck.
    """

    case: Case
    on: date
    rulebook: Rulebook
    events: tuple[Event, ...] = ()

    @cached_property
    def term(self) -> AnswerTerm | None:
        """Return the term of the answer, counted once; raises what `answer_term` raises."""
        return answer_term(self.case, self.rulebook)

    @cached_property
    def phase(self) -> Phase:
        """Return where the case stands."""
        return self.case.phase
