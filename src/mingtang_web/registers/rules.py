"""What the law says of corrections and complaints, and where it is silent.

Neither is a request for information: none stands in table three. The Regulations set
no term for either; a body may promise one, and that is not the law's.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.TextChoices):
    """Which register."""

    CORRECTION = "correction", _("更正申请")
    COMPLAINT = "complaint", _("投诉举报")


class Outcome(models.TextChoices):
    """How a matter ends; `OF` says in which register."""

    CORRECTED = "corrected", _("审核属实，予以更正")
    NOT_CORRECTED = "not_corrected", _("审核不属实，不予更正")
    TRANSFERRED = "transferred", _("转送有权更正的机关")
    REDIRECTED = "redirected", _("告知向有权更正的机关提出")
    RECTIFIED = "rectified", _("查证属实，督促整改")
    CRITICISED = "criticised", _("查证属实，通报批评")
    UNFOUNDED = "unfounded", _("查证不属实")
    ELSEWHERE = "elsewhere", _("不属本机关职责，转送或者告知")
    WITHDRAWN = "withdrawn", _("来件人撤回")


class Law(NamedTuple):
    """What the Regulations provide for a register, in the words a screen shows.

    ``letters`` are the kinds of letter (`mingtang.drafting`) by outcome, for those
    that have one.
    """

    cite: str
    provides: str
    silent: str
    outcomes: tuple[Outcome, ...]
    letters: dict[Outcome, str]


LAWS = {
    Register.CORRECTION: Law(
        cite="政府信息公开条例（2019年修订）第四十一条",
        provides=(
            "有证据证明与其自身相关的政府信息记录不准确的，可以要求更正。有权更正的机关审核"
            "属实的，应当予以更正并告知申请人；不属于本机关职能范围的，可以转送有权更正的机关"
            "处理并告知申请人，或者告知申请人向有权更正的机关提出。"
        ),
        silent="条例没有规定办理期限，本系统不计法定期限；可以填写本机关承诺的日期。",
        outcomes=(
            Outcome.CORRECTED,
            Outcome.NOT_CORRECTED,
            Outcome.TRANSFERRED,
            Outcome.REDIRECTED,
            Outcome.WITHDRAWN,
        ),
        letters={
            Outcome.CORRECTED: "record_corrected",
            Outcome.NOT_CORRECTED: "record_not_corrected",
            Outcome.TRANSFERRED: "record_transferred",
            Outcome.REDIRECTED: "record_redirected",
        },
    ),
    Register.COMPLAINT: Law(
        cite=(
            "政府信息公开条例（2019年修订）第四十七条；"
            "政府信息公开条例（2019年修订）第五十一条"
        ),
        provides=(
            "认为行政机关未按照要求主动公开政府信息、不依法答复处理申请，或者在政府信息公开"
            "工作中侵犯其合法权益的，可以向政府信息公开工作主管部门或者上一级行政机关提出、"
            "投诉、举报。查证属实的，应当督促整改或者通报批评。"
        ),
        silent="条例没有规定答复期限，本系统不计法定期限；可以填写本机关承诺的日期。",
        outcomes=(
            Outcome.RECTIFIED,
            Outcome.CRITICISED,
            Outcome.UNFOUNDED,
            Outcome.ELSEWHERE,
            Outcome.WITHDRAWN,
        ),
        letters={
            Outcome.RECTIFIED: "complaint_answered",
            Outcome.CRITICISED: "complaint_answered",
            Outcome.UNFOUNDED: "complaint_answered",
            Outcome.ELSEWHERE: "complaint_referred",
        },
    ),
}
