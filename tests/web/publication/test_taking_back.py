"""A document comes back from review while nobody reviewed it; notices lead to it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import queries
from mingtang_web.notices.models import Channel, Notice, Sending
from mingtang_web.publication import releasing, reviewing
from mingtang_web.publication.models import Stage, State
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.publication.test_screens import sent, signed_in
from tests.web.publication.test_verifying import verified

WHY = "附表送错了"


def test_what_nobody_reviewed_comes_back_with_its_reason(room):
    document = room.sent()
    with pytest.raises(ValidationError):
        reviewing.take_back(document, room.doing(room.writer, document))
    with pytest.raises(NotAllowedError):
        reviewing.take_back(document, room.doing(room.lawyer, document, WHY))
    document = reviewing.take_back(document, room.doing(room.writer, document, WHY))
    assert (document.state, document.stage, document.plan) == (State.DRAFTING, "", "")
    step = document.steps.last()
    assert (step.verdict, step.reason, step.by) == ("taken_back", WHY, room.writer)
    assert Entry.objects.order_by("id").last().kind == "publication.taken_back"
    assert verified() == ""
    document = room.reviewed(room.sent(room.revised(document)))
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert document.is_out


@pytest.mark.parametrize("stage", [Stage.OFFICE, Stage.SECRECY, Stage.LEADER])
def test_what_somebody_passed_is_the_reviewers_to_return(room, stage):
    document = room.reviewed(room.sent(), stage)
    with pytest.raises(OutOfTurnError, match="不能撤回"):
        reviewing.take_back(document, room.doing(room.writer, document, WHY))
    page = signed_in(room.writer).get(f"/documents/{document.pk}/").text
    assert "/do/take_back/" not in page


def test_whoever_wrote_it_takes_it_back_and_another_returns_it(room):
    document = room.sent()
    place = f"/documents/{document.pk}/"
    own = signed_in(room.writer).get(place).text  # holds the office of the first stage too
    assert "/do/take_back/" in own
    assert "/do/return/" not in own
    assert "/do/return/" in signed_in(room.section).get(place).text
    document = room.reviewed(document, Stage.OFFICE)
    offered = signed_in(room.lawyer).get(place).text
    assert "/do/return/" in offered


def test_a_new_round_can_be_taken_back_again(room):
    document = room.reviewed(room.sent(), Stage.OFFICE)
    document = reviewing.send_back(document, room.doing(room.lawyer, document, WHY))
    document = room.sent(document)
    document = reviewing.take_back(document, room.doing(room.writer, document, WHY))
    assert document.state == State.DRAFTING


def test_taking_back_withdraws_what_the_reviewers_were_told(room):
    room.section.email = "section@example.cn"
    room.section.save()
    document = room.sent()
    assert Notice.objects.filter(kind="doc_review", user=room.section).exists()
    assert Sending.objects.exists()
    went = Notice.objects.get(kind="doc_review", user=room.lawyer)
    Sending.objects.create(
        notice=went, channel=Channel.SMS, state="sent", next_at=went.created_at
    )
    client = signed_in(room.writer)
    page = client.get(f"/documents/{document.pk}/").text
    place = f"/documents/{document.pk}/do/take_back/"
    assert place in page
    assert client.post(place, sent(page) | {"note": ""}).status_code == 422
    assert client.post(place, sent(page) | {"note": WHY}).status_code == 302
    [left] = Notice.objects.filter(kind="doc_review")
    assert left == went, "what went out by SMS is still told, as read"
    assert left.read_at
    assert Sending.objects.get().notice == went


def test_a_notice_leads_to_its_document_and_is_read_by_opening_it(room):
    document = room.sent()
    for who in (room.section, room.lawyer):
        assert queries.unread(who.pk) == 1
    client = signed_in(room.section)
    assert f'href="/documents/{document.pk}/"' in client.get("/notices/").text
    assert "条未读" in client.get("/notices/").text
    page = client.get(f"/documents/{document.pk}/").text
    assert "条未读" not in page
    assert queries.unread(room.section.pk) == 0
    assert queries.unread(room.lawyer.pk) == 1, "nobody reads for another"


def test_a_turn_that_is_over_waits_for_nobody(room):
    document = room.sent()
    assert queries.unread(room.approver.pk) == 1
    room.passed(document, room.section)
    unread = Notice.objects.filter(read_at=None, kind="doc_review")
    assert {each.user_id for each in unread} == {room.lawyer.pk, room.approver.pk}
    assert Notice.objects.filter(user=room.approver).count() == 2, "nothing is lost"
