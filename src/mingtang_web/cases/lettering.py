"""Letters of cases: which goes out with an act, for whom, and issuing it with the act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.act import act_of
from mingtang.case.choosing import WITHHELD
from mingtang.case.consenting import by_nature, need
from mingtang.case.events import Consulted, Decided, ReasonAccepted
from mingtang.case.overriding import objected, overrides, telling_refusal
from mingtang.case.replaying import replay, standing
from mingtang.case.situation import Situation
from mingtang.drafting import template
from mingtang.drafting.template import kinds_for
from mingtang.law.parts import part_title
from mingtang_web import clock
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.oneself import own_name
from mingtang_web.cases import bridge
from mingtang_web.cases.contradicting import comes_too_late
from mingtang_web.cases.fitting import OtherLetterError
from mingtang_web.cases.locking import locked
from mingtang_web.cases.particulars import RULING, carries_out, completed
from mingtang_web.cases.rules import rulebook
from mingtang_web.letters import actions as letters
from mingtang_web.letters.bridge import CONSULTED
from mingtang_web.letters.composing import NotReadyError, Preview, Problem, preview
from mingtang_web.letters.orders import Matter
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.actions import Doing
    from mingtang_web.cases.models import Case, Proposal
    from mingtang_web.letters.models import Letter
    from mingtang_web.letters.orders import Order

BY_LETTER = frozenset({
    "ask_correction", "ask_reason", "consult_third_party", "consult_co_author",
    "consult_other_body", "extend", "notify_fee", "decide", "accept_reason",
})  # fmt: skip
"""Acts that the law makes by letter: without one they are told to nobody."""
DROPPED = "送审没有批准"
PROOF = "delivery_receipt"
"""The receipt that whoever a letter is for signs (送达回证)."""
RESPONSIBLE = "responsible_body"
"""The particular that names who is to disclose what this body is not (第三十六条第五项)."""
TO_OBJECTORS = "third_party_disclosure"
"""The letter that tells who objected what is disclosed all the same (条例第三十二条)."""


class LetterMissingError(ValueError):
    """An act that the law makes by letter, without a letter and without a reason why."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“%(title)s”依法须以文书告知，请拟好文书一并办理；确不发文书的，须写明理由")
            % {"title": title}
        )


class UntoldError(LetterMissingError):
    """A disclosure over the refusal of third parties that are not told of it."""

    def __init__(self, parties: Sequence[str]) -> None:
        words = {"who": "、".join(parties), "title": template(TO_OBJECTORS).title}
        said = _(
            "公开第三方不同意公开的内容，须把决定公开的内容和理由书面告知第三方（第%(who)s位"
            "被征求意见者）：请一并拟好《%(title)s》；确不告知的，须逐一写明理由"
        )
        ValueError.__init__(self, said % words)


def kind_for(event: Event) -> str | None:
    """Return the kind of letter that goes out with an event; None where none does."""
    if isinstance(event, Decided):
        return next(iter(kinds_for(event.ground)), None)
    if isinstance(event, ReasonAccepted) and event.answer_by is None:
        return None
    act = act_of(event)
    return act.letter if act else None


def ask(case: Case, event: Event, doing: Doing) -> None:
    """Let an act of a person pass that brings its letters, or says why none goes out.

    Raises `LetterMissingError`, `UntoldError` where somebody who objected is not told
    what is disclosed all the same, and `NotReadyError` for a letter of another act.
    """
    if doing.letter is not None:
        _fits(event, doing.letter)
        _of_today(case, event, doing.letter)
    for order in doing.further:
        _tells_no_result(order)
        _discloses(case, event, order)
    act = act_of(event)
    needed = act is not None and act.id in BY_LETTER and kind_for(event) is not None
    if needed and doing.letter is None and not doing.no_letter.strip():
        raise LetterMissingError(act.title if act else "")
    if isinstance(event, Decided):
        _tells_objectors(case, event, doing)


def _discloses(case: Case, event: Event | None, order: Order) -> None:
    """Let a letter pass that tells a third party of what is disclosed indeed."""
    if order.kind != TO_OBJECTORS:
        return
    past = bridge.history(case.pk)
    given = [each for each in (*standing(past), event) if isinstance(each, Decided)]
    why = telling_refusal(given[-1] if given else None, order.party, replay(past))
    if why:
        problem = Problem("", template(order.kind).title, spoken(why))
        raise NotReadyError(order.kind, (problem,))


