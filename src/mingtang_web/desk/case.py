"""The page of a case: facts, what happened, what it waits for, what may be done next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang.case.awaiting import deadlines
from mingtang.case.deadlines import Running, answer_term, day_by_day
from mingtang.case.overriding import objected
from mingtang.case.permitting import offers
from mingtang.case.state import PHASE_NAMES
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.delivery import receipt
from mingtang_web.applicants.actions import (
    AMEND,
    UNMASK,
    ErasedError,
    masked,
    open_text,
)
from mingtang_web.asking.renewing import HAND_OUT, involved
from mingtang_web.cases import policy
from mingtang_web.cases.adopting import unrecorded
from mingtang_web.cases.amending import unreachable
from mingtang_web.cases.clocks import doubt
from mingtang_web.cases.lacking import authorised, no_fax_number
from mingtang_web.cases.lapsing import to_be_made_anew
from mingtang_web.cases.merging import joined
from mingtang_web.cases.models import Attachment, Channel
from mingtang_web.cases.objecting import CHECK, objected_to
from mingtang_web.desk.forms_fields import TWO_PERSONS
from mingtang_web.desk.offering import arranged, makable
from mingtang_web.desk.opening import opened
from mingtang_web.desk.proposing import proposed, proposed_title
from mingtang_web.desk.sitting import Desk
from mingtang_web.desk.telling import of_case as told_of
from mingtang_web.desk.timeline import timeline
from mingtang_web.desk.wording import by_roles, letter_title
from mingtang_web.disputes.doubting import doubts
from mingtang_web.disputes.policy import FILE, RULE
from mingtang_web.disputes.queries import of_case as disputes_of
from mingtang_web.keeping.erasing import CONFIRM
from mingtang_web.letters.queries import of_case as letters_of_case
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.permitting import Offer
    from mingtang.law.clock import DayNote
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.models import Case
    from mingtang_web.desk.opening import Opened
    from mingtang_web.letters.models import Letter

RARE = frozenset({
    "reclassify", "ask_reason", "consult_co_author", "consult_other_body", "withdraw",
    "transfer", "split", "merge", "recall_consultation", "record_refund", "reopen",
})  # fmt: skip
"""Acts that are seldom wanted; they stand folded below the others."""


_MAY = "ask_correction"
"""What the body may do by a day and need not: it stands among the next steps alone."""


class Step(NamedTuple):
    """An act that may be done next, with what a person must know before."""

    offer: Offer
    letter: str | None
    sign_off: str

    @property
    def decides(self) -> bool:
        """Whether it is the decision, which the questions come before."""
        return self.offer.act.id == "decide"


@require_safe
@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case."""
    seen = opened(request, pk)
    daily = seen.may(UNMASK)
    found = [_step(seen, offer) for offer in seen.offered()]
    steps = sorted(found, key=lambda each: not each.decides)
    waits = [each for each in deadlines(seen.history, seen.rules) if each.kind != _MAY]
    letters = list(letters_of_case(seen.case.pk).order_by("-id"))
    applicant = _masked(seen.case.applicant)
    told = told_of(Desk(seen.user, seen.held, seen.today), seen.case, {})
    context = (
        told
        | facts(seen)
        | {
            "disputes": [
                (each, doubts(each, [seen.case])) for each in disputes_of(seen.case)
            ],
            "applicant": applicant,
            "unauthorised": applicant and not authorised(seen.case, applicant),
            "people": seen.people,
            "words": words_of(seen) if daily else None,
            "files": files_of(seen.case),
            "may_attach": seen.may(policy.ATTACH),
            "may_open_files": seen.may(policy.OPEN_FILE),
            "oral": seen.case.channel == Channel.ORAL,
            "may_unmask": daily,
            "may_amend": seen.may(AMEND),
            "may_hand_out": seen.may(HAND_OUT) and not involved(seen.case, seen.user),
            "unrecorded": hasattr(seen.case, "imported") and unrecorded(seen.events),
            "may_erase": seen.may(CONFIRM) and not seen.case.is_open,
            "may_check": seen.may(CHECK) and objected_to(seen.entries),
            "may_search": seen.may(policy.SEARCH) and seen.case.is_open,
            "may_strike": seen.may(policy.STRIKE) and not seen.held_up(policy.STRIKE),
            "lines": timeline(seen),
            "letters": arranged(letters),
            "makable": makable(seen, letters),
            "waits": sorted(waits, key=lambda each: each.day or date.max),
            "passed": [each for each in waits if each.day and each.day < seen.today],
            "waiting": seen.waiting,
            "proposed": seen.waiting and proposed_title(seen.waiting),
            "proposes": proposed(seen, seen.waiting) if seen.waiting else (),
            "steps": [each for each in steps if each.offer.act.id not in RARE],
            "rare": [each for each in steps if each.offer.act.id in RARE],
            "others": by_roles((act, act.label) for act in seen.left_to_others()),
            "may_be_ruled": "reopen" in {each.act.id for each in offers(seen.now)},
            "ruling": RULE,
            "may_file": seen.may(FILE),
            "searches": seen.case.searches.select_related("by"),
            "joined": joined(seen.case),
            "anew": _anew(seen, letters),
            "parts": seen.case.parts.defer("description").order_by("id"),
        }
    )
    return render(request, "desk/case/case.html", context)


