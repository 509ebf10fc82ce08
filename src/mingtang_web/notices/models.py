"""Notices, their sendings by e-mail and SMS, people's preferences, and the jobs' runs."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.cases.models import Case

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Kind(models.TextChoices):
    """What a notice is about."""

    CONFIRMATION = "confirmation", _("收到申请须当日确认")
    ASK_CORRECTION = "ask_correction", _("告知补正期限临近")
    ANSWER = "answer", _("答复期限临近")
    OVERDUE = "overdue", _("逾期未答复")
    OVERDUE_BELOW = "overdue_below", _("所监督的机关有案件逾期")
    OPINION = "opinion", _("征求意见期满未答复")
    UNSERVED = "unserved", _("征求意见书、收费通知久未登记送达")
    CORRECTION = "correction", _("申请人补正期满")
    REASON = "reason", _("申请人说明理由期满")
    PAYMENT = "payment", _("申请人缴费期满")
    PROPOSAL = "proposal", _("送审待办超过1个工作日")
    BELATED = "belated", _("补记改变了逾期判断")
    SIGNED_LATE = "signed_late", _("送审在期限内，批准在期限后")
    RETURNED = "returned", _("送审被退回")
    APPROVED = "approved", _("送审已批准")
    LAPSED = "lapsed", _("送审已失效")
    BY_APPLICANT = "by_applicant", _("申请人在网上办理")
    RECOUNTED = "recounted", _("期限已重新计算")
    DISPUTE = "dispute", _("复议、诉讼答复期限临近")
    DISPUTE_LATE = "dispute_late", _("复议、诉讼答复逾期")
    PERFORMANCE = "performance", _("复议决定、裁判履行期限临近")
    PERFORMANCE_LATE = "performance_late", _("复议决定、裁判逾期未履行")
    MATTER = "matter", _("更正、投诉承诺日期临近")
    MATTER_LATE = "matter_late", _("更正、投诉超过承诺日期")
    REPORT_REVIEW = "report_review", _("年度报告待审核、签发")
    REPORT_ASKED = "report_asked", _("要求报送年度报告")
    REPORT_DUE = "report_due", _("年度报告报送期限临近")
    REPORT_LATE = "report_late", _("年度报告逾期未报")
    REPORT_URGED = "report_urged", _("催报年度报告")
    REPORT_RETURNED = "report_returned", _("年度报告被退回")
    REPORT_RECALLED = "report_recalled", _("报来的年度报告被撤回、更正")
    DOCUMENT_REVIEW = "doc_review", _("文件待审核")
    DOCUMENT_CLEARED = "doc_cleared", _("文件待发布")
    DOCUMENT_RETURNED = "doc_returned", _("文件被退回修改")
    DOCUMENT_HELD = "doc_held", _("文件到时没有发布")
    GUIDE_DUE = "guide_due", _("指南、目录该核对了")
    GUIDE_LATE = "guide_late", _("指南、目录久未核对")
    GUIDE_MISSING = "guide_missing", _("没有公开指南")
    FORCE_ASKED = "force_asked", _("有效性变动待确认")
    FORCE_REFUSED = "force_refused", _("有效性变动未予确认")
    FORCE_ENDING = "force_ending", _("规范性文件有效期将满")
    MISTAKE = "mistake", _("公众指出网页有错")
    MISTAKE_LATE = "mistake_late", _("网站找错逾期没有答复")
    ORDER_ISSUED = "order_issued", _("收到整改通知")
    ORDER_ANSWERED = "order_answered", _("整改情况待复查")
    ORDER_RETURNED = "order_returned", _("整改复查没有通过")
    ORDER_DUE = "order_due", _("整改期限临近")
    ORDER_LATE = "order_late", _("整改逾期")
    IMPORT_ASKED = "import_asked", _("旧台账导入待审批")
    IMPORT_ANSWERED = "import_answered", _("旧台账导入的送审有了答复")
    IMPORTED = "imported", _("旧台账导入经批准带入已有结果的申请")
    CALENDAR = "calendar", _("放假安排尚未录入")
    UNSENT = "unsent", _("通知没有发出去")


def kinds() -> list[tuple[str, _StrPromise]]:
    """Return every kind with its title; a new one changes nothing in the database."""
    return Kind.choices


class Channel(models.TextChoices):
    """By what a notice leaves the house; in the site it is always shown."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


