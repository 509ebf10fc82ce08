"""What a district has decided to make public, matter by matter, and by which documents.

An item is never altered: it is added on a day and retired on another, and an item that
changes is retired and added anew. The events say when, why and by whom.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.publication.models import Document


class Item(models.Model):
    """An entry of the catalogue (公开事项); its columns are those of the pilot catalogues.

    It holds from ``since`` until the day before ``until``. ``body`` is the district's,
    for itself and those below.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    first = models.CharField(_("一级事项"), max_length=100)
    second = models.CharField(_("二级事项"), max_length=100, blank=True)
    contents = models.CharField(_("公开内容（要素）"), max_length=1000)
    basis = models.CharField(_("公开依据"), max_length=1000)
    term = models.CharField(_("公开时限"), max_length=300)
    publisher = models.CharField(_("公开主体"), max_length=300)
    channel = models.CharField(_("公开渠道和载体"), max_length=500, blank=True)
    audience = models.CharField(_("公开对象"), max_length=200, blank=True)
    manner = models.CharField(_("公开方式"), max_length=100, blank=True)
    level = models.CharField(_("公开层级"), max_length=100, blank=True)
    since = models.DateField(_("列入日期"))
    until = models.DateField(_("取消日期"), null=True)
    responsible = models.ManyToManyField(Body, related_name="+")

    class Meta:
        """As catalogues list them: matter by matter."""

        ordering = ("first", "second", "id")
        verbose_name = _("公开事项")
        verbose_name_plural = _("公开事项")
        indexes = (models.Index(fields=("body", "since"), name="item_of_body"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="item_ends_after_it_begins",
                violation_error_message=_("取消的日期不能早于列入的日期，请核对两个日期"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} {self.second}".strip()


class Event(models.Model):
    """That an item was added or retired: from which day, why, by whom; never altered."""

    class Kind(models.TextChoices):
        """What was done."""

        ADDED = "added", _("列入")
        RETIRED = "retired", _("取消")

    item = models.ForeignKey(Item, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField(_("日期"))
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were recorded."""

        ordering = ("id",)
        verbose_name = _("增减记录")
        verbose_name_plural = _("增减记录")

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class Fulfilment(models.Model):
    """That a document makes an item public, until somebody took the link back."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="fulfilments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="fulfils")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A document stands once at an item."""

        ordering = ("id",)
        verbose_name = _("对应的文件")
        verbose_name_plural = _("对应的文件")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "document"),
                condition=Q(ended_at__isnull=True),
                name="fulfilment_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.document_id}"