@require_safe
@login_required
def working(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the last day is counted, day by day, to be printed and filed."""
    seen = opened(request, pk)
    term = answer_term(seen.history, seen.rules)
    why = _("申请尚未确认收到，还没有起算") if term is None else spoken(term.why)
    notes: tuple[DayNote, ...] = ()
    if term and term.due and term.running is not Running.FIXED:
        try:
            notes = day_by_day(term, seen.rules)
        except UncoveredYearError as gap:
            why = spoken(gap)
    doubted = doubt(term.due, seen.rules) if term else ""
    context = facts(seen) | {"term": term, "notes": notes, "why": why, "doubt": doubted}
    return render(request, "desk/case/working.html", context)


def facts(seen: Opened) -> dict[str, object]:
    """Return what the head of every page of a case says."""
    return {
        "seen": seen,
        "case": seen.case,
        "history": seen.history,
        "today": seen.today,
        "phase": spoken(PHASE_NAMES[seen.history.phase]),
        "left": seen.clock,
        "unreachable": unreachable(seen.case) or no_fax_number(seen.case),
        "received_by": receipt(seen.history.channel),
    }


def _step(seen: Opened, offer: Offer) -> Step:
    act = offer.act
    letter = letter_title(act.letter) if act.letter else None
    if act.id in TWO_PERSONS:
        return Step(offer, letter, _("须送负责人审批"))
    if act.id == "accept_reason":
        return Step(offer, letter, _("另定答复期限的，须送负责人审批并告知申请人"))
    return Step(offer, letter, _signed(seen) if act.id == "decide" else "")


def _signed(seen: Opened) -> str:
    """Return whose consent a decision needs."""
    if objected(seen.history):
        return _(
            "不予公开等须先送法制审核、再送审批；第三方不同意公开的内容，决定公开的也须如此"
        )
    return _("不予公开等须先送法制审核、再送审批；全部公开的可以直接办理")


def _anew(seen: Opened, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters that an ending made void which was struck since."""
    owed = set(to_be_made_anew(seen.entries))
    return [each for each in letters if each.pk in owed]


def _masked(applicant: Applicant) -> Person | None:
    """Return what may be shown of somebody; None when it was destroyed."""
    try:
        return masked(applicant)
    except ErasedError:
        return None


def files_of(case: Case) -> QuerySet[Attachment]:
    """Return a case's files, and those of the request it was split from: one query."""
    whose = [each for each in (case.pk, case.parent_id) if each]
    rows = Attachment.objects.filter(case__in=whose)
    return rows.select_related("file__stored_by")


def words_of(seen: Opened) -> str | None:
    """Return the applicant's own words; None when they were destroyed."""
    try:
        return open_text(seen.case.applicant, bytes(seen.case.description))
    except ErasedError:
        return None
