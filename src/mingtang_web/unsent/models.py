"""Half-filled forms, one a person and page, sealed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Unsent(models.Model):
    """What a person has typed on a page and not sent.

    ``sealed`` lies under a key of the row's own, which ``wrapped_key`` is under the
    master key named by ``master``. ``saves`` counts since ``counted_from``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False
    )
    place = models.CharField(max_length=200)
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField()
    master = models.CharField(max_length=16)
    saved_at = models.DateTimeField(db_index=True)
    saves = models.PositiveIntegerField(default=0)
    counted_from = models.DateTimeField()

    class Meta:
        """One a person and page."""

        verbose_name = _("未提交的填写")
        verbose_name_plural = _("未提交的填写")
        constraints = (
            models.UniqueConstraint(fields=("person", "place"), name="unsent_once_a_page"),
        )

    def __str__(self) -> str:
        return f"{self.id}"
