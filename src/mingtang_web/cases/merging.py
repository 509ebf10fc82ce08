"""Two requests that are one (并案): into the one that came first, by two persons.

Whichever was received first keeps its clock, so that joining never lengthens a term.
What is late already is not joined: it would vanish from the tables of the year (one
merged counts nowhere) while the applicant may already dispute the silence; it is
answered, late, as what it is (`mingtang.case.conditions`). Where the two differ in
words, whoever proposes says why they are one request, and both that and how they
differ stay in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case.events import Merged
from mingtang.case.state import Phase
from mingtang_web.applicants.actions import ErasedError, open_text
from mingtang_web.applicants.comparing import same_name
from mingtang_web.cases.models import Case
from mingtang_web.cases.queries import open_ones, others_of_applicant

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang.case.events import Event

ACT = "cases.merge"
SUBJECT, WORDS, IDENTITY = "subject", "description", "identity"
_GONE = frozenset({Phase.DECIDED, Phase.DISPATCHED})
"""Phases of a case that is open and has its answer: nothing joins it any more."""


class Side(NamedTuple):
    """One of two cases as it is laid beside the other; no ``words`` of the erased."""

    case: Case
    words: str | None


class Compared(NamedTuple):
    """Two cases side by side; ``differs`` names what is not the same in both.

    ``longer`` says where the term that goes on ends later than the own one.
    """

    own: Side
    other: Side
    differs: tuple[str, ...]
    longer: str


def against(case: Case, number: str) -> str:
    """Return why a case may not join the one of a number; nothing where it may.

    Where the other way round is the right one, that is said.
    """
    into = others(case).filter(number=number).first()
    if into is None:
        why = _(
            "本机关没有该申请人编号为%(n)s的在办案件；有一件没有证件号码的，"
            "姓名和联系电话都相同才能认作同一申请人，请先核对、更正申请人信息"
        )
        return why % {"n": number}
    if into.phase in _GONE:
        why = _(
            "%(into)s已经作出决定，不能再并入；本件确属重复申请的，"
            "请就本件依条例第三十六条第（六）项答复"
        )
        return why % {"into": into.number}
    if came_first(into, case):
        return ""
    why = _(
        "只能并入收到在先的一件，先起算的期限不变：%(into)s收到在后（同日的，登记在后），"
        "请到%(into)s办理，把它并入%(case)s"
    )
    return why % {"into": into.number, "case": case.number}


def others(case: Case) -> QuerySet[Case]:
    """Return the open cases of a case's applicant with its body, this one left out.

    Whoever gave no number is known by name and telephone, both the same: whoever
    merges such sees that, and it stays in the ledger (`IDENTITY`).
    """
    phone = case.applicant.phone_index
    rows = others_of_applicant(case)
    if not phone:
        return rows
    reached = open_ones(Case.objects.filter(body=case.body_id)).exclude(pk=case.pk)
    reached = reached.filter(applicant__phone_index=phone)
    if case.applicant.identity_index:
        reached = reached.filter(applicant__identity_index="")
    found = reached.select_related("applicant")
    same = [row.pk for row in found if same_name(case.applicant, row.applicant)]
    known = Q(pk__in=same) | Q(pk__in=rows.values("pk"))
    return Case.objects.filter(known).defer("description")


def came_first(one: Case, other: Case) -> bool:
    """Return whether a case was received before another; on one day, entered before.

    What is not received yet comes after all that is.
    """
    return _receipt(one) < _receipt(other)


def hold(case: Case, event: Event) -> None:
    """Lock both ends of a merging in one order, so that neither can end meanwhile.

    Inside a transaction; of other events nothing is locked.
    """
    if isinstance(event, Merged):
        ends = Q(pk=case.pk) | Q(body=case.body_id, number=event.into)
        rows = Case.objects.select_for_update(no_key=True).filter(ends).order_by("pk")
        list(rows.values_list("pk"))


def unexplained() -> str:
    """Return what to say to whoever merges two cases and not why they are one."""
    return _("请写明为什么这两件是同一申请；内容不同的，写明各项不同为什么不影响")


def candidates(case: Case) -> list[Case]:
    """Return the cases that a case may join, the one received first before the others."""
    rows = others(case).defer(None).select_related("applicant")
    found = [row for row in rows if row.phase not in _GONE and came_first(row, case)]
    return sorted(found, key=_receipt)


def compared(case: Case, into: Case) -> Compared:
    """Return two cases side by side, with what is not the same in both."""
    own, other = _side(case), _side(into)
    same = {
        SUBJECT: _plain(case.subject) == _plain(into.subject),
        WORDS: _plain(own.words or "") == _plain(other.words or ""),
        IDENTITY: case.applicant.identity_index == into.applicant.identity_index
        and (bool(case.applicant.identity_index) or case.applicant_id == into.applicant_id),
    }
    differs = tuple(name for name, alike in same.items() if not alike)
    return Compared(own, other, differs, _longer(case, into))


def beside(case: Case, number: str) -> Compared | None:
    """Return a case beside the one of a number in its body, none where there is none."""
    rows = Case.objects.filter(body=case.body_id, number=number)
    into = rows.exclude(pk=case.pk).select_related("applicant").first()
    return compared(case, into) if into else None


def differences(case: Case, event: Event) -> tuple[str, ...]:
    """Return in what a case differs from the one it joins; nothing for other events."""
    found = beside(case, event.into) if isinstance(event, Merged) else None
    return found.differs if found else ()


def joined(case: Case) -> list[Case]:
    """Return the cases that were merged into one, whose matter it answers too."""
    rows = Case.objects.filter(
        body=case.body_id,
        phase__in=(Phase.CLOSED, Phase.ARCHIVED),
        proposals__act=ACT,
        proposals__stage="approved",
        proposals__event__into=case.number,
    )
    return list(rows.defer("description").order_by("id").distinct())


def _longer(case: Case, into: Case) -> str:
    if case.due is None:
        return ""
    words = {"into": into.number, "own": case.due, "day": into.due}
    if into.due is None and into.received is not None:
        why = _("%(into)s的答复期限现在停止计算，而本件须在%(own)s前答复；请不要因并案迟延")
        return why % words
    if into.due is None or into.due <= case.due:
        return ""
    why = _(
        "%(into)s的答复期限到%(day)s，比本件的%(own)s晚（曾经重新计算或者延长）；"
        "请不要因并案迟延"
    )
    return why % words


def _receipt(case: Case) -> tuple[bool, date, int]:
    return case.received is None, case.received or case.submitted, case.pk


def _side(case: Case) -> Side:
    try:
        return Side(case, open_text(case.applicant, bytes(case.description)))
    except ErasedError:
        return Side(case, None)


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())
