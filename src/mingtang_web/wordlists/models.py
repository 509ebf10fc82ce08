"""Lists of words that screening looks for, whose they are, and their words.

Nothing is deleted: a word or a list is retired, with the day, the reason and the person.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body


class Kind(models.TextChoices):
    """What sort of fault a listed word is; the values are those of the engine."""

    WORDING = "wording", _("错敏词")
    TYPO = "typo", _("错别字")


class Retired(models.Model):
    """Something that is retired rather than deleted."""

    retired_on = models.DateField(_("停用日期"), null=True)
    retired_why = models.CharField(_("停用的原因"), max_length=200, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """No table of its own."""

        abstract = True


class ListOfWords(Retired):
    """A body's list; it holds for the body and for those below.

    ``owner`` says who answers for it and is shown beside a hit. ``version`` is how many
    acts were done in it; ``stamp`` is another after each, in any database: a process that
    has read the list knows by it whether it still is the same.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(_("词表名称"), max_length=60)
    owner = models.CharField(_("负责"), max_length=60)
    version = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=16)
    created_at = models.DateTimeField()

    class Meta:
        """In the order they were made; a name is a body's once."""

        ordering = ("id",)
        verbose_name = _("词表")
        verbose_name_plural = _("词表")
        constraints = (
            models.UniqueConstraint(fields=("body", "name"), name="word_list_named_once"),
        )

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """Words that came into a list together; ``digest`` is the SHA-256 of what they say."""

    words = models.ForeignKey(ListOfWords, models.PROTECT, related_name="batches")
    source = models.CharField(_("来源"), max_length=150, blank=True)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("导入的词")
        verbose_name_plural = _("导入的词")

    def __str__(self) -> str:
        return f"{self.words_id} {self.count}"


class Listed(Retired):
    """A word of a list; the fields are those of `mingtang.screening.Word`."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="listed")
    words = models.ForeignKey(ListOfWords, models.PROTECT, related_name="listed")
    wrong = models.CharField(_("错的写法"), max_length=64)
    right = models.CharField(_("对的写法"), max_length=64, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    not_before = models.CharField(_("前面不是"), max_length=40, blank=True)
    not_after = models.CharField(_("后面不是"), max_length=40, blank=True)
    label = models.CharField(_("错的词"), max_length=64, blank=True)
    since = models.DateField(_("自"), null=True)
    until = models.DateField(_("至"), null=True)

    class Meta:
        """In the order they came; a word stands once among those in use."""

        ordering = ("id",)
        verbose_name = _("词条")
        verbose_name_plural = _("词条")
        constraints = (
            models.UniqueConstraint(
                fields=("words", "wrong"),
                condition=Q(retired_on__isnull=True),
                name="word_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="word_ends_after_it_begins",
                violation_error_message=_("最后一天不能早于第一天，请核对两个日期"),
            ),
        )

    def __str__(self) -> str:
        return self.wrong
