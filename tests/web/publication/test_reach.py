"""What is not public reaches nobody by any channel: every state, everybody, every way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang_web import clock
from mingtang_web.files.examining import Examined
from mingtang_web.publication import drafting, releasing, reviewing
from mingtang_web.publication.drafting import Enclosed, as_draft
from mingtang_web.publication.models import Attachment, Document, Revision, Stage
from tests.web.publication.offices import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET, OPEN = "未公开的一句话", "已公开的一句话"
WHY = "核对后更正"
OUTSIDE = ("nobody", "stranger")
INSIDE = ("clerk", "writer", "lawyer", "approver", "secrecy", "publisher", "administrator")


def secret(room) -> Document:
    """A draft whose text, title, summary and file all hold words that are not out."""
    words = Enclosed("附件", Examined(SECRET.encode(), "txt"))
    return room.drafted(
        title=f"关于{SECRET}的通知",
        html=f"<p>{SECRET}。</p>",
        abstract=SECRET,
        enclosed=(words,),
    )


def returned(room) -> Document:
    document = room.sent(secret(room))
    return reviewing.send_back(document, room.doing(room.section, document, WHY))


def scheduled(room) -> Document:
    document = room.reviewed(room.sent(secret(room)))
    hour = clock.now() + timedelta(hours=1)
    return releasing.schedule(document, hour, room.doing(room.publisher, document))


def withdrawn(room) -> Document:
    document = room.reviewed(room.sent(secret(room)))
    document = releasing.publish(document, room.doing(room.publisher, document))
    return releasing.withdraw(document, room.doing(room.publisher, document, WHY))


def discarded(room) -> Document:
    document = secret(room)
    return drafting.discard(document, room.doing(room.writer, document, WHY))


def filed(room) -> Document:
    document = secret(room)
    held = replace(
        as_draft(document.current), attribute="withheld", attribute_reason="条例第十六条"
    )
    document = drafting.revise(document, held, room.doing(room.writer, document))
    return room.reviewed(room.sent(document))


def revising(room, upto: str = "drafting") -> Document:
    """Another version of what is public, at some stage; the first stays to be read."""
    document = room.published(html=f"<p>{OPEN}。</p>", title=OPEN, abstract=OPEN)
    document = drafting.reopen(document, room.doing(room.writer, document, WHY))
    words = Enclosed("附件", Examined(SECRET.encode(), "txt"))
    draft = replace(DRAFT, title=SECRET, html=f"<p>{SECRET}。</p>", abstract=SECRET,
                    enclosed=(words,))  # fmt: skip
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    if upto == "drafting":
        return document
    return room.reviewed(room.sent(document), None if upto == "cleared" else upto)


STATES = {
    "drafting": secret,
    "section": lambda room: room.sent(secret(room)),
    **{
        stage: lambda room, stage=stage: room.reviewed(room.sent(secret(room)), stage)
        for stage in (Stage.OFFICE, Stage.SECRECY, Stage.LEADER)
    },
    "cleared": lambda room: room.reviewed(room.sent(secret(room))),
    "returned": returned,
    "scheduled": scheduled,
    "withdrawn": withdrawn,
    "discarded": discarded,
    "filed": filed,
    "revising": revising,
    "revising-secrecy": lambda room: revising(room, Stage.SECRECY),
    "revising-cleared": lambda room: revising(room, "cleared"),
}


def ways(document: Document) -> Iterator[str]:
    """Every address at which a document, or a part of it, might be asked for."""
    yield f"/info/{document.index_number}/"
    yield from (f"/info-paper/{to}/{document.index_number}/" for to in ("docx", "pdf"))
    for row in Attachment.objects.filter(document=document):
        yield f"/info-files/{row.pk}/"
    for number in (document.pk, document.pk + 1):
        yield f"/documents/{number}/"
        yield f"/documents/{number}/edit/"
        yield f"/documents/{number}/files/"
        yield f"/documents/{number}/secrecy/"
        yield f"/norms/{number}/"
    for row in Revision.objects.filter(document=document):
        yield f"/documents/{document.pk}/compare/{row.number}/{row.number}/"
        yield f"/documents/{document.pk}/files/{row.number}/0/"
    yield from ("/documents/", f"/documents/?q={SECRET}", "/norms/", "/guides/")
    yield "/documents/export/"
    yield from ("/", "/reports/", f"/ask/bodies/{document.body.code}/")
    yield f"/open/{document.body.code}/rules/"
    data = f"/api/open/documents?body={document.body.code}"
    yield from (data, f"/api/open/documents/{document.index_number}", f"{data}&limit=1")


def client_of(room, who: str) -> Client:
    client = Client()
    if who != "nobody":
        client.force_login(getattr(room, who))
    return client


def said(client: Client, place: str) -> str:
    answer = client.get(place, follow=True)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data.decode("utf-8", "replace")


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_public_reaches_nobody_outside(room, state):
    document = STATES[state](room)
    for who in OUTSIDE:
        client = client_of(room, who)
        for place in ways(document):
            # What was asked for stands in the field of a search, and nowhere else.
            told = said(client, place).replace(f'value="{SECRET}"', "")
            assert SECRET not in told, (who, place)
        client.post(f"/ask/bodies/{document.body.code}/choose/")
        found = said(client, f"/ask/look/?q={SECRET}").replace(f'value="{SECRET}"', "")
        assert SECRET not in found, who


@pytest.mark.parametrize("state", STATES)
def test_the_public_page_is_the_same_for_those_who_work_there(room, state):
    document = STATES[state](room)
    public = [place for place in ways(document) if place.startswith(("/info", "/reports/"))]
    for who in INSIDE:
        client = client_of(room, who)
        for place in public:
            assert SECRET not in said(client, place), (who, place)
    if state.startswith("revising"):
        page = said(Client(), f"/info/{document.index_number}/")
        assert OPEN in page


def test_what_is_public_is_found(room):
    """The search that finds nothing above does find."""
    document = room.published(title=f"关于{OPEN}的通知")
    client = Client()
    client.post(f"/ask/bodies/{document.body.code}/choose/")
    assert document.index_number in said(client, f"/ask/look/?q={OPEN}")
