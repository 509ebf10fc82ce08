"""Interpretations (政策解读): which document interprets which, and whether in time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.law.calendar import UncoveredYearError
from mingtang.law.parameter import UncoveredDayError
from mingtang.publication.interpreting import Owing, interpretations
from mingtang.publication.matters import means
from mingtang.publication.terms import interpretation_term
from mingtang.text import share
from mingtang_web import clock, masking
from mingtang_web.cases.rules import rulebook
from mingtang_web.publication import policy
from mingtang_web.publication.models import Attribute, Column, Document, State
from mingtang_web.publication.norming import LIVING
from mingtang_web.publication.norms import Interpretation, in_register
from mingtang_web.publication.recording import (
    OutOfTurnError,
    begin,
    in_turn,
    record,
    repeated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from mingtang.case.rulebook import Rulebook
    from mingtang.publication.interpreting import Interpretations
    from mingtang.publication.terms import ShownTerm
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing

UNDER_WAY = frozenset({State.IN_REVIEW, State.CLEARED, State.SCHEDULED})
"""The states in which a document is on its way to the public."""


@transaction.atomic
def link(document: Document, interprets: Document, by: str, doing: Doing) -> Document:
    """Say that a document interprets another of the same body, by one of the means.

    Only what is public, or was sent for review to be so, interprets, and only rules and
    normative documents are interpreted.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.LINK, doing)
    asked: Plain = [interprets.pk, by]
    if repeated(present, "linked", _at_any(doing), asked):
        return present
    in_turn(present, doing, *LIVING)
    if by not in {each.id for each in means()}:
        raise ValidationError({"means": _("没有这一项，请从列出的里面选")})
    if interprets.body_id != present.body_id or interprets == present:
        raise ValidationError({"document": _("请选本机关的另一份文件")})
    why = why_not(present) or _why_not_interpreted(interprets)
    if why:
        raise ValidationError({"document": why})
    known = present.interpretations.filter(interprets=interprets, undone_by=None)
    if known.exists():
        raise OutOfTurnError(_("这两份文件已经关联，不用再登记"))
    row = Interpretation(
        document=present, interprets=interprets, means=by, by=doing.person, at=clock.now()
    )
    row.save(force_insert=True)
    return record(present, "linked", _at_any(doing), [row], asked)


def to_link(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of some documents that may be linked as interpretations (`why_not`)."""
    rows = rows.filter(column=Column.STATUTORY, norm="", current__normative="")
    rows = rows.filter(attribute=Attribute.PROACTIVE, withdrawn_on=None)
    return rows.filter(Q(published__isnull=False) | Q(state__in=UNDER_WAY))


def why_not(document: Document) -> str:
    """Return why a document may not be linked as an interpretation; blank where it may."""
    if document.column != Column.STATUTORY:
        return _("公开指南、目录、制度不是解读文件，请另选一份")
    if document.norm or document.newest.normative:
        return _("规章、规范性文件不作为解读文件；修改、废止的请在“有效性的经过”里登记")
    if document.attribute != Attribute.PROACTIVE:
        return _("“%(kind)s”的文件不能作为解读关联，解读文件须主动公开") % {
            "kind": document.get_attribute_display()
        }
    if document.withdrawn_on:
        return _("这份文件已经撤下，不能作为解读关联；重新公开以后再关联")
    if not document.is_out and document.state not in UNDER_WAY:
        return _("这份文件还没有送审（%(state)s），不能作为解读关联；请送审以后再关联") % {
            "state": document.get_state_display()
        }
    return ""


def _why_not_interpreted(document: Document) -> str:
    """Return why nothing is linked to a document as its interpretation."""
    if not document.norm and not document.newest.normative:
        return _("被解读的须是规章、规范性文件；请先把那份文件标为规章、规范性文件")
    if document.attribute != Attribute.PROACTIVE:
        return _("“%(kind)s”的文件不关联解读，公众看不到它") % {
            "kind": document.get_attribute_display()
        }
    return ""


@transaction.atomic
def unlink(document: Document, number: int, doing: Doing) -> Document:
    """Take a link away again, ``doing.note`` saying why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.LINK, doing)
    if repeated(present, "unlinked", _at_any(doing), number):
        return present
    in_turn(present, doing, *LIVING)
    masking.to_keep(doing.note, "note")
    row = present.interpretations.get(pk=number)
    if row.undone_by_id:
        raise OutOfTurnError(_("这一关联已经取消"))
    row.undone_by, row.undone_at = doing.person, clock.now()
    row.undone_why = doing.note.strip()[:200]
    row.save()
    return record(present, "unlinked", _at_any(doing), [row], number)


def _at_any(doing: Doing) -> Doing:
    """Return an act for which it does not count how far its document had come.

    It is done on the page of the other document, which does not show that.
    """
    return replace(doing, version=0)


