"""Reports of a body and year, and everything a person puts into one.

Their figures are compiled from the tallies whenever they are looked at; only what
somebody answers for is kept here, and what was signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.figures import exact
from mingtang_web.files.models import StoredFile

if TYPE_CHECKING:
    from decimal import Decimal


class State(models.TextChoices):
    """Where a report stands."""

    DRAFTING = "drafting", _("编制中")
    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("已退回修改")
    SIGNED = "signed", _("已签发")
    PUBLISHED = "published", _("已公布")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已放弃的草稿")


class Stage(models.TextChoices):
    """Whose review a report waits for."""

    SECTION = "section", _("承办机构")
    OFFICE = "office", _("公开工作机构")
    LEADER = "leader", _("机关负责人")


WRITTEN = frozenset({State.DRAFTING, State.RETURNED})
"""The states in which a report is written in."""
SETTLED = frozenset({State.SIGNED, State.PUBLISHED, State.WITHDRAWN})
"""The states in which a report is what was signed."""


class Annual(models.Model):
    """A report (年度报告) of a body and year; ``issue`` counts what corrects another.

    ``cases_kept``, ``disputes_kept`` and ``documents_kept`` say which ledgers are kept
    here; what has no ledger is entered by hand. A draft that was discarded stays,
    corrects nothing any more and leaves its number of issue to another one. ``version``
    is how many acts were done in it. ``snapshot`` is what was signed, the engine's own
    JSON, and is never made anew.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    issue = models.PositiveSmallIntegerField(_("版次"), default=1)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by"
    )
    why = models.CharField(_("更正的原因"), max_length=200, blank=True)
    cases_kept = models.BooleanField(_("有依申请公开台账"), default=True)
    disputes_kept = models.BooleanField(_("有复议诉讼登记簿"), default=True)
    documents_kept = models.BooleanField(_("有规章、规范性文件登记簿"), default=False)
    created_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    stage = models.CharField(_("审核环节"), max_length=8, choices=Stage, blank=True)
    snapshot = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(_("签发日期"), null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_on = models.DateField(_("公布日期"), null=True)

    class Meta:
        """The newest first; an issue once, and one being made at a time."""

        ordering = ("-year", "body__path", "-issue")
        verbose_name = _("年度报告")
        verbose_name_plural = _("年度报告")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "year", "issue"),
                name="annual_issued_once",
                condition=~Q(state="discarded"),
            ),
            models.UniqueConstraint(
                fields=("body", "year"),
                name="annual_one_in_the_making",
                condition=Q(state__in=("drafting", "in_review", "returned", "signed")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}#{self.issue}"

    @property
    def is_written(self) -> bool:
        """Whether figures and words may be changed."""
        return self.state in WRITTEN

    @property
    def is_settled(self) -> bool:
        """Whether it is what was signed."""
        return self.state in SETTLED


class Chain(models.Model):
    """By how many stages a body's reports go; without a row by all of `Stage`.

    Where ``with_section`` is not set there is no section (承办机构) apart from the
    office, and a report is sent straight to that.
    """

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    with_section = models.BooleanField(_("设承办机构审核环节"), default=True)

    def __str__(self) -> str:
        return f"{self.body_id} {self.with_section}"


class Part(models.Model):
    """Something a person puts into a report."""

    annual = models.ForeignKey(Annual, models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """No table of its own; in the order it was put in."""

        abstract = True
        ordering = ("id",)


class Figure(Part):
    """A figure of which no ledger is kept, and who or what answers for it (填报).

    ``value`` is a plain decimal; blank takes the figure out again. The last one of a
    cell counts, the others stay.
    """

    cell = models.CharField(max_length=80)
    value = models.CharField(_("数"), max_length=20, blank=True)
    source = models.CharField(_("数据来源"), max_length=200)

    def __str__(self) -> str:
        return f"{self.annual_id} {self.cell}={self.value}"


class Adjustment(Part):
    """A manual adjustment (人工调整): by how much a cell is more than was counted.

    It counts once a second person has signed it, and until it is taken back; it stays
    to be seen for ever.
    """

    cell = models.CharField(max_length=80)
    change = models.CharField(_("调整"), max_length=20)
    reason = models.CharField(_("理由"), max_length=200)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_on = models.DateField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.CharField(_("撤销的理由"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.annual_id} {self.cell} {self.change}"

    @property
    def counts(self) -> bool:
        """Whether it is added to the count."""
        return self.signed_by_id is not None and self.ended_by_id is None

    @property
    def waits(self) -> bool:
        """Whether it waits for a signature."""
        return self.signed_by_id is None and self.ended_by_id is None

    @property
    def by_how_much(self) -> Decimal | int:
        """The change as the engine takes it."""
        return exact(self.change)


class Earlier(Part):
    """Last year's report, published before this site kept any (上年报告); the last counts.

    ``snapshot`` is what was read of the ``file``, in the engine's own JSON; ``named``
    the body that it names itself.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    named = models.CharField(max_length=100, blank=True)
    source = models.CharField(_("出处"), max_length=200)

    def __str__(self) -> str:
        return f"{self.annual_id} {self.named}"


class Wording(Part):
    """What an officer made of a section's draft: one row a version, the last counts.

    ``section`` is 0 for the preface; ``drafted`` the draft as it then stood.
    """

    section = models.PositiveSmallIntegerField(_("部分"))
    number = models.PositiveIntegerField()
    text = models.TextField(_("文字"), blank=True)
    drafted = models.TextField(blank=True)

    class Meta(Part.Meta):
        """A version once."""

        constraints = (
            models.UniqueConstraint(
                fields=("annual", "section", "number"), name="wording_numbered_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.annual_id} {self.section}#{self.number}"


class Step(Part):
    """A step of the review: sent, passed on, returned with a reason, signed, published."""

    class Verdict(models.TextChoices):
        """What was done."""

        BEGUN = "begun", _("开始编制")
        SENT = "sent", _("送审")
        PASSED = "passed", _("审核通过")
        RETURNED = "returned", _("退回修改")
        SIGNED = "signed", _("签发")
        PUBLISHED = "published", _("公布")
        WITHDRAWN = "withdrawn", _("撤回")
        DISCARDED = "discarded", _("放弃草稿")

    verdict = models.CharField(max_length=10, choices=Verdict)
    stage = models.CharField(max_length=8, choices=Stage, blank=True)
    reason = models.CharField(_("意见"), max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.annual_id} {self.verdict}"


class Waiver(Part):
    """Why a finding is left as it is (不改的理由); ``finding`` is its fingerprint."""

    finding = models.CharField(max_length=16)
    code = models.CharField(max_length=8)
    message = models.TextField()
    reason = models.CharField(_("理由"), max_length=200)

    def __str__(self) -> str:
        return f"{self.annual_id} {self.code}"


class Output(Part):
    """A published file of a report, stored with its fingerprint."""

    format = models.CharField(max_length=5)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.annual_id} {self.format}"
