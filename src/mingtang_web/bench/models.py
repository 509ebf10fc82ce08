"""Which files are being checked, and by whose browser; the files lie in folders."""

from __future__ import annotations

import uuid

from django.db import models


class Check(models.Model):
    """A file somebody had checked within the last hour.

    ``owner`` is the hash of the secret in the browser's cookie and ``address`` a keyed
    hash of where it came from, by which requests are counted. Neither the file's name
    nor anything in it stands here: both lie in the folder that bears the id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    came_at = models.DateTimeField()

    class Meta:
        """By when they came."""

        ordering = ("came_at",)
        verbose_name = "检查"
        verbose_name_plural = "检查"
        indexes = (
            models.Index(fields=("address", "came_at"), name="check_by_address"),
            models.Index(fields=("came_at",), name="check_by_time"),
        )

    def __str__(self) -> str:
        return str(self.pk)
