"""Rules and normative documents: what happened to their force, what interprets them.

What happened is kept in rows that are never altered except that a second person confirms
or strikes them; where a document stands on a day follows from those that stand, by
`mingtang.publication.validity`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.publication.matters import means_of
from mingtang_web.bodies.models import Body


class Normative(models.TextChoices):
    """Which line of the report's table 2 a document counts in, if any."""

    NONE = "", _("不是规章、规范性文件")
    REGULATION = "regulation", _("规章")
    NORMATIVE = "normative", _("行政规范性文件")


class Validity(models.TextChoices):
    """Where a normative document stands today (有效性), as the engine names it."""

    NONE = "", _("没有登记")
    NOT_YET = "not_yet_in_force", _("未施行")
    IN_FORCE = "in_force", _("现行有效")
    AMENDED = "amended", _("已修改")
    REPEALED = "repealed", _("已废止")
    LAPSED = "lapsed", _("失效")


HOLDING = (Validity.IN_FORCE, Validity.AMENDED)
"""In force; an amended one is so as amended."""


def in_register(before: str = "") -> Q:
    """Return what marks the documents of the register; ``before`` leads to the document.

    That their validity is any of those there are is no condition: it lets a database
    that knows nothing of its rows read them off the register's own index.
    """
    every = Q(**{f"{before}validity__in": Validity.values})
    return every & ~Q(**{f"{before}norm": ""})


class InForce(models.Model):
    """How a document stands in the register of normative documents, for its lists.

    All of it follows from the events that stand and from the day: ``validity`` today,
    ``expires_on`` its last day of force if it has one, ``turns_on`` the next day on which
    its validity changes by itself. ``norm`` is blank for what is not in the register.
    """

    norm = models.CharField(
        _("规章、规范性文件"), max_length=10, choices=Normative, blank=True
    )
    validity = models.CharField(_("有效性"), max_length=16, choices=Validity, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True)
    turns_on = models.DateField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def holds(self) -> bool:
        """Whether it is in force today."""
        return self.validity in HOLDING


class ForceEvent(models.Model):
    """Something that happened to the force of a document (有效性变动).

    ``on`` is the day it was issued, ``effective_on`` the day it works from, where that is
    another one. ``expires_on`` is the last day of force that it sets. ``by_document`` or
    ``by_name`` is what amended or repealed it, ``basis`` what a conclusion rests on.
    Only what ``stands`` counts: what is entered by hand stands once another person has
    confirmed it. ``confirmed_by`` is who confirmed, refused or struck it last.
    """

    class Kind(models.TextChoices):
        """What happened, as the engine names it."""

        ISSUED = "issued", _("印发")
        AMENDED = "amended", _("修改")
        KEPT = "kept", _("继续有效")
        REPEALED = "repealed", _("废止")
        DECLARED_VOID = "declared_void", _("宣布失效")

    class Source(models.TextChoices):
        """Where it comes from."""

        PUBLICATION = "publication", _("随文件发布")
        STOCK = "stock", _("启用以前的存量文件")
        HAND = "hand", _("逐件登记")
        CLEAN_UP = "clean_up", _("文件清理")

    class Stage(models.TextChoices):
        """Whether it counts."""

        PROPOSED = "proposed", _("待确认")
        STANDS = "stands", _("已生效")
        REFUSED = "refused", _("未予确认")
        STRUCK = "struck", _("已撤销登记")

    document = models.ForeignKey(
        "publication.Document", models.PROTECT, related_name="forceevents"
    )
    revision = models.ForeignKey(
        "publication.Revision", models.PROTECT, related_name="forceevents"
    )
    kind = models.CharField(_("变动"), max_length=14, choices=Kind)
    norm = models.CharField(_("类别"), max_length=10, choices=Normative, blank=True)
    on = models.DateField(_("日期"))
    effective_on = models.DateField(_("施行、生效日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    trial = models.BooleanField(_("试行、暂行"), default=False)
    by_document = models.ForeignKey(
        "publication.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("依据的文件"), max_length=200, blank=True)
    basis = models.CharField(_("理由和依据"), max_length=300, blank=True)
    source = models.CharField(max_length=12, choices=Source)
    campaign = models.ForeignKey(
        "publication.CleanUp", models.PROTECT, null=True, related_name="events"
    )
    stage = models.CharField(_("状态"), max_length=8, choices=Stage)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_why = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta:
        """In the order it happened; of a document one at most waits to be confirmed."""

        ordering = ("on", "id")
        verbose_name = _("有效性变动")
        verbose_name_plural = _("有效性变动")
        constraints = (
            models.UniqueConstraint(
                fields=("document",),
                name="forceevent_one_waits",
                condition=Q(stage="proposed"),
            ),
            models.CheckConstraint(
                condition=~Q(by=F("confirmed_by")) | Q(confirmed_by__isnull=True),
                name="forceevent_by_two",
                violation_error_message=_("登记的人不能自己确认，请由另一人办理"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.on}"

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.stage == self.Stage.STANDS


class Interpretation(models.Model):
    """A document that interprets another one (政策解读), by one of the engine's means.

    ``undone_by`` is who took the link away again, with why.
    """

    document = models.ForeignKey(
        "publication.Document", models.PROTECT, related_name="interpretations"
    )
    interprets = models.ForeignKey(
        "publication.Document", models.PROTECT, related_name="interpreted_by"
    )
    means = models.CharField(_("解读方式"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        """In the order they were linked; a pair once at a time."""

        ordering = ("id",)
        verbose_name = _("政策解读")
        verbose_name_plural = _("政策解读")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "interprets"),
                name="interpretation_once",
                condition=Q(undone_by__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(document=F("interprets")),
                name="interpretation_of_another",
                violation_error_message=_("文件不能解读自己，请另选一份"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} → {self.interprets_id}"

    @property
    def means_label(self) -> str:
        """By what means, in words."""
        return means_of(self.means).label


class StockTaking(models.Model):
    """A body's word that its stock of normative documents is entered in full (存量).

    ``through`` is up to which day of issue. Without it how many are in force is not
    known: a blank is not a zero.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    through = models.DateField(_("截至"))
    basis = models.CharField(_("怎样核对的"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("存量登记齐全的声明")
        verbose_name_plural = _("存量登记齐全的声明")

    def __str__(self) -> str:
        return f"{self.body_id} {self.through}"
