"""Files of old ledgers, which rows of them were taken over and which were refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body
from mingtang_web.cases.models import Case, Proposal


class Source(models.Model):
    """One file of an old ledger, with the mapping it is read by.

    ``content`` is its table sealed under a key of its own, which ``holder`` keeps;
    it is emptied, and the key destroyed, when the import is over. ``trial`` is what
    the last trial found (`mingtang_web.importing.attempting`), none when the mapping has
    changed since.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(max_length=64)
    holder = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    content = models.BinaryField()
    rows = models.PositiveIntegerField(_("行数"))
    mapping = models.JSONField()
    trial = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("旧台账")
        verbose_name_plural = _("旧台账")

    def __str__(self) -> str:
        return f"{self.body_id} {self.name}"


class ImportedRow(models.Model):
    """A row that was taken over, and the case it became.

    ``fingerprint`` is a keyed hash of the whole row: it is taken over once in a body,
    from whatever file. ``old_number`` is the case's number in the old ledger,
    ``letter_number`` that of its answer. ``assumed`` are the days of sending that the
    row did not say and the mapping set to the day of the decision.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="imported")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    row = models.PositiveIntegerField(_("行"))
    fingerprint = models.CharField(max_length=64)
    old_number = models.CharField(_("原编号"), max_length=200, blank=True)
    letter_number = models.CharField(_("答复文号"), max_length=200, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="imported")
    assumed = models.JSONField(_("推定的发出日期"), default=list)

    class Meta:
        """Once a body."""

        ordering = ("source", "row")
        constraints = (
            models.UniqueConstraint(fields=("body", "fingerprint"), name="row_once_a_body"),
            models.UniqueConstraint(fields=("source", "row"), name="row_once_a_file"),
        )
        indexes = (models.Index(fields=("body", "old_number"), name="row_by_old_number"),)

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row}"


class Refusal(models.Model):
    """What stood against a row, by column; ``trial`` where it was only tried."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="refusals")
    row = models.PositiveIntegerField(_("行"))
    column = models.CharField(_("列"), max_length=200)
    reason = models.TextField(_("原因"))
    advice = models.TextField(_("怎么办"))
    trial = models.BooleanField()

    class Meta:
        """In the order of the file."""

        ordering = ("row", "id")
        indexes = (models.Index(fields=("source", "trial", "row"), name="refusal_by_row"),)

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row} {self.column}"


class ImportProposal(models.Model):
    """An import waiting for a second person (送审): what was tried, and how it went.

    ``reading`` is the hash of file and mapping, ``found`` of what the trial found: the
    consent is to these and to no others. ``trial`` is a copy of what the trial found,
    ``rows`` how many rows it would take over. ``proposer`` is none for whoever runs the
    server.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="proposals")
    reading = models.CharField(max_length=64)
    found = models.CharField(max_length=64)
    trial = models.JSONField()
    rows = models.PositiveIntegerField(_("件数"))
    reason = models.TextField(_("说明"))
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Proposal.Stage)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    answer = models.TextField(_("审批意见"), blank=True)

    class Meta:
        """At most one proposal of a file waits at a time."""

        ordering = ("-id",)
        verbose_name = _("导入送审")
        verbose_name_plural = _("导入送审")
        constraints = (
            models.UniqueConstraint(
                fields=("source",),
                name="import_proposal_one_at_a_time",
                condition=Q(stage="approval"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.stage}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is still to decide on it."""
        return self.stage == Proposal.Stage.APPROVAL
