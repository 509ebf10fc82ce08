"""先审后发: each stage by another person, none left out, and what was read goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from mingtang_web import clock
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.clock import CHINA
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Notice
from mingtang_web.publication import chains, drafting, queries, releasing, reviewing
from mingtang_web.publication.completeness import IncompleteError
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Document, Revision, Stage, State
from mingtang_web.publication.recording import OutOfTurnError
from mingtang_web.publication.releasing import NotReviewedError
from mingtang_web.publication.reviewing import Judged
from mingtang_web.publication.screening import UnscreenedError, open_ones, waive
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.offices import DRAFT, PUBLIC, TODAY
from tests.web.publication.test_screens import signed_in

PHONE = "<p>联系人张某某，手机13812345678。</p>"


def test_a_document_goes_through_every_stage_and_out(room):
    document = room.sent()
    assert (document.state, document.stage) == (State.IN_REVIEW, Stage.SECTION)
    seen = []
    while document.stage:
        seen.append(document.stage)
        document = room.passed(document, room.reviewers[Stage(document.stage)])
    assert seen == list(chains.USUAL)
    assert document.state == State.CLEARED
    assert not document.is_out
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert document.is_out
    assert document.first_published_on == document.published_on == TODAY
    assert document.published == document.current
    kinds = Entry.objects.filter(body=room.housing, kind__startswith="publication.")
    assert [entry.kind.split(".")[1] for entry in kinds] == [
        "begun", "sent", "passed", "passed", "passed", "passed", "published",
    ]  # fmt: skip


def test_who_wrote_it_reviews_nothing_of_it(room):
    appointed(room.writer, room.housing, Role.APPROVER)
    document = room.sent()
    with pytest.raises(OutOfTurnError, match="您起草或者修改"):
        reviewing.pass_on(document, room.doing(room.writer, document))


def test_nobody_passes_two_stages_of_a_round(room):
    document = room.reviewed(room.sent(), Stage.OFFICE)
    appointed(room.section, room.housing, Role.LEGAL_REVIEWER)
    with pytest.raises(OutOfTurnError, match="前一环节"):
        reviewing.pass_on(document, room.doing(room.section, document))


def test_a_stage_is_passed_by_those_whose_it_is(room):
    document = room.sent()
    for who in (room.secrecy, room.publisher, room.clerk, room.stranger):
        with pytest.raises(NotAllowedError):
            reviewing.pass_on(document, room.doing(who, document))


@pytest.mark.parametrize("stage", list(chains.USUAL))
def test_nothing_goes_out_before_its_last_stage(room, stage):
    document = room.reviewed(room.sent(), stage)
    with pytest.raises(OutOfTurnError, match="审核中"):
        releasing.publish(document, room.doing(room.publisher, document))


def test_a_stage_that_is_struck_from_the_plan_still_holds_the_document(room):
    """Whoever can write in the database has to forge every step, and the hash."""
    document = room.reviewed(room.sent(), Stage.SECRECY)
    Document.objects.filter(pk=document.pk).update(
        plan="section,office,leader", position=3, stage="", state=State.CLEARED
    )
    document.refresh_from_db()
    with pytest.raises(NotReviewedError):
        releasing.publish(document, room.doing(room.publisher, document))


def test_words_altered_behind_the_review_do_not_go_out(room):
    document = room.cleared()
    Revision.objects.filter(pk=document.current_id).update(html="<p>另一段话。</p>")
    document.refresh_from_db()
    with pytest.raises(NotReviewedError, match="指纹"):
        releasing.publish(document, room.doing(room.publisher, document))


def test_a_revision_after_the_review_needs_a_review_of_its_own(room):
    document = room.cleared()
    document = drafting.reopen(document, room.doing(room.writer, document, "金额有误"))
    draft = replace(as_draft(document.current), html="<p>每台补助三十万元。</p>")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    with pytest.raises(OutOfTurnError):
        releasing.publish(document, room.doing(room.publisher, document))
    document = room.reviewed(room.sent(document))
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert "三十万元" in document.published.html


def test_what_is_public_stays_until_its_revision_went_through(room):
    document = room.published()
    first = document.published
    document = drafting.reopen(document, room.doing(room.writer, document, "补充"))
    draft = replace(as_draft(document.current), html="<p>补充一段。</p>")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = room.reviewed(room.sent(document))
    assert document.published == first
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert document.published.number == first.number + 1


def test_a_draft_given_up_leaves_what_is_public(room):
    document = room.published()
    document = drafting.reopen(document, room.doing(room.writer, document, "补充"))
    draft = replace(as_draft(document.current), title="另一个题目")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = drafting.discard(document, room.doing(room.writer, document, "不改了"))
    assert (document.state, document.title) == (State.PUBLISHED, DRAFT.title)
    assert document.current == document.published


def test_a_return_says_why_and_begins_the_round_anew(room):
    document = room.reviewed(room.sent(), Stage.LEADER)
    with pytest.raises(ValidationError):
        reviewing.send_back(document, room.doing(room.approver, document))
    document = reviewing.send_back(
        document, room.doing(room.approver, document, "补助标准没有写明时间")
    )
    assert (document.state, document.stage) == (State.RETURNED, "")
    document = room.sent(document)
    assert document.stage == Stage.SECTION
    assert document.steps.filter(verdict="returned").get().reason == "补助标准没有写明时间"


def test_secrecy_is_judged_thing_by_thing_with_its_basis(room):
    document = room.reviewed(room.sent(), Stage.SECRECY)
    doing = room.doing(room.secrecy, document)
    with pytest.raises(OutOfTurnError, match="逐项"):
        reviewing.pass_on(document, doing)
    with pytest.raises(ValidationError) as missing:
        reviewing.clear_secrecy(document, {}, doing)
    assert set(missing.value.message_dict) == {"text"}
    with pytest.raises(ValidationError, match="依据"):
        reviewing.clear_secrecy(document, {"text": Judged("public", " ")}, doing)
    keep_back = {"text": Judged("not_public", "涉及工作秘密")}
    with pytest.raises(ValidationError, match="退回"):
        reviewing.clear_secrecy(document, keep_back, doing)
    document = reviewing.clear_secrecy(document, {"text": PUBLIC}, doing)
    item = document.secrecyitems.get()
    assert (item.conclusion, item.by) == ("public", room.secrecy)


def lent(room, lender):
    """The stranger stands in for somebody for some days."""
    lend(
        Delegation(
            lender=lender, borrower=room.stranger, body=room.housing, since=TODAY,
            until=TODAY + timedelta(9), reason="出差",
        )
    )  # fmt: skip


def test_a_list_says_whose_turn_it_is_as_each_document_does(
    room, django_assert_num_queries
):
    appointed(room.writer, room.housing, Role.APPROVER)
    appointed(room.section, room.housing, Role.LEGAL_REVIEWER)
    appointed(room.lawyer, room.housing, Role.APPROVER)
    for stage in (Stage.SECTION, Stage.OFFICE, Stage.SECRECY, Stage.LEADER):
        room.reviewed(room.sent(), stage)
        again = room.published(title=f"修订到{stage}的通知")
        again = drafting.reopen(again, room.doing(room.writer, again, "修订"))
        room.reviewed(room.sent(room.revised(again)), stage)
    returned = room.reviewed(room.sent(), Stage.OFFICE)
    why = room.doing(room.lawyer, returned, "请改")
    room.sent(reviewing.send_back(returned, why))
    for who in (room.writer, room.section, room.lawyer, room.secrecy, room.approver):
        held = standing(who, TODAY)
        rows = list(queries.waiting(held).order_by("pk"))
        expected = [row for row in rows if chains.why_not(row, who.pk) is None]
        with django_assert_num_queries(6):
            assert queries.turns(held) == expected


def test_a_role_on_loan_is_told(room):
    lent(room, room.approver)
    document = room.reviewed(room.sent(), Stage.LEADER)
    document = reviewing.pass_on(document, room.doing(room.stranger, document))
    step = document.steps.filter(verdict="passed").last()
    assert (step.by, step.stead) == (room.stranger, room.approver)


def test_a_role_lent_by_who_wrote_is_no_way_round(room):
    appointed(room.writer, room.housing, Role.APPROVER)
    lent(room, room.writer)
    document = room.reviewed(room.sent(), Stage.LEADER)
    with pytest.raises(OutOfTurnError, match="受托代行"):
        reviewing.pass_on(document, room.doing(room.stranger, document))


def test_a_body_sets_its_stages_and_leaves_out_none_that_must_be(room):
    with pytest.raises(ValidationError, match="保密审查"):
        chains.set_chain(room.housing, [Stage.OFFICE, Stage.LEADER], room.administrator)
    with pytest.raises(ValidationError, match="次序"):
        chains.set_chain(room.housing, [Stage.LEADER, Stage.SECRECY], room.administrator)
    before = room.sent()
    chains.set_chain(room.housing, [Stage.SECRECY, Stage.LEADER], room.administrator)
    assert room.sent(title="另一份通知").stage == Stage.SECRECY
    assert before.stages == chains.USUAL, "what is under review keeps its stages"
    with pytest.raises(NotAllowedError):
        chains.set_chain(room.housing, chains.USUAL, room.approver)


def test_what_lacks_something_is_not_sent(room):
    document = room.drafted(abstract="", matter="", html="<p> </p>")
    with pytest.raises(IncompleteError) as why:
        room.sent(document)
    assert set(why.value.lacks) == {"abstract", "matter", "html"}


def test_a_hit_of_screening_is_mended_or_answered_for(room):
    document = room.drafted(html=PHONE)
    with pytest.raises(UnscreenedError, match="个人电话号码"):
        room.sent(document)
    found = open_ones(document.current)[0]
    assert "13812345678" not in found.shown + found.around
    doing = room.doing(room.writer, document, "本人书面同意公开")
    document = waive(document, found.fingerprint, doing)
    document = room.sent(document)
    waiver = document.waivers.get()
    assert (waiver.by, waiver.reason) == (room.writer, "本人书面同意公开")
    assert "13812345678" not in waiver.shown


def test_the_secrecy_review_answers_for_what_was_left_whoever_asks(room):
    document = room.drafted(html=PHONE)
    [found] = open_ones(document.current)
    doing = room.doing(room.writer, document, "本人书面同意公开")
    document = room.sent(waive(document, found.fingerprint, doing))
    while document.stage != Stage.SECRECY:
        document = room.passed(document, room.reviewers[document.stage])
    judged = dict.fromkeys(reviewing.items_of(document.current), PUBLIC)
    doing = room.doing(room.secrecy, document)
    for seen in ((), ("另一处",)):
        with pytest.raises(ValidationError, match="还有 1 处没有看过"):
            reviewing.clear_secrecy(document, judged, doing, seen)
    passed = reviewing.clear_secrecy(document, judged, doing, [found.fingerprint])
    assert passed.stage != Stage.SECRECY


def test_personal_data_found_after_the_reviews_are_reviewed_anew(room):
    """As by a newer screening: a drafter's reason alone does not let them out."""
    document = room.cleared()
    Revision.objects.filter(pk=document.current_id).update(html=PHONE)
    document = Document.objects.get(pk=document.pk)
    [found] = open_ones(document.newest)
    with pytest.raises(OutOfTurnError, match="请点“修订”"):
        waive(document, found.fingerprint, room.doing(room.writer, document, "本人同意"))
    page = signed_in(room.writer).get(f"/documents/{document.pk}/").text
    assert "个人电话号码" in page
    assert "/waive/" not in page


