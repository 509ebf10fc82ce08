"""By which stages a body's documents go, and whose turn it is.

A body sets its stages, but secrecy review and a leader's signature are always among
them, and what is under review goes by the stages it was sent with. Whoever wrote a
revision of it does not review it, and from one 送审 to the next a person passes one
stage only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.publication import policy
from mingtang_web.publication.models import ReviewChain, Revision, Stage, Step, Waiver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document

USUAL = (Stage.SECTION, Stage.OFFICE, Stage.SECRECY, Stage.LEADER)
"""The stages of a body that has set none."""
ALWAYS = (Stage.SECRECY, Stage.LEADER)
"""What no body leaves out (保守国家秘密法第三十五条；先审后发)."""
CHAIN_SET = "publication.chain_set"
Verdict = Step.Verdict


def stages_of(body: Body) -> tuple[Stage, ...]:
    """Return by which stages a body's documents go, in order: one query."""
    row = ReviewChain.objects.filter(body=body).first()
    return tuple(Stage(each) for each in row.stages.split(",")) if row else USUAL


@transaction.atomic
def set_chain(
    body: Body, stages: Sequence[Stage], actor: User, key: str | None = None
) -> None:
    """Set a body's stages; what is under review keeps those it was sent with.

    Raises `NotAllowedError`, and `ValidationError` where one that must be is left out,
    one comes twice or they are out of order.
    """
    require(actor, policy.SET_CHAIN, body, clock.today())
    missing = [each for each in ALWAYS if each not in stages]
    if missing:
        names = "、".join(str(each.label) for each in missing)
        raise ValidationError(
            {"stages": _("审核环节不能没有“%(names)s”") % {"names": names}}
        )
    ordered = [each for each in Stage if each in stages]
    if list(stages) != ordered:
        raise ValidationError({"stages": _("审核环节重复，或者先后次序不对")})
    joined = ",".join(stages)
    ReviewChain.objects.update_or_create(body=body, defaults={"stages": joined})
    append(Record(body, CHAIN_SET, {"stages": joined}, actor=actor, key=key))


def writers(document: Document) -> set[int]:
    """Return the ids of whoever wrote what is under review, or waived for it.

    That is since the revision that is public, if any: two queries.
    """
    revisions, waivers = document.revisions.all(), document.waivers.all()
    if document.published_id:
        revisions = revisions.filter(pk__gt=document.published_id)
        waivers = waivers.filter(revision__gt=document.published_id)
    sent = document.steps.filter(verdict=Verdict.SENT)
    sent = sent.filter(revision__in=revisions)
    found: set[int | None] = set()
    for rows in (revisions, waivers, sent):
        found |= set(rows.values_list("by", flat=True))
    return {each for each in found if each is not None}


def passed_by(document: Document) -> set[int]:
    """Return the ids of whoever passed a document on since it was sent: two queries."""
    sent = document.steps.filter(verdict=Verdict.SENT).order_by("id").last()
    if sent is None:
        return set()
    passed = document.steps.filter(verdict=Verdict.PASSED, pk__gt=sent.pk)
    people = passed.values_list("by", "stead")
    return {each for pair in people for each in pair if each is not None}


def theirs(documents: Sequence[Document], user_id: int) -> list[Document]:
    """Return those of some documents in review that a person may pass on: five queries.

    What `why_not` says of each, for lists. Who lent a role is looked at when it is passed.
    """
    ids = [each.pk for each in documents]
    since = Q(document__published=None) | Q(revision__gt=F("document__published"))
    rows = Revision.objects.filter(document__in=ids, by=user_id)
    own = Q(document__published=None) | Q(pk__gt=F("document__published"))
    wrote = set(rows.filter(own).values_list("document", flat=True))
    waived = Waiver.objects.filter(since, document__in=ids, by=user_id)
    wrote |= set(waived.values_list("document", flat=True))
    put_in = Step.objects.filter(since, document__in=ids, by=user_id, verdict=Verdict.SENT)
    wrote |= set(put_in.values_list("document", flat=True))
    steps = Step.objects.filter(document__in=ids)
    sent = dict(
        steps.filter(verdict=Verdict.SENT)
        .order_by()
        .values_list("document")
        .annotate(last=Max("pk"))
    )
    passed = steps.filter(Q(by=user_id) | Q(stead=user_id), verdict=Verdict.PASSED)
    done = {
        document
        for pk, document in passed.values_list("pk", "document")
        if pk > sent.get(document, 0)
    }
    return [each for each in documents if each.pk not in wrote | done]


def why_not(document: Document, user_id: int) -> str | None:
    """Return why somebody may not pass a document on now, None where they may."""
    if user_id in writers(document):
        return _("这份文件是您起草或者修改的，不能自己审核；请由另一人办理")
    if user_id in passed_by(document):
        return _("您已在本轮审核通过前一环节，同一人不能再审核；请由另一人办理")
    return None
