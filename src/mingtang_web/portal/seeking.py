"""The search for everybody: words, what narrows them, results with marks in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from mingtang.publication.matters import genre, topic
from mingtang_web import typed
from mingtang_web.bodies.models import Body
from mingtang_web.publication.models import Column
from mingtang_web.publication.norms import Validity
from mingtang_web.searching import queries
from mingtang_web.searching.entries import ANYWHERE, CAP, FACETS, NUMBERS, TITLES, Asked
from mingtang_web.searching.marking import Marked, excerpt, marked
from mingtang_web.searching.places import NoIndexError
from mingtang_web.searching.publishers import DOCUMENT, REPORT
from mingtang_web.searching.wanted import MOST_SIGNS, wanted
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.utils.functional import _StrOrPromise

    from mingtang_web.searching.entries import Entry, Found
    from mingtang_web.searching.wanted import Wanted

A_PAGE = 20
MOST_SHOWN = 12
"""So many values of a facet are offered, those with the most results."""
WHERE = {ANYWHERE: lazy("全文"), TITLES: lazy("名称"), NUMBERS: lazy("文号、索引号")}
KINDS: dict[str, _StrOrPromise] = {
    DOCUMENT: lazy("文件"),
    REPORT: lazy("年度报告"),
    **{each.value: each.label for each in Column if each != Column.STATUTORY},
}
LABELS = {
    "body": lazy("机关"),
    "kind": lazy("类型"),
    "topic": lazy("主题"),
    "genre": lazy("体裁"),
    "year": lazy("年份"),
    "validity": lazy("有效性"),
}


class Result(NamedTuple):
    """A result as it is shown, what was sought marked in it."""

    address: str
    title: Marked
    excerpt: Marked
    entry: Entry
    body: str
    kind: str
    ended: str


class Value(NamedTuple):
    """A value of a facet: its words, how many results have it, whether it narrows now.

    ``address`` narrows by it, or no longer does.
    """

    value: str
    label: str
    number: int
    chosen: bool
    address: str


class Facet(NamedTuple):
    """What results can be narrowed by."""

    name: str
    label: str
    values: list[Value]


@require_safe
def seek(request: HttpRequest) -> HttpResponse:
    """Show what is public and has the words typed; works as a plain form."""
    said = request.GET
    words = typed.sought(said.get("q", ""), MOST_SIGNS)
    narrowed = {name: said[name] for name in FACETS if said.get(name)}
    where = said.get("where", "") if said.get("where", "") in WHERE else ANYWHERE
    page = _page(said.get("page", ""))
    asked = Asked(
        wanted(words),
        narrowed,
        where,
        newest=said.get("order") == "new",
        first=(page - 1) * A_PAGE,
        most=A_PAGE,
    )
    context: dict[str, object] = {
        "words": words,
        "where": where,
        "wheres": list(WHERE.items()),
        "newest": asked.newest,
        "narrowed": narrowed,
        "page": page,
        "cap": CAP,
    }
    if words or narrowed:
        context |= _found(asked, page, said)
    return render(request, "portal/search/results.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return titles of what is public that have what is typed so far."""
    words = typed.sought(request.GET.get("q", ""), MOST_SIGNS)
    try:
        titles = queries.suggest(words) if words else []
    except NoIndexError:
        titles = []
    return JsonResponse({"titles": titles})


def _page(said: str) -> int:
    """Return the page that is asked for, of those that are counted."""
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 1  # noqa: PLR2004 - fifty pages
    return min(max(number, 1), CAP // A_PAGE)


def _found(asked: Asked, page: int, said: QueryDict) -> dict[str, object]:
    try:
        found = queries.search(asked)
    except NoIndexError:
        return {"preparing": True}
    names = _names(found)
    return {
        "found": found,
        "results": [_result(each, asked.wanted, names) for each in found.entries],
        "facets": _facets(found, said, names),
        "older": page + 1 if page * A_PAGE < found.counted else None,
        "newer": page - 1 if page > 1 else None,
    }


def _names(found: Found) -> dict[str, str]:
    """Return the names of the bodies that are told of, by their codes: one query."""
    codes = {*found.facets["body"], *(entry.bodies[-1] for entry in found.entries)}
    return dict(Body.objects.filter(code__in=codes).values_list("code", "name"))


def _result(entry: Entry, wanted_: Wanted, names: Mapping[str, str]) -> Result:
    code = entry.bodies[-1]
    ended = entry.validity in {Validity.REPEALED, Validity.LAPSED, Validity.NOT_YET}
    return Result(
        _address(entry),
        marked(entry.title, wanted_),
        excerpt(entry, wanted_),
        entry,
        names.get(code, ""),
        str(KINDS.get(entry.kind, "")),
        str(Validity(entry.validity).label) if ended else "",
    )


def _address(entry: Entry) -> str:
    if entry.key.room == REPORT:
        return reverse("report", args=[entry.bodies[-1], entry.year])
    return reverse("information", args=[entry.index_number])


def _facets(found: Found, said: QueryDict, names: Mapping[str, str]) -> list[Facet]:
    """Return what results can be narrowed by, and by what they are."""
    shown = []
    for name in FACETS:
        counts = found.facets[name]
        ranked = sorted(counts, key=lambda value: (-counts[value], value))
        if name == "year":
            ranked = sorted(counts, reverse=True)
        values = [
            _value(name, each, counts[each], said, names) for each in ranked[:MOST_SHOWN]
        ]
        if len(values) > 1 or said.get(name):
            shown.append(Facet(name, str(LABELS[name]), values))
    return shown


def _value(
    name: str, value: str, count: int, said: QueryDict, names: Mapping[str, str]
) -> Value:
    chosen = said.get(name) == value
    other = said.copy()
    other.pop("page", None)
    if chosen:
        other.pop(name)
    else:
        other[name] = value
    label = _label(name, value, names)
    return Value(value, label, count, chosen, f"?{other.urlencode()}")


def _label(name: str, value: str, names: Mapping[str, str]) -> str:
    """Return the words of a facet's value."""
    if name == "body":
        return names.get(value, value)
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "validity":
        return str(Validity(value).label)
    if name in {"topic", "genre"}:
        known = topic(value) if name == "topic" else genre(value)
        return str(spoken(known.label))
    return _("%(year)s年") % {"year": value}


urlpatterns = [
    path("search/", seek, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
]
