"""Inspections and what they found, orders to mend it, bulletins, and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.supervising import check
from mingtang_web.bodies.models import Body
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger import stepping
from mingtang_web.ledger.stepping import Stepped

if TYPE_CHECKING:
    from datetime import date

LONGEST, LONGEST_SEED, LONGEST_PLACE = 500, 60, 300
"""Characters of words, of a seed, and of the place of what was found."""


class Watching(models.Model):
    """What an office goes by, and those below it that have nothing of their own.

    ``limits`` names by column the limit within which it gets something new, blank where
    it is not looked at; what is not there is as the engine's data have it. ``monthly``
    has the site inspect everybody at the start of a month.
    """

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    limits = models.JSONField(_("栏目更新时限"), default=dict)
    monthly = models.BooleanField(_("每月监测"), default=False)

    def __str__(self) -> str:
        return f"{self.body_id}"


class Inspection(Stepped):
    """A look at some bodies on a day (检查), by an office.

    ``drawn`` are the ids of the bodies looked at, in order, of ``of`` that could have
    been; drawn by ``seed`` where not all are. ``done`` of them are through. ``found`` is
    the hash of what was found, once all are.
    """

    class Kind(models.TextChoices):
        """Who is looked at, and why."""

        MONTHLY = "monthly", _("每月监测")
        SAMPLED = "sampled", _("随机抽查")
        WHOLE = "whole", _("全面检查")

    kind = models.CharField(_("方式"), max_length=8, choices=Kind)
    on = models.DateField(_("检查日期"))
    seed = models.CharField(_("抽样种子"), max_length=LONGEST_SEED, blank=True)
    of = models.PositiveIntegerField(_("应查机关数"))
    drawn = models.JSONField(_("被查机关"), default=list)
    done = models.PositiveIntegerField(_("已查机关数"), default=0)
    found = models.CharField(max_length=64, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-id")
        verbose_name = _("检查")
        verbose_name_plural = _("检查")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "number"), name="inspection_numbered_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("id",), name="inspection_going", condition=Q(found="", struck=False)
            ),
        )

    @property
    def is_through(self) -> bool:
        """Whether every body was looked at."""
        return bool(self.found)


class Order(Stepped):
    """What a body is to mend, and by when (整改通知); ``body`` is who mends.

    ``asked`` is what was found, as the order tells it. It waits for the body's answer,
    then for the office's second look; ``passed_on`` is the day on which that was right.
    """

    office = models.ForeignKey(Body, models.PROTECT, related_name="+")
    issued_on = models.DateField(_("发出日期"))
    due = models.DateField(_("整改期限"))
    asked = models.JSONField(_("问题清单"), default=list)
    answer = models.CharField(_("整改情况"), max_length=LONGEST, blank=True)
    answered_on = models.DateField(_("报告整改日期"), null=True)
    passed_on = models.DateField(_("复查通过日期"), null=True)

    class Meta:
        """The newest first; open ones are found by who mends and who asked."""

        ordering = ("-issued_on", "-id")
        verbose_name = _("整改通知")
        verbose_name_plural = _("整改通知")
        constraints = (
            models.UniqueConstraint(
                fields=("office", "number"), name="order_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="order_answered_whole",
                violation_error_message=_("整改报告须同时有内容和日期"),
            ),
        )
        indexes = (
            models.Index(fields=("body", "issued_on"), name="order_by_body"),
            models.Index(fields=("office", "issued_on"), name="order_by_office"),
        )

    @property
    def is_open(self) -> bool:
        """Whether it is not through yet."""
        return not self.struck and self.passed_on is None

    @property
    def awaits_answer(self) -> bool:
        """Whether it is the body's turn."""
        return self.is_open and self.answered_on is None

    def is_late(self, today: date) -> bool:
        """Whether the body told of nothing mended by the last day, or did so after it."""
        return not self.struck and (self.answered_on or today) > self.due


