"""The words of a notice, made when it is read; they name nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mingtang_web.notices.models import Kind

if TYPE_CHECKING:
    from mingtang_web.notices.models import Notice

TEXTS = {
    Kind.CONFIRMATION: _(
        "截至%(day)s，%(case)s号申请尚未与申请人确认收到；平常信函应当在收到当日确认，过了当日即为迟延。"
    ),
    Kind.ASK_CORRECTION: _(
        "%(case)s号申请内容不明确的，最迟%(day)s一次性告知补正；之后才告知的，答复期限是否重新计算依本单位口径。"
    ),
    Kind.ANSWER: _("%(case)s号案件的答复期限是%(day)s，请按期答复，或者依法办理延期。"),
    Kind.OVERDUE: _("截至%(day)s，%(case)s号案件已过答复期限，请立即办理并说明原因。"),
    Kind.OVERDUE_BELOW: _("%(body)s有案件逾期未答复，请督办。"),
    Kind.OPINION: _(
        "%(case)s号案件征求意见的期限已于%(day)s届满，对方未答复，请登记期满并依法决定。"
    ),
    Kind.UNSERVED: _(
        "%(case)s号案件的征求意见书或者收费通知至今没有登记送达，自发出之日起至多15个"
        "（收费通知20个）工作日不计入答复期限，请送达并登记，或者撤回征求意见。"
    ),
    Kind.CORRECTION: _("%(case)s号案件的补正期限已于%(day)s届满，申请人未补正，请办结。"),
    Kind.REASON: _(
        "%(case)s号案件说明理由的期限已于%(day)s届满，申请人未说明，请依法办理。"
    ),
    Kind.PAYMENT: _("%(case)s号案件的缴费期限已于%(day)s届满，申请人未缴费，请办结。"),
    Kind.PROPOSAL: _("%(case)s号案件的送审已等候超过1个工作日，请审核或者审批。"),
    Kind.BELATED: _(
        "%(case)s号案件补记或者更正了以前的办理，改变了答复期限或者逾期的判断，请核查凭据。"
    ),
    Kind.SIGNED_LATE: _(
        "%(case)s号案件有一项%(title)s送审的办理，%(day)s才批准：送审在期限内，"
        "批准时期限已过%(n)s个工作日，请核查。"
    ),
    Kind.RETURNED: _("%(case)s号案件的送审被退回，请看退回的理由，修改后重新送审。"),
    Kind.APPROVED: _("%(case)s号案件的送审已批准，请办理下一步。"),
    Kind.LAPSED: _(
        "%(case)s号案件有了新的登记，送审失效，请看过最新情况，仍需办理的重新送审。"
    ),
    Kind.BY_APPLICANT: _("%(case)s号案件的申请人在网上%(title)s，请查看并办理下一步。"),
    Kind.RECOUNTED: _(
        "放假安排或者口径有变，%(case)s号案件的答复期限已重新计算：%(title)s，请按新的期限办理。"
    ),
    Kind.DISPUTE: _("%(title)s的答复和证据最迟%(day)s提交，逾期视为没有相应证据。"),
    Kind.DISPUTE_LATE: _(
        "截至%(day)s，%(title)s已过提交答复的期限，请立即办理；已经提交的，请登记。"
    ),
    Kind.PERFORMANCE: _("%(title)s的决定、裁判要求%(day)s前履行，请按期办理并登记。"),
    Kind.PERFORMANCE_LATE: _(
        "截至%(day)s，%(title)s的决定、裁判已过履行期限，请立即履行；已经履行的，请登记。"
    ),
    Kind.MATTER: _("%(title)s承诺%(day)s前办结，请按期答复。"),
    Kind.MATTER_LATE: _("截至%(day)s，%(title)s已过承诺的日期，请尽快答复。"),
    Kind.REPORT_REVIEW: _("%(body)s的%(title)s已到您审核或者签发的环节，请到“年报”办理。"),
    Kind.REPORT_ASKED: _("%(body)s须报送%(title)s，期限和办法见“年报收集”。"),
    Kind.REPORT_DUE: _("%(body)s的%(title)s最迟%(day)s报送，请按期报送。"),
    Kind.REPORT_LATE: _("截至%(day)s，%(body)s的%(title)s逾期未报，请立即报送。"),
    Kind.REPORT_URGED: _("收集机关催报%(body)s的%(title)s，请尽快报送。"),
    Kind.REPORT_RETURNED: _("%(body)s的%(title)s被退回，请看意见和标注，改好再报。"),
    Kind.REPORT_RECALLED: _(
        "%(title)s年度报告已由该机关撤回或者更正，原来接受的不再计入合计，见“年报收集”。"
    ),
    Kind.DOCUMENT_REVIEW: _("%(body)s的文件“%(title)s”已到您审核的环节，请打开办理。"),
    Kind.DOCUMENT_CLEARED: _("%(body)s的文件“%(title)s”已审核通过，等待发布。"),
    Kind.DOCUMENT_RETURNED: _("%(body)s的文件“%(title)s”被退回修改，请看审核意见。"),
    Kind.DOCUMENT_HELD: _(
        "%(body)s的文件“%(title)s”到时没有发布：筛查又有发现，或者与审核的文稿不符，请打开处理。"
    ),
    Kind.GUIDE_DUE: _(
        "%(body)s的“%(title)s”到%(day)s就该核对了，请核对有没有变化：有变化的修订，没有的确认。"
    ),
    Kind.GUIDE_LATE: _(
        "%(body)s的“%(title)s”应当在%(day)s前核对，至今没有修订，也没有确认仍然准确，请尽快办理。"
    ),
    Kind.GUIDE_MISSING: _(
        "%(body)s在这里公开了文件，但还没有公开政府信息公开指南，请编制并公布。"
    ),
    Kind.FORCE_ASKED: _("%(body)s登记了“%(title)s”的有效性变动，请核对后确认。"),
    Kind.FORCE_REFUSED: _("%(body)s“%(title)s”的有效性变动未予确认，请看理由，重新登记。"),
    Kind.FORCE_ENDING: _(
        "%(body)s“%(title)s”的有效期至%(day)s，请评估是继续有效、修改还是到期失效。"
    ),
    Kind.MISTAKE: _("公众指出%(body)s的网页有错（%(title)s），请核实，%(day)s以前答复。"),
    Kind.MISTAKE_LATE: _("%(body)s的网站找错%(title)s应在%(day)s以前答复，请立即办理。"),
    Kind.ORDER_ISSUED: _(
        "%(body)s收到整改通知%(title)s，请在%(day)s以前改好，并报告整改情况。"
    ),
    Kind.ORDER_ANSWERED: _("整改通知%(title)s的整改情况已报来，请复查。"),
    Kind.ORDER_RETURNED: _(
        "%(body)s的整改通知%(title)s复查没有通过，请看意见，在%(day)s以前再改好报告。"
    ),
    Kind.ORDER_DUE: _("%(body)s的整改通知%(title)s最迟%(day)s报告整改情况，请按期办理。"),
    Kind.ORDER_LATE: _("%(body)s的整改通知%(title)s逾期没有报告整改情况，请立即办理。"),
    Kind.IMPORT_ASKED: _(
        "%(body)s有旧台账导入送审，会带入%(title)s件已有结果或者启用以后才收到的申请，请核对试算后审批。"
    ),
    Kind.IMPORT_ANSWERED: _(
        "%(body)s旧台账导入的送审有了答复或者已经失效，请打开查看：批准的可以导入，"
        "退回、失效的须重新试算、送审。"
    ),
    Kind.IMPORTED: _(
        "%(body)s经批准从旧台账导入%(title)s件已有结果或者启用以后才收到的申请，"
        "没有在这里逐步办理，请核查凭据。"
    ),
    Kind.CALENDAR: _("%(day)s起一年的放假安排尚未录入，跨入该年的期限都显示“待定”。"),
    Kind.UNSENT: _(
        "%(body)s有通知%(day)s多次发送失败，已停止，请在“后台任务”中查明后重发。"
    ),
}
"""What is said of each kind, without personal data: e-mail travels openly."""


def text_of(notice: Notice) -> str:
    """Return what a notice says, in the language of whoever reads it."""
    title, n = notice.title, ""
    if notice.kind == Kind.SIGNED_LATE:
        title, _blank, n = title.partition(" ")
    return str(TEXTS[Kind(notice.kind)]) % {
        "case": notice.case.number if notice.case else "",
        "title": title,
        "n": n or "—",
        "body": notice.body.short_name,
        "day": notice.day.isoformat(),
    }
