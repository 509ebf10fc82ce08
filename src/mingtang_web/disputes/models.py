"""Reviews and suits as lists show them; what they are stands in the ledger.

Every column that says where a dispute stands is a cache made from its entries by
`mingtang_web.disputes.bridge` and by nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang.case import disputes as engine
from mingtang.case.outcome import outcome
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.parameter import UncoveredDayError
from mingtang_web.bodies.models import Body
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from mingtang.law.calendar import Calendar


class Procedure(models.TextChoices):
    """Before whom it goes."""

    REVIEW = "review", _("行政复议")
    SUIT = "suit", _("行政诉讼")


class Position(models.TextChoices):
    """What the body is in the dispute; only the first counts in its table four."""

    RESPONDENT = "respondent", _("被申请人、被告")
    REVIEW_ORGAN = "review_organ", _("共同被告（复议机关）")
    THIRD_PARTY = "third_party", _("第三人")


class Filer(models.TextChoices):
    """Who brought it; names stand with the cases, sealed."""

    APPLICANT = "applicant", _("申请人")
    THIRD_PARTY = "third_party", _("被征求意见的第三方")
    OTHER = "other", _("其他利害关系人")


class Dispute(models.Model):
    """A review (行政复议) or suit (行政诉讼) of one body, over any number of its cases.

    ``organ`` is the review organ or the court, ``organ_number`` the number it gave.
    ``version`` is how many records the history has, struck ones included.
    ``answer_by`` is the day the organ set for the answer, where it set one;
    ``perform_by`` the day by which what binds is to be performed, ``performed`` when
    it was.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.CharField(_("登记号"), max_length=30)
    procedure = models.CharField(_("程序"), max_length=6, choices=Procedure)
    position = models.CharField(_("本机关的地位"), max_length=12, choices=Position)
    filer = models.CharField(_("提起人"), max_length=12, choices=Filer)
    organ = models.CharField(_("复议机关、法院"), max_length=100)
    organ_number = models.CharField(_("案号"), max_length=60, blank=True)
    review = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("此前的复议"),
        null=True,
        related_name="suits",
    )
    cases = models.ManyToManyField(Case, related_name="disputes")
    created_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20)
    filed = models.DateField(_("提起日期"))
    copied = models.DateField(_("收到副本"), null=True)
    simple = models.BooleanField(default=False)
    answer_by = models.DateField(_("指定的答复期限"), null=True)
    answered = models.DateField(_("提交答复"), null=True)
    suspended = models.BooleanField(default=False)
    outcome = models.CharField(_("审理结果"), max_length=40, blank=True)
    ended = models.DateField(_("审结日期"), null=True)
    perform_by = models.DateField(_("履行期限"), null=True)
    performed = models.DateField(_("履行日期"), null=True)

    class Meta:
        """The newest first."""

        ordering = ("-filed", "-id")
        verbose_name = _("复议、诉讼")
        verbose_name_plural = _("复议、诉讼")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "number"), name="dispute_numbered_once"
            ),
        )
        indexes = (
            models.Index(fields=("body", "filed"), name="dispute_by_filing"),
            models.Index(
                fields=("copied",),
                name="dispute_to_answer",
                condition=models.Q(copied__isnull=False, answered=None, ended=None),
            ),
            models.Index(
                fields=("perform_by",),
                name="dispute_to_perform",
                condition=models.Q(perform_by__isnull=False, performed=None),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def counts(self) -> bool:
        """Whether it stands in this body's table four."""
        return self.position == Position.RESPONDENT

    @property
    def is_over(self) -> bool:
        """Whether it has ended, until an appeal or retrial is entered."""
        return self.ended is not None

    @property
    def outcome_title(self) -> str:
        """The last ruling in words, blank where there is none."""
        return spoken(outcome(self.outcome).title) if self.outcome else ""

    @property
    def document(self) -> str:
        """The number of the ruling that last ordered a new answer, blank where none has.

        A ruling that was struck is cited by nothing, and the number under which the
        organ takes a case in is no ruling's.
        """
        steps = self.steps.select_related("entry").order_by("-id")
        said = {step.entry_id: step.entry.content for step in steps}
        struck = {content.get("entry") for content in said.values()}
        orders = (c.get("order") or {} for pk, c in said.items() if pk not in struck)
        told = (str(order.get("document") or "") for order in orders)
        return next(filter(None, told), "")

    @property
    def stage(self) -> StrOrPromise:
        """Where it stands, in words."""
        if self.ended:
            return _("已审结")
        if self.suspended:
            return _("中止")
        return _("已裁判，未生效") if self.outcome else _("审理中")

    @property
    def owes_answer(self) -> bool:
        """Whether an answer is still to be handed in; a third party owes none."""
        waits = bool(self.copied and not self.answered and not self.ended)
        return waits and self.position != Position.THIRD_PARTY

    def due(self, calendar: Calendar) -> date | None:
        """Return the last day for the body's answer, None where none can be said."""
        if self.copied is None or not self.owes_answer:
            return None
        copied = engine.CopyReceived(
            on=self.copied, simple=self.simple, answer_by=self.answer_by
        )
        asked = engine.Dispute(self.kind, self.filed, True, copied, self.answered)  # noqa: FBT003
        try:
            return engine.answer_due(asked, calendar)
        except (UncoveredYearError, UncoveredDayError):
            return None


class Step(models.Model):
    """Which entries of the ledger are of which dispute: an index, nothing else.

    An entry names its dispute in its payload; this finds it without reading them all.
    """

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        """In the order they were recorded."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.entry_id}"


class Note(models.Model):
    """What the body did after a ruling, or is still to do (后续办理), without names.

    ``performs`` says that the ruling was performed by it (履行完毕).
    """

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="notes")
    on = models.DateField(_("日期"))
    text = models.TextField(_("内容"))
    performs = models.BooleanField(_("已履行完毕"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order they were written."""

        ordering = ("id",)
        verbose_name = _("后续办理")
        verbose_name_plural = _("后续办理")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.on}"
