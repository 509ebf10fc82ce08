"""A letter's pages in a real browser: paper, files, undoing, delivery, wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.letters.ways import LATER, LetterOffice

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture
def office(transactional_db, settings, tmp_path: Path):  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(LATER):
        yield LetterOffice()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_a_letter_is_seen_taken_and_delivered(tab, live_server, office) -> None:
    row = office.came("fee_notice")
    here = f"{live_server.url}/letters/{row.pk}/"
    sign_in(tab, "clerk")
    tab.goto(here)
    assert_good(tab, "letter")
    with tab.expect_download() as download:
        tab.click("text=下载 PDF")
    assert download.value.suggested_filename.endswith(".pdf")
    tab.click("a:text-is('登记送达')")
    tab.focus("#id_dispatched")
    tab.fill("#id_dispatched", "2026-03-01")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".summary")
    assert_good(tab, "delivery-wrong")
    tab.fill("#id_dispatched", "2026-03-10")
    tab.fill("#id_received", "2026-03-12")
    tab.click("button:text-is('登记')")
    tab.wait_for_selector(".told")
    assert "签收 2026-03-12" in tab.inner_text("aside")


def test_a_letter_is_issued_anew(tab, live_server, office) -> None:
    row = office.came("fee_notice")
    sign_in(tab, "approver")
    tab.goto(f"{live_server.url}/letters/{row.pk}/reissue/")
    tab.fill("#id_pay_method", "到区政务服务中心缴款窗口缴入国库。")
    tab.fill("#id_why", "缴纳方式写错")
    tab.fill("#id_expected_receipt", "2026-07-03")
    tab.click("text=先看样子")
    tab.wait_for_selector(".paper")
    assert_good(tab, "reissue")
    tab.click("text=作废原文书并出具")
    tab.wait_for_url(f"{live_server.url}/letters/{row.pk + 1}/")
    assert_good(tab, "reissued")
    with tab.expect_navigation():
        tab.click("text=看原文书")
    assert_good(tab, "void")
    tab.goto(f"{live_server.url}/letters/{row.pk + 1}/void/")
    assert_good(tab, "voiding")


def test_a_form_and_a_draft_are_paper_too(tab, live_server, office) -> None:
    asked = office.consulted("third_party")
    receipt = office.came("delivery_receipt")
    sign_in(tab, "handler")
    for name, row in (("consultation", asked), ("receipt", receipt)):
        tab.goto(f"{live_server.url}/letters/{row.pk}/")
        assert_good(tab, name)


def test_an_office_words_its_letters(tab, live_server, office) -> None:
    sign_in(tab, "administrator")
    tab.goto(f"{live_server.url}/wording/{office.housing.pk}/")
    assert_good(tab, "kinds")
    tab.click("text=信息处理费收费通知书")
    assert_good(tab, "wording")
    tab.fill("#id_text-payment", "请这样缴纳。")
    tab.click("button:text-is('保存')")
    tab.wait_for_selector(".summary")
    assert_good(tab, "wording-wrong")
    tab.fill("#id_text-payment", "请这样缴纳：{pay_method}")
    tab.click("button:text-is('保存')")
    tab.wait_for_selector(".told")
    assert_good(tab, "worded")
