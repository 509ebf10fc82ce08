"""What was told of a public page, and every step since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.ledger import stepping
from mingtang_web.ledger.stepping import Stepped

if TYPE_CHECKING:
    from datetime import date

LONGEST, LONGEST_ANSWER, LONGEST_PLACE = 500, 300, 300
"""Characters of what is told, of an answer, and of a page's address."""


class Wrong(models.TextChoices):
    """What is wrong with a page."""

    WORD = "word", _("错别字、病句")
    CONTENT = "content", _("内容有错，或者过时了")
    LINK = "link", _("链接、附件打不开")
    SHOWN = "shown", _("显示不正常")
    OTHER = "other", _("其他")


class Outcome(models.TextChoices):
    """What came of it."""

    MENDED = "mended", _("已经改正")
    RIGHT = "right", _("核实后没有错")
    LATER = "later", _("正在改，已告知何时改好")
    ELSEWHERE = "elsewhere", _("不由本机关负责，已告知找谁")


class Mistake(Stepped):
    """What somebody told of a page (网民纠错); nobody is asked who they are.

    ``place`` is the address of the page on this site. ``due`` is the last day by which
    an answer is in time, none where the holidays of its year are not known yet. Struck
    (作废) it was no report of a page at all, and the public sees it no more.
    """

    place = models.CharField(_("网页"), max_length=LONGEST_PLACE)
    wrong = models.CharField(_("问题类别"), max_length=8, choices=Wrong)
    said = models.CharField(_("错在哪里"), max_length=LONGEST)
    day = models.DateField(_("收到日期"))
    due = models.DateField(_("答复期限"), null=True)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("答复"), max_length=LONGEST_ANSWER, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)

    class Meta:
        """The newest first; open ones are found by their body."""

        ordering = ("-day", "-id")
        verbose_name = _("网站找错")
        verbose_name_plural = _("网站找错")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "number"), name="mistake_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_on=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_on__isnull=False)),
                name="mistake_answered_whole",
                violation_error_message=_("答复须同时有处理结果、答复和日期"),
            ),
        )
        indexes = (
            models.Index(fields=("body", "day", "id"), name="mistake_by_body_and_day"),
        )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.struck and not self.outcome

    def is_late(self, today: date) -> bool:
        """Whether an answer came, or has not come, after the last day for it."""
        return bool(self.due and (self.answered_on or today) > self.due)


class What(models.TextChoices):
    """What a step did."""

    RECORDED = "recorded", _("收到")
    ANSWERED = "answered", _("答复")
    STRUCK = "struck", _("作废")


class Step(stepping.Step):
    """One act: all that was answered after it, and why where an answer is replaced."""

    mistake = models.ForeignKey(Mistake, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    class Meta(stepping.Step.Meta):
        """In the order they were recorded."""

    def __str__(self) -> str:
        return f"{self.mistake_id} {self.what}"