def _tells_objectors(case: Case, event: Decided, doing: Doing) -> None:
    """Let a decision pass that tells each who objected what it discloses (第三十二条).

    Or says why not, of each by itself: one reason for a letter that does not go out is
    the reason of one alone.
    """
    present = replay(bridge.history(case.pk))
    if not overrides(event, present):
        return
    told = {order.party for order in doing.further if order.kind == TO_OBJECTORS}
    untold = [party for party in objected(present) if party not in told]
    if len(untold) == 1 and doing.no_letter.strip():
        return
    unsaid = [party for party in untold if not doing.untold.get(party, "").strip()]
    if unsaid:
        raise UntoldError(unsaid)


def matter_of(case: Case, order: Order, asked: Applicant | None = None) -> Matter:
    """Return what a letter of a case belongs to, by whom its kind is for.

    The receipt of a letter is signed by who the letter is for, and hides what it hides.
    ``asked`` is who is about to be consulted and not entered yet. Raises
    `NotReadyError` where it is for somebody consulted who is not entered.
    """
    reader, hidden = case.applicant, tuple[Applicant, ...]()
    if template(order.kind).reader in CONSULTED or (order.kind == PROOF and order.party):
        reader, hidden = asked or _consulted(case, order), (case.applicant,)
    return Matter(case.body, reader, case.pk, hidden, rulebook(case.body).choices)


def ordered(case: Case, event: Event | None, order: Order) -> Order:
    """Return an order with what the case knows: particulars, day, whom it is for.

    Raises `NotReadyError` where it tells other parts withheld than the event, a new
    answer does not name the ruling that it carries out, or the applicant is sent on to
    the body itself.
    """
    _same_parts(event, order)
    party = order.party or (event.party if isinstance(event, Consulted) else "")
    told = completed(case, event, order)
    _names_ruling(case, order, told)
    _sends_elsewhere(case, order, told)
    late = comes_too_late(case, told)
    if late:
        raise NotReadyError(order.kind, (Problem("earlier_day", _("前次答复日期"), late),))
    asked_for = "" if template(order.kind).reader in CONSULTED else case.delivery
    return replace(
        order,
        particulars=told,
        day=order.day or (event.on if event else None),
        delivery=order.delivery or asked_for,
        party=party,
    )


def previewed(
    case: Case, event: Event | None, order: Order, asked: Applicant | None = None
) -> Preview:
    """Return a case's letter as it would go out, or what it lacks; nothing is done.

    Names are masked. ``asked`` is as in `matter_of`.
    """
    try:
        if event is not None:
            _of_today(case, event, order)
        _discloses(case, event, order)
        whole = ordered(case, event, order)
        return preview(whole, matter_of(case, whole, asked))
    except NotReadyError as lacking:
        return Preview(None, lacking.problems)


def issued(case: Case, event: Event, doing: Doing) -> list[Letter]:
    """Issue an act's letters in its transaction: new ones, or the drafts consented to.

    To be called while the case stands as it did before the event.
    """
    if doing.drafts:
        return [
            letters.issue_draft(
                row, matter_of(case, letters.order_of(row)), doing.actor, event.on
            )
            for row in doing.drafts
        ]
    return [
        letters.issue(order, matter_of(case, order), doing.actor)
        for order in _orders(case, event, doing)
    ]


def drafted(case: Case, event: Event, doing: Doing) -> list[Letter]:
    """Keep an act's letters as drafts for whoever must consent."""
    return [
        letters.draft(order, matter_of(case, order))
        for order in _orders(case, event, doing)
    ]


def dropped(proposal: Proposal) -> None:
    """Make void the drafts of a proposal that is not carried out."""
    for row in proposal.letters.all():
        letters.drop(row, DROPPED)


def _consulted(case: Case, order: Order) -> Applicant:
    rows = case.consultations.select_related("person").filter(party=order.party)
    found = rows.first()
    if found is None:
        why = _("还没有登记姓名（名称）和联系方式")
        raise NotReadyError(order.kind, (Problem("party", _("被征求意见者"), why),))
    return found.person


def _orders(case: Case, event: Event, doing: Doing) -> list[Order]:
    wanted = [doing.letter] if doing.letter else []
    return [ordered(case, event, order) for order in (*wanted, *doing.further)]


def _same_parts(event: Event | None, order: Order) -> None:
    """Let an order pass that withholds what its event does, for the same reasons."""
    parts = order.particulars.get("withheld")
    if not isinstance(event, Decided) or not isinstance(parts, Sequence):
        return
    typed = [str(p.get("ground") or "") for p in parts if isinstance(p, Mapping)]
    found = (*_strange_parts(typed, event.withheld), *_missing_parts(typed, event.withheld))
    if found:
        raise NotReadyError(order.kind, found)


