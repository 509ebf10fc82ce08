"""Long lists in pages; of a very long one only the first pages are counted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest

A_PAGE = 50
MOST = 10_000
"""How many rows are counted, and can be paged through: nobody reads on, but narrows.

To count on would read every row that is wanted, a million for whoever supervises
a province, on every page.
"""


class Pages(Paginator):  # type: ignore[type-arg]
    """The pages of a list; ``has_more`` says that it goes on after the last of them."""

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self._counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows past those that can be paged through."""
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: MOST + 1].count()


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = A_PAGE) -> Page[Any]:
    """Return the page of ``rows`` that the address asks for; the nearest there is."""
    return Pages(rows, size).get_page(request.GET.get("page"))
