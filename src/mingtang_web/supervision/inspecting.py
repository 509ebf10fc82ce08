"""What is done in inspections: begun, gone through body by body, looked over by people."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang import supervising
from mingtang.supervising import BY_HAND, draw
from mingtang_web import clock, masking
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import below, require
from mingtang_web.ledger.actions import Record, append, hold
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.numbering.actions import next_number
from mingtang_web.supervision import policy
from mingtang_web.supervision.examining import Found, with_limits
from mingtang_web.supervision.models import (
    LONGEST,
    LONGEST_PLACE,
    LONGEST_SEED,
    Finding,
    Inspection,
    InspectionStep,
    Watching,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang_web.ledger.canonical import Plain

What = InspectionStep.What
Kind = Inspection.Kind
_BEGUN = ("kind", "on", "seed", "of", "drawn")
ROWS = Stepping(
    Inspection,
    InspectionStep,
    "inspection",
    _BEGUN,
    registered=("body_id", "number", "created_at", *_BEGUN),
    now=("found", "struck", "version"),
    step=("inspection_id", "what", "held", "why"),
)
"""How inspections go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in What)
WATCHING_SET = "body.watching_set"
COLUMNS = ("body_id", "check_id", "place", "said", "address", "mark", "by_hand")
"""What of a finding never changes, and is in the hash of what was found."""


class Asked(NamedTuple):
    """How it is inspected: which kind, and of a sample how many, by which seed."""

    kind: str
    size: int | None = None
    seed: str = ""


def inspected_by(office: Body) -> list[Body]:
    """Return whom an office inspects: itself and all below it that are, in order."""
    under = below(office).filter(closed_on=None)
    return [*([] if office.closed_on else [office]), *under.order_by("path")]


@transaction.atomic
def begin(office: Body, asked: Asked, doing: Doing) -> Inspection:
    """Begin an inspection and return it; the site then looks at one body after another.

    A seed left blank is drawn at random and kept, so that anybody can draw the sample
    again. Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.INSPECT, office, clock.today())
    return _begun(office, asked, doing)


@transaction.atomic
def begin_monthly(office: Body) -> Inspection | None:
    """Begin the month's inspection of an office that wants one; none where there is."""
    hold(office)
    today = clock.today()
    rows = Inspection.objects.filter(body=office, kind=Kind.MONTHLY, struck=False)
    if rows.filter(on__gte=today.replace(day=1)).exists():
        return None
    return _begun(office, Asked(Kind.MONTHLY), Doing(None, 0))


def _begun(office: Body, asked: Asked, doing: Doing) -> Inspection:
    earlier = ROWS.of_key(office, doing.key)
    if earlier:
        return earlier
    if asked.kind not in Kind.values:
        raise ValidationError({"kind": _("没有这一种检查方式，请从列出的里面选")})
    bodies, today = inspected_by(office), clock.today()
    if not bodies:
        raise ValidationError(_("没有可以检查的机关"))
    row = Inspection(body=office, kind=asked.kind, on=today, of=len(bodies))
    count = next_number(office, ROWS.name, today.year)
    row.number = f"JC{today.year}-{count:03d}"
    row.drawn = [each.pk for each in bodies]
    if asked.kind == Kind.SAMPLED:
        row.seed, row.drawn = _sampled(row.number, bodies, asked)
    return ROWS.begun(row, doing)


def _sampled(number: str, bodies: list[Body], asked: Asked) -> tuple[str, list[int]]:
    if not asked.size or asked.size > len(bodies):
        most = {"most": len(bodies)}
        raise ValidationError({"size": _("抽查的机关数应在1到%(most)s之间") % most})
    seed = asked.seed.strip() or f"{number} {secrets.token_hex(8)}"
    if len(seed) > LONGEST_SEED:
        raise ValidationError({"seed": _("种子太长，请写短一些")})
    masking.to_keep(seed, "seed")
    ids = {each.code: each.pk for each in bodies}
    drawn = {ids[code] for code in draw(seed, ids, asked.size).drawn}
    return seed, [each.pk for each in bodies if each.pk in drawn]


