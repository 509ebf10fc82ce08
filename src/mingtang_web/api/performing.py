"""What was sent, made into the very actions that the desk calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from mingtang.case.act import act as act_named
from mingtang.case.events import Consulted, Split
from mingtang.case.permitting import NotPermittedError, refusal
from mingtang.case.recording import parse
from mingtang.drafting.template import UnknownKindError, template
from mingtang_web.api import shapes
from mingtang_web.api.problems import WordsError
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import actions, branching, consulting, policy, signing
from mingtang_web.cases.actions import Doing, SignOffError
from mingtang_web.cases.belated import needed_in
from mingtang_web.cases.consulting import party_of
from mingtang_web.cases.contradicting import contradictions
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.letters import orders
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.case.act import Act
    from mingtang.case.events import Event
    from mingtang_web.cases.opening import Opened
    from mingtang_web.letters.orders import Order

DONE, PROPOSED = "done", "proposed"


def perform(seen: Opened, name: str, deed: shapes.Deed, key: str) -> shapes.Outcome:
    """Do an act, or propose it where another must consent.

    Raises what the actions raise, and `WordsError` for what does not fit.
    """
    act = _known(name)
    seen.demand(policy.DOING[act.id])
    no_numbers(note=deed.note, no_letter=deed.no_letter, subjects="\n".join(deed.subjects))
    no_numbers(untold="\n".join(deed.untold.values()))
    event = _event(seen, act, deed)
    doing = Doing(
        *(seen.user, deed.version, key),
        note=deed.note,
        letter=_order(deed.letter),
        further=tuple(filter(None, map(_order, deed.further))),
        no_letter=deed.no_letter,
        untold=deed.untold,
    )
    if not actions.came_before(seen.case, key):
        _lawful(seen, act)
    doubts = _doubts(seen, doing)
    if _signed(seen, event, doing):
        made = _propose(seen, event, deed, doing)
        return outcome(seen, PROPOSED, made, doubts)
    _do(seen, event, deed, doing)
    return outcome(seen, DONE, doubts=doubts)


def _doubts(seen: Opened, doing: Doing) -> list[str]:
    """Return where the letters that were sent differ from the case, as the desk says."""
    letters = filter(None, (doing.letter, *doing.further))
    found = (contradictions(seen.case, each.particulars) for each in letters)
    return list(dict.fromkeys(each for doubts in found for each in doubts))


def _signed(seen: Opened, event: Event, doing: Doing) -> bool:
    body, untold = seen.case.body, doing.letter is None
    return needed_in(body, event, seen.now, untold=untold) is not None


def answer(seen: Opened, made: Proposal, said: shapes.Opinion) -> shapes.Outcome:
    """Consent to a proposal, send it back, or take back one's own.

    Raises what `mingtang_web.cases.signing` raises.
    """
    no_numbers(opinion=said.opinion)
    approves = seen.may(policy.APPROVE)
    already = signing.answered_by(made, seen.user, approves=approves)
    if already:
        raise SignOffError(already)
    if said.answer == "take_back":
        signing.take_back(made, seen.user)
    elif made.stage == Proposal.Stage.LEGAL:
        agrees = said.answer == "agree"
        signing.review(made, seen.user, said.opinion, agrees=agrees)
    elif said.answer == "agree":
        signing.approve(made, seen.user, said.opinion)
    else:
        signing.send_back(made, seen.user, said.opinion)
    made.refresh_from_db()
    done = made.stage == Proposal.Stage.APPROVED
    return outcome(seen, DONE if done else str(made.stage), made)


def outcome(
    seen: Opened, what: str, made: Proposal | None = None, doubts: Sequence[str] = ()
) -> shapes.Outcome:
    """Return what came of an act, with the case as it now stands."""
    case = Case.objects.only("version", "phase").get(pk=seen.case.pk)
    return shapes.Outcome(
        outcome=what,
        version=case.version,
        phase=case.phase,
        proposal=made.pk if made else None,
        warnings=list(doubts),
    )


def _do(seen: Opened, event: Event, deed: shapes.Deed, doing: Doing) -> None:
    if isinstance(event, Consulted):
        person, kind = _person(deed.person)
        consulting.consult(seen.case, (event.on, event.role), person, kind, doing)
    elif isinstance(event, Split):
        branching.split(seen.case, event.on, deed.subjects, doing)
    else:
        actions.do(seen.case, event, doing)


def _propose(seen: Opened, event: Event, deed: shapes.Deed, doing: Doing) -> Proposal:
    if isinstance(event, Consulted):
        return consulting.propose(seen.case, event, *_person(deed.person), doing)
    return signing.propose(seen.case, event, doing)


def _known(name: str) -> Act:
    try:
        return act_named(name)
    except KeyError as nothing:
        raise Http404 from nothing


def _lawful(seen: Opened, act: Act) -> None:
    """Let an act pass that is offered now, as the desk does before it asks anything."""
    why = refusal(act, seen.now)
    if why:
        raise NotPermittedError(act.title, why, act.cite)
    held = seen.held_up(policy.DOING[act.id])
    if held:
        raise SignOffError(held)


def _event(seen: Opened, act: Act, deed: shapes.Deed) -> Event:
    """Return the event that was sent; what follows from act and case is put in here."""
    said: dict[str, Any] = dict(deed.event)
    own = said.pop("kind", act.event)
    if own != act.event:
        raise WordsError(_("与所办的事不符"), "event.kind")
    said["kind"] = act.event
    if act.event == "consulted":
        said |= {
            "role": act.role,
            "party": party_of(seen.case, _person(deed.person)[0].name, seen.events),
        }
    if act.event == "split":
        numbers = range(1, len(deed.subjects) + 1)
        said["parts"] = [f"{seen.case.number}（{number}）" for number in numbers]
    return parse(said)


def _order(sent: shapes.LetterOrder | None) -> Order | None:
    if sent is None:
        return None
    try:
        template(sent.kind)
    except UnknownKindError as nothing:
        why = _("没有这种文书，请用案件可办的事里给出的文书种类")
        raise WordsError(why, "letter.kind") from nothing
    told = sent.model_dump(exclude={"day"})
    told["day"] = {"$day": sent.day.isoformat()} if sent.day else None
    return orders.read(json.dumps(told, ensure_ascii=False))


def _person(sent: shapes.Person | None) -> tuple[Person, Kind]:
    if sent is None:
        raise WordsError(_("须写明征求谁的意见"), "person")
    if sent.kind not in Kind.values:
        raise WordsError(_("没有这种类别"), "person.kind")
    person = Person(name=sent.name, phone=sent.phone, address=sent.address)
    return person, Kind(sent.kind)


def no_numbers(**words: str) -> None:
    """Let words pass that hold no person's number: they stay in the ledger for good."""
    for where, text in words.items():
        found = personal_data(text)
        if found:
            why = _("这里写的会长期留存，不能写身份证号、手机号（%(found)s），请删去")
            raise WordsError(why % {"found": found}, where)
