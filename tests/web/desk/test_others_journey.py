"""What others do, what waits, many at once, an old ledger: looked at in a browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from mingtang.case import events as e
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.signing import approve, propose
from mingtang_web.disputes.actions import file
from mingtang_web.letters.orders import Order
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.desk.test_case_journey import press
from tests.web.disputes.test_disputes import filing
from tests.web.importing.ledgers import written
from tests.web.letters.ways import LetterOffice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date
TODAY = D(2026, 4, 7)
OLD = {"received": "2026-03-02", "channel": "当面", "kind": "公民", "name": "张三丰"}


def happened(office: LetterOffice) -> dict[str, int]:
    """A late entry of two persons, a proposal that waits, a case in dispute."""
    late = office.done(office.registered(), e.Decided(on=D(2026, 3, 27), ground="G2"))
    sent = e.Dispatched(on=D(2026, 3, 30), mode="post")
    proof = Doing(office.clerk, late.version, note="邮局收寄凭单，3月30日盖章")
    late = approve(propose(late, sent, proof), office.approver)
    waits = office.registered(arrived=D(2026, 3, 20))
    told = {"request_summary": "备案表", "extension_reason": "资料分散两处，尚需核对"}
    doing = Doing(
        office.handler, waits.version, note="核对", letter=Order("extension_notice", told)
    )
    made = propose(waits, e.Extended(on=TODAY, days=20), doing)
    review = file(filing(office, cases=[late], filed=D(2026, 4, 3)), office.clerk)
    office.registered(channel="online", arrived=D(2026, 4, 2))
    return {"late": late.pk, "waits": waits.pk, "made": made.pk, "review": review.pk}


def on_one_database() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the pages are the same on both databases")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_what_is_for_others_is_told_and_clean(db, chromium, live_server, look):  # noqa: ARG001
    on_one_database()
    with at(TODAY), opened(chromium, live_server.url, look) as tab:
        office = LetterOffice()
        own = happened(office)
        sign_in(tab, "handler")
        tab.goto(f"/cases/{own['late']}/")
        tab.click("text=由别人办理的")
        assert_good(tab, "others-1-case")
        assert "责令重新答复的" in tab.inner_text("#next")
        tab.goto(f"/disputes/{own['review']}/")
        tab.click("text=由别人登记的")
        assert_good(tab, "others-2-dispute")
        tab.goto(f"/cases/{own['waits']}/proposals/{own['made']}/")
        assert_good(tab, "others-3-own-proposal")
        sign_in(tab, "approver")
        tab.goto(f"/cases/{own['waits']}/proposals/{own['made']}/")
        assert_good(tab, "others-4-proposal")
        sign_in(tab, "supervisor")
        tab.goto("/supervision/")
        assert_good(tab, "others-5-overview")
        assert "邮局收寄凭单" in tab.inner_text("main")
        tab.goto(f"/cases/{own['waits']}/exchanges/")
        tab.click("summary:text-is('督办')")
        tab.fill("#urge-words", "请抓紧")
        tab.fill("#urge-until", "2026-03-01")
        press(tab, "督办")
        assert_good(tab, "others-6-urged-for-a-past-day")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_many_at_once_and_an_old_ledger_are_clean(db, chromium, live_server, look):  # noqa: ARG001
    on_one_database()
    with at(TODAY), opened(chromium, live_server.url, look) as tab:
        happened(LetterOffice())
        sign_in(tab, "clerk")
        tab.goto("/cases/?tab=all&state=all")
        for box in tab.query_selector_all("input[name=case]"):
            box.check()
        tab.select_option("#what", "confirm")
        press(tab, "下一步…")
        assert_good(tab, "others-7-many")
        sign_in(tab, "administrator")
        tab.goto("/import/")
        assert_good(tab, "others-8-imports")
        refusal = {"decided": "2026-03-20", "ground": "N4", "dispatched": "2026-03-20"}
        refusal |= {"mode": "邮寄", "subject": "环评报告", "old_number": "老1"}
        ledger = written([OLD | refusal, OLD | {"received": "2026.2.30"}])
        tab.set_input_files(
            "input[type=file]",
            {"name": "旧台账.csv", "mimeType": "text/csv", "buffer": ledger},
        )
        press(tab, "上传")
        assert_good(tab, "others-9-import")
        press(tab, "试算")
        assert_good(tab, "others-10-tried")
        proposed_and_approved(tab)


def proposed_and_approved(tab) -> None:
    """Send an import for consent, and consent to it as another person."""
    number = tab.url.rstrip("/").rpartition("/")[2]
    tab.fill("#id_why", "启用以前的纸质登记簿，已逐件核对")
    tab.locator(f"form[action='/import/{number}/propose/'] button").click()
    assert "已送审" in tab.inner_text("main")
    assert_good(tab, "others-11-sent")
    sign_in(tab, "approver")
    tab.goto("/")
    tab.click("text=待我审批的旧台账导入")
    assert "2026-03-20" in tab.inner_text("main")
    assert_good(tab, "others-12-approval")
    tab.click("button[value=agree]")
    assert "已批准" in tab.inner_text("h1")
    assert_good(tab, "others-13-approved")
    sign_in(tab, "administrator")
    tab.goto(f"/import/{number}/")
    press(tab, "开始导入")
    assert_good(tab, "others-14-imported")
    sign_in(tab, "supervisor")
    tab.goto("/supervision/")
    assert "其中导入 1" in tab.inner_text("main")
    assert_good(tab, "others-15-brought")
