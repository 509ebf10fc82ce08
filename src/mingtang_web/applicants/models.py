"""Applicants: who asked, sealed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body


class Kind(models.TextChoices):
    """The columns of table 3 of the annual report (申请人情况)."""

    PERSON = "person", _("自然人")
    COMPANY = "company", _("商业企业")
    RESEARCH = "research", _("科研机构")
    CHARITY = "charity", _("社会公益组织")
    LEGAL_SERVICE = "legal_service", _("法律服务机构")
    OTHER = "other", _("其他")


class Applicant(models.Model):
    """One applicant of one body.

    ``sealed`` holds the personal data under a key of the applicant's own;
    ``wrapped_key`` is that key under the master key named by ``master``. Erasing
    destroys the wrapped key and the indexes; the row stays, because the ledger
    and the yearly figures refer to it. The indexes are keyed hashes that find
    the same applicant again within one body and tell nothing by themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(_("申请人类型"), max_length=16, choices=Kind)
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)
    master = models.CharField(max_length=16, blank=True, db_index=True)
    identity_index = models.CharField(max_length=64, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """Found again by number, within a body."""

        verbose_name = _("申请人")
        verbose_name_plural = _("申请人")
        indexes = (
            models.Index(fields=("body", "identity_index"), name="applicant_by_identity"),
            models.Index(fields=("body", "phone_index"), name="applicant_by_phone"),
        )

    def __str__(self) -> str:
        return f"{self.id}"


class Earlier(models.Model):
    """What was known of an applicant before a correction, sealed under the same key."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="earlier")
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        """In the order they were replaced."""

        ordering = ("id",)
        verbose_name = _("更正前的申请人信息")
        verbose_name_plural = _("更正前的申请人信息")

    def __str__(self) -> str:
        return f"{self.applicant_id} {self.kept_at}"
