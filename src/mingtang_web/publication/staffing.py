"""Whether a document's review can be brought to its end, and who can do what next.

Whoever wrote does not review, and nobody passes two stages: a body that is too small for
its chain learns it before a document is sent or passed on, and where it is stuck
everybody who sees the document learns why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.pairing import first_without
from mingtang_web.bodies.queries import able
from mingtang_web.publication import policy
from mingtang_web.publication.chains import passed_by, stages_of, writers
from mingtang_web.publication.models import Stage, State

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.publication.models import Document

_SPENT = lazy(
    "“%(stage)s”环节没有人能办了：担任这一职责的%(names)s，都起草、修改过这一稿，通过了本轮前面的"
    "环节，或者要办别的环节，一个人只办一个环节。下一步：请%(administrators)s在“机关”页面给另一人"
    "加上%(role)s职责，或者由没有起草过的那一位把职责委托给另一人；都不行的，由现在能审核的人退回"
    "修改，重新送审时请别人办前面的环节"
)
_NOBODY = lazy(
    "“%(stage)s”环节没有人能办：本机关现在没有担任%(role)s的人。下一步：请%(administrators)s在"
    "“机关”页面给一个没有起草、没有审核过这一稿的人加上这一职责"
)


def short_of(document: Document, user_id: int) -> Stage | None:
    """Return the first stage nobody is left for once somebody sent or passed it on.

    None where there is a person of their own for each stage that follows.
    """
    in_review = document.state == State.IN_REVIEW
    plan = document.stages if in_review else stages_of(document.body)
    coming = plan[document.position + 1 :] if in_review else plan
    wrote = writers(document) | (set() if in_review else {user_id})
    busy = wrote | {user_id} | (passed_by(document) if in_review else set())
    number = first_without([_free(document.body, s, wrote) - busy for s in coming])
    return None if number is None else coming[number]


def stuck(document: Document) -> str:
    """Return for which stage of a review nobody is left, why, and what to do.

    Of the stage a document waits for and of those that follow; empty where each has
    somebody, and where no review goes on.
    """
    if document.state != State.IN_REVIEW:
        return ""
    coming = document.stages[document.position :]
    wrote = writers(document)
    spent = wrote | passed_by(document)
    number = first_without([_free(document.body, s, wrote) - spent for s in coming])
    if number is None:
        return ""
    stage = coming[number]
    act = policy.REVIEWING[stage]
    holders = able(document.body, act.roles, clock.today())
    known = {
        "stage": stage.label,
        "names": names(holders),
        "administrators": in_words(document.body, frozenset({Role.ADMINISTRATOR})),
        "role": act.by,
    }
    said = _SPENT if holders else _NOBODY
    return str(said) % known


def answerers(document: Document) -> str:
    """Return in words who may say why what screening found stays, or change the words."""
    return in_words(document.body, policy.WAIVE.roles)


def in_words(body: Body, roles: Collection[Role]) -> str:
    """Return in words who may do an act in a body: their roles, and who holds them."""
    act_by = "、".join(str(role.label) for role in Role if role in roles)
    held = names(able(body, roles, clock.today()))
    known = {"role": act_by, "names": held or _("现在没有人担任，请联系上级机关的管理员")}
    return _("%(role)s人员（%(names)s）") % known


def names(people: Collection[int]) -> str:
    """Return the names of some people, in their order: one query."""
    rows = User.objects.filter(pk__in=people).order_by("display_name", "pk")
    return _("、").join(each.display_name for each in rows)


def _free(body: Body, stage: Stage, wrote: Collection[int]) -> set[int]:
    act: Act = policy.REVIEWING[stage]
    return able(body, act.roles, clock.today(), wrote)
