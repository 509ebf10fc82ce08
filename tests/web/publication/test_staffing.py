"""A review that cannot be brought to its end is told of, and who can do what next."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mingtang.screening import Word
from mingtang_web.bodies.models import Delegation, Membership, Role
from mingtang_web.clock import CHINA
from mingtang_web.ledger.doing import Doing
from mingtang_web.notices.models import Notice
from mingtang_web.publication import releasing
from mingtang_web.publication.models import Document, Stage
from mingtang_web.publication.screening import open_ones
from mingtang_web.publication.staffing import short_of, stuck
from mingtang_web.wordlists import actions as words
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.offices import TODAY
from tests.web.publication.test_screens import sent, signed_in


def page_of(who, document: Document) -> str:
    return signed_in(who).get(f"/documents/{document.pk}/").text


def without_lawyer(room) -> None:
    """The office has then only the leader, who has to sign as well."""
    Membership.objects.filter(user=room.lawyer).delete()


def test_a_stage_that_nobody_is_left_for_is_told_before_sending(room):
    document = room.drafted()
    assert short_of(document, room.writer.pk) is None
    assert "没有人能办" not in page_of(room.writer, document)
    without_lawyer(room)
    assert short_of(document, room.writer.pk) == Stage.LEADER
    page = page_of(room.writer, document)
    assert "送审以后，“机关负责人”环节没有人能办" in page
    assert "委托另一人代办" in page
    Membership.objects.filter(user=room.secrecy).delete()
    assert short_of(document, room.writer.pk) == Stage.SECRECY


def test_who_would_spend_the_only_leader_is_told_before_passing(room):
    document = room.sent()
    assert "您通过以后，“机关负责人”环节就没有人能办了" in page_of(room.approver, document)
    assert "您通过以后" not in page_of(room.section, document)


def test_a_stuck_review_says_so_to_everybody_and_a_loan_frees_it(room):
    document = room.passed(room.sent(), room.section)
    assert stuck(document) == ""
    document = room.passed(document, room.approver)
    for who in (room.writer, room.section, room.secrecy, room.approver, room.publisher):
        page = page_of(who, document)
        assert "“机关负责人”环节没有人能办了" in page
        assert room.approver.display_name in page
        assert room.administrator.display_name in page
    loan = Delegation(
        body=room.housing, lender=room.approver, borrower=room.section,
        since=TODAY, until=TODAY,
    )  # fmt: skip
    loan.save()
    assert stuck(document), "who passed before is no help"
    Delegation.objects.update(borrower=room.lawyer)
    assert stuck(document) == ""
    document = room.passed(document, room.secrecy)
    document = room.passed(document, room.lawyer)
    assert document.steps.last().stead == room.approver


def test_a_loan_by_who_wrote_it_frees_nothing(room):
    appointed(room.writer, room.housing, Role.APPROVER)
    Membership.objects.filter(user=room.approver, role=Role.APPROVER).delete()
    Delegation(
        body=room.housing, lender=room.writer, borrower=room.publisher,
        since=TODAY, until=TODAY,
    ).save()  # fmt: skip
    document = room.sent()
    assert "“机关负责人”环节没有人能办了" in stuck(document)


def test_a_stage_whose_role_nobody_holds_names_the_role(room):
    document = room.reviewed(room.sent(), Stage.SECRECY)
    Membership.objects.filter(user=room.secrecy).delete()
    assert "本机关现在没有担任保密审查的人" in stuck(document)


def newly_listed(room) -> None:
    """A word that the document has is listed as wrong."""
    by = Doing(room.publisher, 0)
    kept = words.begin(room.housing, "改名的机构", "办公室", by)
    by = Doing(room.publisher, kept.version)
    words.add(kept, [Word("补助标准", "补贴标准")], "机构改革", by)


@pytest.fixture
def held_up(room) -> Document:
    """A cleared document in which screening by the day's words finds one more."""
    document = room.cleared()
    newly_listed(room)
    return document


def test_who_may_answer_what_is_found_after_approval_is_told(room, held_up):
    for who in (room.publisher, room.approver, room.secrecy):
        page = page_of(who, held_up)
        assert "审核通过以后筛查又有发现" in page
        assert "何起草" in page.split("审核通过以后筛查又有发现")[1][:200]
        assert "/waive/" not in page
    assert "谁来处理，见“筛查”" in page_of(room.publisher, held_up)
    client = signed_in(room.writer)
    page = page_of(room.writer, held_up)
    assert "/waive/" in page
    for each in open_ones(held_up.current):
        held_up.refresh_from_db()
        data = sent(page) | {"note": "本文件沿用原来的名称", "version": held_up.version}
        data["key"] = each.fingerprint
        place = f"/documents/{held_up.pk}/waive/{each.fingerprint}/"
        assert client.post(place, data).status_code == 302
    page = page_of(room.publisher, held_up)
    assert "审核通过以后筛查又有发现" not in page
    assert f"/documents/{held_up.pk}/do/publish/" in page


def test_who_may_answer_is_told_when_it_is_held_at_its_hour(room):
    document = room.cleared()
    hour = datetime(2026, 3, 6, 9, 0, tzinfo=CHINA)
    document = releasing.schedule(document, hour, room.doing(room.publisher, document))
    newly_listed(room)
    with at(date(2026, 3, 6), 9):
        assert not releasing.publish_due(document)
    told = Notice.objects.filter(kind="doc_held", read_at=None)
    assert {room.writer.pk, room.section.pk} <= {each.user_id for each in told}
    assert {each.matter for each in told} == {f"document/{document.pk}"}


def test_what_is_found_in_review_says_who_returns_it(room):
    document = room.sent()
    newly_listed(room)
    assert "由“承办机构”环节的审核人退回" in page_of(room.writer, document)
