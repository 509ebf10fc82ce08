"""A drafted sentence with another number is told, not sent, or left for a reason."""

from __future__ import annotations

import html
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.urls import reverse

from mingtang.case import events as e
from mingtang_web import clock
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.readiness import NotReadyError
from mingtang_web.annual.remarks import remarks_in
from mingtang_web.annual.waiving import waive
from mingtang_web.applicants.models import Kind
from mingtang_web.files.actions import content
from tests.web.annual.reports import by
from tests.web.cases.requests import at

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from mingtang_web.annual.models import Annual

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
CODE = "Y102"
OURS, THEIRS = "新收政府信息公开申请3件", "新收政府信息公开申请120件"
WHY = "区里要求并计信访件，口径已在本段写明"


def contradicted(annual: Annual) -> list[Finding]:
    found = draft(annual, clock.today()).findings
    return [each for each in found if each.rule.code == CODE]


def altered(bureau, annual: Annual, before: str = OURS, after: str = THEIRS) -> Annual:
    """The report with a number of its first section changed by hand."""
    last = annual.wordings.filter(section=1).last()
    assert before in last.text
    text = last.text.replace(before, after)
    actions.word(annual, 1, text, last.number, by(bureau.clerk, annual))
    annual.refresh_from_db()
    return annual


def test_a_number_that_contradicts_the_tables_is_not_sent_until_it_is_mended(bureau):
    annual = bureau.finished()
    assert contradicted(annual) == []
    annual = altered(bureau, annual)
    [found] = contradicted(annual)
    assert THEIRS in found.message
    with pytest.raises(NotReadyError, match=f"{CODE}.*{THEIRS}.*{OURS}"):
        reviewing.send(annual, by(bureau.clerk, annual))
    annual = altered(bureau, annual, THEIRS, OURS)
    assert bureau.signed(annual).snapshot


def test_it_is_left_for_a_reason_that_all_reviewers_see_and_the_public_reads(
    bureau, client
):
    annual = altered(bureau, bureau.finished())
    [found] = contradicted(annual)
    annual = waive(annual, found.fingerprint, WHY, by(bureau.clerk, annual))
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    for who in (bureau.chief, bureau.lawyer, bureau.approver):
        client.force_login(who)
        page = html.unescape(client.get(reverse("annual", args=[annual.pk])).text)
        assert found.message in page
        assert WHY in page
        if who != bureau.approver:
            annual = reviewing.pass_on(annual, by(who, annual))
    annual = reviewing.sign(annual, by(bureau.approver, annual))
    [left] = remarks_in(content(annual.snapshot))["waived"]
    assert (left["code"], left["reason"]) == (CODE, WHY)
    call_command("verify")


def test_a_reason_stands_for_the_numbers_it_was_given_for_and_no_others(bureau):
    annual = altered(bureau, bureau.finished())
    [found] = contradicted(annual)
    annual = waive(annual, found.fingerprint, WHY, by(bureau.clerk, annual))
    annual = altered(bureau, annual, THEIRS, "新收政府信息公开申请150件")
    with pytest.raises(NotReadyError, match="150件"):
        reviewing.send(annual, by(bureau.clerk, annual))


def test_what_becomes_wrong_in_review_is_not_signed(bureau):
    annual = bureau.reviewed(bureau.finished())
    with at(date(2027, 1, 13)):
        bureau.done(bureau.granted[2], e.Decided(on=date(2026, 12, 30), ground="G2"))
        with pytest.raises(NotReadyError, match=CODE):
            reviewing.sign(annual, by(bureau.approver, annual))


def test_who_only_says_that_old_words_hold_is_told_what_the_figures_say(bureau):
    annual = bureau.finished()
    with at(date(2027, 1, 13)):
        bureau.registered(subject="四号楼备案表", kind=Kind.COMPANY)
        last = annual.wordings.filter(section=1).last()
        actions.word(annual, 1, last.text, last.number, by(bureau.clerk, annual))
        told = {each.quote: each.message for each in contradicted(annual)}
    assert "按以前的数字起草" in told["新收的申请来自自然人3件"]
    assert "自然人3件、商业企业1件" in told["新收的申请来自自然人3件"]


def test_the_editor_tells_it_beside_what_is_typed_and_a_reason_waits_for_the_words(
    bureau, client
):
    annual = bureau.finished()
    client.force_login(bureau.clerk)
    text = annual.wordings.get(section=1).text
    said = {"section-1": text.replace(OURS, THEIRS), "after-1": 1}
    check = reverse("annual_check", args=[annual.pk])
    page = html.unescape(client.post(check, said).text)
    assert CODE in page
    assert f"文字写“本年{THEIRS}”，按现在的数字起草是“本年{OURS}”" in page
    assert "先保存文字" in page
    assert "/waive/" not in page
    assert "系统起草、没有改写的" in page
    annual = altered(bureau, annual)
    page = html.unescape(client.post(check, said).text)
    [found] = contradicted(annual)
    assert reverse("annual_waive", args=[annual.pk, found.fingerprint]) in page
