"""What a letter can know from its case: facts that nobody types, and likely wording.

One function a kind of event; facts follow from the case and win over what is
typed, the rest is offered and may be changed.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, NamedTuple

from django.utils import translation

from mingtang.case import events as e
from mingtang.case.clock import begins_anew
from mingtang.case.deadlines import answer_term, payment_due
from mingtang.case.overriding import objected
from mingtang.case.replaying import replay
from mingtang.drafting import template, templates
from mingtang.drafting.fees import ItemFee, PageFee
from mingtang.drafting.values import spoken_day
from mingtang.law.grounds import ground
from mingtang_web import clock
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Channel, Delivery, Form
from mingtang_web.cases.rules import rulebook
from mingtang_web.cases.searching import latest
from mingtang_web.letters.actions import order_of
from mingtang_web.letters.queries import standing_ones

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case as History
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.models import Letter
    from mingtang_web.letters.orders import Order

RULING = ("ruling_organ", "ruled_on", "ruling_number")
"""What an answer given anew names of the ruling that it carries out."""
_SENT: dict[str, str] = {
    Delivery.DIRECT: "当面提供",
    Delivery.POST: "邮寄",
    Delivery.ELECTRONIC: "以电子方式发送",
    Delivery.FAX: "传真",
}
_HELD: dict[str, str] = {
    Form.PAPER: "纸质复制件",
    Form.ELECTRONIC: "电子文档",
    Form.DISC: "存有信息的光盘等介质",
}
FREE = frozenset({
    "request_summary", "withheld", "concerned_information", "provide_way", *RULING,
})  # fmt: skip
"""What is offered and may be worded or counted anew; everything else is a fact."""
UNTYPED = frozenset({"new_due", "counted_from", "opinion_received_on"})
"""What only the count of days and the ledger can know: what they do not know stays out."""
FACTS = frozenset({
    "received_on", "request_number", "channel", "expected_due", "delay_until",
    "consulted_reason", "consult_sent_on", "third_party_result", "extension_days",
    "new_due", "approver", "fee", "fee_number", "fee_amount", "fee_delivered_on",
    "correction_until", "counted_from", "reason_until", "correction_number",
    "correction_delivered_on", "corrected_on", "expired_on",
    "delivery_proof", "reason_number", "search_scope", "search_method", "search_time",
    "searcher", "decided_on", "outcome", "delivery_way", "delivered_title",
    "delivered_number", "handler", "case_title", "remedy", "override",
    "opinion_received_on",
})  # fmt: skip
"""What follows from a case whenever it is known, so that no form asks for it."""
_PAPERS = {"review": "行政复议决定书", "suit": "行政判决书"}
_RULED = {"review": "review", "judgment": "suit"}
"""After which cause of a new round which procedure has ruled."""
_CONSULTING = "consultation_notice"
_SILENT, _OBJECTS = "silent", "objects"
_ANSWERS = tuple(known.kind for known in templates() if known.ground)


class Seen(NamedTuple):
    """A case as a letter of it sees it: its row, its history, the event that comes."""

    case: Case
    history: History
    rules: Rulebook


def known_particulars(
    case: Case, event: Event | None, kind: str, party: str = ""
) -> dict[str, object]:
    """Return the particulars of a kind of letter that follow from a case.

    ``event`` is the one that the letter goes out with, none for a letter by itself;
    ``party`` is who was consulted, where the letter is for them.
    """
    before = bridge.history(case.pk)
    seen = Seen(case, replay(before), rulebook(case.body))
    found = _of_case(seen)
    if event is not None:
        found |= told(event, seen)
    elif kind == _CONSULTING:
        found |= _of_asking(seen)
    if party:
        found |= _of_party(seen, party)
    made = template(kind)
    asked = {known.id for known in (*made.needs, *made.may)}
    return {name: v for name, v in found.items() if name in asked and v is not None}


def completed(case: Case, event: Event | None, order: Order) -> dict[str, object]:
    """Return an order's particulars with what is known: facts win, offers give way."""
    known = known_particulars(case, event, order.kind, order.party)
    typed = {n: value for n, value in order.particulars.items() if n not in UNTYPED}
    facts = {name: value for name, value in known.items() if name not in FREE}
    return {**known, **typed, **facts}


