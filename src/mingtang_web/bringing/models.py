"""Catalogues of old sites: their rows, what stood against them, what they became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.publication.models import Document


class State(models.TextChoices):
    """Where the import of a catalogue stands."""

    READING = "reading", _("读取中")
    UNTRIED = "untried", _("待试算")
    TRYING = "trying", _("试算中")
    TRIED = "tried", _("已试算")
    PROPOSED = "proposed", _("待审批")
    RETURNED = "returned", _("已退回")
    AGREED = "agreed", _("已批准")
    RUNNING = "running", _("导入中")
    STOPPED = "stopped", _("已暂停")
    FINISHED = "finished", _("已完成")
    CLEARED = "cleared", _("已结束")


class Catalogue(models.Model):
    """An old site's catalogue as it was handed in, and how far its import has come.

    ``package`` is the name of the kept zip with texts and attachments, blank where the
    table is all there is. ``cursor`` is the last row that was tried or brought in;
    ``found`` how many rows of each outcome there were so far. ``agreed`` is the hash of
    file, mapping and trial that the approver consented to. ``fault`` says where and why
    its last part broke off and what to do, blank once it goes on.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(max_length=64)
    package = models.CharField(max_length=80, blank=True)
    headers = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    mapping = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    cursor = models.PositiveIntegerField(default=0)
    trial = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("理由和依据"), max_length=500, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("审批意见"), max_length=500, blank=True)
    agreed = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    fault = models.TextField(_("中断的原因"), blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("旧站目录")
        verbose_name_plural = _("旧站目录")

    def __str__(self) -> str:
        return f"{self.body_id} {self.name}"


class StagedRow(models.Model):
    """A row of a catalogue, its cells by their headers; gone once the import is over.

    ``index_number`` and ``outcome`` are what the trial found, ``seal`` the hash of what
    would come in by it: the run brings in nothing else.
    """

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField(_("行"))
    cells = models.JSONField()
    index_number = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        """In the order of the file."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("catalogue", "number"), name="staged_row_in_its_place"
            ),
        )
        indexes = (
            models.Index(fields=("catalogue", "index_number"), name="staged_row_by_index"),
        )

    def __str__(self) -> str:
        return f"{self.catalogue_id}:{self.number}"


class Remark(models.Model):
    """What stood against a row or was to be told of it, by column.

    ``trial`` where it was only tried. A row that is told of came in all the same.
    """

    class Weight(models.TextChoices):
        """What follows for the row."""

        REFUSED = "refused", _("不导入")
        DRAFT = "draft", _("只作为草稿")
        TOLD = "told", _("提示")

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="remarks")
    row = models.PositiveIntegerField(_("行"))
    weight = models.CharField(_("结果"), max_length=8, choices=Weight)
    column = models.CharField(_("列"), max_length=200)
    reason = models.TextField(_("原因"))
    advice = models.TextField(_("怎么办"))
    trial = models.BooleanField()

    class Meta:
        """In the order of the file."""

        ordering = ("row", "id")
        indexes = (
            models.Index(fields=("catalogue", "trial", "row"), name="remark_by_row"),
        )

    def __str__(self) -> str:
        return f"{self.catalogue_id}:{self.row} {self.column}"


class Origin(models.Model):
    """From where a document was brought in; ``was_out_on`` its day on the old site."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="origin")
    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="brought")
    row = models.PositiveIntegerField(_("行"))
    was_out_on = models.DateField(_("旧站发布日期"))
    is_public = models.BooleanField()

    class Meta:
        """A row becomes one document."""

        ordering = ("catalogue", "row")
        constraints = (
            models.UniqueConstraint(fields=("catalogue", "row"), name="brought_once"),
        )

    def __str__(self) -> str:
        return f"{self.catalogue_id}:{self.row}"


class KeptMapping(models.Model):
    """How a body's catalogues were last read: offered again with its next one."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    mapping = models.JSONField()

    def __str__(self) -> str:
        return f"{self.body_id}"
