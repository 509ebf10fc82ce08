"""Matters of the two registers: what came, what was done with it, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body
from mingtang_web.cases.models import Channel
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.models import Letter
from mingtang_web.registers.rules import LAWS, Outcome, Register

if TYPE_CHECKING:
    from mingtang_web.registers.rules import Law


class Stage(models.TextChoices):
    """Where a matter stands."""

    RECEIVED = "received", _("待办理")
    HANDLING = "handling", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")


class Matter(models.Model):
    """A request to correct a record (更正申请), or a complaint (投诉举报).

    ``description`` is sealed under the sender's key. ``about`` is the record that is
    said to be wrong, or the body complained of; ``promised`` the day the body gave
    itself, for the law gives none. ``version`` is how many acts were done in it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    register = models.CharField(_("登记簿"), max_length=10, choices=Register)
    number = models.CharField(_("登记号"), max_length=30)
    sender = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    channel = models.CharField(_("收到渠道"), max_length=12, choices=Channel)
    received = models.DateField(_("收到日期"))
    subject = models.CharField(_("事由摘要"), max_length=200)
    about = models.CharField(_("所涉记录或者机关"), max_length=200)
    description = models.BinaryField()
    promised = models.DateField(_("承诺办结日期"), null=True)
    created_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=0)
    stage = models.CharField(_("环节"), max_length=10, choices=Stage)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("承办人"),
        null=True,
        related_name="+",
    )
    outcome = models.CharField(_("办理结果"), max_length=14, choices=Outcome, blank=True)
    outcome_to = models.CharField(_("转往机关"), max_length=100, blank=True)
    answered = models.DateField(_("答复日期"), null=True)
    closed = models.DateField(_("办结日期"), null=True)
    letters = models.ManyToManyField(Letter, related_name="matters")

    class Meta:
        """The newest first."""

        ordering = ("-received", "-id")
        verbose_name = _("更正申请、投诉举报")
        verbose_name_plural = _("更正申请、投诉举报")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="matter_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(answered=None) | models.Q(answered__gte=F("received")),
                name="matter_answered_after_it_came",
                violation_error_message=_("答复日期不能早于收到日期，请核对两个日期"),
            ),
        )
        indexes = (
            models.Index(fields=("body", "register", "received"), name="matter_by_receipt"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def law(self) -> Law:
        """What the Regulations provide for it."""
        return LAWS[Register(self.register)]

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.stage != Stage.CLOSED

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be answered by a day that was promised."""
        return bool(self.promised and self.stage in {Stage.RECEIVED, Stage.HANDLING})

    @property
    def letter(self) -> str | None:
        """The kind of letter that tells the outcome, none where there is none."""
        return self.law.letters.get(Outcome(self.outcome)) if self.outcome else None


class Step(models.Model):
    """Which entries of the ledger are of which matter: an index, with the act's words.

    ``text`` says what was done, without names; the ledger holds the step's id.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="steps")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    text = models.TextField(_("办理情况"), blank=True)

    class Meta:
        """In the order they were recorded."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.entry_id}"
