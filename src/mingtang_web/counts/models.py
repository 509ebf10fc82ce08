"""What each matter adds to the tables, what a body's add up to, and which years are closed.

A matter is a case or a dispute, which stand on higher floors: it is named by its kind
and its own id. All rows but `Closing` are caches, made from the ledger anew by
`mingtang_web.counts.sources`.
"""

from __future__ import annotations

from django.db import models

from mingtang_web.bodies.models import Body

OPEN = 9999
"""The last year of a stretch that nothing has ended yet."""


class Stretch(models.Model):
    """A cell of the tables and the years in which something counts there.

    Those of both tables below; ``last`` is `OPEN` where nothing has ended it.
    """

    cell = models.CharField(max_length=80)
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True


class Counted(Stretch):
    """How often one matter counts in a cell: a handful of rows a matter."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    matter = models.BigIntegerField()

    class Meta:
        """Found by its matter, and by its cell and year in the matters' order."""

        constraints = (
            models.UniqueConstraint(
                fields=("kind", "matter", "cell", "first", "last"),
                name="counted_once_a_stretch",
            ),
        )
        indexes = (
            models.Index(fields=("body", "cell", "last", "matter"), name="counted_in_cell"),
        )

    def __str__(self) -> str:
        return f"{self.kind}/{self.matter} {self.cell} {self.first}–{self.last}"


class Tally(Stretch):
    """What a body's matters add up to in one stretch; some hundred rows a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")

    class Meta:
        """One row a stretch."""

        constraints = (
            models.UniqueConstraint(
                fields=("body", "cell", "first", "last"), name="tally_once_a_stretch"
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.cell} {self.first}–{self.last}"


class Closing(models.Model):
    """The day on which a body's report of a year was signed: its columns are settled."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        """A year is closed once."""

        constraints = (
            models.UniqueConstraint(fields=("body", "year"), name="year_closed_once"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}"


class Owed(models.Model):
    """Matters of a body, those after an id, that are to be counted anew.

    Until then its tables are not whole.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    after = models.BigIntegerField(default=0)

    class Meta:
        """Owed once a kind."""

        constraints = (
            models.UniqueConstraint(fields=("body", "kind"), name="owed_once_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.kind} {self.after}"
