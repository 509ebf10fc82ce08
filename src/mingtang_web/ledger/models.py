"""Entries of the ledger and the head of each body's chain."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtang_web.bodies.models import Body


class Entry(models.Model):
    """One thing that was done, as it was recorded.

    Written by `mingtang_web.ledger.actions.append` and by nothing else; the
    database itself refuses to alter or delete it. ``payload`` is canonical
    JSON and holds no personal data in clear. ``case_id`` is the case's own id;
    cases stand on a higher floor, so it is no foreign key.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    case_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    payload = models.TextField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique only where given
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    # Set on what `append` returns when the same submission came before.
    is_replay = False

    class Meta:
        """In the order it was recorded."""

        ordering = ("body", "sequence")
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(fields=("body", "sequence"), name="entry_in_its_place"),
            models.UniqueConstraint(
                fields=("body", "key"),
                name="entry_once_a_key",
                condition=Q(key__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("case_id", "sequence"),
                name="entry_of_case",
                condition=Q(case_id__isnull=False),
            ),
            models.Index(fields=("body", "recorded_at"), name="entry_by_day"),
            models.Index(fields=("body", "kind", "sequence"), name="entry_by_kind"),
        )

    def __str__(self) -> str:
        return f"{self.body_id}#{self.sequence} {self.kind}"

    @property
    def content(self) -> dict[str, Any]:
        """The payload as a mapping."""
        made: dict[str, Any] = json.loads(self.payload)
        return made


class Head(models.Model):
    """Where a body's chain has got to; locked while an entry is appended."""

    body = models.OneToOneField(Body, models.PROTECT, primary_key=True, related_name="+")
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.body_id}#{self.sequence}"
