"""Letters as they went out, an office's own wording, and the proof of delivery."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.drafting import template
from mingtang.law.delivery import deliveries
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body
from mingtang_web.files.models import StoredFile

MODES = [(known.mode, _(known.what)) for known in deliveries()]
"""The ways of delivery of ``law.delivery``."""


class Letter(models.Model):
    """One letter (文书) of a body, to one reader.

    ``content`` is the composed letter and ``order`` what it was composed from, both
    sealed under the reader's key, because they name the reader. ``sha256`` is
    that of the opened content. A draft is what somebody is asked to consent to,
    its number's place open; an issued letter is never changed, only made void.
    ``case_id`` is the case's own id; cases stand on a higher floor, so it is no
    foreign key. ``made_by`` names the template, edits and choices that made it.
    """

    class Status(models.TextChoices):
        """Whether it counts."""

        DRAFT = "draft", _("待审批")
        ISSUED = "issued", _("已出具")
        VOID = "void", _("已作废")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    case_id = models.BigIntegerField(null=True)
    reader = models.ForeignKey(Applicant, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    title = models.CharField(_("文书"), max_length=60)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    series = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField(null=True)
    day = models.DateField(_("日期"))
    order = models.BinaryField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=16)
    status = models.CharField(_("状态"), max_length=8, choices=Status)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)

    class Meta:
        """A number once; of a case, in the order they were made."""

        ordering = ("id",)
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "series", "year", "sequence"),
                name="letter_numbered_once",
                condition=Q(sequence__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("case_id", "id"),
                name="letter_of_case",
                condition=Q(case_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it was issued and is not void."""
        return self.status == self.Status.ISSUED

    @property
    def is_sent(self) -> bool:
        """Whether it goes to somebody; receipts and covers stay in the file."""
        return template(self.kind).reader != "file"


class LetterEdit(models.Model):
    """An office's own wording of one passage of a template, from a day on.

    The last one entered for a passage counts; one without text gives the
    template its own words back. Old ones stay.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    passage = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    since = models.DateField(_("启用日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were entered."""

        ordering = ("id",)
        verbose_name = _("文书措辞")
        verbose_name_plural = _("文书措辞")
        indexes = (models.Index(fields=("body", "kind"), name="edit_of_kind"),)

    def __str__(self) -> str:
        return f"{self.body_id} {self.kind}.{self.passage}"


class DeliveryRecord(models.Model):
    """How a letter reached its reader, on which days, and what proves it.

    The day it went out tells whether the body was in time, the day it arrived
    starts the remedies; both are kept. A letter sent again has another record.
    """

    class Proof(models.TextChoices):
        """What proves it."""

        RECEIPT = "receipt", _("送达回证")
        POST = "post", _("邮件回执或者妥投记录")
        SYSTEM = "system", _("系统到达记录")
        FAX = "fax", _("传真发送报告")
        NOTICE = "notice", _("公告及其截图")
        OTHER = "other", _("其他凭证")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    mode = models.CharField(_("送达方式"), max_length=16, choices=MODES)
    dispatched = models.DateField(_("发出（交邮）日期"))
    received = models.DateField(_("签收（到达）日期"), null=True, blank=True)
    proof = models.CharField(_("凭证"), max_length=8, choices=Proof)
    reference = models.CharField(_("凭证编号"), max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order they were recorded."""

        ordering = ("id",)
        verbose_name = _("送达记录")
        verbose_name_plural = _("送达记录")

    def __str__(self) -> str:
        return f"{self.letter_id} {self.mode} {self.dispatched}"
