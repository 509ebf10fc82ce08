"""What an act will cause, before it is done; and doing it, alone or by proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from django.utils.translation import gettext as _

from mingtang.case.conditions import (
    confirmation_warning,
    correction_warning,
    delay_warning,
)
from mingtang.case.events import (
    Confirmed,
    Consulted,
    CorrectionAsked,
    Decided,
    Extended,
    FeeNotified,
    ReasonAccepted,
    Reopened,
    Split,
    Struck,
)
from mingtang.case.reopening import basis
from mingtang.case.replaying import replay
from mingtang.case.steps import ImpossibleHistoryError
from mingtang.law.fees import item_lines, page_lines
from mingtang.law.grounds import OpenRemedyError, Remedy, remedy_for
from mingtang_web.applicants.actions import sealed
from mingtang_web.applicants.models import Kind
from mingtang_web.cases import actions, branching, consulting, signing, waiting
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.belated import needed_in
from mingtang_web.cases.clocks import clock_of
from mingtang_web.cases.models import Proposal
from mingtang_web.cases.questioning import closed, doubted
from mingtang_web.cases.unmaking import unmade
from mingtang_web.desk.proposing import said_of
from mingtang_web.desk.wording import REMEDIES, Result, Said, letter_of, result
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.case.consenting import Need
    from mingtang.case.events import Event
    from mingtang.case.reopening import Basis
    from mingtang.law.fees import FeeLine
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.desk.forms_acts import ActForm
    from mingtang_web.desk.opening import Opened
    from mingtang_web.desk.ordering import Orders

_NO_NAMES: Mapping[str, str] = {}


class Outlook(NamedTuple):
    """What an event will cause: what is recorded, the clock before and after, the letter.

    ``after`` is None where the event cannot follow any more; ``result`` and ``remedy``
    are there for decisions, ``lines`` for fees, ``basis`` for
    a case opened anew; ``warnings`` say what to think of first.
    """

    event: Event
    said: tuple[Said, ...]
    before: Clock
    after: Clock | None
    letter: str | None
    result: Result | None
    remedy: str
    lines: tuple[FeeLine, ...]
    stage: Proposal.Stage | None
    warnings: tuple[str, ...] = ()
    basis: Basis | None = None

    @property
    def moves(self) -> bool:
        """Whether the last day becomes another one, or begins or ceases to be known."""
        if self.after is None:
            return False
        return (self.after.full, self.after.due) != (self.before.full, self.before.due)


def outlook(
    seen: Opened,
    event: Event,
    names: Mapping[str, str] = _NO_NAMES,
    *,
    untold: bool = False,
) -> Outlook:
    """Return what an event will cause in a case; ``untold``: no letter goes out."""
    asked = needed_in(seen.case.body, event, seen.now, untold=untold)
    decided = isinstance(event, Decided)
    return Outlook(
        event=event,
        said=said_of(event, seen.events, {**seen.names, **names}),
        before=seen.clock,
        after=_after(seen, event),
        letter=letter_of(event),
        result=result(event.ground) if isinstance(event, Decided) else None,
        remedy=str(REMEDIES[_remedy(event)]) if decided else "",
        lines=_fee_lines(event) if isinstance(event, FeeNotified) else (),
        stage=Proposal.Stage(asked.consent) if asked else None,
        warnings=_warnings(seen, event, asked),
        basis=basis(event.cause) if isinstance(event, Reopened) else None,
    )


def outlook_of(seen: Opened, form: ActForm) -> Outlook:
    """Return what the event of a form will cause, in the words that were typed."""
    event, typed = form.event(), form.cleaned_data
    if isinstance(event, Consulted):
        return outlook(seen, event, {event.party: typed["name"]})
    untold = bool(str(form.data.get("letter-no_letter", "")).strip())
    expected = outlook(seen, event, untold=untold)
    if isinstance(event, Split):
        parts = tuple(Said(_("子件"), subject) for subject in typed["subjects"])
        return expected._replace(said=parts)
    return expected


def asked_by(form: ActForm) -> Applicant | None:
    """Return whom a valid form is about to consult, sealed but not entered."""
    if form.act.event != "consulted":
        return None
    return sealed(form.person(), _kind(form), form.seen.case.body, uuid4())


def perform(
    seen: Opened,
    form: ActForm,
    orders: Orders,
) -> str:
    """Do the act of a valid form with its letters, or propose it; return what to tell.

    Raises what `mingtang_web.cases.actions.do` and `mingtang_web.cases.signing.propose`
    raise.
    """
    event, typed = form.event(), form.cleaned_data
    doing = Doing(
        *(seen.user, typed["version"], typed["key"]),
        note=form.remark(),
        letter=orders.own.order() if orders.own else None,
        further=tuple(filter(None, (each.order() for each in orders.further))),
        no_letter=orders.reason,
        untold=orders.untold,
    )
    if form.need() is not None:
        made = _proposed(seen, form, event, doing)
        words = {"act": spoken(form.act.title), "stage": made.get_stage_display()}
        return _("“%(act)s”已送审，现在%(stage)s；批准之前案件没有变化") % words
    if isinstance(event, Consulted):
        asked = (event.on, event.role)
        consulting.consult(seen.case, asked, form.person(), _kind(form), doing)
    elif isinstance(event, Split):
        branching.split(seen.case, event.on, typed["subjects"], doing)
    else:
        actions.do(seen.case, event, doing)
    overtaken = seen.waiting and waiting.overtaken_by(seen.waiting, event)
    said = _("已记录：%(act)s") % {"act": spoken(form.act.title)}
    return said + _("；原来等待的送审随之失效") if overtaken else said


def _proposed(seen: Opened, form: ActForm, event: Event, doing: Doing) -> Proposal:
    if isinstance(event, Consulted):
        asked = form.person(), _kind(form)
        return consulting.propose(seen.case, event, *asked, doing)
    return signing.propose(seen.case, event, doing)


def _warnings(seen: Opened, event: Event, asked: Need | None) -> tuple[str, ...]:
    found = [asked.why if asked else ""]
    if isinstance(event, ReasonAccepted) and event.answer_by:
        found.append(delay_warning(event.answer_by, seen.now) or "")
    if isinstance(event, Confirmed):
        found.append(confirmation_warning(event.on, seen.now) or "")
        found.append(closed(seen.case.body, event.on.year))
    if isinstance(event, Extended):
        found.append(_extended_before(seen))
    if isinstance(event, CorrectionAsked):
        found.append(correction_warning(event.until, seen.now) or "")
    if isinstance(event, Struck):
        found += unmade(seen.case, seen.events, event)
    found.append(doubted(event, seen.now.case, seen.case))
    return tuple(spoken(each) for each in found if each)


def _extended_before(seen: Opened) -> str:
    """Return that the answer was put off before, where it was; see `clock.extension`."""
    told = seen.history.round.extension
    if told is None:
        return ""
    why = _("本案%(day)s已告知延长%(n)s个工作日，期限后来重新计算；条例只许延长一次")
    return why % {"day": told.told, "n": told.days}


def _kind(form: ActForm) -> Kind:
    return Kind(form.cleaned_data.get("kind") or Kind.OTHER)


def _after(seen: Opened, event: Event) -> Clock | None:
    try:
        made = replay((*seen.events, event))
        return clock_of(made, seen.today, seen.rules)
    except ImpossibleHistoryError:
        return None


def _remedy(event: Event) -> Remedy:
    if not isinstance(event, Decided):
        return Remedy.NA
    if event.remedy:
        return Remedy(event.remedy)
    try:
        return remedy_for(event.ground, event.on, event.withheld)
    except OpenRemedyError:
        return Remedy.BY_CASE


def _fee_lines(event: FeeNotified) -> tuple[FeeLine, ...]:
    if event.basis == "pages":
        return page_lines(event.pieces, event.on)
    return item_lines(event.pieces, event.on)
