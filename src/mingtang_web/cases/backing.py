"""What an event presupposes that the engine cannot see: other records, other cases.

One function a kind of event; each returns why it may not be written and on what
that rests, or None.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.case import events
from mingtang.case.act import act, act_of, title_of
from mingtang.case.conditions import confirmation_warning
from mingtang.case.events import Event
from mingtang.case.overriding import CITE as OVERRIDE
from mingtang.case.overriding import override_refusal
from mingtang.case.permitting import NotPermittedError
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.bodies.codes import validate_unified_code
from mingtang_web.bodies.models import Body
from mingtang_web.cases import bridge, lapsing, merging, policy, searching
from mingtang_web.cases.bounding import unbounded
from mingtang_web.cases.deliveries import answer_lost, contradiction
from mingtang_web.cases.queries import position_in_month
from mingtang_web.cases.questioning import closed, doubted
from mingtang_web.cases.rules import rulebook
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.case.situation import Situation
    from mingtang_web.cases.models import Case

    Lack = tuple[str, str] | None

BOUND: list[Callable[[Case, int], str]] = []
"""Why apps above this one do not let a record of a case be struck by itself."""
FEWEST_WORDS = 4
"""The characters that say how a withdrawal is known, such as 来函撤回."""
SEARCH = "政府信息公开条例（2019年修订）第三十六条第（四）项"
_CORRECTION = "政府信息公开条例（2019年修订）第三十条"
_FEE = "国办函〔2020〕109号第四条"
_REPEATED = "政府信息公开条例（2019年修订）第三十六条第（六）项"
_TRANSFER = act("transfer").cite


class MistypedError(NotPermittedError):
    """A particular that nothing can be made of, so that the law is not even asked.

    ``field`` is the event's own, in which it stands.
    """

    def __init__(self, title: str, why: str, cite: str, field: str) -> None:
        super().__init__(title, why, cite)
        self.field = field


def ask(case: Case, event: Event) -> None:
    """Let an event pass whose records are there.

    Raises `NotPermittedError` where they are missing or say something else, and of
    those `MistypedError` where a particular cannot be what it should.
    """
    found = lack(event, case)
    if found is None:
        return
    why, cite = found
    title = policy.doing(event).label
    if isinstance(event, events.Transferred) and _no_code(event):
        raise MistypedError(title, why, cite, "to")
    raise NotPermittedError(title, why, cite)


def ask_proof(event: Event, note: str, then: Situation, case: Case) -> None:
    """Let a withdrawal pass that says by what it is known, a late confirmation its reason.

    And a merging that says why two requests are one, another applicant's kind why, a term
    far ahead why it is so long. A confirmation into a year whose report is signed says
    why too, and so does what follows a ruling and is doubtful.

    ``then`` is the case before it. Raises `NotPermittedError`.
    """
    why = unexplained(event, then, case)
    if why and not explains(event, note):
        known = act_of(event)
        raise NotPermittedError(title_of(event), why, known.cite if known else "")


def explains(event: Event, note: str) -> bool:
    """Return whether words say enough beside an event where something must be said."""
    said = len("".join(note.split()))
    return said >= (FEWEST_WORDS if isinstance(event, events.Withdrawn) else 1)


def unexplained(event: Event, then: Situation, case: Case) -> str:
    """Return what must be said beside an event by whoever enters it; mostly nothing."""
    if isinstance(event, events.Withdrawn):
        return unproved()
    if isinstance(event, events.Merged):
        return merging.unexplained()
    if isinstance(event, events.Confirmed):
        late = spoken(confirmation_warning(event.on, then) or "")
        return "；".join(filter(None, (late, closed(case.body, event.on.year))))
    if isinstance(event, events.Reclassified):
        return unreasoned()
    found = doubted(event, then.case, case), unbounded(event, then)
    return "；".join(filter(None, found))


def unreasoned() -> str:
    """Return what to say to whoever moves a case to another column and not why."""
    return _("请写明为什么更正申请人类别、看过什么凭据：它改变年报表三的列")


def unproved() -> str:
    """Return what to say to whoever enters a withdrawal and not how it is known.

    A word or two prove nothing: how, when and on what is more than that.
    """
    return _("请写明申请人怎样撤回、哪天撤回、有什么凭据（撤回申请可以上传附件）")


@singledispatch
def lack(_event: Event, _case: Case) -> Lack:
    """Return what an event lacks and the source that asks for it, or None."""
    return None


@lack.register(events.Decided)
def _decided(event: events.Decided, case: Case) -> Lack:
    why = override_refusal(event, replay(bridge.history(case.pk)))
    if why:
        return why, OVERRIDE
    if "U1a" not in (event.ground, *event.withheld):
        return None
    unsearched = searching.unsearched(case)
    return (unsearched, SEARCH) if unsearched else None


@lack.register(events.CorrectionAsked)
def _correction_asked(event: events.CorrectionAsked, case: Case) -> Lack:
    try:
        works = rulebook(case.body).calendar.is_working(event.until)
    except UncoveredYearError:
        return None
    why = _("补正期限%(day)s不是工作日，申请人当天找不到人办理，请定在工作日")
    return None if works else (why % {"day": event.until}, _CORRECTION)


@lack.register(events.FeeNotified)
def _fee_notified(event: events.FeeNotified, case: Case) -> Lack:
    if event.basis != "items":
        return None
    position = position_in_month(case)
    if event.pieces == position:
        return None
    why = _("该申请人本月收到的申请中，本件为第%(n)s件") % {"n": position}
    return why, _FEE


@lack.register(events.Merged)
def _merged(event: events.Merged, case: Case) -> Lack:
    why = merging.against(case, event.into)
    return (why, _REPEATED) if why else None


@lack.register(events.Transferred)
def _transferred(event: events.Transferred, case: Case) -> Lack:
    if event.to == case.body.code:
        return _("案件已经在本机关"), _TRANSFER
    mistyped = _no_code(event)
    if mistyped:
        return mistyped, _TRANSFER
    closed = Body.objects.filter(code=event.to).exclude(closed_on=None).first()
    if closed is None:
        return None
    why = _("%(name)s已于%(day)s撤销，不能再移送给它，请移送给承继其职责的机关")
    return why % {"name": closed.name, "day": closed.closed_on}, _TRANSFER


def _no_code(event: events.Transferred) -> str:
    """Return why what a case goes to is no body's code; blank where it may be one."""
    try:
        validate_unified_code(event.to)
    except ValidationError as wrong:
        return "；".join(wrong.messages)
    return ""


@lack.register(events.Struck)
def _struck(event: events.Struck, case: Case) -> Lack:
    why = next(filter(None, (bound(case, event.entry) for bound in BOUND)), None)
    return (why, act("reopen").cite) if why else None


@lack.register(events.Archived)
def _archived(_event: events.Archived, case: Case) -> Lack:
    if not answer_lost(case):
        return None
    why = _(
        "答复的文书都已作废，没有有效的答复文书；请先重新处理（自行纠正），或者更正决定登记"
    )
    return why, act("archive").cite


@lack.register(events.Dispatched)
@lack.register(events.Delivered)
@lack.register(events.FeeNoticeDelivered)
@lack.register(events.ConsultationDelivered)
def _delivered(event: Event, case: Case) -> Lack:
    why = _lapsed(event, case) or contradiction(case, event)
    known = act_of(event)
    return (why, known.cite) if why and known else None


def _lapsed(event: Event, case: Case) -> str:
    """Return why no answer can go out whose letter became void with an ending undone."""
    if not isinstance(event, events.Dispatched) or not lapsing.owed(case):
        return ""
    return _("答复的文书已随终结登记作废，没有可以发出的；请先在原文书页重新出具")
