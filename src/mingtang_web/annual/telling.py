"""Telling those whose review a report has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.annual import policy
from mingtang_web.annual.models import Stage
from mingtang_web.annual.stages import passed_by, writers
from mingtang_web.bodies.models import Role
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from mingtang_web.annual.models import Annual


def tell_reviewers(annual: Annual) -> None:
    """Tell whoever may review or sign a report at the stage where it now is.

    Not those who wrote it or did a stage before: it is not their turn.
    """
    roles = policy.REVIEWING[Stage(annual.stage)].roles
    today = clock.today()
    wanted = Wanted(
        Kind.REPORT_REVIEW,
        annual.body_id,
        today,
        tuple(role for role in Role if role in roles),
        about=f"{annual.pk}/{annual.version}",
        but=frozenset(writers(annual) | passed_by(annual)),
        title=_("%(year)s年度报告") % {"year": annual.year},
    )
    tell([wanted], Staff(today), clock.now())
