"""The files of a case: what came with the request, and what came in later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.files.models import StoredFile


class Attachment(models.Model):
    """A file of a case (附件), sealed under the applicant's key.

    One without a case lies in the tray of a form that is still being filled in: the
    form's one-time key names it, and the file is sealed under a key of its own.
    """

    class What(models.TextChoices):
        """What it is."""

        REQUEST = "request", _("申请书")
        IDENTITY = "identity", _("身份证明")
        AUTHORITY = "authority", _("授权委托书")
        CONFIRMATION = "confirmation", _("口头申请的确认记录")
        CORRECTION = "correction", _("补正材料")
        OPINION = "opinion", _("征求意见的回复")
        PAYMENT = "payment", _("缴费凭证")
        OBJECTION = "objection", _("对收费的异议")
        OTHER = "other", _("其他材料")

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="attachments"
    )
    tray = models.CharField(max_length=64, blank=True)
    what = models.CharField(_("材料名称"), max_length=12, choices=What)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        """In the order they came in."""

        ordering = ("id",)
        verbose_name = _("案件附件")
        verbose_name_plural = _("案件附件")
        indexes = (
            models.Index(
                fields=("tray",), name="attachment_in_tray", condition=models.Q(case=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"
