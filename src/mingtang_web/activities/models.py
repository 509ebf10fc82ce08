"""What was done, entry by entry, and everything that was ever said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.activities.rules import Form, Register, kept
from mingtang_web.ledger import stepping
from mingtang_web.ledger.stepping import Stepped

if TYPE_CHECKING:
    from mingtang_web.activities.rules import Kept


class Activity(Stepped):
    """One entry of a register (登记事项): a meeting, a training, an account.

    ``day`` is that by which it counts; of a budget that is not published yet
    (``pending``) the day of approval, and it counts nowhere. ``due`` is the last day to
    publish it, where the law is known for that day. Figures that nobody filled in are
    none, and never zero. ``seen`` and ``posted`` are an account's latest observation:
    when somebody looked, and the day of the newest post then. Rows that are struck
    (作废) stay and count no more.
    """

    register = models.CharField(_("登记簿"), max_length=14, choices=Register)

    form = models.CharField(_("形式"), max_length=14, choices=Form)
    title = models.CharField(_("名称"), max_length=200)
    day = models.DateField(_("日期"))
    pending = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField(_("预算、决算年度"), null=True)
    approved = models.DateField(_("批复日期"), null=True)
    due = models.DateField(_("应当公开的最后一日"), null=True)
    filed = models.DateField(_("备案日期"), null=True)
    ended = models.DateField(_("注销日期"), null=True)
    about = models.CharField(_("被解读的文件"), max_length=200, blank=True)
    party = models.CharField(_("单位"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("人次"), null=True)
    sessions = models.PositiveIntegerField(_("场次"), null=True)
    sites = models.PositiveIntegerField(_("检查的网站、账号、单位数"), null=True)
    findings = models.PositiveIntegerField(_("发现问题数"), null=True)
    rectified = models.PositiveIntegerField(_("已整改数"), null=True)
    bulletin = models.CharField(_("通报"), max_length=100, blank=True)
    address = models.CharField(_("网址"), max_length=500, blank=True)
    remark = models.CharField(_("备注"), max_length=500, blank=True)

    seen = models.DateField(_("最近巡查日期"), null=True)
    posted = models.DateField(_("最近更新日期"), null=True)

    class Meta:
        """The newest first; the indexes hold lists of one body and of many, and counts."""

        ordering = ("-day", "-id")
        verbose_name = _("工作登记")
        verbose_name_plural = _("工作登记")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "number"), name="activity_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("day")),
                name="activity_ended_after_it_began",
                violation_error_message=_("注销日期不能早于开设日期，请核对两个日期"),
            ),
            models.CheckConstraint(
                condition=Q(rectified=None) | Q(rectified__lte=F("findings")),
                name="activity_rectified_were_found",
                violation_error_message=_("已整改数不能大于发现问题数，请核对两个数"),
            ),
        )
        indexes = (
            models.Index(
                fields=("body", "register", "day", "id"), name="activity_by_body_and_day"
            ),
            models.Index(fields=("register", "day", "id"), name="activity_by_day"),
        )

    @property
    def kept(self) -> Kept:
        """What there is to know of its register."""
        return kept(self.register)

    @property
    def is_late(self) -> bool:
        """Whether a budget came out after its last day; not of one that still waits."""
        return bool(self.due and not self.pending and self.day > self.due)


class What(models.TextChoices):
    """What a step of an entry did."""

    RECORDED = "recorded", _("登记")
    AMENDED = "amended", _("补充或者更正")
    OBSERVED = "observed", _("巡查")
    STRUCK = "struck", _("作废")


class Step(stepping.Step):
    """One act in an entry: all that the row said after it, or what was seen of an account.

    ``seen`` and ``posted`` stand with what was observed,
    ``silent`` says that two weeks had passed without a post; ``struck`` that the
    observation was entered wrongly. ``of`` is the observation that a step strikes.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    seen = models.DateField(_("巡查日期"), null=True)
    posted = models.DateField(_("最近更新日期"), null=True)
    silent = models.BooleanField(default=False)
    struck = models.BooleanField(default=False)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""

        indexes = (
            models.Index(
                fields=("seen", "activity"),
                condition=Q(what=What.OBSERVED, struck=False),
                name="activity_observed_by_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.what}"
