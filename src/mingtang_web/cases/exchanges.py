"""What people say to each other about a case: opinions, urgings, comments, reasons.

Each stands in the ledger too. The words are officers' own and hold nothing that
tells who the applicant is; `mingtang_web.cases.actions` of their kind refuse it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Section


class Said(models.Model):
    """Words of one person about one case, at one moment."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="%(class)ss")
    words = models.TextField(_("内容"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were said."""

        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Asked(Said):
    """Words that want an answer by a day."""

    until = models.DateField(_("答复期限"))
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta(Said.Meta):
        """What is answered has somebody who did."""

        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered_at is None


class SectionOpinion(Asked):
    """One section asks another of the same body (内部征求意见).

    The clock of the case runs on: only third parties and other bodies stop it.
    """

    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("征求的机构"), related_name="+"
    )

    class Meta(Asked.Meta):
        """Found by the section that owes an answer."""

        verbose_name = _("内部意见")
        verbose_name_plural = _("内部意见")
        indexes = (
            models.Index(
                fields=("section", "case"),
                name="opinion_awaited",
                condition=Q(answered_at__isnull=True),
            ),
        )


class Urging(Asked):
    """A supervisor presses for a case (督办); the handler must answer."""

    class Meta(Asked.Meta):
        """Found while it waits."""

        verbose_name = _("督办")
        verbose_name_plural = _("督办")
        indexes = (
            models.Index(
                fields=("case",),
                name="urging_unanswered",
                condition=Q(answered_at__isnull=True),
            ),
        )


class Comment(Said):
    """What a supervisor or an approver notes on a case (批示)."""

    class Meta(Said.Meta):
        """In the order they were made."""

        verbose_name = _("批示")
        verbose_name_plural = _("批示")


class Explanation(Said):
    """Why a case is late (逾期原因)."""

    class Cause(models.TextChoices):
        """The causes that a supervisor counts."""

        SEARCH = "search", _("检索、整理耗时")
        CONSULTING = "consulting", _("内部会办、审核耗时")
        ASSIGNING = "assigning", _("登记、分派不及时")
        DELIVERY = "delivery", _("送达不及时")
        STAFF = "staff", _("人员变动、请假")
        SYSTEM = "system", _("系统故障、记录补录")
        OTHER = "other", _("其他")

    cause = models.CharField(_("原因类别"), max_length=12, choices=Cause)

    class Meta(Said.Meta):
        """In the order they were given."""

        verbose_name = _("逾期说明")
        verbose_name_plural = _("逾期说明")
