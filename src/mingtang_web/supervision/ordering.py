"""Orders to mend (整改): issued, answered by the body, looked at again by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import hold
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.notices.actions import settle, tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted
from mingtang_web.numbering.actions import next_number
from mingtang_web.supervision import inspecting, policy
from mingtang_web.supervision.examining import examine
from mingtang_web.supervision.models import LONGEST, Finding, Order, OrderStep

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from mingtang_web.bodies.models import Body
    from mingtang_web.supervision.models import Inspection

What = OrderStep.What
_BEGUN = ("office_id", "issued_on", "asked")
_SAID = ("due", "answer", "answered_on", "passed_on")
ROWS = Stepping(
    Order,
    OrderStep,
    "order",
    ("issued_on", "asked", *_SAID),
    registered=("body_id", "number", "created_at", *_BEGUN),
    now=(*_SAID, "struck", "version"),
    step=("order_id", "what", "held", "why"),
)
"""How orders go on, in the ledger of the body that mends."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in What)
TOLD_BODY = (Role.HANDLER, Role.APPROVER, Role.PUBLISHER)
TOLD_OFFICE = (Role.SUPERVISOR,)
_TO_BODY = (Kind.ORDER_ISSUED, Kind.ORDER_RETURNED, Kind.ORDER_DUE, Kind.ORDER_LATE)
MOST = 1000
"""So many faults one order tells of at most."""


@transaction.atomic
def issue(
    inspection: Inspection, body: Body, chosen: Collection[int], due: date, doing: Doing
) -> Order:
    """Order a body to mend what was found in it, and return the order.

    ``chosen`` are the ids of the findings; ``doing.version`` is the inspection's. Raises
    `NotAllowedError`, `MovedOnError`, `ClosedBodyError` and `ValidationError`.
    """
    present = inspecting.ROWS.begin(inspection, policy.ORDER, doing)
    require(doing.person, policy.ORDER, body, clock.today())
    earlier = ROWS.of_key(body, doing.key)
    if earlier:
        return earlier
    inspecting.ROWS.in_turn(present, doing)
    if body.closed_on:
        raise ClosedBodyError(policy.ORDER, body)
    _after_today(due)
    rows = Finding.objects.select_for_update(of=("self",), no_key=True)
    found = list(rows.filter(inspection=present, body=body, pk__in=chosen))
    if not found:
        raise ValidationError({"chosen": _("请至少选一个问题")})
    if len(found) < len(set(chosen)) or not all(each.is_open for each in found):
        said = _("选的问题里有已经核实或者已经要求整改的，请看过最新情况再办")
        raise ValidationError({"chosen": said})
    if len(found) > MOST:
        most = {"most": MOST}
        raise ValidationError({"chosen": _("一份通知最多%(most)s个问题，请分开发") % most})
    hold(present.body, body)
    order = ROWS.begun(_order(present, body, found, due), doing)
    Finding.objects.filter(pk__in=[each.pk for each in found]).update(order=order)
    step = inspecting.ROWS.step_of(
        present, inspecting.What.ORDERED, held={"order": order.number, "n": len(found)}
    )
    # Without the key: an office that is inspected by itself has one ledger for both.
    acted = Doing(doing.actor, present.version)
    inspecting.ROWS.write(present, step, acted, reason=False)
    _tell(order, Kind.ORDER_ISSUED, order.due)
    return order


