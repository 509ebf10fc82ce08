"""Who has had a hand in a report, and whose turn comes when.

Whoever put anything into a report neither reviews nor signs it; and from one 送审 to
the next a person passes one stage, and signs only what they did not pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.annual.models import Chain, Stage, Step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

NEXT = {Stage.SECTION: Stage.OFFICE, Stage.OFFICE: Stage.LEADER}
Verdict = Step.Verdict


def has_section(body: Body) -> bool:
    """Return whether a body's reports pass a section before the office: one query."""
    return not Chain.objects.filter(body=body, with_section=False).exists()


def first_stage(body: Body) -> Stage:
    """Return the stage that a body's report is sent to: one query."""
    return Stage.SECTION if has_section(body) else Stage.OFFICE


def writers(annual: Annual) -> set[int]:
    """Return the ids of everybody who put figures, words or reasons into a report.

    A leader who signed an adjustment put nothing in: that was the second person.
    """
    rows = (
        annual.figures, annual.adjustments, annual.wordings, annual.earliers, annual.waivers
    )  # fmt: skip
    found = {by for each in rows for by in each.values_list("by", flat=True)}
    ended = annual.adjustments.filter(ended_by__isnull=False)
    sent = annual.steps.filter(verdict=Verdict.SENT)
    return found | set(ended.values_list("ended_by", flat=True)) | _who(sent)


def passed_by(annual: Annual) -> set[int]:
    """Return the ids of whoever passed a report on since it was last sent: two queries."""
    sent = annual.steps.filter(verdict=Verdict.SENT).order_by("id").last()
    passed = annual.steps.filter(verdict=Verdict.PASSED)
    return _who(passed.filter(pk__gt=sent.pk)) if sent else set()


def why_not(annual: Annual, user_id: int) -> str | None:
    """Return why somebody may not pass on or sign a report now, None where they may."""
    if user_id in writers(annual):
        return _("您参与了这份报告的编制，不能自己审核或者签发；请由另一人办理")
    if user_id in passed_by(annual):
        return _(
            "您已在本轮审核通过前一环节，同一人不能再审核或者签发；请由另一人办理"
            "（人手不够的，可由管理员在机关页面省去承办机构环节，退回后重新送审）"
        )
    return None


def _who(steps: QuerySet[Step]) -> set[int]:
    return set(steps.values_list("by", flat=True))
