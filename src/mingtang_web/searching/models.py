"""What was done that the index has yet to hear of."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """Something that became public, changed or was taken down (the outbox of the search).

    Written in the transaction that does it; taken out once the index has followed.
    Until then what it ``hides`` is left out of every search, for the index may still
    hold what is public no more; what came in new by the thousand hides nothing. It says
    no more than which entry is meant: what the entry is now, is looked up when its turn
    comes.
    """

    room = models.CharField(max_length=12)
    ref = models.BigIntegerField()
    hides = models.BooleanField(default=True)

    class Meta:
        """In the order in which it was done."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.room}:{self.ref}"
