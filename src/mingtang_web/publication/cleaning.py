"""Clean-ups (清理): all of a body's documents in force gone through, signed at once.

Whoever handles concludes, document by document; an approver who concluded none of it
signs, and what follows for each document's validity is recorded in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.publication.validity import state_on
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import below, require, standing
from mingtang_web.days import all_plausible
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.publication import policy
from mingtang_web.publication.cleanups import CleanUp, CleanUpItem
from mingtang_web.publication.forces import event_of, histories, led_elsewhere
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import HOLDING
from mingtang_web.publication.recording import (
    OutOfTurnError,
    SentOtherwiseError,
    asked_with,
    sent_before,
)
from mingtang_web.publication.settling import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing

Conclusion, Stage = CleanUpItem.Conclusion, CleanUp.Stage
KIND = "cleanup."
"""What the kinds of all entries begin with that are of a clean-up."""
OPENED, TAKEN_UP, CONCLUDED, SIGNED, ABANDONED = (
    f"{KIND}{each}" for each in ("opened", "taken_up", "concluded", "signed", "abandoned")
)
NOW = (
    "body_id", "name", "as_of", "basis", "below", "stage", "version", "by_id", "at",
    "signed_by_id", "signed_on", "signed_why",
)  # fmt: skip
"""What every entry of a clean-up holds of it as it stands after it."""
ITEM = (
    "campaign_id", "document_id", "conclusion", "reason", "expires_on", "by_id", "at",
    "moot",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a clean-up is about."""

    name: str
    as_of: date
    basis: str
    below: bool = False


@dataclass(frozen=True)
class Concluded:
    """What is to become of a document, and why; a new last day of force if it is kept."""

    conclusion: str
    reason: str
    expires_on: date | None = None


