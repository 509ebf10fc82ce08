"""A case's letters on its page: those there are, and those that may be made now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.case.choosing import grounds_open
from mingtang.case.overriding import DISCLOSES, objected
from mingtang.drafting import template
from mingtang.drafting.template import kinds_for
from mingtang_web.cases.lettering import PROOF, TO_OBJECTORS
from mingtang_web.letters import policy
from mingtang_web.letters.queries import of_case
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang_web.desk.opening import Opened
    from mingtang_web.letters.models import Letter

RECEIPT, CONSULTING = "registration_receipt", "consultation_notice"
ALONE = frozenset({RECEIPT, CONSULTING, PROOF})
"""The kinds that go out with no act; the others go out with theirs."""
BY_RESULT = "by_ground"
"""What an act names whose letter follows from the result."""


class Letters(NamedTuple):
    """A case's letters, the last first; ``replaced`` are those that another stands for."""

    present: list[Letter]
    replaced: list[tuple[Letter, Letter]]


def arranged(rows: Sequence[Letter]) -> Letters:
    """Return a case's letters, the replaced ones with their successors."""
    successors = {row.replaces_id: row for row in rows if row.replaces_id}
    present = [row for row in rows if row.pk not in successors]
    replaced = [(row, successors[row.pk]) for row in rows if row.pk in successors]
    return Letters(present, replaced)


class Makable(NamedTuple):
    """A letter that may be made now: its kind, where, what it is about, what brings it.

    ``goes`` is ``alone``, ``act`` or ``result``; ``of`` the letter that a receipt of
    delivery is for, None for every other kind, and ``party`` who of those consulted that
    letter is for, nothing where it is for the applicant.
    """

    kind: str
    address: str
    about: str
    goes: str
    of: Letter | None = None
    party: str = ""

    @property
    def title(self) -> str:
        """Its name."""
        return spoken(template(self.kind).title)


def makable(seen: Opened, letters: Sequence[Letter] | None = None) -> list[Makable]:
    """Return every letter that this person may make in a case as it stands.

    ``letters`` are the case's own, with their deliveries: two queries where they are
    not told. Those of registers stand on their own pages, by what they answer.
    """
    rows = of_case(seen.case.pk) if letters is None else letters
    return [
        *_alone(seen, [each for each in rows if each.stands]),
        *_with_acts(seen),
        *_with_results(seen),
    ]


def _alone(seen: Opened, letters: list[Letter]) -> Iterator[Makable]:
    if not seen.may(policy.ISSUE):
        return
    if seen.case.is_open and seen.history.received and not _told(letters, RECEIPT):
        yield _by_itself(seen, RECEIPT)
    asked = [each.sent for each in seen.history.round.open_opinions]
    told = [each.day for each in letters if each.kind == CONSULTING]
    if asked and max(told, default=date.min) < max(asked):
        yield _by_itself(seen, CONSULTING)
    for row in letters:
        if row.is_sent and not _arrived(row):
            yield _by_itself(seen, PROOF, row)


def _told(letters: list[Letter], kind: str) -> bool:
    return any(each.kind == kind for each in letters)


def _arrived(row: Letter) -> bool:
    return any(each.received for each in row.deliveries.all())


def _by_itself(seen: Opened, kind: str, row: Letter | None = None) -> Makable:
    address = reverse("letter_new", args=[seen.case.pk, kind])
    if row is None:
        return Makable(kind, address, "", "alone")
    about, party = f"{spoken(row.title)} {row.number}".strip(), _party(seen, row)
    if party:
        who = seen.names.get(party) or _("第%(n)s位被征求意见者") % {"n": party}
        about = _("%(letter)s，送%(who)s") % {"letter": about, "who": who}
    return Makable(kind, f"{address}?of={row.pk}", about, "alone", row, party)


def _party(seen: Opened, row: Letter) -> str:
    """Return who of those consulted a letter is for, nothing where it is the applicant."""
    if row.reader_id == seen.case.applicant_id:
        return ""
    asked = seen.consulted.values()
    return next((one.party for one in asked if one.person_id == row.reader_id), "")


def _with_acts(seen: Opened) -> Iterator[Makable]:
    for offer in seen.offered():
        if offer.act.letter and offer.act.letter != BY_RESULT:
            address = reverse("case_act", args=[seen.case.pk, offer.act.id])
            about = _("随“%(act)s”") % {"act": spoken(offer.act.title)}
            yield Makable(offer.act.letter, address, about, "act")


def _with_results(seen: Opened) -> Iterator[Makable]:
    if not any(offer.act.id == "decide" for offer in seen.offered()):
        return
    against = objected(seen.history)
    for known in grounds_open(seen.now):
        address = reverse("case_ground", args=[seen.case.pk, known.code])
        about = spoken(known.title)
        for kind in kinds_for(known.code):
            yield Makable(kind, address, about, "result")
        if against and known.code in DISCLOSES:
            yield Makable(TO_OBJECTORS, address, about, "result")
