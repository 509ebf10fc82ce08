"""Word lists, the standard catalogue and guides' intervals against the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingtang_web.guides.actions import INTERVAL_SET
from mingtang_web.guides.models import Interval
from mingtang_web.ledger.models import Entry
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Fulfilment, Item
from mingtang_web.wordlists import actions as wordlists
from mingtang_web.wordlists.models import Batch, Listed, ListOfWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Told


def words(body: Body, _found: Told) -> Iterator[str]:
    """Yield the batches of words that do not say what they did, or are gone."""
    told = {said["batch"]: said["digest"] for said in _said(body, "words.added")}
    for batch in Batch.objects.filter(words__body=body).order_by("pk"):
        digest = wordlists.digest(list(batch.listed.order_by("pk")))
        if told.pop(batch.pk, None) != digest:
            yield f"词表加入的词（内部编号{batch.pk}）与台账不符"
    yield from (f"台账所记加入的词（内部编号{pk}）已不在" for pk in told)


def lists(body: Body, _found: Told) -> Iterator[str]:
    """Yield false names of lists, and false retirements of words and lists."""
    retired = {said["word"]: said["why"] for said in _said(body, "words.retired")}
    rows = Listed.objects.filter(words__body=body, retired_on__isnull=False)
    if retired != dict(rows.values_list("pk", "retired_why")):
        yield "词条的停用与台账不符"
    ended = {said["list"]: said["why"] for said in _said(body, "words.list_retired")}
    rows_of = ListOfWords.objects.filter(body=body, retired_on__isnull=False)
    if ended != dict(rows_of.values_list("pk", "retired_why")):
        yield "词表的停用与台账不符"
    named = {
        said["list"]: (said["name"], said["owner"]) for said in _said(body, "words.begun")
    }
    every = ListOfWords.objects.filter(body=body).values_list("pk", "name", "owner")
    if named != {pk: (name, owner) for pk, name, owner in every}:
        yield "词表的名称、负责机构与台账不符"


def catalogue(body: Body, _found: Told) -> Iterator[str]:
    """Yield what the standard catalogue says otherwise than when it was changed."""
    items = {row.pk: row for row in Item.objects.filter(body=body)}
    since: dict[int, str] = {}
    until: dict[int, str] = {}
    for kind, days in (("added", since), ("retired", until)):
        for said in _said(body, matters.KIND + kind):
            days.update(dict.fromkeys(said["items"], said["on"]))
            found = [items[pk] for pk in said["items"] if pk in items]
            if matters.digest(found) != said["digest"]:
                yield f"标准目录{said['on']}的增减与台账不符"
    kept = {row.pk: row.since.isoformat() for row in items.values()}
    ended = {row.pk: row.until.isoformat() for row in items.values() if row.until}
    if (since, until) != (kept, ended):
        yield "标准目录各项的起止与台账不符"


def fulfilments(body: Body, _found: Told) -> Iterator[str]:
    """Yield where a body's documents stand at other items than was told."""
    standing = {(s["item"], s["document"]): 0 for s in _said(body, "matters.linked")}
    for kind, change in (("linked", 1), ("unlinked", -1)):
        for said in _said(body, matters.KIND + kind):
            standing[said["item"], said["document"]] += change
    rows = Fulfilment.objects.filter(document__body=body, ended_at=None)
    if {each for each, n in standing.items() if n} != set(
        rows.values_list("item", "document")
    ):
        yield "文件对应的公开事项与台账不符"


def intervals(body: Body, _found: Told) -> Iterator[str]:
    """Yield a body's interval between checks where it is not as it was set last."""
    told = [said["months"] for said in _said(body, INTERVAL_SET)]
    row = Interval.objects.filter(body=body).first()
    if (row.months if row else None) != (told[-1] if told else None):
        yield "指南、目录的核对间隔与台账不符"


def _said(body: Body, kind: str) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(body=body, kind=kind).order_by("sequence")
    return [row.content for row in rows]


LISTED = (words, lists, catalogue, fulfilments, intervals)