@transaction.atomic
def open_clean_up(body: Body, plan: Plan, doing: Doing) -> CleanUp:
    """Begin a clean-up; its worklist is what was in force on its day.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.CLEAN_UP, body, clock.today())
    asked: Plain = [plan.name, plan.as_of.isoformat(), plan.basis, plan.below]
    before = sent_before(body, OPENED, doing, asked)
    if before is not None:
        return CleanUp.objects.get(pk=before.content["cleanup"])
    all_plausible({"as_of": plan.as_of})
    if plan.as_of > clock.today():
        raise ValidationError({"as_of": _("清理截止日还没有到")})
    for name in ("name", "basis"):
        masking.to_keep(getattr(plan, name), name)
    row = CleanUp(
        body=body,
        name=plan.name.strip()[:100],
        as_of=plan.as_of,
        basis=plan.basis.strip()[:300],
        below=plan.below,
        by=doing.person,
        at=clock.now(),
    )
    row.save(force_insert=True)
    items = _taken_up(row)
    return _told(row, OPENED, doing, items, asked)


@transaction.atomic
def take_up(campaign: CleanUp, doing: Doing) -> CleanUp:
    """Add to a worklist what has been registered since, and was in force on its day.

    Raises `NotAllowedError` and `OutOfTurnError`.
    """
    present, came = _begin(campaign, TAKEN_UP, doing)
    require(doing.person, policy.CLEAN_UP, present.body, clock.today())
    if came:
        return present
    return _told(present, TAKEN_UP, doing, _taken_up(present))


@transaction.atomic
def conclude(
    campaign: CleanUp, concluded: Mapping[int, Concluded], doing: Doing
) -> CleanUp:
    """Say of some items, by their ids, what is to become of them, in place of before.

    Whoever handles in the campaign's body, or in the document's own, may. Raises
    `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    asked: Plain = [
        [pk, said.conclusion, said.reason, str(said.expires_on or "")]
        for pk, said in sorted(concluded.items())
    ]
    present, came = _begin(campaign, CONCLUDED, doing, asked)
    rows = present.items.select_related("document__body").filter(pk__in=list(concluded))
    items = list(rows.order_by("pk"))
    held = standing(doing.person, clock.today())
    for body in {each.document.body for each in items} or {present.body}:
        if not held.allows(policy.CLEAN_UP, present.body):
            require(doing.person, policy.CLEAN_UP, body, clock.today())
    if came:
        return present
    for item in items:
        _conclude(item, concluded[item.pk], doing)
    return _told(present, CONCLUDED, doing, items, asked)


@transaction.atomic
def sign(campaign: CleanUp, doing: Doing) -> CleanUp:
    """Sign a clean-up: what it concludes is from today what stands of each document.

    One that is no longer in force is left as it is. Raises `NotAllowedError`,
    `OutOfTurnError`, and `ValidationError` where a document has no conclusion or the law
    does not let it have this one.
    """
    present, came = _begin(campaign, SIGNED, doing)
    require(doing.person, policy.SIGN_CLEAN_UP, present.body, clock.today())
    if came:
        return present
    if doing.version != present.version:
        raise OutOfTurnError(
            _("清理结论在您打开之后又有改动，没有签发；请看过最新的结论再签")
        )
    items = list(present.items.select_related("document__body").order_by("document_id"))
    _by_two(present, items, doing)
    masking.no_personal_data(doing.note)
    settle(present, items, doing)
    present.stage, present.signed_by = Stage.CLOSED, doing.person
    present.signed_on, present.signed_why = clock.today(), doing.note.strip()[:200]
    return _told(present, SIGNED, doing, items)


@transaction.atomic
def abandon(campaign: CleanUp, doing: Doing) -> CleanUp:
    """Give a clean-up up, ``doing.note`` saying why; nothing follows from it.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present, came = _begin(campaign, ABANDONED, doing)
    require(doing.person, policy.SIGN_CLEAN_UP, present.body, clock.today())
    if came:
        return present
    masking.to_keep(doing.note, "note")
    present.stage, present.signed_by = Stage.ABANDONED, doing.person
    present.signed_on, present.signed_why = clock.today(), doing.note.strip()[:200]
    return _told(present, ABANDONED, doing, [])


def over(campaign: CleanUp) -> Q:
    """Return which items are no longer in force: by now, or as it was signed (moot)."""
    if campaign.is_open:
        return ~Q(document__validity__in=HOLDING)
    return Q(moot=True)


def _begin(
    campaign: CleanUp, name: str, doing: Doing, asked: Plain = None
) -> tuple[CleanUp, bool]:
    """Return a clean-up as it now stands, locked, and whether the same came before.

    Raises `OutOfTurnError` once it ended, and `SentOtherwiseError`.
    """
    rows = CleanUp.objects.select_for_update(of=("self",), no_key=True)
    present = rows.select_related("body").get(pk=campaign.pk)
    before = sent_before(present.body, name, doing, asked)
    if before is not None:
        if before.content["cleanup"] != present.pk:
            raise SentOtherwiseError(before)
        return present, True
    if not present.is_open:
        raise OutOfTurnError(
            _("这次清理处于“%(stage)s”，不能再办理")
            % {"stage": present.get_stage_display()}
        )
    return present, False


def _taken_up(campaign: CleanUp) -> list[CleanUpItem]:
    """Put what was in force on a clean-up's day into its worklist, and return it.

    Whoever made a document cleans it up: a joint one its lead body.
    """
    bodies = [campaign.body_id]
    if campaign.below:
        bodies += below(campaign.body).values_list("pk", flat=True)
    rows = Document.objects.filter(body__in=bodies).exclude(norm="")
    rows = rows.exclude(cleanups__campaign=campaign)
    found = []
    told = histories(rows.values_list("pk", flat=True))
    for pk in sorted(set(told) - led_elsewhere(bodies)):
        state = state_on([event_of(row) for row in told[pk]], campaign.as_of)
        if state and state.status.holds:
            found.append(CleanUpItem(campaign=campaign, document_id=pk))
    return CleanUpItem.objects.bulk_create(found)


def _conclude(item: CleanUpItem, said: Concluded, doing: Doing) -> None:
    if said.conclusion not in set(Conclusion.values) - {Conclusion.NONE}:
        raise ValidationError({"conclusion": _("请选一项清理结论")})
    masking.to_keep(said.reason, "reason")
    all_plausible({"expires_on": said.expires_on})
    if said.conclusion != Conclusion.KEEP and said.expires_on:
        raise ValidationError({"expires_on": _("只有继续有效的填新的有效期")})
    if said.expires_on and said.expires_on < clock.today():
        raise ValidationError({"expires_on": _("新的有效期已经过了，请核对年份")})
    item.conclusion, item.reason = said.conclusion, said.reason.strip()[:300]
    item.expires_on = said.expires_on
    item.by, item.at = doing.person, clock.now()
    item.save()


def _by_two(campaign: CleanUp, items: Iterable[CleanUpItem], doing: Doing) -> None:
    """Let a signature pass of somebody who concluded nothing, in nobody's stead who did."""
    wrote = {item.by_id for item in items}
    held = standing(doing.person, clock.today())
    lender = held.lender_for(policy.SIGN_CLEAN_UP, campaign.body)
    if doing.person.pk in wrote or (lender is not None and lender in wrote):
        raise OutOfTurnError(
            _("清理结论有您（或者您受托代行的那位）作出的，请由另一人签发")
        )


def _told(
    campaign: CleanUp,
    name: str,
    doing: Doing,
    items: Iterable[CleanUpItem],
    asked: Plain = None,
) -> CleanUp:
    """Save a clean-up one act further on; the entry holds it and the items touched."""
    campaign.version += 1
    campaign.save()
    said: dict[str, Plain] = {
        "cleanup": campaign.pk,
        "now": fingerprint(campaign, *NOW),
        "rows": [["cleanupitem", each.pk, fingerprint(each, *ITEM)] for each in items],
        "asked": asked_with(doing, asked),
    }
    append(Record(campaign.body, name, said, actor=doing.actor, key=doing.key))
    return campaign
