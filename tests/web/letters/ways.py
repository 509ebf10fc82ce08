"""How a case comes to each kind of letter, at the invented district."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.models import Body
from mingtang_web.cases import belated, consulting, policy
from mingtang_web.cases.actions import Doing, do, search
from mingtang_web.cases.lettering import kind_for
from mingtang_web.cases.models import SearchRecord
from mingtang_web.cases.signing import approve, propose, review
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.letters.models import Letter
from mingtang_web.letters.orders import ADDRESSED, Order
from tests.engine.drafting.cases import given
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from mingtang.case.events import Event
    from mingtang_web.cases.models import Case

D = date
ANSWERED, LATER = D(2026, 3, 12), D(2026, 6, 30)
THIRD = Person(
    name="清河市远山建筑有限公司",
    identity_kind="统一社会信用代码",
    identity_number="91990101MA5KTN2X08",
    contact="孙远山",
    phone="13900139000",
)
ASKED = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
REASON = e.ReasonAsked(on=D(2026, 3, 4), until=D(2026, 3, 25))
GIVEN = e.ReasonGiven(on=D(2026, 3, 10))
FEE = e.FeeNotified(on=D(2026, 3, 9), basis="pages", pieces=68, yuan=380)
GRANTED = e.Decided(on=D(2026, 3, 12), ground="G2")
SENT = e.Dispatched(on=D(2026, 3, 13), mode="post")
ARRIVED = e.Delivered(on=D(2026, 3, 16))


def decided(ground: str, on: date = ANSWERED, **more: object) -> Event:
    return e.Decided(on=on, ground=ground, **more)  # type: ignore[arg-type]


WAYS: dict[str, tuple[Event, ...]] = {
    "correction_notice": (ASKED,),
    "reason_notice": (REASON,),
    "delay_notice": (
        *(REASON, GIVEN),
        e.ReasonAccepted(on=D(2026, 3, 12), answer_by=D(2026, 5, 8)),
    ),
    "extension_notice": (e.Extended(on=D(2026, 3, 12), days=20),),
    "fee_notice": (FEE,),
    "delivery_receipt": (GRANTED, SENT),
    "archive_cover": (GRANTED, SENT, ARRIVED, e.Archived(on=D(2026, 6, 1))),
    "partial_disclosure": (decided("P1", withheld=("N6", "N5")),),
    "still_unclear": (ASKED, e.Corrected(on=D(2026, 3, 11)), decided("U3")),
    "excessive": (REASON, GIVEN, decided("X4")),
    "lapsed_uncorrected": (ASKED, decided("O1", D(2026, 4, 2))),
    "lapsed_unpaid": (
        *(FEE, e.FeeNoticeDelivered(on=D(2026, 3, 11))),
        decided("O2", D(2026, 5, 12)),
    ),
    **{
        kind: (decided(ground),)
        for kind, ground in {
            "disclosed_already": "G1", "disclosure": "G2", "refused_state_secret": "N1",
            "refused_by_law": "N2", "refused_security": "N3", "refused_internal": "N5",
            "refused_process": "N6", "refused_enforcement_file": "N7",
            "inquiry_referral": "N8", "not_existing": "U1a", "not_ours": "U1b",
            "to_be_created": "U2", "petition": "X1", "repeated": "X2", "published": "X3",
            "already_obtained": "X5", "otherwise_handled": "O3",
        }.items()
    },
}  # fmt: skip
"""The events that lead to each kind that goes out with the last of them."""


_ARRIVING = e.Decided | e.Dispatched | e.FeeNotified
"""What still has to arrive, by an event of its own that tells the day."""


class LetterOffice(Office):
    """The office with everything of itself entered that its letters tell."""

    def __init__(self) -> None:
        super().__init__()
        Body.objects.update(
            address="西山区政务路3号",
            telephone="0990-5550003",
            disclosure_office="政府信息公开办公室",
            review_organ="西山区人民政府",
            court="西山区人民法院",
            review_online="https://fy.example.gov.cn",
        )
        self.housing.refresh_from_db()

    def order(self, kind: str, **more: object) -> Order:
        """An order with the golden letter's particulars; the case knows better."""
        told = {name: v for name, v in given(kind).items() if name not in ADDRESSED}
        if kind == "partial_disclosure":
            first, second = told["withheld"]
            told["withheld"] = [first | {"ground": "N5"}, second]
        return Order(kind, told, **more)  # type: ignore[arg-type]

    def came(self, kind: str) -> Letter:
        """The letter of a kind, issued to a fresh case that came all the way to it."""
        case = self.registered()
        if kind == "repeated":
            case = self.registered()
        if kind == "not_existing":
            self.searched(case)
        return self.walked(case, *WAYS[kind])

    def walked(self, case: Case, *events: Event) -> Letter:
        """The last letter after events that each go out with their own, and arrive."""
        for event in events:
            kind = kind_for(event)
            order = self.order(kind) if kind else None
            case = self.act(case, event, order)
            if not isinstance(event, _ARRIVING):
                self.delivered(case, event.on)
        return Letter.objects.filter(case_id=case.pk).latest("id")

    def act(self, case: Case, event: Event, order: Order | None, **more: object) -> Case:
        """The case after an act, with everybody's consent where the act needs it."""
        name = policy.doing(event).name.removeprefix("cases.")
        at_desk = name in policy._ENTERED_AT_THE_DESK
        person = self.clerk if at_desk else self.handler
        doing = Doing(person, case.version, letter=order, **more)  # type: ignore[arg-type]
        with at(event.on):  # a letter is dated the day it is composed, or consented to
            if belated.needed(case, event, doing) is None:
                return do(case, event, doing)
            return self.consented(propose(case, event, replace(doing, note="试办")))

    def consented(self, proposal: object) -> Case:
        if proposal.stage == "legal":
            proposal = review(proposal, self.lawyer, "同意", agrees=True)
        return approve(proposal, self.approver)

    def consulted(self, role: str, *further: Order) -> Letter:
        """The letter that asks an opinion."""
        case, kind = self.registered(), f"{role}_consultation"
        order = self.order(kind)
        doing = Doing(self.handler, case.version, letter=order, further=further)
        with at(ASKED.on):
            consulting.consult(case, (ASKED.on, role), THIRD, Kind.COMPANY, doing)
        return Letter.objects.get(case_id=case.pk, kind=kind)

    def searched(self, case: Case) -> None:
        record = SearchRecord(
            scope="2019年以来本局验收档案", method="档案系统检索", on=D(2026, 3, 9),
            result="没有查到",
        )  # fmt: skip
        search(case, record, self.handler)

    def delivered(self, case: Case, on: date) -> None:
        for row in Letter.objects.filter(case_id=case.pk, deliveries=None, status="issued"):
            told = Delivered("post", row.day, max(on, row.day), "post", "XA00100200311")
            record_delivery(row, told, self.clerk)
