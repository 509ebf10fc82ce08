"""That a guide still holds, as somebody confirmed it, and how often it is looked at."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.models import Body
from mingtang_web.publication.models import Part


class Confirmation(Part):
    """That what is public was looked at on a day and still holds (核对无误).

    ``revision`` is the public one; ``reason`` says what it was compared with.
    """

    on = models.DateField(_("核对日期"))
    reason = models.CharField(_("核对情况"), max_length=200)

    def __str__(self) -> str:
        return f"{self.document_id} {self.on}"


class Interval(models.Model):
    """After how many months a body and those below look at guide and catalogue again."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(
        _("每隔几个月核对一次"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    def __str__(self) -> str:
        return f"{self.body_id} {self.months}"