def test_who_waived_does_not_review(room):
    document = room.drafted(html=PHONE)
    found = open_ones(document.current)[0]
    document = waive(
        document, found.fingerprint, room.doing(room.section, document, "同意")
    )
    document = room.sent(document)
    with pytest.raises(OutOfTurnError):
        reviewing.pass_on(document, room.doing(room.section, document))


def test_what_is_not_proactive_has_a_reason_and_is_filed_not_published(room):
    with pytest.raises(ValidationError) as why:
        room.drafted(attribute="withheld")
    assert "attribute_reason" in why.value.message_dict
    document = room.cleared(attribute="withheld", attribute_reason="条例第十六条 内部事务")
    assert document.state == State.FILED
    assert document.due is None
    with pytest.raises(OutOfTurnError):
        releasing.publish(document, room.doing(room.publisher, document))


def test_the_site_publishes_at_the_hour_that_was_set(room):
    document = room.cleared()
    hour = datetime(2026, 3, 6, 9, 0, tzinfo=CHINA)
    early = hour - timedelta(days=3)
    with pytest.raises(ValidationError):
        releasing.schedule(document, early, room.doing(room.publisher, document))
    document = releasing.schedule(document, hour, room.doing(room.publisher, document))
    assert not releasing.due_now(clock.now())
    assert not releasing.publish_due(document)
    with at(date(2026, 3, 6), 9):
        assert list(releasing.due_now(clock.now())) == [document]
        assert releasing.publish_due(document)
        assert not releasing.publish_due(document), "once"
    document.refresh_from_db()
    assert document.published_on == date(2026, 3, 6)
    assert document.steps.last().by is None


