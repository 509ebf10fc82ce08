"""What happens to a document's force: entered by one person, confirmed by another.

The engine says what may follow what; here are the rows, the two persons and the ledger.
What goes out with a document, `mingtang_web.publication.issuing` records.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.publication.validity import admit, course
from mingtang_web import clock, masking
from mingtang_web.days import all_plausible
from mingtang_web.publication import drafting, policy, queries
from mingtang_web.publication.forces import (
    event_of,
    history,
    on_trial,
    show,
    standing_rows,
)
from mingtang_web.publication.models import Document, State
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.recording import (
    OutOfTurnError,
    begin,
    in_turn,
    record,
    repeated,
    stead,
)
from mingtang_web.publication.reminding import tell_confirmers, tell_keeper

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.drafting import Draft

Kind, Source, Stage = ForceEvent.Kind, ForceEvent.Source, ForceEvent.Stage
LIVING = frozenset(State) - {State.DISCARDED}
"""The states in which a document can come into the register, or be linked."""
BY_ANOTHER = frozenset({Kind.AMENDED, Kind.REPEALED})
"""What one document does to another."""
WITH_END = frozenset({Kind.ISSUED, Kind.AMENDED, Kind.KEPT})
DECIDED = {
    "force_confirmed": Stage.PROPOSED,
    "force_refused": Stage.PROPOSED,
    "force_struck": Stage.STANDS,
}
"""What another person decides, by the entry's name, and the stage it is decided at."""
_DAYS = ("on", "effective_on", "expires_on")
WITH_EFFECT = frozenset({Kind.ISSUED, Kind.AMENDED, Kind.REPEALED})


@dataclass(frozen=True)
class Happened:
    """What an officer enters of a document's force; the fields are those of the row."""

    kind: str
    on: date
    basis: str
    effective_on: date | None = None
    expires_on: date | None = None
    by_document: Document | None = None
    by_name: str = ""


@transaction.atomic
def propose(document: Document, happened: Happened, doing: Doing) -> Document:
    """Enter what happened to a document; it counts once another person confirms it.

    ``Kind.ISSUED`` enters a document of the stock, from before the system. Raises
    `NotAllowedError`, `OutOfTurnError`, `ValidationError`, and `RefusedError` where the
    law does not let it follow what stands.
    """
    present = begin(document, policy.RECORD_FORCE, doing)
    asked = _asked(happened)
    if repeated(present, "force_proposed", doing, asked):
        return present
    in_turn(present, doing, *(State if present.norm else LIVING))
    if present.forceevents.filter(stage=Stage.PROPOSED).exists():
        raise OutOfTurnError(_("这份文件已有一项变动待确认；请先确认或者不予确认"))
    row = _row(present, happened)
    admit(history(present), event_of(row))
    row.by, row.at = doing.person, clock.now()
    row.save(force_insert=True)
    record(present, "force_proposed", doing, [row], asked)
    tell_confirmers(present, doing.person.pk)
    return present


def enter_stock(
    body: Body, draft: Draft, happened: Happened, doing: Doing, *, twin: bool = False
) -> Document:
    """Begin a document from before the system and enter its issue, to be confirmed.

    Its text may follow, and goes through the review before it is public. A number that
    is in the register already takes the word that it is another document (``twin``): the
    same one must not count twice. Raises what `drafting.begin` and `propose` raise.
    """
    with transaction.atomic():
        document = drafting.begin(body, "statutory", draft, doing)
        if document.forceevents.exists():
            return document
        others = queries.numbered(body, draft.document_number, document.pk)
        if others and not twin:
            told = {"title": others[0].title, "index": others[0].index_number}
            why = _("本机关已登记这个文号的“%(title)s”（%(index)s），请核对是不是同一件")
            raise ValidationError({"document_number": why % told})
        then = replace(doing, version=document.version, key=None)
        return propose(document, happened, then)


@transaction.atomic
def confirm(document: Document, number: int, doing: Doing) -> Document:
    """Confirm what another person entered: from now on it counts.

    Raises `NotAllowedError`, `OutOfTurnError`, `RefusedError`.
    """
    present, row, came = _decided(document, number, "force_confirmed", doing)
    if came:
        return present
    masking.no_personal_data(doing.note)
    admit(history(present), event_of(row))
    return _settle(present, row, Stage.STANDS, "force_confirmed", doing)


