"""Letters of the registers: which tells an outcome, and what it knows of its matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingtang.drafting import template
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.letters import actions as letters
from mingtang_web.letters.composing import NotReadyError, Preview, Problem, preview
from mingtang_web.letters.models import Letter
from mingtang_web.letters.orders import Matter as Whose
from mingtang_web.registers.models import Matter

if TYPE_CHECKING:
    from mingtang_web.cases.actions import Doing
    from mingtang_web.letters.orders import Order
    from mingtang_web.registers.actions import Answer

FACTS = frozenset({
    "correction_received_on", "complaint_received_on", "request_number",
    "transferred_to", "transferred_on", "redirected_to", "referred_to",
})  # fmt: skip
"""What follows from a matter and its answer, so that no form asks for it."""


def known_particulars(matter: Matter, kind: str, given: Answer | None) -> dict[str, object]:
    """Return the particulars of a kind of letter that follow from a matter.

    What is no fact is offered and may be worded anew.
    """
    found: dict[str, object] = {
        "correction_received_on": matter.received,
        "complaint_received_on": matter.received,
        "request_number": matter.number,
        "record_title": matter.about,
        "complaint_about": matter.about,
    }
    if given is not None:
        found |= dict.fromkeys(("transferred_to", "redirected_to", "referred_to"), given.to)
        found["transferred_on"] = given.on
    made = template(kind)
    asked = {each.id for each in (*made.needs, *made.may)}
    return {name: value for name, value in found.items() if name in asked and value}


def ordered(matter: Matter, given: Answer, order: Order) -> Order:
    """Return an order with what the matter knows, dated as the answer is."""
    known = known_particulars(matter, order.kind, given)
    facts = {name: value for name, value in known.items() if name in FACTS}
    told = {**known, **order.particulars, **facts}
    return replace(order, particulars=told, day=given.on)


def previewed(matter: Matter, given: Answer, order: Order) -> Preview:
    """Return an answer's letter as it would go out, or what it lacks; nothing is done."""
    return preview(ordered(matter, given, order), whose(matter))


def whose(matter: Matter) -> Whose:
    """Return what a letter of a matter belongs to."""
    return Whose(matter.body, matter.sender)


def issued(matter: Matter, given: Answer, doing: Doing) -> Letter | None:
    """Issue an answer's letter in its transaction; none where there is a reason why not.

    Raises `LetterMissingError`, `NotReadyError` and `ErasedError`.
    """
    kind = matter.law.letters.get(given.outcome)
    if doing.letter is None:
        if kind and not doing.no_letter.strip():
            raise LetterMissingError(str(given.outcome.label))
        return None
    if doing.letter.kind != kind:
        made = template(doing.letter.kind)
        problem = Problem("", made.title, "不是这一办理结果的文书")
        raise NotReadyError(doing.letter.kind, (problem,))
    order = ordered(matter, given, doing.letter)
    row = letters.issue(order, whose(matter), doing.actor)
    matter.letters.add(row)
    return row


def letters_of(matter: Matter) -> list[Letter]:
    """Return a matter's letters, those too that were issued in the place of others."""
    found = list(matter.letters.defer("content", "order").prefetch_related("deliveries"))
    for row in found:  # what is appended meanwhile is walked too
        found += Letter.objects.filter(replaces=row).defer("content", "order")
    return found


def matter_of(row: Letter) -> Matter | None:
    """Return the matter of a letter, or of the one it replaces; none for a case's."""
    first = row
    while first.replaces_id is not None and first.replaces is not None:
        first = first.replaces
    return Matter.objects.filter(letters=first).select_related("body", "sender").first()
