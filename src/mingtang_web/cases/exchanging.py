"""Asking and telling each other about a case: sections, supervisors, handlers.

Nothing here moves the case: its clock and phase are the engine's alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.betraying import traces
from mingtang_web.bodies.models import Membership, Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import require, standing
from mingtang_web.cases import policy
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.exchanges import Comment, Explanation, SectionOpinion, Urging
from mingtang_web.cases.locking import locked
from mingtang_web.cases.naming import named
from mingtang_web.cases.queries import is_late
from mingtang_web.ledger.actions import Record, append

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Section
    from mingtang_web.bodies.policy import Act
    from mingtang_web.cases.exchanges import Asked, Said
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

    Kept = TypeVar("Kept", bound=Said)
    Question = TypeVar("Question", bound=Asked)
LONGEST = 2000


class WordsError(ValueError):
    """Words that are missing, too long, or tell who the applicant is."""

    field = "words"


class ExchangeError(ValueError):
    """Nothing to ask or to answer: the case is closed, or it was answered already.

    ``field`` names what is wrong, where it is one thing that was typed.
    """

    def __init__(self, why: str, field: str = "") -> None:
        self.field = field
        super().__init__(why)


@dataclass(frozen=True)
class Saying:
    """Who says what, with which submission token."""

    words: str
    actor: User
    key: str | None = None


@transaction.atomic
def ask_section(case: Case, section: Section, until: date, said: Saying) -> SectionOpinion:
    """Ask a section of the same body for its opinion by a day (征求内部意见).

    Raises `NotAllowedError`, `WordsError`, and `ExchangeError`.
    """
    present = _open(case, policy.ASK_SECTION, said.actor)
    if section.body_id != present.body_id:
        raise ExchangeError(
            _("只能征求本机关内设机构的意见；征求其他机关意见请用“征求意见”"), "section"
        )
    _refuse_past(until)
    made = SectionOpinion(section=section, until=until)
    more: dict[str, Plain] = {"section": section.pk, "until": until.isoformat()}
    return _keep(present, made, "case.section_asked", said, more)


@transaction.atomic
def answer_section(opinion: SectionOpinion, said: Saying) -> SectionOpinion:
    """Give a section's opinion: by its own people, or entered at the desk.

    Raises `NotAllowedError`, `WordsError`, and `ExchangeError` where it was given.
    """
    present = locked(opinion.case)
    require(said.actor, policy.ANSWER_SECTION, present.body, clock.today())
    if not speaks_for(said.actor, opinion.section):
        raise NotAllowedError(policy.ANSWER_SECTION, present.body)
    return _answer(present, opinion, "case.section_answered", said)


@transaction.atomic
def urge(case: Case, until: date, said: Saying) -> Urging:
    """Press for a case and ask for an answer by a day (督办).

    Raises `NotAllowedError`, `WordsError`, and `ExchangeError`.
    """
    present = _open(case, policy.URGE, said.actor)
    _refuse_past(until)
    return _keep(
        present, Urging(until=until), "case.urged", said, {"until": until.isoformat()}
    )


@transaction.atomic
def answer_urging(urging: Urging, said: Saying) -> Urging:
    """Answer a supervisor; raises `NotAllowedError`, `WordsError`, `ExchangeError`."""
    present = locked(urging.case)
    require(said.actor, policy.ANSWER_URGING, present.body, clock.today())
    return _answer(present, urging, "case.urging_answered", said)


@transaction.atomic
def comment(case: Case, said: Saying) -> Comment:
    """Note something on a case (批示); raises `NotAllowedError` and `WordsError`."""
    present = locked(case)
    require(said.actor, policy.COMMENT, present.body, clock.today())
    return _keep(present, Comment(), "case.commented", said, {})


@transaction.atomic
def explain(case: Case, cause: str, said: Saying) -> Explanation:
    """Say why a case is late (说明逾期原因).

    Raises `NotAllowedError`, `WordsError`, and `ExchangeError` where it is not late.
    """
    present = locked(case)
    require(said.actor, policy.EXPLAIN, present.body, clock.today())
    if not is_late(present, clock.today()):
        raise ExchangeError(
            _("案件%(number)s没有逾期，无须说明") % {"number": present.number}
        )
    made = Explanation(cause=Explanation.Cause(cause))
    return _keep(present, made, "case.explained", said, {"cause": made.cause})


def speaks_for(person: User, section: Section) -> bool:
    """Return whether a person may answer for a section: of it, or at the desk."""
    today = clock.today()
    if Role.CLERK in standing(person, today).roles_in(section.body):
        return True
    mine = Membership.objects.filter(user=person, section=section, since__lte=today)
    return mine.exclude(until__lt=today).exists()


def fit_to_keep(case: Case, words: str, *, required: bool = True) -> str:
    """Return words as they may be kept for ever.

    Raises `WordsError` where they are missing, too long, or tell of the applicant.
    """
    kept = words.strip()
    if required and not kept:
        raise WordsError(_("请写明内容"))
    if len(kept) > LONGEST:
        raise WordsError(
            _("内容有%(n)s字，最多%(most)s字") % {"n": len(kept), "most": LONGEST}
        )
    telling = named(case, kept)
    if telling:
        raise WordsError(telling)
    found = traces(kept)
    if found:
        raise WordsError(
            _("%(trace)s。这里的文字将长期留存，请改称“申请人”或者删去")
            % {"trace": found[0]}
        )
    return kept


def _open(case: Case, act: Act, actor: User) -> Case:
    present = locked(case)
    require(actor, act, present.body, clock.today())
    if not present.is_open:
        raise ExchangeError(_("案件%(number)s已经办结") % {"number": present.number})
    return present


def _refuse_past(until: date) -> None:
    if until < clock.today():
        raise ExchangeError(_("答复期限%(day)s已经过去，请另定") % {"day": until}, "until")


def _keep(case: Case, made: Kept, kind: str, said: Saying, more: dict[str, Plain]) -> Kept:
    """Write down what was said, once for each key."""
    earlier = _earlier(case, kind, said.key)
    if earlier:
        return type(made)._default_manager.get(pk=earlier)
    made.case, made.by, made.at = case, said.actor, clock.now()
    made.words = fit_to_keep(case, said.words)
    made.save(force_insert=True)
    _record(case, kind, said, {"said": made.pk, "words": made.words, **more})
    return made


def _answer(case: Case, asked: Question, kind: str, said: Saying) -> Question:
    present = type(asked)._default_manager.select_for_update().get(pk=asked.pk)
    if _earlier(case, kind, said.key):
        return present
    if not present.is_open:
        raise ExchangeError(
            _("%(person)s已于%(day)s答复，不能重复答复")
            % {"person": present.answered_by, "day": present.answered_at.date()}  # type: ignore[union-attr]
        )
    present.answer = fit_to_keep(case, said.words)
    present.answered_by, present.answered_at = said.actor, clock.now()
    present.save(update_fields=("answer", "answered_by", "answered_at"))
    _record(case, kind, said, {"said": present.pk, "words": present.answer})
    return present


def _earlier(case: Case, kind: str, key: str | None) -> int | None:
    """Return what the same submission wrote before, none where it is the first."""
    entry = came_before(case, key)
    return int(entry.content["said"]) if entry and entry.kind == kind else None


def _record(case: Case, kind: str, said: Saying, content: dict[str, Plain]) -> None:
    append(
        Record(case.body, kind, content, actor=said.actor, case_id=case.pk, key=said.key)
    )