@transaction.atomic
def take(inspection: Inspection, body: Body, found: Iterable[Found]) -> int:
    """Keep what was found in the next body of an inspection; return how many.

    The last one ends it. A body that was taken before is passed over.
    """
    present = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    at = present.done
    if present.struck or at >= len(present.drawn) or present.drawn[at] != body.pk:
        return 0
    rows = [_finding(present, body, each) for each in found]
    Finding.objects.bulk_create(rows, batch_size=500)
    present.done += 1
    present.save(update_fields=("done",))
    if present.done == len(present.drawn):
        present.body = inspection.body
        present.found = hash_of(present)
        counted = {"found": Finding.objects.filter(inspection=present).count()}
        step = ROWS.step_of(present, What.ENDED, held=counted)
        ROWS.write(present, step, Doing(None, present.version), reason=False)
    return len(rows)


def hash_of(inspection: Inspection) -> str:
    """Return the hash of everything that an inspection found by itself."""
    rows = Finding.objects.filter(inspection=inspection, by_hand=False).order_by("pk")
    return _hash(fingerprint(row, *COLUMNS) for row in rows.iterator(chunk_size=500))


def _hash(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode())
    return whole.hexdigest()


@transaction.atomic
def note(inspection: Inspection, body: Body, found: Found, doing: Doing) -> Finding:
    """Enter what an inspector saw in a body that was looked at.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(inspection, policy.INSPECT, doing)
    if ROWS.came_before(present, doing.key):
        told = present.steps.get(entry__key=doing.key)
        return Finding.objects.get(pk=told.held["finding"])
    ROWS.in_turn(present, doing)
    if body.pk not in present.drawn:
        raise ValidationError({"body": _("这次检查没有查这个机关，请另选")})
    if found.check not in {each.id for each in supervising.checks()}:
        raise ValidationError({"check": _("没有这一项，请从列出的里面选")})
    for name, words, most in (
        ("place", found.place, LONGEST_PLACE),
        ("said", found.said, LONGEST),
    ):
        masking.to_keep(words, name)
        if len(words) > most:
            raise ValidationError({name: _("太长了，请写短一些")})
    row = _finding(present, body, found)
    row.by_hand = True
    row.save(force_insert=True)
    held = {"finding": row.pk, "row": fingerprint(row, *COLUMNS)}
    ROWS.write(present, ROWS.step_of(present, What.NOTED, held=held), doing, reason=False)
    return row


@transaction.atomic
def drop(finding: Finding, doing: Doing) -> Finding:
    """Say that something found is no fault; ``doing.note`` says why.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(finding.inspection, policy.INSPECT, doing)
    row = Finding.objects.select_for_update(of=("self",), no_key=True).get(pk=finding.pk)
    if ROWS.came_before(present, doing.key):
        return row
    ROWS.in_turn(present, doing)
    if not row.is_open:
        raise ValidationError(_("这个问题已经核实或者已经要求整改，不能再改"))
    row.dropped = True
    row.save(update_fields=("dropped",))
    step = ROWS.step_of(present, What.DROPPED, held={"finding": row.pk})
    ROWS.write(present, step, doing)
    return row


@transaction.atomic
def strike(inspection: Inspection, doing: Doing) -> Inspection:
    """Strike an inspection of which nothing was ordered; it counts no more.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(inspection, policy.INSPECT, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    if present.findings.filter(order__isnull=False).exists():
        raise ValidationError(_("已有问题发出整改通知，这次检查不能作废"))
    present.struck = True
    return ROWS.write(present, ROWS.step_of(present, What.STRUCK), doing)


@transaction.atomic
def watch(
    office: Body, limits: Mapping[str, str], *, monthly: bool, doing: Doing
) -> Watching:
    """Set within what time columns get something new, and whether each month is looked.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.INSPECT, office, clock.today())
    known = {each.id for each in with_limits({})}
    offered = {"", *(each.id for each in supervising.limits())}
    if not set(limits) <= known or not set(limits.values()) <= offered:
        raise ValidationError(_("没有这样的栏目或者时限，请从列出的里面选"))
    kept = dict(sorted(limits.items()))
    said: dict[str, Plain] = {"watched": {**kept}, "monthly": monthly}
    append(Record(office, WATCHING_SET, said, actor=doing.actor, key=doing.key))
    row, _new = Watching.objects.update_or_create(
        body=office, defaults={"limits": kept, "monthly": monthly}
    )
    return row


def _finding(inspection: Inspection, body: Body, found: Found) -> Finding:
    return Finding(
        inspection=inspection,
        body=body,
        check_id=found.check,
        place=found.place.strip()[:LONGEST_PLACE],
        said=found.said.strip()[:LONGEST],
        address=found.address[:LONGEST_PLACE],
        mark=found.mark(body),
        by_hand=found.check == BY_HAND,
    )
