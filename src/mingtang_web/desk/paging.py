"""Long lists in pages; of a very long one only the first pages are counted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Callable

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
        return self._count()

    def _count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: MOST + 1].count()


class IdPages(Pages):
    """The pages of a list of ids, of which few are counted only where there are many.

    Whether there is more than one page is seen from the first, which is asked anyway: a
    search that finds next to nothing goes through all rows once, not twice.
    """

    def page(self, number: int | str) -> Page[int]:
        """Return a page; the first one as it was asked before."""
        asked = self.validate_number(number)
        if asked != 1:
            return Page(list(super().page(asked)), asked, self)
        return Page(self._first[: self.per_page], asked, self)

    @cached_property
    def _first(self) -> list[int]:
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def _counted(self) -> int:
        few = len(self._first)
        return few if few <= self.per_page else self._count()


def page_by_ids(
    request: HttpRequest,
    rows: QuerySet[Any],
    shown: Callable[[list[int]], list[Any]],
    size: int = A_PAGE,
) -> Page[Any]:
    """Return the page that the address asks for, of rows that are wide or many.

    Which ids stand on it is asked first, from narrow indexes; then ``shown`` reads those
    rows alone, in that order.
    """
    ids = rows.values_list("pk", flat=True)
    page = IdPages(ids, size).get_page(request.GET.get("page"))
    page.object_list = shown(list(page.object_list))
    return page


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = A_PAGE) -> Page[Any]:
    """Return the page of ``rows`` that the address asks for; the nearest there is."""
    return Pages(rows, size).get_page(request.GET.get("page"))
