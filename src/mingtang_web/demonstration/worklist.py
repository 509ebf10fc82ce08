"""What lies on the desks on the last day: proposals, opinions asked, urgings, reasons.

Done through the same actions as on any other day, by the people who may.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.deadlines import Timeliness
from mingtang_web import clock
from mingtang_web.bodies.models import Delegation, Role, Section
from mingtang_web.cases import exchanging, lettering, policy, signing
from mingtang_web.cases.actions import Doing, do, search
from mingtang_web.cases.belated import now_of
from mingtang_web.cases.delivering import record_delivery
from mingtang_web.cases.exchanges import Explanation
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.queries import is_late
from mingtang_web.demonstration.casting import searched
from mingtang_web.demonstration.days import later
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.papers import receipt
from mingtang_web.demonstration.subjects import LATE, OPINIONS, REASONS
from mingtang_web.keeping.appointing import lend
from mingtang_web.keeping.recording import By
from mingtang_web.letters.delivering import Delivered
from mingtang_web.letters.models import DeliveryRecord, Letter
from mingtang_web.letters.orders import Order

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Case
    from mingtang_web.demonstration.casting import Cast, House

CLOSING = time(17, 40)
EXTENSION = 20
EXPLAINED = 12
"""How many of a body's latest late answers have been explained."""


def lay_out(house: House, casts: list[Cast], last: date) -> None:
    """Do a body's work of the last afternoon."""
    evening = datetime.combine(last, CLOSING, clock.CHINA).astimezone(UTC)
    with clock.fixed(evening):
        for cast in casts:
            if cast.story.coming.wish:
                _propose(house, cast, last)
        _explain(house, casts)
        _ask(house, casts, last)
        if house.body.short_name == WHERE:
            _lend(house)


def _propose(house: House, cast: Cast, last: date) -> None:
    """Send a decision or an extension for consent, and leave it where it is to stand."""
    coming, staff = cast.story.coming, house.staff
    proposer = cast.case.handler or staff.handlers[0]
    if coming.wish == "U1a":
        search(cast.case, searched(house, cast.case, clock.now()), proposer)
    event, reason = _wished(coming.wish, last), house.random.choice(REASONS)
    if policy.first_stage(event, now_of(cast.case)) is None:
        _answer(house, cast.case, event)
        return
    order = _order(cast, event)
    why = "" if order else NOT_YET
    version = cast.case.version
    doing = Doing(proposer, version, note=reason, letter=order, no_letter=why)
    proposal = signing.propose(cast.case, event, doing)
    if proposal.stage == proposal.Stage.LEGAL and coming.stage != "legal":
        agrees = coming.stage == "approval"
        said = house.random.choice(OPINIONS) if agrees else RETURNED
        signing.review(proposal, staff.reviewer, said, agrees=agrees)


def _answer(house: House, case: Case, event: Event) -> None:
    """Give what is asked for, with its letter, and post it with the receipt scanned."""
    staff, on = house.staff, event.on
    handler = case.handler or staff.handlers[0]
    order = Order("disclosure", {"provide_way": "邮寄纸质复印件，加盖本机关印章"})
    do(case, event, Doing(handler, case.version, letter=order))
    number = f"XA{house.random.randrange(10**9):09d}"
    posted = Delivered("post", on, None, DeliveryRecord.Proof.POST, number)
    [letter] = Letter.objects.filter(case_id=case.pk)
    record_delivery(letter, posted, staff.clerk, receipt(number, None))


def _order(cast: Cast, event: Event) -> Order | None:
    """Return the letter that goes with an act, as far as invented words carry it."""
    kind = lettering.kind_for(event)
    if kind is None:
        return None
    lacking = lettering.previewed(cast.case, event, Order(kind)).problems
    told = {each.id: TOLD[each.id] for each in lacking if each.id in TOLD}
    order = Order(kind, told)
    left = lettering.previewed(cast.case, event, order).problems
    return None if left else order


NOT_YET = "告知书由承办人另行拟写"
TOLD: dict[str, object] = {
    "extension_reason": "所申请的资料分散在多处，需要较长时间查找、核对",
    "process_kind": "submission",
    "refusal_reason": "该件是本机关研究该事项过程中形成的内部请示，尚未形成正式决定",
    "petition_kind": "对有关人员履行职责情况的举报",
    "petition_channel": "本机关信访接待室，或者来信寄至本机关",
    "not_ours_because": "该事项的审批职权依法由其他机关行使，本机关没有制作或者获取该信息",
}
"""What letters must tell that no case knows, by the id of the particular."""
RETURNED = "请补充说明不属于政府信息公开申请的理由，并告知相应的信访渠道，改好后再送。"


def _wished(wish: str, last: date) -> Event:
    if wish == "extend":
        return e.Extended(on=last, days=EXTENSION)
    return e.Decided(on=last, ground=wish)


def _explain(house: House, casts: list[Cast]) -> None:
    """Say why the latest late answers were late."""
    late = [cast.case for cast in casts if cast.case.kept == Timeliness.LATE]
    for case in late[-EXPLAINED:]:
        cause, words = house.random.choice(LATE)
        actor = case.handler or house.staff.handlers[0]
        exchanging.explain(case, Explanation.Cause(cause), Saying(words, actor))


def _ask(house: House, casts: list[Cast], last: date) -> None:
    """Ask a section, and let the supervisor press for what is overdue."""
    open_ones = [c.case for c in casts if c.case.is_open and c.case.handler]
    late = [case for case in open_ones if is_late(case, house.today)]
    until = later(last, 3)
    sections = Section.objects.filter(body=house.body).exclude(pk=house.staff.section.pk)
    for case, section in zip(open_ones[:2], sections, strict=False):
        actor = case.handler or house.staff.handlers[0]
        words = "请核对本件涉及的历年文件是否由贵股留存，并提出能否公开的意见。"
        asked = exchanging.ask_section(case, section, until, Saying(words, actor))
        if case != open_ones[0]:
            words = "经核对，所涉文件由本股留存，不涉及商业秘密，可以公开。"
            exchanging.answer_section(asked, Saying(words, house.staff.clerk))
    supervisor = _supervisor(house)
    if late and supervisor:
        _press(house, late, until, supervisor)


def _press(house: House, late: list[Case], until: date, supervisor: User) -> None:
    """Press for what is overdue; all but the first are answered, with a word on it."""
    for case in late[:2]:
        words = "本件已过法定期限，请说明原因，并于期限内作出答复。"
        urging = exchanging.urge(case, until, Saying(words, supervisor))
        if case == late[0] and len(late) > 1:
            continue
        actor = case.handler or house.staff.handlers[0]
        words = "材料已经核对完毕，答复意见正在送审，两个工作日内答复申请人。"
        exchanging.answer_urging(urging, Saying(words, actor))
        words = "请优先审核，今后临期的件提前三个工作日提醒。"
        exchanging.comment(case, Saying(words, house.staff.approver))


def _lend(house: House) -> None:
    """Let the handler with an account stand in for the colleague who is away."""
    account, away = house.staff.handlers[:2]
    today = clock.today()
    loan = Delegation(
        lender=away, borrower=account, body=house.body,
        since=today, until=later(today, 10), reason="外出培训",
    )  # fmt: skip
    lend(loan, By(away))


def _supervisor(house: House) -> User | None:
    """Return who supervises the body from above, none where nobody does."""
    above = house.body.parent
    rows = above.memberships.filter(role=Role.SUPERVISOR) if above else None
    found = rows.select_related("user").first() if rows else None
    return found.user if found else None
