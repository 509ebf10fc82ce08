"""What was altered behind the ledger's back is told by ``verify``."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mingtang_web.publication import chains, indexing
from mingtang_web.publication.models import (
    Attachment,
    Document,
    IndexScheme,
    ReviewChain,
    Revision,
    SecrecyItem,
    Stage,
    Step,
)
from mingtang_web.publication.recording import ROWS


def verified() -> str:
    told = StringIO()
    try:
        call_command("verify", stdout=told, stderr=told)
    except CommandError as broken:
        return told.getvalue() + str(broken)
    return ""


@pytest.fixture
def document(room) -> Document:
    chains.set_chain(room.housing, chains.USUAL, room.administrator)
    indexing.set_rule(room.housing, "{code}/{year}-{serial:05}", room.administrator)
    return room.published()


ALTERED = [
    (Document, {"title": "换过的题目"}),
    (Document, {"withdrawn_why": "没有的事"}),
    (Revision, {"html": "<p>换过的话</p>"}),
    (Revision, {"content": "0" * 64}),
    (Step, {"verdict": "sent"}),
    (Step, {"reason": "没有说过的话"}),
    (SecrecyItem, {"basis": "换过的依据"}),
    (ReviewChain, {"stages": "secrecy,leader"}),
    (IndexScheme, {"rule": "{serial}"}),
]


@pytest.mark.usefixtures("document")
def test_what_was_done_verifies():
    assert verified() == ""


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("model", "change"), ALTERED)
def test_what_was_altered_is_told(model, change):
    row = model.objects.order_by("pk").last()
    model.objects.filter(pk=row.pk).update(**change)
    assert verified()


def test_a_document_that_vanished_is_told(document):
    SecrecyItem.objects.filter(document=document).delete()
    assert "已不在" in verified()


def test_every_row_of_a_document_is_held():
    known = {model for model, _columns in ROWS.values()}
    assert known >= {Revision, Attachment, Step, SecrecyItem}
    assert Stage.SECRECY in chains.ALWAYS
