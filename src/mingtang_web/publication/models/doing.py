"""What was done with documents, and by which rules a body does it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.publication.models.saying import Document, Revision, Stage


class Part(models.Model):
    """Something a person did with a document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="%(class)ss")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """No table of its own; in the order it was done."""

        abstract = True
        ordering = ("id",)


class Step(Part):
    """A step of the review and of what follows; ``content`` is what was looked at.

    ``stead`` is in whose stead it was done, where a role was on loan. None in ``by`` is
    the site itself, which publishes at the hour that was set.
    """

    class Verdict(models.TextChoices):
        """What was done."""

        BEGUN = "begun", _("起草")
        IMPORTED = "imported", _("从旧站导入")
        REVISING = "revising", _("开始修订")
        SENT = "sent", _("送审")
        TAKEN_BACK = "taken_back", _("撤回送审")
        PASSED = "passed", _("审核通过")
        RETURNED = "returned", _("退回修改")
        FILED = "filed", _("归入，不主动公开")
        SCHEDULED = "scheduled", _("定时发布")
        UNSCHEDULED = "unscheduled", _("取消定时")
        HELD = "held", _("到时未发布")
        PUBLISHED = "published", _("发布")
        WITHDRAWN = "withdrawn", _("撤下")
        DISCARDED = "discarded", _("放弃草稿")

    verdict = models.CharField(max_length=12, choices=Verdict)
    stage = models.CharField(max_length=8, choices=Stage, blank=True)
    reason = models.CharField(_("意见"), max_length=500, blank=True)
    content = models.CharField(max_length=64)
    stead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.document_id} {self.verdict}"


class SecrecyItem(Part):
    """What the secrecy review says of one thing of a revision (逐项审查).

    ``item`` is ``text`` or an attachment's position; ``basis`` what the conclusion
    rests on (保守国家秘密法第三十五条，实施条例第四十二条).
    """

    class Conclusion(models.TextChoices):
        """Whether it may be made public."""

        PUBLIC = "public", _("可以公开")
        AFTER_REMOVAL = "after_removal", _("删去有关内容后可以公开")
        NOT_PUBLIC = "not_public", _("不得公开")

    item = models.CharField(max_length=10)
    conclusion = models.CharField(_("审查结论"), max_length=14, choices=Conclusion)
    basis = models.CharField(_("依据"), max_length=300)

    def __str__(self) -> str:
        return f"{self.document_id} {self.item} {self.conclusion}"


class Waiver(Part):
    """Why something that screening stopped at goes out all the same.

    ``fingerprint`` is of the kind, the words and where they stand; ``shown`` what was
    seen of them, personal data masked.
    """

    fingerprint = models.CharField(max_length=16)
    kind = models.CharField(max_length=20)
    shown = models.CharField(max_length=100)
    reason = models.CharField(_("理由"), max_length=200)

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind}"


class ReviewChain(models.Model):
    """A body's stages of review, in order; without a row those of `chains.USUAL`."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    stages = models.CharField(_("审核环节"), max_length=100)

    def __str__(self) -> str:
        return f"{self.body_id} {self.stages}"


class IndexScheme(models.Model):
    """By which rule a body numbers its documents; without a row by `indexing.USUAL`."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    rule = models.CharField(_("索引号规则"), max_length=100)

    def __str__(self) -> str:
        return f"{self.body_id} {self.rule}"
