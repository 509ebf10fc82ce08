"""Everything that is done with letters: issued whole or not at all, never changed.

An issued letter keeps its number for ever. What somebody consented to is what
goes out: a draft is composed again at that moment and compared.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.drafting import template
from mingtang_web import clock
from mingtang_web.applicants.actions import open_text, seal_text
from mingtang_web.applicants.sealing import NotOpenedError
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import KeyTakenError, Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry
from mingtang_web.letters import bridge, orders, policy
from mingtang_web.letters.composing import composed
from mingtang_web.letters.models import Letter
from mingtang_web.letters.queries import edits
from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from datetime import date

    from mingtang.drafting.letter import Letter as Composed
    from mingtang_web.accounts.models import User
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.letters.orders import Matter, Order

ROW = (
    "case_id", "reader_id", "title", "series", "year", "sequence", "day", "order",
    "issued_by_id", "issued_at",
)  # fmt: skip
"""What the entry of a letter holds of its row, beside what it tells in clear."""
ISSUED, VOIDED, OPENED = "letter.issued", "letter.voided", "letter.opened"


class AlteredLetterError(Exception):
    """A stored letter whose content is not what was issued; it is not shown."""


LONGEST_REASON = 200
"""A letter is void for a reason of at most so many characters."""


class LetterError(ValueError):
    """Something that cannot be done with this letter; says why, and for which field."""

    def __init__(self, why: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(why)


class ChangedError(LetterError):
    """What would go out is not what was consented to."""


@transaction.atomic
def issue(order: Order, matter: Matter, issuer: User | None) -> Letter:
    """Issue a letter inside the caller's transaction, and return it.

    Number, text and seal stand or fall together, and with what they belong to; the
    caller names the letter in the ledger, by `said`. Raises `NotReadyError` and
    `ErasedError`.
    """
    row = _row(order, matter)
    _put_out(row, order, matter, secrets.token_hex(16))
    row.issued_by = issuer
    row.save(force_insert=True)
    return row


def draft(order: Order, matter: Matter) -> Letter:
    """Keep a letter for somebody's consent, its number's place open, and return it.

    Inside the caller's transaction. Raises `NotReadyError` and `ErasedError`.
    """
    row = _row(order, matter)
    _fill(row, composed(order, matter, None), secrets.token_hex(16))
    row.status = Letter.Status.DRAFT
    row.save(force_insert=True)
    return row


@transaction.atomic
def issue_draft(row: Letter, matter: Matter, issuer: User | None, day: date) -> Letter:
    """Issue a draft, as it was consented to, inside the caller's transaction.

    It goes out dated ``day``, the day of consent, and is numbered in that year's
    series; nothing else in it may differ from what was consented to. Raises
    `ChangedError` where template, wording, body or case would now make another
    letter of it, `NotReadyError` where none, and `LetterError` where it is no draft.
    """
    found = Letter.objects.select_for_update(no_key=True).get(pk=row.pk)
    if found.status != Letter.Status.DRAFT:
        raise LetterError(_("文书不在待审批状态，不能出具"))
    order = replace(order_of(found), day=day)
    seen, salt = bridge.letter_of(content(found))
    now = composed(order, matter, None)._replace(day=seen.day, number=seen.number)
    if orders.fingerprint(bridge.text_of(now, salt)) != found.sha256:
        raise ChangedError(
            _("文书《%(title)s》在送审之后有了变化，与审批人看到的不同；请退回后重新送审")
            % {"title": found.title}
        )
    found.day, found.year = day, day.year
    found.order = seal_text(found.reader, orders.written(order))
    _put_out(found, order, matter, salt)
    found.issued_by = issuer
    found.save()
    return found


def drop(row: Letter, why: str) -> None:
    """Make a draft void: it will not go out. It never had a number."""
    rows = Letter.objects.filter(pk=row.pk, status=Letter.Status.DRAFT)
    # The ledger has all of it; a mark says so where the draft's own column cannot.
    short = why if len(why) <= LONGEST_REASON else f"{why[: LONGEST_REASON - 1]}…"
    rows.update(status=Letter.Status.VOID, void_reason=short, voided_at=clock.now())


@transaction.atomic
def issue_alone(
    order: Order, matter: Matter, issuer: User, key: str | None = None
) -> Letter:
    """Issue a letter that no act of a case brings with it: a receipt, a cover, a notice.

    A submission sent twice is one letter.
    Raises `NotAllowedError`, `NotReadyError` and `ErasedError`.
    """
    require(issuer, policy.ISSUE, matter.body, clock.today())
    if earlier := kept(matter.body.pk, key, ISSUED, case_id=matter.case_id):
        return Letter.objects.get(pk=earlier.content["letter"])
    row = issue(order, matter, issuer)
    _record(row, ISSUED, issuer, key=key)
    return row


class Undoing(NamedTuple):
    """Who makes a letter void, why, and by which submission."""

    actor: User
    why: str
    key: str | None = None


@transaction.atomic
def void(row: Letter, undoing: Undoing) -> Letter:
    """Make an issued letter void (作废); its number stays used and both stay visible.

    Raises `NotAllowedError`, and `LetterError` where it is not in force, no reason
    is given, or its issuer would undo it alone.
    """
    if kept(row.body_id, undoing.key, VOIDED, letter=row.pk):
        return Letter.objects.get(pk=row.pk)
    found = _voided(row, undoing)
    _record(found, VOIDED, undoing.actor, key=undoing.key, why=found.void_reason)
    return found


def lapse(row: Letter, why: str, actor: User | None, *, ended: int) -> None:
    """Make void a letter that never went out, for what it belongs to has ended.

    Inside the ending's transaction, which alone decides it: whoever issued the letter
    may end the case too, and so may its applicant, of whom there is no ``actor``. The
    number stays used. ``ended`` is the place of the ending in the case's history.
    """
    found = Letter.objects.select_for_update(no_key=True).get(pk=row.pk)
    _make_void(found, why, actor)
    entry = said(found) | {"why": found.void_reason, "ended": ended}
    append(Record(found.body, VOIDED, entry, actor=actor, case_id=found.case_id))


def lapsed(row: Letter) -> bool:
    """Return whether a letter is void because its case ended before it went out."""
    if row.stands or not row.case_id:
        return False
    rows = Entry.objects.filter(case_id=row.case_id, kind=VOIDED)
    told = (each.content for each in rows)
    return any(each["letter"] == row.pk and "ended" in each for each in told)


@transaction.atomic
def reissue(row: Letter, order: Order, matter: Matter, undoing: Undoing) -> Letter:
    """Make a letter void and issue another in its place, of the same kind and reader.

    One that lapsed is void already. Raises what `void` and `issue` raise.
    """
    if kept(row.body_id, undoing.key, VOIDED, letter=row.pk):
        return _replacing(row)
    if order.kind != row.kind or matter.reader.pk != row.reader_id:
        raise LetterError(_("重新出具的文书须与原文书同类、同一受文人"))
    if lapsed(row):
        return _made_anew(row, issue(order, matter, undoing.actor), undoing)
    found = _voided(row, undoing)
    return _in_its_place(found, issue(order, matter, undoing.actor), undoing)


@transaction.atomic
def reissue_draft(
    row: Letter, draft: Letter, matter: Matter, undoing: Undoing, issuer: User
) -> Letter:
    """Make a letter void and issue in its place the draft that was consented to.

    Inside the caller's transaction. Raises what `void` and `issue_draft` raise.
    """
    if lapsed(row):
        fresh = issue_draft(draft, matter, issuer, clock.today())
        return _made_anew(row, fresh, undoing)
    found = _voided(row, undoing)
    fresh = issue_draft(draft, matter, issuer, clock.today())
    return _in_its_place(found, fresh, undoing)


def content(row: Letter) -> str:
    """Return a letter's text as it was kept, its fingerprint compared.

    Raises `AlteredLetterError`, and `ErasedError` when the reader's data were
    destroyed.
    """
    try:
        text = open_text(row.reader, bytes(row.content))
    except NotOpenedError:
        text = ""
    if orders.fingerprint(text) != row.sha256:
        raise AlteredLetterError(
            _("文书%(number)s的内容与登记的指纹不符，可能被改动，不予显示")
            % {"number": row.number}
        )
    return text


def opened(row: Letter) -> Composed:
    """Return the composed letter that a row keeps; raises what `content` raises."""
    return bridge.letter_of(content(row))[0]


def order_of(row: Letter) -> Order:
    """Return what a letter was made from; raises `ErasedError`."""
    return orders.read(open_text(row.reader, bytes(row.order)))


def glance(row: Letter, actor: User) -> Composed:
    """Show a letter to a person with its reader's name masked; that needs no record.

    Raises `NotAllowedError` and what `content` raises.
    """
    require(actor, policy.OPEN, row.body, clock.today())
    return bridge.masked(opened(row), row.reader)


@transaction.atomic
def look(row: Letter, actor: User, purpose: str) -> Composed:
    """Open a letter for a person; who opened it and for what enters the ledger.

    It names its reader, so that to see it is to see personal data.
    Raises `NotAllowedError` and what `content` raises.
    """
    require(actor, policy.OPEN, row.body, clock.today())
    made = opened(row)
    payload: dict[str, Plain] = {"letter": row.pk, "purpose": purpose}
    append(Record(row.body, OPENED, payload, actor=actor, case_id=row.case_id))
    return made


def said(row: Letter) -> dict[str, Plain]:
    """Return what the ledger says of a letter: nothing that names its reader."""
    return {
        "letter": row.pk,
        "kind": row.kind,
        "number": row.number,
        "sha256": row.sha256,
        "made_by": row.made_by,
        "row": fingerprint(row, *ROW),
    }


def _row(order: Order, matter: Matter) -> Letter:
    day = order.day or clock.today()
    made = template(order.kind)
    own = edits(matter.body, order.kind, day)
    return Letter(
        body=matter.body,
        case_id=matter.case_id,
        reader=matter.reader,
        kind=order.kind,
        title=made.title,
        series=made.series or "",
        year=day.year,
        day=day,
        order=seal_text(matter.reader, orders.written(replace(order, day=day))),
        made_by=bridge.made_by(order.kind, own, matter.choices),
    )


def _put_out(row: Letter, order: Order, matter: Matter, salt: str) -> None:
    """Give a letter its number and its text."""
    if row.series:
        row.sequence = next_number(row.body, f"letter.{row.series}", row.year)
    made = composed(replace(order, day=row.day), matter, row.sequence)
    row.number = made.number or ""
    _fill(row, made, salt)
    row.status, row.issued_at = Letter.Status.ISSUED, clock.now()


def _fill(row: Letter, made: Composed, salt: str) -> None:
    text = bridge.text_of(made, salt)
    row.sha256 = orders.fingerprint(text)
    row.content = seal_text(row.reader, text)


def _voided(row: Letter, undoing: Undoing) -> Letter:
    require(undoing.actor, policy.VOID, row.body, clock.today())
    found = Letter.objects.select_for_update(no_key=True).get(pk=row.pk)
    if not found.stands:
        raise LetterError(
            _("文书%(number)s是“%(status)s”，不能作废")
            % {"number": found.number, "status": found.get_status_display()}
        )
    if found.issued_by_id == undoing.actor.pk:
        raise LetterError(_("出具人不能作废自己出具的文书，须由另一人办理"))
    if not undoing.why.strip():
        raise LetterError(_("作废须写明原因"))
    if len(undoing.why.strip()) > LONGEST_REASON:
        raise LetterError(
            _("作废原因最多%(most)s字，现有%(n)s字；没有截断，请删减后再提交")
            % {"most": LONGEST_REASON, "n": len(undoing.why.strip())}
        )
    _make_void(found, undoing.why.strip(), undoing.actor)
    return found


def _make_void(found: Letter, why: str, actor: User | None) -> None:
    found.status, found.void_reason = Letter.Status.VOID, why
    found.voided_by, found.voided_at = actor, clock.now()
    found.save(update_fields=("status", "void_reason", "voided_by", "voided_at"))


def _made_anew(row: Letter, fresh: Letter, undoing: Undoing) -> Letter:
    """Put a letter in the place of one that lapsed with an ending undone since.

    Raises `LetterError` where another has taken its place.
    """
    if Letter.objects.filter(replaces=row).exists():
        raise LetterError(_("文书%(number)s已经重新出具") % {"number": row.number})
    Letter.objects.filter(pk=fresh.pk).update(replaces=row)
    fresh.replaces = row
    more: dict[str, Plain] = {"in_place_of": row.pk, "why": undoing.why.strip()}
    _record(fresh, ISSUED, undoing.actor, key=undoing.key, **more)
    return fresh


def _in_its_place(found: Letter, fresh: Letter, undoing: Undoing) -> Letter:
    Letter.objects.filter(pk=fresh.pk).update(replaces=found)
    fresh.replaces = found
    _record(
        *(found, VOIDED, undoing.actor),
        key=undoing.key, why=found.void_reason, replaced_by=said(fresh),
    )  # fmt: skip
    return fresh


def _replacing(row: Letter) -> Letter:
    """Return the letter issued in another's place; raises `KeyTakenError` for none."""
    found = Letter.objects.filter(replaces=row).first()
    if found is None:
        raise KeyTakenError
    return found


def kept(
    body_id: int,
    key: str | None,
    kind: str,
    *,
    letter: int | None = None,
    case_id: int | None = None,
) -> Entry | None:
    """Return what a submission has already entered of a letter or case, none where nothing.

    Raises `KeyTakenError` where its key came with something else.
    """
    if key is None:
        return None
    found = Entry.objects.filter(body=body_id, key=key).first()
    if found is None:
        return None
    strange = found.kind != kind or (case_id and found.case_id != case_id)
    if strange or (letter and found.content["letter"] != letter):
        raise KeyTakenError
    return found


def _record(row: Letter, kind: str, actor: User, key: str | None, **more: Plain) -> None:
    payload = {**said(row), **more}
    append(Record(row.body, kind, payload, actor=actor, case_id=row.case_id, key=key))