def _strange_parts(typed: Sequence[str], chosen: Sequence[str]) -> Iterator[Problem]:
    """Yield the lines of a letter whose reason is none of the decision's."""
    for row, code in enumerate(typed):
        if code in chosen:
            continue
        wanted = "、".join(map(_part, chosen))
        words = {"n": row + 1, "typed": _part(code), "chosen": wanted}
        why = _(
            "第%(n)s项写的依据是%(typed)s，而决定选的依据是%(chosen)s；"
            "请改这一项的依据，或者在决定里也选上"
        )
        if not code:
            why = _("第%(n)s项没有写依据；决定选的依据是%(chosen)s")
        yield Problem(f"withheld-{row}-ground", _("不予公开的部分"), why % words)


def _missing_parts(typed: Sequence[str], chosen: Sequence[str]) -> Iterator[Problem]:
    """Yield the reasons of a decision that no line of its letter gives."""
    for code in chosen:
        if code not in typed:
            why = _(
                "决定选了%(part)s，文书里却没有一项以它为依据；"
                "请补写这样剔除的内容，或者在决定里去掉这条依据"
            )
            said = why % {"part": _part(code)}
            yield Problem("withheld", _("不予公开的部分"), said)


def _part(code: str) -> str:
    return f"“{spoken(part_title(code)) if code in WITHHELD else code}”"


def _names_ruling(case: Case, order: Order, told: Mapping[str, object]) -> None:
    """Let an answer pass that names the review or judgment by which it is given anew."""
    made = template(order.kind)
    if made.ground is None or not carries_out(replay(bridge.history(case.pk))):
        return
    why = _("没有填写；这是按照复议决定或者判决重新作出的答复，须写明所依照的裁决")
    problems = tuple(
        Problem(known.id, known.label, why)
        for known in made.may
        if known.id in RULING and not told.get(known.id)
    )
    if problems:
        raise NotReadyError(order.kind, problems)


def _sends_elsewhere(case: Case, order: Order, told: Mapping[str, object]) -> None:
    """Let a letter pass that sends nobody on to the very body that writes it."""
    named = told.get(RESPONSIBLE)
    own = own_name(named, case.body) if isinstance(named, str) else ""
    if own:
        why = _(
            "写的“%(name)s”是本机关或者本机关的内设机构；信息由本机关负责公开的，不能这样答复，"
            "由别的机关负责的，请写那个机关的全称，不能确定的不填"
        )
        label = next(p.label for p in template(order.kind).may if p.id == RESPONSIBLE)
        problem = Problem(RESPONSIBLE, label, why % {"name": own})
        raise NotReadyError(order.kind, (problem,))


def _tells_no_result(order: Order) -> None:
    """Let a letter beside the act's own pass; a result is told by the act's own alone."""
    made = template(order.kind)
    if made.ground is not None:
        problem = Problem("", made.title, _("须随作出决定发出，不能另发"))
        raise NotReadyError(order.kind, (problem,))


@transaction.atomic
def issue_alone(case: Case, order: Order, issuer: User, key: str | None = None) -> Letter:
    """Issue a letter of a case that goes out with no act: a receipt, a notice.

    The case is held, so that it does not end meanwhile and leave the letter standing.
    Raises `NotAllowedError`, `NotReadyError` and `ErasedError`.
    """
    present = locked(case)
    _tells_no_result(order)
    _discloses(present, None, order)
    whole = ordered(present, None, order)
    return letters.issue_alone(whole, matter_of(present, whole), issuer, key)


def _of_today(case: Case, event: Event, order: Order) -> None:
    """Let a letter pass that is dated the day it is composed, and no earlier.

    What another signs is dated the day of consent, whatever its proposal says. The
    refusal says what comes next: consent, where the act takes it without a letter, and
    that a proposal waits which must be answered before.
    """
    today = clock.today()
    if by_nature(event) is None and min(order.day or today, event.on) < today:
        why = _(
            "今天才拟写，落款日期只能是%(today)s，不能随%(day)s的办理倒填；"
            "当天确已发出文书的，不在这里出具，请在“不发文书的理由”写明那份文书的文号"
        )
        said = why % {"today": today, "day": event.on} + _what_waits(case, event)
        raise NotReadyError(order.kind, (Problem("", template(order.kind).title, said),))


def _what_waits(case: Case, event: Event) -> str:
    """Return what an act of an earlier day waits for; nothing where it need not."""
    first = case.proposals.filter(stage__in=("legal", "approval")).first()
    if first is not None:
        stage = first.get_stage_display()
        return _("；本案另有一项送审%(stage)s，办结以前这件事不能登记") % {"stage": stage}
    events = bridge.history(case.pk)
    now = Situation(replay(events), clock.today(), rulebook(case.body), events)
    if need(event, now, untold=True) is None:
        return ""
    return _("，然后送审：经另一人审批才登记")


def _fits(event: Event, order: Order) -> None:
    kind = kind_for(event)
    if order.kind != kind:
        raise OtherLetterError(order, kind)
