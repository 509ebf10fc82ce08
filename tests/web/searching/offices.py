"""Many documents at once, and the index brought up to what is public."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mingtang_web import clock
from mingtang_web.publication.contents import content_hash
from mingtang_web.publication.models import Document, Revision
from mingtang_web.searching import feeding, places
from mingtang_web.searching.entries import Asked
from mingtang_web.searching.queries import search
from mingtang_web.searching.wanted import wanted

FIRST = date(2020, 1, 1)


def many(body, by, count: int) -> list[Document]:
    """Return public documents, each with a number of its own in its words."""
    now: datetime = clock.now()
    rows = [
        Document(
            body=body, index_number=f"S/{n:06}", column="statutory", created_at=now,
            state="published", title=f"关于第{n}号工程的公告", attribute="proactive",
            formed_on=FIRST, first_published_on=FIRST + timedelta(n % 900),
            published_on=FIRST, version=1,
        )
        for n in range(count)
    ]  # fmt: skip
    Document.objects.bulk_create(rows)
    said = [
        Revision(
            document=row, number=1, title=row.title, issuer=body.name, formed_on=FIRST,
            attribute="proactive", html=f"<p>排水管网改造，工程编号{n}。</p>",
            by=by, at=now,
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    for row, revision in zip(rows, said, strict=True):
        revision.content = content_hash(row, revision, ())
    Revision.objects.bulk_create(said)
    for row, revision in zip(rows, said, strict=True):
        row.published = row.current = revision
    Document.objects.bulk_update(rows, ("published", "current"))
    return rows


def followed() -> None:
    """Let the index follow, as the job does."""
    while feeding.waiting():
        feeding.followed(feeding.follow())
    while feeding.walking():
        feeding.walk()


def found(typed: str, **more):
    return search(Asked(wanted(typed), **more))


def titles(typed: str, **more) -> list[str]:
    return [entry.title for entry in found(typed, **more).entries]


def held() -> dict[int, str]:
    """Return the stamps of the documents in the index."""
    return places.current().stamps("document", 0, None)
