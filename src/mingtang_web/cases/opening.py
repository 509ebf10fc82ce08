"""A case as somebody opens it: seen or not there at all, with its history and its law.

Desk and API open cases here and nowhere else, so that both see the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mingtang.case.permitting import offers
from mingtang.case.recording import parse
from mingtang.case.replaying import replay
from mingtang.case.situation import Situation
from mingtang_web.applicants.actions import ErasedError, masked_consulted
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import bridge, policy
from mingtang_web.cases.clocks import clock_of
from mingtang_web.cases.queries import visible
from mingtang_web.cases.rules import rulebook
from mingtang_web.cases.waiting import against
from mingtang_web.ledger.queries import of_case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.permitting import Offer
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case as History
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case, Consultation, Proposal
    from mingtang_web.ledger.models import Entry


@dataclass(frozen=True)
class Opened:
    """A case, and who looks at it with which roles; its history is read when asked for."""

    case: Case
    user: User
    held: Standing
    today: date

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything the ledger holds of the case, as it was recorded."""
        return tuple(of_case(self.case.pk).select_related("actor", "approver"))

    @cached_property
    def rules(self) -> Rulebook:
        """The calendar and choices that count for the case's body."""
        return rulebook(self.case.body)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The history, struck events included."""
        return tuple(
            parse(entry.content["event"])
            for entry in self.entries
            if entry.kind.startswith(bridge.EVENT)
        )

    @cached_property
    def history(self) -> History:
        """The case that the history makes."""
        return replay(self.events)

    @property
    def now(self) -> Situation:
        """The case as it stands today."""
        return Situation(self.history, self.today, self.rules, self.events)

    @property
    def clock(self) -> Clock:
        """What is to be said of the case's clock today."""
        return clock_of(self.history, self.today, self.rules)

    def may(self, act: Act) -> bool:
        """Return whether the person may do an act in the case's body."""
        return self.held.allows(act, self.case.body)

    def demand(self, act: Act) -> None:
        """Let an act pass; raises `NotAllowedError`."""
        if not self.may(act):
            raise NotAllowedError(act, self.case.body)

    def offered(self) -> tuple[Offer, ...]:
        """Return what the law permits now and this person may do or propose."""
        found = ((policy.DOING[each.act.id], each) for each in offers(self.now))
        return tuple(each for act, each in found if self.may(act) and not self.held_up(act))

    def left_to_others(self) -> tuple[Act, ...]:
        """Return what the law permits now and other roles of the body do, not this one's.

        Nothing for whoever holds no role in the body.
        """
        if not self.held.roles_in(self.case.body):
            return ()
        found = [policy.DOING[each.act.id] for each in offers(self.now)]
        if len(self.events) > 1:
            found.append(policy.STRIKE)
        return tuple(act for act in found if not self.may(act))

    def held_up(self, act: Act) -> str:
        """Return why an act must wait for a proposal; nothing where it need not."""
        return against(act, self.waiting)

    @cached_property
    def proposals(self) -> Mapping[int, Proposal]:
        """Everything that was ever proposed in the case, by its id."""
        rows = self.case.proposals.select_related(
            "proposer", "reviewer", "closed_by", "replaces"
        )
        return {row.pk: row for row in rows}

    @property
    def waiting(self) -> Proposal | None:
        """The proposal that waits for somebody's consent, none where none does."""
        return next((row for row in self.proposals.values() if row.is_waiting), None)

    @cached_property
    def consulted(self) -> Mapping[str, Consultation]:
        """Whom the consultations went to, by their numbers in the history."""
        rows = self.case.consultations.select_related("person__body")
        return {row.party: row for row in rows}

    @cached_property
    def people(self) -> Mapping[str, Person | None]:
        """What may be shown of those consulted; None of one whose data were destroyed."""
        return {party: _shown(row.person) for party, row in self.consulted.items()}

    @property
    def names(self) -> Mapping[str, str]:
        """The names of those consulted as they may be shown, by their numbers."""
        return {party: each.name for party, each in self.people.items() if each}


def look(user: User, held: Standing, pk: int, on: date) -> Opened:
    """Open a case for a person, what they hold, and a day; another body's is not there.

    Raises `Case.DoesNotExist`.
    """
    own = "section", "handler", "parent", "imported__source"
    related = ("body", "applicant__body", *own)
    return Opened(visible(held).select_related(*related).get(pk=pk), user, held, on)


def _shown(party: Applicant) -> Person | None:
    try:
        return masked_consulted(party)
    except ErasedError:
        return None
