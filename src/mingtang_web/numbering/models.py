"""How far each series of numbers has got."""

from __future__ import annotations

from django.db import models

from mingtang_web.bodies.models import Body


class NumberSeries(models.Model):
    """The last number given out, by body, series and year; no number is left out."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a series and year."""

        constraints = (
            models.UniqueConstraint(
                fields=("body", "series", "year"), name="series_once_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