def test_what_may_not_go_out_at_its_hour_is_held_and_told(room):
    document = room.cleared()
    hour = datetime(2026, 3, 6, 9, 0, tzinfo=CHINA)
    document = releasing.schedule(document, hour, room.doing(room.publisher, document))
    Revision.objects.filter(pk=document.current_id).update(html="<p>换过的话。</p>")
    with at(date(2026, 3, 6), 9):
        assert not releasing.publish_due(document)
    document.refresh_from_db()
    assert (document.state, document.published) == (State.CLEARED, None)
    assert "指纹" in document.steps.last().reason
    assert Notice.objects.filter(kind="doc_cleared", user=room.publisher).count() == 2


def test_a_document_taken_down_leaves_its_reason(room):
    document = room.published()
    with pytest.raises(ValidationError):
        releasing.withdraw(document, room.doing(room.publisher, document))
    document = releasing.withdraw(
        document, room.doing(room.publisher, document, "附件涉及个人信息，更正后再发布")
    )
    assert not document.is_out
    assert (document.withdrawn_on, document.withdrawn_why[:4]) == (TODAY, "附件涉及")
    assert document.published is not None, "the address stays, as a tombstone"


def test_a_submission_sent_twice_is_one(room):
    doing = room.doing(room.writer)
    first = drafting.begin(room.housing, "statutory", DRAFT, doing)
    assert drafting.begin(room.housing, "statutory", DRAFT, doing) == first
    assert Document.objects.count() == 1


def test_index_numbers_are_never_used_again(room):
    first = room.drafted()
    drafting.discard(first, room.doing(room.writer, first, "重复起草"))
    second = room.drafted()
    assert first.index_number.endswith("/2026-00001")
    assert second.index_number.endswith("/2026-00002")


def test_the_twenty_days_run_from_formation(room):
    document = room.drafted()
    assert document.due == date(2026, 3, 30)


def test_those_whose_turn_it_is_are_told(room):
    document = room.reviewed(room.sent(), Stage.SECRECY)
    told = Notice.objects.filter(kind="doc_review").values_list("user", flat=True)
    assert set(told) >= {room.section.pk, room.lawyer.pk, room.secrecy.pk}
    assert room.writer.pk not in told
    assert document.stage == Stage.SECRECY


def test_a_version_that_moved_on_is_refused(room):
    document = room.drafted()
    room.sent(document)
    with pytest.raises(OutOfTurnError, match="新的改动"):
        drafting.revise(document, DRAFT, room.doing(room.writer, document))
