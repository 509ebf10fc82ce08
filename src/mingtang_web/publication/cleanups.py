"""Clean-ups of normative documents: a campaign, and each document's conclusion in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body


class CleanUp(models.Model):
    """A review of all of a body's normative documents at once (清理).

    Its worklist are the documents that were in force on ``as_of``; with ``below`` those of
    the bodies below as well.
    """

    class Stage(models.TextChoices):
        """How far it has come."""

        OPEN = "open", _("清理中")
        CLOSED = "closed", _("已签发")
        ABANDONED = "abandoned", _("已中止")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=100)
    as_of = models.DateField(_("清理截止日"))
    basis = models.CharField(_("依据"), max_length=300)
    below = models.BooleanField(_("包括下级机关的文件"), default=False)
    stage = models.CharField(_("状态"), max_length=9, choices=Stage, default=Stage.OPEN)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_on = models.DateField(_("签发日期"), null=True)
    signed_why = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("文件清理")
        verbose_name_plural = _("文件清理")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether conclusions can be entered."""
        return self.stage == self.Stage.OPEN


class CleanUpItem(models.Model):
    """A document in a clean-up, and what became of it."""

    class Conclusion(models.TextChoices):
        """What is to become of it (清理结论)."""

        NONE = "", _("还没有结论")
        KEEP = "keep", _("继续有效")
        AMEND = "amend", _("拟修改")
        REPEAL = "repeal", _("废止")
        VOID = "void", _("宣布失效")

    campaign = models.ForeignKey(CleanUp, models.PROTECT, related_name="items")
    document = models.ForeignKey(
        "publication.Document", models.PROTECT, related_name="cleanups"
    )
    conclusion = models.CharField(
        _("清理结论"), max_length=6, choices=Conclusion, blank=True
    )
    reason = models.CharField(_("理由和依据"), max_length=300, blank=True)
    expires_on = models.DateField(_("新的有效期至"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(null=True)
    moot = models.BooleanField(_("签发时已不在施行"), default=False)

    class Meta:
        """In the order they were taken up; a document once a clean-up."""

        ordering = ("id",)
        verbose_name = _("清理的文件")
        verbose_name_plural = _("清理的文件")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "document"), name="cleanupitem_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.document_id} {self.conclusion}"
