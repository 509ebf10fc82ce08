"""Figures of periods as they were entered, and everything that was ever said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.figures import exact
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger import stepping
from mingtang_web.ledger.stepping import Stepped
from mingtang_web.publication.models import Document
from mingtang_web.spells.cells import cells_of

if TYPE_CHECKING:
    from decimal import Decimal


class Spell(Stepped):
    """A figure of a cell for a period (时段填报数), both days included, with its source.

    ``value`` is a plain decimal, in the unit of the cell; ``source`` the register or
    system it was taken from and ``provider`` who gave it. ``document`` is the public
    document that bears it, where there is one. Rows that are struck stay and count no
    more.
    """

    cell = models.CharField(_("格"), max_length=80)
    first = models.DateField(_("起日"))
    last = models.DateField(_("止日"))
    value = models.CharField(_("数"), max_length=20)
    source = models.CharField(_("出自哪本登记簿、哪个系统"), max_length=100)
    provider = models.CharField(_("由谁提供"), max_length=100)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Cell by cell in the order of time; what counts of one cell begins once a day."""

        ordering = ("cell", "first", "id")
        verbose_name = _("时段填报数")
        verbose_name_plural = _("时段填报数")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="spell_numbered_once"),
            models.UniqueConstraint(
                fields=("body", "cell", "first"),
                condition=Q(struck=False),
                name="spell_begins_once",
                violation_error_message=_("这一格已有同一天起的时段，请核对起止日期"),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="spell_ends_after_it_begins",
                violation_error_message=_("止日早于起日，请核对"),
            ),
        )

    @property
    def label(self) -> str:
        """Its cell's line and column, as the form of its year prints them."""
        return cells_of(self.first.year).get(self.cell, self.cell)

    @property
    def amount(self) -> Decimal | int:
        """The figure as the engine takes it."""
        return exact(self.value)

    @property
    def whence(self) -> str:
        """Where it comes from, in words of the report's sources."""
        return f"{self.source}，{self.provider}提供"


class What(models.TextChoices):
    """What a step of a figure did."""

    RECORDED = "recorded", _("登记")
    AMENDED = "amended", _("补充或者更正")
    STRUCK = "struck", _("作废")


class Step(stepping.Step):
    """One act in a figure: all that it said after it, and the reason given."""

    spell = models.ForeignKey(Spell, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What)

    def __str__(self) -> str:
        return f"{self.spell_id} {self.what}"


class Evidence(models.Model):
    """A file that bears a figure out (凭据), as it came: never replaced and never removed.

    ``name`` is what whoever brought it calls it.
    """

    spell = models.ForeignKey(Spell, models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they came."""

        ordering = ("id",)
        verbose_name = _("时段填报数的凭据")
        verbose_name_plural = _("时段填报数的凭据")

    def __str__(self) -> str:
        return self.name