class Finding(models.Model):
    """Something that an inspection found in a body (问题).

    ``check`` is what was looked for, ``place`` where it stands, ``said`` the fault in
    words, ``address`` a page of this site that shows it. ``mark`` is the same for the
    same fault found again. ``order`` is the order that asks for its mending; what was
    ``dropped`` is no fault, as somebody decided with a reason.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    check_id = models.CharField(_("检查项"), max_length=30)
    place = models.CharField(_("位置"), max_length=LONGEST_PLACE)
    said = models.CharField(_("问题"), max_length=LONGEST)
    address = models.CharField(_("网页"), max_length=LONGEST_PLACE, blank=True)
    mark = models.CharField(max_length=16)
    by_hand = models.BooleanField(_("检查人登记"), default=False)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, related_name="findings", verbose_name=_("整改")
    )
    dropped = models.BooleanField(_("核实不是问题"), default=False)

    class Meta:
        """In the order they were found."""

        ordering = ("id",)
        verbose_name = _("检查发现的问题")
        verbose_name_plural = _("检查发现的问题")
        indexes = (
            models.Index(fields=("inspection", "body", "check_id"), name="finding_by_body"),
            models.Index(fields=("body", "mark"), name="finding_again"),
        )

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.check_id} {self.place}"

    @property
    def label(self) -> str:
        """What is wrong, in the words of its check."""
        return check(self.check_id).label

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return not self.dropped and self.order_id is None


class Bulletin(Stepped):
    """What an office tells all bodies of a quarter (季度通报), as it was issued."""

    year = models.PositiveSmallIntegerField(_("年度"))
    quarter = models.PositiveSmallIntegerField(
        _("季度"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    issued_on = models.DateField(_("印发日期"))
    word = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        """The newest first; one that stands a quarter."""

        ordering = ("-year", "-quarter", "-id")
        verbose_name = _("季度通报")
        verbose_name_plural = _("季度通报")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "year", "quarter"),
                condition=Q(struck=False),
                name="bulletin_once_a_quarter",
            ),
        )


class Assessment(Stepped):
    """How a body stands by a scheme in a year: by itself (自查), or by its office (考核).

    ``counts`` say how often each deduction occurred, by ``part/deduction``; what is not
    there was not looked at, and has no score. ``notes`` say what they rest on.
    """

    class By(models.TextChoices):
        """Who says so."""

        ITSELF = "self", _("自查")
        OFFICE = "office", _("考核")

    by = models.CharField(_("由谁评"), max_length=6, choices=By)
    year = models.PositiveSmallIntegerField(_("年度"))
    scheme = models.CharField(_("评分方案"), max_length=40)
    counts = models.JSONField(_("次数"), default=dict)
    notes = models.JSONField(_("说明"), default=dict)

    class Meta:
        """In the order of the tree; one of each."""

        ordering = ("-year", "body__path", "by")
        verbose_name = _("自查、考核")
        verbose_name_plural = _("自查、考核")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "year", "scheme", "by"), name="assessment_once"
            ),
        )


class InspectionStep(stepping.Step):
    """One act in an inspection; ``finding`` is the one it was about."""

    class What(models.TextChoices):
        """What it did."""

        RECORDED = "recorded", _("开始检查")
        ENDED = "ended", _("检查完")
        NOTED = "noted", _("检查人登记问题")
        DROPPED = "dropped", _("核实不是问题")
        ORDERED = "ordered", _("发出整改通知")
        STRUCK = "struck", _("作废")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""


class OrderStep(stepping.Step):
    """One act about an order."""

    class What(models.TextChoices):
        """What it did."""

        RECORDED = "recorded", _("发出")
        ANSWERED = "answered", _("报告整改情况")
        FAILED = "failed", _("复查没有通过")
        PASSED = "passed", _("复查通过")
        MOVED = "moved", _("改期限")
        STRUCK = "struck", _("作废")

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""


class BulletinStep(stepping.Step):
    """One act about a bulletin."""

    class What(models.TextChoices):
        """What it did."""

        RECORDED = "recorded", _("印发")
        STRUCK = "struck", _("作废")

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""


class AssessmentStep(stepping.Step):
    """One act about an assessment: all its counts after it."""

    class What(models.TextChoices):
        """What it did."""

        RECORDED = "recorded", _("填写")
        AMENDED = "amended", _("改填")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""
