"""Documents that a body makes public, or keeps with a reason: what they say.

It stands in revisions, which are never altered: the review goes through one of them,
and what goes out is that one. The document holds where it stands.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.files.models import StoredFile
from mingtang_web.publication.norms import InForce, Normative


class State(models.TextChoices):
    """Where a document's present revision stands."""

    DRAFTING = "drafting", _("起草中")
    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("已退回修改")
    CLEARED = "cleared", _("待发布")
    SCHEDULED = "scheduled", _("定时发布")
    PUBLISHED = "published", _("已发布")
    FILED = "filed", _("已归入（不主动公开）")
    WITHDRAWN = "withdrawn", _("已撤下")
    DISCARDED = "discarded", _("已放弃的草稿")


class Stage(models.TextChoices):
    """Whose review a document waits for (先审后发)."""

    SECTION = "section", _("承办机构")
    OFFICE = "office", _("公开工作机构")
    SECRECY = "secrecy", _("保密审查")
    LEADER = "leader", _("机关负责人")
    CHIEF = "chief", _("主要负责人")


class Attribute(models.TextChoices):
    """The disclosure attribute (公开属性), fixed when a document is drafted."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    WITHHELD = "withheld", _("不予公开")


class Column(models.TextChoices):
    """In which block of the site a document stands (国办公开办函〔2019〕61号)."""

    STATUTORY = "statutory", _("法定主动公开内容")
    GUIDE = "guide", _("政府信息公开指南")
    CATALOGUE = "catalogue", _("政府信息公开目录")
    SYSTEM = "system", _("政府信息公开制度")


_APART = Value("\n")
"""What stands between the words that are sought in: nothing typed on a line holds it."""
WRITTEN = frozenset({State.DRAFTING, State.RETURNED})
"""The states in which a document is written in."""
READY = frozenset({State.CLEARED, State.SCHEDULED})
"""The states in which every review is through and nothing is out yet."""


class Document(InForce):
    """A piece of government information (政府信息) of a body.

    ``index_number`` (索引号) is given when it is drafted and never to another one.
    ``plan`` are the stages of the present round, in order, as they were when it was
    sent; ``stage`` is the one it waits for. ``published`` is the revision that the
    public sees, ``current`` the newest. ``title`` and what else the lists need follow
    ``current``. ``version`` is how many acts were done in it. ``sought`` is what lists
    look for words in; the database keeps it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    index_number = models.CharField(_("索引号"), max_length=60, unique=True)
    column = models.CharField(_("栏目"), max_length=10, choices=Column)
    created_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    stage = models.CharField(_("审核环节"), max_length=8, choices=Stage, blank=True)
    plan = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    current = models.ForeignKey(
        "Revision", models.PROTECT, null=True, related_name="current_of"
    )
    published = models.ForeignKey(
        "Revision", models.PROTECT, null=True, related_name="published_of"
    )
    first_published_on = models.DateField(_("发布日期"), null=True)
    published_on = models.DateField(_("最近更新日期"), null=True)
    publish_at = models.DateTimeField(_("定时发布"), null=True)
    withdrawn_on = models.DateField(_("撤下日期"), null=True)
    withdrawn_why = models.CharField(_("撤下的原因"), max_length=200, blank=True)

    title = models.CharField(_("名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    attribute = models.CharField(_("公开属性"), max_length=10, choices=Attribute)
    matter = models.CharField(_("法定主动公开事项"), max_length=40, blank=True)
    formed_on = models.DateField(_("成文日期"))
    due = models.DateField(_("公开期限"), null=True)
    sought = models.GeneratedField(
        expression=Lower(
            Concat("title", _APART, "document_number", _APART, "index_number")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        indexes = (
            models.Index(fields=("body", "state", "-id"), name="document_by_state"),
            models.Index(fields=("body", "-id"), name="document_of_body"),
            models.Index(
                fields=("body", "matter", "-published_on", "-id"),
                name="document_by_matter",
                condition=Q(published__isnull=False),
            ),
            models.Index(
                fields=("body", "-published_on", "-id"),
                name="document_out_of_body",
                condition=Q(published__isnull=False),
            ),
            models.Index(
                fields=("body", "-id"),
                name="document_public",
                condition=Q(published__isnull=False, withdrawn_on__isnull=True),
            ),
            models.Index(
                fields=("-published_on", "-id"),
                name="document_out",
                condition=Q(published__isnull=False),
            ),
            models.Index(
                fields=("publish_at",),
                name="document_to_publish",
                condition=Q(publish_at__isnull=False),
            ),
            models.Index(
                fields=("body", "due"),
                name="document_due",
                condition=Q(first_published_on__isnull=True, due__isnull=False),
            ),
            models.Index(
                fields=("body", "validity", "expires_on"),
                name="document_in_force",
                condition=~Q(norm=""),
            ),
            models.Index(
                fields=(
                    "body",
                    "first_published_on",
                    "attribute",
                    "withdrawn_on",
                    "matter",
                ),
                name="document_of_year",
            ),
            models.Index(
                fields=("body", "column", "-id"),
                name="document_of_column",
                condition=~Q(column="statutory"),
            ),
            models.Index(
                fields=("turns_on",),
                name="document_turns",
                condition=Q(turns_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.index_number

    @property
    def newest(self) -> Revision:
        """The newest revision; every document that was begun has one."""
        assert self.current is not None  # noqa: S101 - it was begun with one
        return self.current

    @property
    def is_written(self) -> bool:
        """Whether its words may be changed."""
        return self.state in WRITTEN

    @property
    def is_out(self) -> bool:
        """Whether the public sees it."""
        return self.published_id is not None and self.withdrawn_on is None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the present round, in order."""
        return tuple(Stage(each) for each in self.plan.split(",") if each)


class Revision(models.Model):
    """What a document says, in one version of it; never altered.

    ``content`` is the SHA-256 of everything that is shown of it, attachments included
    (`mingtang_web.publication.contents`): what was reviewed and what goes out have the
    same. ``abstract`` (概述) has 100 characters at most.

    Of a joint document ``issuers`` holds every body's name and, for those of this site,
    code, the lead body first; ``lead_attribute`` what the lead body settled, blank where
    that is this body. A forwarded one ``forwards`` a document of this site, or says of
    its original what was typed (`mingtang_web.publication.bonds`).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发布机构"), max_length=600)
    formed_on = models.DateField(_("成文日期"))
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("失效日期"), null=True, blank=True)
    attribute = models.CharField(_("公开属性"), max_length=10, choices=Attribute)
    attribute_reason = models.CharField(_("不主动公开的理由"), max_length=200, blank=True)
    normative = models.CharField(
        _("规范性文件"), max_length=10, choices=Normative, blank=True
    )
    matter = models.CharField(_("法定主动公开事项"), max_length=40, blank=True)
    topic = models.CharField(_("主题分类"), max_length=40, blank=True)
    genre = models.CharField(_("体裁分类"), max_length=40, blank=True)
    keywords = models.CharField(_("主题词"), max_length=100, blank=True)
    abstract = models.CharField(_("概述"), max_length=100, blank=True)
    issuers = models.JSONField(_("联合发文的机关"), default=list, blank=True)
    lead_attribute = models.CharField(
        _("牵头机关认定的公开属性"), max_length=10, choices=Attribute, blank=True
    )
    forwards = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="forwarded_by"
    )
    original_title = models.CharField(_("原件名称"), max_length=200, blank=True)
    original_number = models.CharField(_("原件文号"), max_length=60, blank=True)
    original_issuer = models.CharField(_("原件的发文机关"), max_length=200, blank=True)
    original_attribute = models.CharField(
        _("原件的公开属性"), max_length=10, choices=Attribute, blank=True
    )
    html = models.TextField(_("正文"), blank=True)
    note = models.CharField(_("修改说明"), max_length=200, blank=True)
    content = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were made."""

        ordering = ("id",)
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"), name="revision_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="revision_ends_after_it_begins",
                violation_error_message=_("失效日期早于施行日期，请核对两个日期"),
            ),
            models.CheckConstraint(
                condition=Q(forwards__isnull=True) | Q(original_title=""),
                name="revision_forwards_one",
                violation_error_message=_("原件在本站的，不另写名称、文号和发文机关"),
            ),
        )
        indexes = (
            models.Index(
                fields=("document",),
                name="revision_led_elsewhere",
                condition=~Q(lead_attribute=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id}#{self.number}"


class Attachment(models.Model):
    """A file that goes out with a revision, under the name that the public sees."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("附件名称"), max_length=150)
    position = models.PositiveSmallIntegerField()

    class Meta:
        """In the order the officer gave them."""

        ordering = ("revision", "position")
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = (
            models.UniqueConstraint(
                fields=("revision", "position"), name="attachment_in_its_place"
            ),
        )

    def __str__(self) -> str:
        return self.name