class Notice(models.Model):
    """One thing told to one person; its words are made when it is read.

    ``day`` is the day it concerns, usually the last day of a term. ``matter`` says
    what of another app it is about (``dispute/12``), ``title`` its number as people
    know it. ``key`` names kind, matter, day and person: the same thing is never told
    twice.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("事项"), max_length=16, choices=kinds)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = (
            models.Index(fields=("user", "-id"), name="notice_of_user"),
            models.Index(
                fields=("user",), name="notice_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=("matter",),
                name="notice_unread_of_matter",
                condition=Q(read_at__isnull=True) & ~Q(matter=""),
            ),
        )

    def __str__(self) -> str:
        return self.key


class Sending(models.Model):
    """One notice on its way out by one channel.

    ``error`` is the last fault in plain words, without anybody's address.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("待发送")
        FAILED = "failed", _("发送失败，将重试")
        SENT = "sent", _("已发送")
        GIVEN_UP = "given_up", _("多次失败，已停止")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sendings")
    channel = models.CharField(_("渠道"), max_length=6, choices=Channel)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    error = models.CharField(_("原因"), max_length=200, blank=True)
    next_at = models.DateTimeField(_("下次发送"))
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """One row a notice and channel."""

        ordering = ("id",)
        verbose_name = _("发送")
        verbose_name_plural = _("发送")
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="sending_once"),
        )
        indexes = (
            models.Index(
                fields=("next_at",),
                name="sending_to_do",
                condition=Q(state__in=("waiting", "failed")),
            ),
            models.Index(
                fields=("notice",),
                name="sending_in_trouble",
                condition=Q(state__in=("failed", "given_up")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"


def all_kinds() -> list[str]:
    """Return what is e-mailed unless the person chooses otherwise.

    That something could not be sent is told in the site alone.
    """
    return [kind.value for kind in Kind if kind is not Kind.UNSENT]


class Preference(models.Model):
    """How a person wants to be told; whoever has chosen nothing has these defaults.

    ``digest_hour`` is the hour at which the day's notices go out together, none
    where each goes at once. Nothing goes out from ``quiet_from`` to
    ``quiet_until``; both alike mean no quiet hours. Times are China's. ``ahead`` is
    how many working days before its last day a term is told, none where the body's
    choice does.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notice_preference"
    )
    email = models.JSONField(_("用电子邮件通知的事项"), default=all_kinds, blank=True)
    sms = models.JSONField(_("用短信通知的事项"), default=list, blank=True)
    quiet_from = models.TimeField(_("免打扰开始"), default=time(20))
    quiet_until = models.TimeField(_("免打扰结束"), default=time(8))
    digest_hour = models.PositiveSmallIntegerField(
        _("每日汇总的时间"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    ahead = models.JSONField(_("提前几个工作日提醒"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)


class LeadTimes(models.Model):
    """How many working days before its last day a body and those below tell a term."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    days = models.JSONField(_("提前几个工作日提醒"))

    def __str__(self) -> str:
        return f"{self.body_id} {self.days}"


class Run(models.Model):
    """One run of a job: every run is seen, and a broken one goes on where it stopped.

    ``held_until`` is the end of the lease of the process ``holder``; a run that
    has not ended and whose lease has passed was cut off. ``cursor`` is the last
    thing that is done for good.
    """

    job = models.CharField(_("任务"), max_length=20)
    day = models.DateField(_("日期"))
    started_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True)
    holder = models.CharField(max_length=40)
    held_until = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("完成"), default=0)
    failed = models.PositiveIntegerField(_("失败"), default=0)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        """The newest first; of each job at most one runs at a time."""

        ordering = ("-id",)
        verbose_name = _("任务记录")
        verbose_name_plural = _("任务记录")
        constraints = (
            models.UniqueConstraint(
                fields=("job",),
                name="run_one_at_a_time",
                condition=Q(ended_at__isnull=True),
            ),
        )
        indexes = (models.Index(fields=("job", "-id"), name="run_of_job"),)

    def __str__(self) -> str:
        return f"{self.job} {self.day}"
