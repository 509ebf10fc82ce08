"""What is known of each stored file; its bytes lie in the folder, by their own hash."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body


class StoredFile(models.Model):
    """One file of one body.

    ``sha256`` is that of the file as it was handed in, ``stored`` that of what lies
    in the folder, which is its name there. They differ where the file is sealed
    under an applicant's key: erasing the applicant makes it unreadable too. The
    name somebody gave the file is not kept, because names tell of people.
    """

    class State(models.TextChoices):
        """Whether it may be given out."""

        KEPT = "kept", _("已保存")
        QUARANTINED = "quarantined", _("已隔离")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("类型"), max_length=8)
    size = models.PositiveBigIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=State, default=State.KEPT)
    reason = models.CharField(_("隔离原因"), max_length=200, blank=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    stored_at = models.DateTimeField()

    class Meta:
        """In the order they came."""

        ordering = ("stored_at",)
        verbose_name = _("附件")
        verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return f"{self.id}.{self.kind}"
