"""Whether a report's review can be brought to its end by the people who are there.

Whoever wrote does not review, and nobody does two stages: a body that is too small for
its chain learns it before a report is sent or passed on, not when nobody is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.annual import policy
from mingtang_web.annual.models import Stage, State
from mingtang_web.annual.stages import NEXT, first_stage, passed_by, writers
from mingtang_web.bodies.pairing import first_without
from mingtang_web.bodies.queries import able

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body


def short_of(annual: Annual, user_id: int) -> Stage | None:
    """Return the first stage nobody is left for once somebody sent or passed it on.

    None where there is a person of their own for each stage that follows.
    """
    in_review = annual.state == State.IN_REVIEW
    start = Stage(annual.stage) if in_review else None
    coming = list(_from(NEXT.get(start) if start else first_stage(annual.body)))
    busy = writers(annual) | {user_id} | (passed_by(annual) if in_review else set())
    today = clock.today()
    free = [
        able(annual.body, policy.REVIEWING[stage].roles, today) - busy for stage in coming
    ]
    number = first_without(free)
    return None if number is None else coming[number]


def who_corrects(body: Body) -> str:
    """Return in words who may correct a body's reports: their roles, and who holds them."""
    held = able(body, policy.CORRECT.roles, clock.today())
    people = User.objects.filter(pk__in=held).order_by("display_name", "pk")
    names = _("、").join(each.display_name for each in people)
    known = {"role": policy.CORRECT.by, "names": names or _("现在没有人担任，请联系管理员")}
    return _("%(role)s人员（%(names)s）") % known


def _from(stage: Stage | None) -> Iterator[Stage]:
    while stage is not None:
        yield stage
        stage = NEXT.get(stage)