def _of_case(seen: Seen) -> dict[str, object]:
    case, history = seen.case, seen.history
    return {
        "received_on": history.received or history.submitted,
        "request_number": case.number,
        "request_summary": case.subject,
        "channel": Channel(case.channel).received_as,
        "provide_way": provided(case),
        "expected_due": _still_to_come(history, seen.rules),
        "case_title": case.subject,
        "handler": case.handler.display_name if case.handler else None,
        **_answered(history),
        **_of_ruling(seen),
    }


def provided(case: Case) -> str | None:
    """Return how the information goes to the applicant as wanted (条例第四十条).

    None where the request does not say, or says it in words of its own.
    """
    if case.form == Form.INSPECTION:
        return "安排当场查阅、抄录"
    way, what = _SENT.get(case.delivery), _HELD.get(case.form)
    return f"{way}{what}" if way and what else None


def _of_asking(seen: Seen) -> dict[str, object]:
    """Return who was asked last and has not answered, and when."""
    asked = seen.history.round.open_opinions
    if not asked:
        return {}
    return {"consulted_reason": asked[-1].role, "consult_sent_on": asked[-1].sent}


def _answered(history: History) -> dict[str, object]:
    answer = history.round.answer
    if answer is None:
        return {}
    return {"decided_on": answer.on, "outcome": ground(answer.ground).title}


def carries_out(history: History) -> bool:
    """Return whether the answer that comes carries out a ruling."""
    return history.round.cause in _RULED


def _of_ruling(seen: Seen) -> dict[str, object]:
    """Return the ruling that opened the present round, as the register has it."""
    present = seen.history.round
    if not carries_out(seen.history):
        return {}
    rulings = seen.case.disputes.filter(procedure=_RULED[present.cause or ""])
    last = rulings.exclude(outcome="").order_by("filed", "id").last()
    known: dict[str, object] = {"ruled_on": present.opened}
    if last is not None:
        paper = _PAPERS[last.procedure]
        document = last.document
        number = f"{paper}（{document}）" if document else None
        known |= {"ruling_organ": last.organ, "ruling_number": number}
    return known


@singledispatch
def told(_event: Event, _seen: Seen) -> dict[str, object]:
    """Return what follows from an event and the case before it."""
    return {}


@told.register
def _confirmed(event: e.Confirmed, seen: Seen) -> dict[str, object]:
    return {"received_on": event.on, "expected_due": _due_after(event, seen)}


@told.register
def _correction(event: e.CorrectionAsked, seen: Seen) -> dict[str, object]:
    history = seen.history
    anew = begins_anew(history, event.on, seen.rules)
    since = None if anew else history.clock or history.received
    return {"correction_until": event.until, "counted_from": since}


@told.register
def _reason(event: e.ReasonAsked, _seen: Seen) -> dict[str, object]:
    return {"reason_until": event.until}


@told.register
def _accepted(event: e.ReasonAccepted, _seen: Seen) -> dict[str, object]:
    return {"delay_until": event.answer_by}


@told.register
def _consulted(event: e.Consulted, _seen: Seen) -> dict[str, object]:
    return {"consulted_reason": event.role, "consult_sent_on": event.on}


@told.register
def _extended(event: e.Extended, seen: Seen) -> dict[str, object]:
    return {
        "extension_days": event.days,
        "new_due": _due_after(event, seen),
        "approver": "见本案审批记录",
    }


@told.register
def _fee_notified(event: e.FeeNotified, _seen: Seen) -> dict[str, object]:
    by_items = event.basis == "items"
    fee = ItemFee(event.pieces, event.pieces) if by_items else PageFee(event.pieces)
    return {"fee": fee}


@told.register
def _decided(event: e.Decided, seen: Seen) -> dict[str, object]:
    withheld = [{"ground": code} for code in event.withheld]
    return {
        "withheld": withheld or None,
        "remedy": event.remedy,
        "override": event.overrides,
        **_of_correction(seen, event.ground),
        **_of_reason(seen),
        **_of_third_party(seen),
        **_of_fee(seen, event.ground),
        **_of_search(seen),
    }


