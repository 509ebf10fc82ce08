"""Figures that take long to count, kept for a while with the moment they were counted."""

from __future__ import annotations

from django.db import models

from mingtang_web.bodies.models import Body


class KeptFigures(models.Model):
    """What the cases of a body and of all below came to, as they were last counted.

    ``content`` are the rows of `mingtang_web.cases.figures.Rows`; ``asked_at`` is when
    somebody last looked, so that what nobody looks at is counted no more.
    """

    top = models.OneToOneField(Body, models.CASCADE, primary_key=True, related_name="+")
    content = models.JSONField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.top_id} {self.made_at:%Y-%m-%d %H:%M}"