@transaction.atomic
def answer(order: Order, words: str, doing: Doing) -> Order:
    """Tell, for the body, what was mended and how.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(order, policy.MEND, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    _still_open(present)
    masking.to_keep(words, "answer")
    if len(words) > LONGEST:
        raise ValidationError({"answer": _("太长了，请写短一些")})
    if present.answered_on:
        raise ValidationError(_("已经报告过，正等复查；复查没有通过的才再报告"))
    present.answer, present.answered_on = words.strip(), clock.today()
    step = ROWS.step_of(present, What.ANSWERED, held=ROWS.held(present))
    ROWS.write(present, step, doing, reason=False)
    settle(_TO_BODY, _matter(present))
    _tell(present, Kind.ORDER_ANSWERED, clock.today())
    return present


@transaction.atomic
def fail(order: Order, due: date, doing: Doing) -> Order:
    """Say, for the office, that it is not mended yet; ``doing.note`` says what is left.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = _begun_by_office(order, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    _still_open(present)
    if present.answered_on is None:
        raise ValidationError(_("机关还没有报告整改情况；要改期限的请改期限"))
    _after_today(due)
    present.due, present.answer, present.answered_on = due, "", None
    held = ROWS.held(present) | {"still": _still(present)}
    ROWS.write(present, ROWS.step_of(present, What.FAILED, held=held), doing)
    settle((Kind.ORDER_ANSWERED,), _matter(present))
    _tell(present, Kind.ORDER_RETURNED, due)
    return present


@transaction.atomic
def passed(order: Order, doing: Doing) -> Order:
    """Say, for the office, that all is mended.

    Where the site still finds a fault that was asked for, ``doing.note`` says why it
    passes all the same. Raises `NotAllowedError`, `MovedOnError`, `ValidationError`.
    """
    present = _begun_by_office(order, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    _still_open(present)
    if present.answered_on is None:
        raise ValidationError(_("机关还没有报告整改情况，报告以后再复查"))
    told = present.steps.filter(what=What.ANSWERED).order_by("pk").last()
    if told and told.entry.actor_id == doing.person.pk:
        raise ValidationError(_("整改情况是您自己报告的，请由另一人复查"))
    still = _still(present)
    present.passed_on = clock.today()
    held = ROWS.held(present) | {"still": still}
    settle((Kind.ORDER_ANSWERED,), _matter(present))
    step = ROWS.step_of(present, What.PASSED, held=held)
    return ROWS.write(present, step, doing, reason=bool(still))


@transaction.atomic
def move(order: Order, due: date, doing: Doing) -> Order:
    """Set another last day; ``doing.note`` says why.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = _begun_by_office(order, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    _still_open(present)
    _after_today(due)
    if due == present.due:
        raise ValidationError({"due": _("期限没有改")})
    present.due = due
    step = ROWS.step_of(present, What.MOVED, held=ROWS.held(present))
    return ROWS.write(present, step, doing)


@transaction.atomic
def strike(order: Order, doing: Doing) -> Order:
    """Take an order back; what it asked for may be ordered or dropped again.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = _begun_by_office(order, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    _still_open(present)
    present.struck = True
    Finding.objects.filter(order=present).update(order=None)
    settle(_TO_BODY, _matter(present))
    return ROWS.write(present, ROWS.step_of(present, What.STRUCK), doing)


def still_there(order: Order) -> list[Finding]:
    """Return what an order asked for and the site finds again today.

    What an inspector saw with their own eyes nobody but a person sees again.
    """
    found = list(order.findings.filter(by_hand=False))
    if not found:
        return []
    body = order.body
    numbers = {each.place.partition(" ")[0] for each in found}
    marks = {each.mark(body) for each in examine(body, clock.today(), numbers)}
    return [each for each in found if each.mark in marks]


def _matter(order: Order) -> str:
    return f"supervision_order/{order.pk}"


def _still(order: Order) -> list[str]:
    return [f"{each.label}：{each.place}" for each in still_there(order)]


def _begun_by_office(order: Order, doing: Doing) -> Order:
    """Return an order locked, for who supervises for the office that issued it.

    A supervisor in the body that mends may not: it would pass its own work.
    """
    present = ROWS.begin(order, policy.ORDER, doing)
    require(doing.person, policy.ORDER, present.office, clock.today())
    return present


def _order(inspection: Inspection, body: Body, found: list[Finding], due: date) -> Order:
    today = clock.today()
    count = next_number(inspection.body, ROWS.name, today.year)
    return Order(
        body=body,
        office=inspection.body,
        number=f"ZG{today.year}-{count:03d}",
        issued_on=today,
        due=due,
        asked=[[each.check_id, each.place, each.said] for each in found],
    )


def _after_today(due: date) -> None:
    if due <= clock.today():
        raise ValidationError({"due": _("整改期限须在今天以后")})


def _still_open(order: Order) -> None:
    if order.passed_on:
        raise ValidationError(_("这份整改通知已经复查通过，不能再办"))


def _tell(order: Order, kind: Kind, day: date) -> None:
    """Tell the body of what it is to do; of its answer, who looks again."""
    today = clock.today()
    roles = {Kind.ORDER_ANSWERED: TOLD_OFFICE}.get(kind, TOLD_BODY)
    to = order.office_id if kind == Kind.ORDER_ANSWERED else order.body_id
    wanted = Wanted(
        kind,
        to,
        day,
        roles,
        about=str(order.version),
        matter=_matter(order),
        title=order.number,
        anybody=True,
    )
    tell([wanted], Staff(today), clock.now())