@told.register
def _dispatched(event: e.Dispatched, seen: Seen) -> dict[str, object]:
    answers = [
        row for row in _standing(seen, *_ANSWERS) if row.reader_id == seen.case.applicant_id
    ]
    known: dict[str, object] = {"delivery_way": event.mode}
    if answers:
        known |= {
            "delivered_title": answers[0].title,
            "delivered_number": answers[0].number,
        }
    return known


def _of_correction(seen: Seen, code: str) -> dict[str, object]:
    correction = seen.history.correction
    if correction is None:
        return {}
    letter = _last(seen, "correction_notice")
    known = {"corrected_on": correction.arrived, **_named("correction", letter)}
    if code == "O1":
        known |= {"expired_on": correction.until, "delivery_proof": _proof(letter)}
    return known


def _of_reason(seen: Seen) -> dict[str, object]:
    if seen.history.round.reason is None:
        return {}
    letter = _last(seen, "reason_notice")
    return {"reason_number": letter.number if letter else None}


def _of_third_party(seen: Seen) -> dict[str, object]:
    asked = [o for o in seen.history.round.opinions if o.role == "third_party"]
    if not asked:
        return {}
    result = {_OBJECTS: "objected", _SILENT: "silent"}.get(asked[-1].how or "")
    return {"consult_sent_on": asked[-1].sent, "third_party_result": result}


def _of_party(seen: Seen, party: str) -> dict[str, object]:
    """Return when somebody was asked and answered, the last time."""
    rounds = seen.history.rounds
    asked = [o for each in rounds for o in each.opinions if o.party == party]
    if not asked:
        return {}
    last = asked[-1]
    return {
        "consult_sent_on": last.sent,
        "opinion_received_on": last.ended if last.how != _SILENT else None,
        "concerned_information": _asked_about(seen, party),
    }


def _asked_about(seen: Seen, party: str) -> object:
    """Return what a third party was asked about, as its letter has it; None of others."""
    asked = seen.case.consultations.filter(party=party).values_list("person", flat=True)
    rows = _standing(seen, "third_party_consultation")
    letter = next((row for row in rows if row.reader_id in asked), None)
    try:
        return order_of(letter).particulars.get("concerned_information") if letter else None
    except ErasedError:
        return None


def objectors(case: Case) -> tuple[str, ...]:
    """Return the third parties of a case whose last word is that they object."""
    return objected(replay(bridge.history(case.pk)))


def _of_fee(seen: Seen, code: str) -> dict[str, object]:
    fee = seen.history.round.fee
    if fee is None:
        return {}
    letter = _last(seen, "fee_notice")
    known = {
        **_named("fee", letter),
        "fee_amount": fee.yuan,
        "fee_delivered_on": fee.delivered,
    }
    if code == "O2":
        known |= {
            "expired_on": payment_due(fee, seen.rules),
            "delivery_proof": _proof(letter),
        }
    return known


def _of_search(seen: Seen) -> dict[str, object]:
    record = latest(seen.case)
    if record is None:
        return {}
    return {
        "search_scope": record.scope,
        "search_method": record.method,
        "search_time": spoken_day(record.on),
        "searcher": record.by.display_name,
    }


def _named(what: str, letter: Letter | None) -> dict[str, object]:
    """Return an earlier letter's number and the day its reader received it."""
    if letter is None:
        return {}
    received = [d.received for d in letter.deliveries.all() if d.received]
    return {
        f"{what}_number": letter.number,
        f"{what}_delivered_on": received[-1] if received else None,
    }


def _proof(letter: Letter | None) -> str | None:
    records = list(letter.deliveries.all()) if letter else []
    if not records:
        return None
    last = records[-1]
    with translation.override("zh-hans"):  # a paper is Chinese, whatever the screen is
        named = str(last.get_proof_display())
    return f"{named}（{last.reference}）" if last.reference else named


def _last(seen: Seen, kind: str) -> Letter | None:
    return next(iter(_standing(seen, kind)), None)


def _standing(seen: Seen, *kinds: str) -> list[Letter]:
    return list(standing_ones(seen.case.pk, *kinds))


def _still_to_come(history: History, rules: Rulebook) -> date | None:
    term = answer_term(history, rules)
    due = term.due if term else None
    return due if due and due >= clock.today() else None


def _due_after(event: Event, seen: Seen) -> date | None:
    after = replay((*bridge.history(seen.case.pk), event))
    term = answer_term(after, seen.rules)
    return term.due if term else None
