"""Pages of what is public, the newest first, that are no slower the further one reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.publication.models import Document


class Place(NamedTuple):
    """Behind which document a page of a list begins: its day and its number."""

    day: date
    pk: int

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}.{self.pk}"

    @classmethod
    def read(cls, said: str) -> Place | None:
        """Return the place that an address names, None where it names none."""
        day, _, number = said.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None

    @classmethod
    def of(cls, row: Document) -> Place:
        """Return the place of a public document."""
        assert row.published_on is not None  # noqa: S101 - it is public
        return cls(row.published_on, row.pk)

    def older(self, rows: QuerySet[Document]) -> QuerySet[Document]:
        """Return those of some public documents that stand behind this one."""
        same = Q(published_on=self.day, pk__lt=self.pk)
        return rows.filter(same | Q(published_on__lt=self.day))