@transaction.atomic
def refuse(document: Document, number: int, doing: Doing) -> Document:
    """Do not confirm what another person entered, ``doing.note`` saying why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, row, came = _decided(document, number, "force_refused", doing)
    if came:
        return present
    masking.to_keep(doing.note, "note")
    present = _settle(present, row, Stage.REFUSED, "force_refused", doing)
    tell_keeper(present, row.by_id)
    return present


@transaction.atomic
def strike(document: Document, number: int, doing: Doing) -> Document:
    """Strike what was entered in error, ``doing.note`` saying why; the row stays.

    What came with a publication goes with it: that document is revised and published
    anew, or taken down first. Raises `NotAllowedError`, `OutOfTurnError`,
    `ValidationError`, and `RefusedError` where what is left could not be.
    """
    present, row, came = _decided(document, number, "force_struck", doing)
    if came:
        return present
    if row.source == Source.PUBLICATION and present.is_out:
        raise OutOfTurnError(
            _("这一项随文件发布登记；有误的请修订文件后重新发布，误发的请先撤下")
        )
    masking.to_keep(doing.note, "note")
    left = [each for each in standing_rows(present) if each.pk != row.pk]
    if left:
        course([event_of(each) for each in left])
    return _settle(present, row, Stage.STRUCK, "force_struck", doing)


def why_not(document: Document, row: ForceEvent, doing: Doing) -> str | None:
    """Return why somebody may not decide on a row, None where they may."""
    if row.by_id is not None and row.by_id == doing.person.pk:
        return _("这一项是您登记的，不能自己确认、撤销；请由另一人办理")
    lender = stead(document, policy.CONFIRM_FORCE, doing)
    if lender is not None and lender == row.by_id:
        return _("您受托代行的那位登记了这一项，不能代其确认、撤销；请由另一人办理")
    return None


def _asked(happened: Happened) -> list[Plain]:
    """Return what was entered as the ledger compares it."""
    by, days = happened.by_document, (getattr(happened, name) for name in _DAYS)
    told = [day.isoformat() if day else None for day in days]
    return [happened.kind, *told, happened.basis, happened.by_name, by.pk if by else None]


def _row(document: Document, happened: Happened) -> ForceEvent:
    """Return what was entered as a row, unsaved; raises `ValidationError`."""
    all_plausible({name: getattr(happened, name) for name in _DAYS})
    wrong = dict(_wrong(document, happened))
    if wrong:
        raise ValidationError(wrong)
    masking.to_keep(happened.basis, "basis")
    masking.no_personal_data(happened.by_name)
    revision = document.current
    assert revision is not None  # noqa: S101 - every document has a revision
    issued = happened.kind == Kind.ISSUED
    return ForceEvent(
        document=document,
        revision=revision,
        kind=happened.kind,
        norm=revision.normative if issued else document.norm,
        on=happened.on,
        effective_on=happened.effective_on,
        expires_on=happened.expires_on,
        trial=issued and on_trial(revision.title),
        by_document=happened.by_document,
        by_name=happened.by_name.strip()[:200],
        basis=happened.basis.strip()[:300],
        source=Source.STOCK if issued else Source.HAND,
        stage=Stage.PROPOSED,
    )


def _wrong(document: Document, happened: Happened) -> list[tuple[str, str]]:
    found = []
    if happened.on > clock.today():
        found.append(("on", _("日期还没有到；请到印发的当天再登记")))
    named = happened.by_document is not None or happened.by_name.strip()
    if happened.kind in BY_ANOTHER and not named:
        found.append(("by_name", _("请写明是哪一份文件修改、废止的，有文号的写文号")))
    if happened.by_document == document:
        found.append(("by_document", _("一份文件不能由它自己修改、废止")))
    if happened.kind not in WITH_END and happened.expires_on:
        found.append(("expires_on", _("废止、宣布失效的不填有效期")))
    if happened.kind not in WITH_EFFECT and happened.effective_on:
        found.append(
            ("effective_on", _("继续有效、宣布失效的自登记的日期起算，不另填生效日期"))
        )
    issued = happened.kind == Kind.ISSUED
    if issued and document.current and not document.current.normative:
        found.append(("kind", _("这份文件没有标为规章或者行政规范性文件，请先修改文件")))
    return found


def _decided(
    document: Document, number: int, name: str, doing: Doing
) -> tuple[Document, ForceEvent, bool]:
    """Return a document and its row, locked, for another person who may decide on it."""
    present = begin(document, policy.CONFIRM_FORCE, doing)
    row = present.forceevents.select_related("by_document", "campaign").get(pk=number)
    if repeated(present, name, doing, number):
        return present, row, True
    in_turn(present, doing, *State)
    if row.stage != DECIDED[name]:
        raise OutOfTurnError(
            _("这一项处于“%(stage)s”，不能办理此事") % {"stage": row.get_stage_display()}
        )
    why = why_not(present, row, doing)
    if why:
        raise OutOfTurnError(why)
    return present, row, False


def _settle(
    document: Document, row: ForceEvent, stage: str, name: str, doing: Doing
) -> Document:
    row.stage, row.confirmed_by = stage, doing.person
    row.confirmed_at, row.confirmed_why = clock.now(), doing.note.strip()[:200]
    row.save()
    show(document, clock.today())
    return record(document, name, doing, [row], row.pk)
