"""What is public already, found by words: each room that publishes says how."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang_web.annual import publishing
from mingtang_web.publication import queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mingtang_web.bodies.models import Body

MOST = 20


class Found(NamedTuple):
    """Something public: its title, where it is opened, a line of it, when it came out."""

    title: str
    address: str
    line: str = ""
    day: str = ""


def reports(body: Body, words: str) -> Iterator[Found]:
    """Yield the annual reports of a body that hold every word, the newest first."""
    for annual, line in publishing.found(body, words):
        where = reverse("report", args=[body.code, annual.year])
        title = _("%(body)s%(year)s年政府信息公开工作年度报告")
        named = title % {"body": body.name, "year": annual.year}
        yield Found(named, where, line, f"{annual.published_on:%Y-%m-%d}")


def documents(body: Body, words: str) -> Iterator[Found]:
    """Yield the documents of a body whose title, number or summary has every word."""
    for row in queries.holding(body, words.split())[:MOST]:
        assert row.published is not None  # noqa: S101 - it is public
        where = reverse("information", args=[row.index_number])
        day = f"{row.published_on:%Y-%m-%d}"
        yield Found(row.published.title, where, row.published.abstract, day)


FINDERS: dict[str, Callable[[Body, str], Iterable[Found]]] = {
    "publication": documents,
    "annual": reports,
}
"""By what is published, the function that finds it for words typed."""


def anything(body: Body) -> bool:
    """Return whether this site holds anything public of a body."""
    out = publishing.public().filter(body=body).exists()
    return out or queries.public().filter(body=body).exists()


def of_others(body: Body) -> bool:
    """Return whether this site holds anything public of other bodies."""
    out = publishing.public().exclude(body=body).exists()
    return out or queries.public().exclude(body=body).exists()


def search(body: Body, words: str) -> list[Found]:
    """Return what is public and fits."""
    found = [each for finder in FINDERS.values() for each in finder(body, words)]
    return found[:MOST]
