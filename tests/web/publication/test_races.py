"""Publishing and taking down at once, and a process that dies on the way: whole or not."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from mingtang_web import clock
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.models import Document, State
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom
from tests.web.test_locks import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "核对后更正"


@pytest.fixture
def room(db):  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=f"publication.{kind}").count()


def test_two_who_publish_at_once_publish_once(room, monkeypatch):
    document = room.cleared()
    meets = Meeting().before(releasing.begin)
    monkeypatch.setattr(releasing, "begin", meets)
    doings = [room.doing(room.publisher, document) for _ in range(2)]
    works = [partial(releasing.publish, document, each) for each in doings]
    [trouble] = at_once(*works)
    assert isinstance(trouble, OutOfTurnError)
    document.refresh_from_db()
    assert (document.state, entries("published")) == (State.PUBLISHED, 1)
    assert list(faults(room.housing)) == []


def test_taking_down_and_publishing_anew_never_both_pass(room, monkeypatch):
    document = room.published()
    document = drafting.reopen(document, room.doing(room.writer, document, WHY))
    document = room.revised(document)
    document = room.reviewed(room.sent(document))
    first = document.published_id
    monkeypatch.setattr(releasing, "begin", Meeting().before(releasing.begin))
    out = partial(releasing.publish, document, room.doing(room.publisher, document))
    down = room.doing(room.approver, document, WHY)
    [trouble] = at_once(out, partial(releasing.withdraw, document, down))
    assert isinstance(trouble, OutOfTurnError)
    document.refresh_from_db()
    went_out = document.state == State.PUBLISHED
    assert document.is_out is went_out
    assert (document.published_id != first) is went_out
    assert entries("withdrawn") == int(not went_out)
    assert list(faults(room.housing)) == []


def test_two_workers_publish_what_is_due_once(room):
    document = room.cleared()
    hour = clock.now() + timedelta(hours=1)
    releasing.schedule(document, hour, room.doing(room.publisher, document))

    def work() -> None:
        with at(date(2026, 3, 6)):
            releasing.publish_due(document)

    assert at_once(work, work) == []
    document.refresh_from_db()
    assert (document.state, entries("published")) == (State.PUBLISHED, 1)


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_what_breaks_on_the_way_leaves_everything_as_it_was(room, monkeypatch, act):
    document = room.cleared() if act == "publish" else room.published()
    before = Document.objects.values().get(pk=document.pk), Entry.objects.count()

    def dies(*_: object) -> None:
        message = "the process died"
        raise OSError(message)

    hooks = {"publish": releasing.ON_PUBLISHING, "withdraw": releasing.ON_WITHDRAWING}
    monkeypatch.setitem(hooks[act], "dies", dies)
    does = {"publish": releasing.publish, "withdraw": releasing.withdraw}[act]
    with pytest.raises(OSError, match="died"):
        does(document, room.doing(room.publisher, document, WHY))
    assert (Document.objects.values().get(pk=document.pk), Entry.objects.count()) == before
