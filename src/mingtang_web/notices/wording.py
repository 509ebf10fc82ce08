"""The words of a notice, made when it is read; they name nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mingtang_web.notices.models import Kind

if TYPE_CHECKING:
    from mingtang_web.notices.models import Notice

TEXTS = {
    Kind.CONFIRMATION: _("%(case)s号申请尚未与申请人确认收到，应当在收到当日确认。"),
    Kind.ASK_CORRECTION: _(
        "%(case)s号申请内容不明确的，最迟%(day)s一次性告知补正，之后不能再要求补正。"
    ),
    Kind.ANSWER: _("%(case)s号案件的答复期限是%(day)s，请按期答复，或者依法办理延期。"),
    Kind.OVERDUE: _("截至%(day)s，%(case)s号案件已过答复期限，请立即办理并说明原因。"),
    Kind.OVERDUE_BELOW: _("%(body)s有案件逾期未答复，请督办。"),
    Kind.OPINION: _(
        "%(case)s号案件征求意见的期限已于%(day)s届满，对方未答复，请登记期满并依法决定。"
    ),
    Kind.CORRECTION: _("%(case)s号案件的补正期限已于%(day)s届满，申请人未补正，请办结。"),
    Kind.REASON: _(
        "%(case)s号案件说明理由的期限已于%(day)s届满，申请人未说明，请依法办理。"
    ),
    Kind.PAYMENT: _("%(case)s号案件的缴费期限已于%(day)s届满，申请人未缴费，请办结。"),
    Kind.PROPOSAL: _("%(case)s号案件的送审已等候超过1个工作日，请审核或者审批。"),
    Kind.DISPUTE: _("%(body)s有一件复议或者诉讼，答复期限是%(day)s，请按期提交。"),
    Kind.CALENDAR: _("%(day)s起一年的放假安排尚未录入，跨入该年的期限都显示“待定”。"),
}
"""What is said of each kind, without personal data: e-mail travels openly."""


def text_of(notice: Notice) -> str:
    """Return what a notice says, in the language of whoever reads it."""
    return str(TEXTS[Kind(notice.kind)]) % {
        "case": notice.case.number if notice.case else "",
        "body": notice.body.short_name,
        "day": notice.day.isoformat(),
    }