def public_links(document: Document) -> tuple[list[Interpretation], list[Document]]:
    """Return what interprets a document in public, and what it interprets: two queries."""
    out = {"published__isnull": False, "withdrawn_on": None}
    ways = {
        name: {f"{name}__{key}": value for key, value in out.items()}
        for name in ("document", "interprets")
    }
    by = document.interpreted_by.filter(undone_by=None, **ways["document"])
    of = document.interpretations.filter(undone_by=None, **ways["interprets"])
    interprets = [row.interprets for row in of.select_related("interprets__published")]
    return list(by.select_related("document__published")), interprets


class Interpreted(NamedTuple):
    """A policy document and what interprets it in public.

    ``due`` is the last day in time, None where it cannot be counted; ``first`` the first
    interpretation that is public, ``in_time`` whether it was so by then: None where that
    is not known.
    """

    document: Document
    due: date | None
    first: Document | None
    in_time: bool | None

    @property
    def is_missing(self) -> bool:
        """Whether the term is out and nothing interprets it."""
        return self.first is None and self.in_time is False

    @property
    def is_waiting(self) -> bool:
        """Whether nothing interprets it and the term still runs."""
        return self.first is None and self.in_time is None and self.due is not None


class Rate(NamedTuple):
    """How a year's policy documents were interpreted, by the engine, and each of them.

    ``assessed`` are those of which it is known whether it was in time: late too where
    the term is out and nothing interprets.
    """

    told: Interpretations
    assessed: int
    lines: tuple[Interpreted, ...]

    @property
    def done(self) -> int:
        """How many are interpreted."""
        return sum(each.first is not None for each in self.lines)

    @property
    def owed(self) -> int:
        """How many are interpreted or should be by now: what the share is a share of."""
        return self.done + len(self.missing)

    @property
    def percent(self) -> Decimal | None:
        """The share interpreted (解读率), None where none is due yet."""
        return share(self.done, self.owed) if self.owed else None

    @property
    def missing(self) -> tuple[Interpreted, ...]:
        """The documents whose term is out and that nothing interprets."""
        return tuple(each for each in self.lines if each.is_missing)

    @property
    def waiting(self) -> int:
        """How many are not due yet (尚未到期)."""
        return sum(each.is_waiting for each in self.lines)

    @property
    def unsettled(self) -> int:
        """How many are not interpreted and have a term that cannot be counted."""
        return len(self.lines) - self.owed - self.waiting


def term_of(document: Document, rules: Rulebook) -> ShownTerm | None:
    """Return by when what interprets a document must be public.

    国办发〔2016〕80号: three working days. None before it is out, and where the days
    cannot be counted.
    """
    if document.first_published_on is None:
        return None
    try:
        return interpretation_term(
            document.first_published_on, rules.calendar, rules.choices
        )
    except (UncoveredYearError, UncoveredDayError):
        return None


def policies(body: Body, year: int) -> QuerySet[Document]:
    """Return what a body should interpret of a year: rules and normative documents out.

    国办发〔2016〕80号, as remembered: a joint document its lead body interprets.
    """
    rows = Document.objects.filter(in_register(), body=body, first_published_on__year=year)
    rows = rows.filter(published__lead_attribute="")
    out = rows.filter(published__isnull=False, withdrawn_on__isnull=True)
    return out.order_by("first_published_on", "pk")


def interpreted(body: Body, year: int) -> Rate:
    """Return how a body's policy documents of a year are interpreted: four queries."""
    rules, rows, today = rulebook(body), list(policies(body, year)), clock.today()
    firsts = _firsts(rows)
    told = interpretations(
        (_owing(row, firsts.get(row.pk)) for row in rows),
        today,
        rules.calendar,
        rules.choices,
    )
    lines = tuple(_line(row, firsts.get(row.pk), told, rules) for row in rows)
    return Rate(told, sum(each.in_time is not None for each in lines), lines)


def _owing(document: Document, first: Document | None) -> Owing:
    published, on = document.first_published_on, first and first.first_published_on
    assert published is not None  # noqa: S101 - `policies` are out
    return Owing(document.index_number, published, (on,) if on else ())


def _line(
    document: Document, first: Document | None, told: Interpretations, rules: Rulebook
) -> Interpreted:
    term = term_of(document, rules)
    due, number = term.due if term else None, document.index_number
    if first is None:
        late = due is not None and clock.today() > due
        return Interpreted(document, due, None, False if late else None)
    in_time = None if number in told.unsettled else number in told.in_time
    return Interpreted(document, due, first, in_time)


def _firsts(documents: Iterable[Document]) -> dict[int, Document]:
    """Return the first public interpretation of each document: one query."""
    links = Interpretation.objects.filter(
        interprets__in=[each.pk for each in documents],
        undone_by=None,
        document__published__isnull=False,
        document__withdrawn_on__isnull=True,
    )
    found: dict[int, Document] = {}
    rows = links.select_related("document").order_by("-document__first_published_on")
    for row in rows:
        found[row.interprets_id] = row.document
    return found
