"""Letters of a case put right after they went out: by whose hands, and how far.

A letter of an act that several persons signed is issued anew through the same hands.
What it decides and on what stays as it is: another result is another decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.events import Consulted, Decided
from mingtang.case.recording import parse
from mingtang.case.replaying import replay
from mingtang.drafting import template
from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.cases import actions, bridge, lettering, policy
from mingtang_web.cases.actions import SignOffError, StaleError
from mingtang_web.cases.deliveries import place_of, went_with
from mingtang_web.cases.lapsing import is_to_be_made_anew
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.naming import refuse_names
from mingtang_web.cases.waiting import PROPOSED, record, waiting_in
from mingtang_web.letters import actions as letters
from mingtang_web.letters import policy as letters_policy
from mingtang_web.letters.actions import LetterError

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.models import Entry
    from mingtang_web.letters.actions import Undoing
    from mingtang_web.letters.models import Letter
    from mingtang_web.letters.orders import Matter, Order

ACT = "letters.reissue"
_DECIDES = frozenset({"choice", "cite", "ground", "fee", "yuan"})
"""The types of particulars that say what is decided and on what."""
_RESULT = frozenset({"handling_result"})
_MANNERS = frozenset({"channel"})


class Way(NamedTuple):
    """How a letter is issued anew: the act of the policy, whose consent comes first.

    Without a ``stage`` one person does it alone.
    """

    act: Act
    stage: Proposal.Stage | None


ALONE = Way(letters_policy.VOID, None)


def way_of(letter: Letter) -> Way:
    """Return how a letter is issued anew: as its act was signed."""
    entry = went_with(letter) if letter.case_id else None
    return _way(entry) if entry else ALONE


def nothing_waits(case: Case) -> None:
    """Let a proposal into a case where no other waits; raises `SignOffError`."""
    if waiting_in(case) is not None:
        raise SignOffError(_("本案已有一项送审尚未办结，请先处理或者撤回"))


@transaction.atomic
def propose(letter: Letter, order: Order, matter: Matter, undoing: Undoing) -> Proposal:
    """Send a letter put right for the consent that its act needed.

    Raises `NotAllowedError`, `SignOffError` where nobody's consent is needed or another
    proposal waits, `NotReadyError`, and `LetterError` where it would decide otherwise.
    """
    case = locked(Case(pk=letter.case_id))
    entry = went_with(letter)
    act, stage = _way(entry) if entry else ALONE
    if entry is None or stage is None:
        raise SignOffError(_("此事无须审批，可以直接办理"))
    require(undoing.actor, act, case.body, clock.today())
    earlier = actions.came_before(case, undoing.key, PROPOSED)
    if earlier:
        return case.proposals.get(pk=earlier.content["proposal"])
    nothing_waits(case)
    ask(letter, order)
    refuse_names(case, why=undoing.why)
    made = Proposal.objects.create(
        case=case,
        act=ACT,
        event=entry.content["event"],
        reason=undoing.why.strip(),
        version=case.version,
        proposer=undoing.actor,
        proposed_at=clock.now(),
        stage=stage,
        replaces=letter,
    )
    made.letters.set([letters.draft(order, matter)])
    record(made, PROPOSED, undoing.actor, key=undoing.key)
    return made


def carried_out(case: Case, proposal: Proposal, approver: User) -> Case:
    """Issue the letter that was consented to in the other's place; the case stays.

    Raises `StaleError` where the case has moved on, `LetterError` and `ChangedError`.
    """
    if proposal.version != case.version:
        raise StaleError(case)
    draft, replaced = proposal.letters.get(), proposal.replaces
    if replaced is not None:
        matter = lettering.matter_of(case, letters.order_of(draft))
        undoing = letters.Undoing(approver, proposal.reason)
        letters.reissue_draft(replaced, draft, matter, undoing, proposal.proposer)
    return case


@transaction.atomic
def reissue(letter: Letter, order: Order, matter: Matter, undoing: Undoing) -> Letter:
    """Issue a letter anew that one person may; raises `SignOffError` for others.

    Raises what `mingtang_web.letters.actions.reissue` raises, too.
    """
    if letter.case_id:
        refuse_names(locked(Case(pk=letter.case_id)), why=undoing.why)
        if way_of(letter).stage:
            raise SignOffError(_("此事须经另一人审批，请先送审"))
        if letter.stands or letters.lapsed(letter):
            ask(letter, order)
    return letters.reissue(letter, order, matter, undoing)


@transaction.atomic
def void(letter: Letter, undoing: Undoing) -> Letter:
    """Make a letter void that nobody holds as the answer in force.

    Raises what `mingtang_web.letters.actions.void` raises, and `LetterError` for an
    answer that went out, or one that is being issued anew.
    """
    if letter.case_id and letter.stands:
        case = locked(Case(pk=letter.case_id))
        refuse_names(case, why=undoing.why)
        waits = waiting_in(case)
        if waits and waits.replaces_id == letter.pk:
            raise LetterError(_("这份文书正在送审重新出具，请先办结或者撤回那项送审"))
        if _went_out(letter):
            raise LetterError(
                _(
                    "答复已经发出或者送达，不能只作废：作废后申请人手里没有有效的答复。"
                    "写错了的请“改正后重新出具”；结果或者依据有误的，请在案件里“重新处理”（自行纠正）"
                )
            )
        if _still_asks(letter):
            raise LetterError(
                _(
                    "征求意见还没有结束，答复期限因它停止计算，征求意见书不能只作废："
                    "请先“撤回征求意见书”或者更正那条登记；写错了的请“改正后重新出具”"
                )
            )
    return letters.void(letter, undoing)


def ask(letter: Letter, order: Order) -> None:
    """Let an order pass that decides what the letter did; raises `LetterError`."""
    if not letter.stands and not is_to_be_made_anew(letter):
        raise LetterError(_("文书已不在有效状态，不能重新出具"))
    before = letters.order_of(letter).particulars
    made = template(letter.kind)
    for known in (*made.needs, *made.may):
        now, then = order.particulars.get(known.id), before.get(known.id)
        if known.id in _MANNERS or _decided(known.type, known.id, now) == _decided(
            known.type, known.id, then
        ):
            continue
        why = _(
            "“%(label)s”关系到办理结果或者法定依据，重新出具文书不能改；"
            "确有错误的，请在案件里“重新处理”（自行纠正），重新作出决定"
        )
        raise LetterError(why % {"label": known.label}, known.id)


def _decided(kind: str, name: str, value: object) -> object:
    """Return what a particular decides; nothing for one that only tells."""
    if kind == "records" and isinstance(value, Sequence):
        return [row.get("ground") for row in value if isinstance(row, Mapping)]
    return value if kind in _DECIDES or name in _RESULT else None


def _way(entry: Entry) -> Way:
    """Return how letters of an entry are issued anew: by whoever consented to it."""
    if entry.approver_id is None:
        return ALONE
    event = parse(entry.content["event"])
    named = [row["letter"] for row in entry.content["letters"]]
    consent = Proposal.objects.filter(case=entry.case_id, letters__in=named).first()
    read = consent.reviewer_id if consent else isinstance(event, Decided)
    stage = Proposal.Stage.LEGAL if read else Proposal.Stage.APPROVAL
    return Way(policy.doing(event), stage)


def _still_asks(letter: Letter) -> bool:
    """Return whether an answer is waited for to the question that a letter puts."""
    place = place_of(letter)
    if place is None or place.known is None or not isinstance(place.event, Consulted):
        return False
    asked = replay(bridge.history(letter.case_id or 0)).round.opinion(place.event.party)
    return asked is not None and asked.ended is None


def _went_out(letter: Letter) -> bool:
    place = place_of(letter)
    if place is None or place.known is None or not isinstance(place.event, Decided):
        return False
    known = place.known
    return bool(known.dispatched or known.received or letter.deliveries.exists())
