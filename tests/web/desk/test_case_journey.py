"""A case in a real browser, at a desk and on a phone: three people, one refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingtang_web.bodies.models import Role
from mingtang_web.letters.models import Letter
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import LetterOffice
from tests.web.people import appointed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
D = date


@pytest.fixture
def office(db: None) -> LetterOffice:  # noqa: ARG001 - asked for, not used
    made = LetterOffice()
    appointed(made.handler, made.housing, Role.CLERK)
    return made


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def do(page, here: str, act: str, typed: dict[str, str] | None = None) -> None:
    """Do an act from its form to the case again; choices are named by their words."""
    page.goto(f"{here}do/{act}/")
    fill(page, typed or {})
    press(page, "下一步：核对")
    page.click("main button[value=do]")
    page.wait_for_url(here)


def fill(page, typed: dict[str, str]) -> None:
    for field, words in typed.items():
        if field == "choice":
            page.check(f"text={words}")
        elif page.locator(f"select#id_{field}").count():
            page.select_option(f"#id_{field}", label=words)
        else:
            page.fill(f"#id_{field}", words)


def papers(case: object) -> list[tuple[str, str]]:
    """The case's letters, each with how it stands."""
    return list(Letter.objects.filter(case_id=case.pk).values_list("kind", "status"))


def consult(tab, here: str) -> None:
    tab.goto(here)
    assert_good(tab, "01-case")
    tab.get_by_role("link", name="征求第三方意见", exact=True).click()
    assert_good(tab, "02-act")
    press(tab, "下一步：核对")
    assert_good(tab, "03-act-wrong")
    assert tab.locator(".summary a").count() == 3
    tab.select_option("#id_kind", label="商业企业")
    tab.fill("#id_name", "青云置业有限公司")
    tab.fill("#id_letter-concerned_information", "青云小区一号楼竣工验收备案表")
    press(tab, "下一步：核对")
    assert_good(tab, "04-check")
    shown = tab.inner_text(".paper")
    assert "青云小区一号楼竣工验收备案表" in shown
    assert "青云置业有限公司：" in shown
    assert ASKER.name not in shown
    press(tab, "确认办理")
    tab.wait_for_url(here)


def refuse(tab, here: str) -> None:
    tab.goto(f"{here}decide/")
    press(tab, "下一步")
    assert_good(tab, "05-question-missing")
    for reply in (0, 0, 0, 0, 1, 2, 3):
        tab.check(f"#reply-{reply}")
        press(tab, "下一步")
    assert_good(tab, "06-ground")
    tab.fill("#id_note", "第三方反对，理由属商业秘密，成立")
    fill(tab, REFUSAL)
    press(tab, "下一步：核对")
    assert_good(tab, "07-decide-check")
    assert "不予公开" in tab.inner_text(".paper")
    press(tab, "确认送审")
    tab.wait_for_url(here)


REFUSAL = {
    "letter-interest": "商业秘密",
    "letter-refusal_reason": "备案表附有未公开的造价数据，公开会损害其竞争地位",
}
EXTENSION = {
    "note": "涉及两个档案室，尚在核对",
    "letter-extension_reason": "所涉档案分存两处，尚需核对",
}
CORRECTION = {
    "letter-correction_items": "写明需要哪一幢楼的备案表",
}


def answer(tab, here: str, opinion: str, button: str) -> None:
    tab.goto(here)
    tab.click("text=查看送审")
    tab.fill("#id_opinion", opinion)
    assert_good(tab, f"08-{button}")
    assert tab.locator(".paper").count() == 1
    press(tab, button)
    tab.wait_for_url(here)


def test_a_refusal_for_a_third_party_passes_three_pairs_of_hands(tab, live_server, office):
    case, url = office.registered(), live_server.url
    here = f"{url}/cases/{case.pk}/"
    with at(D(2026, 3, 5)):
        sign_in(tab, "handler")
        consult(tab, here)
        do(tab, here, "record_consultation_delivery")
    with at(D(2026, 3, 17)):
        do(tab, here, "receive_opinion", {"choice": "不同意公开"})
        do(tab, here, "extend", EXTENSION)
        assert_good(tab, "09-proposed")
        sign_in(tab, "approver")
        answer(tab, here, "同意", "批准")
    with at(D(2026, 3, 19)):
        sign_in(tab, "handler")
        refuse(tab, here)
        sign_in(tab, "lawyer")
        answer(tab, here, "依据充分，同意", "同意，转送审批")
        sign_in(tab, "approver")
        answer(tab, here, "", "批准")
        sign_in(tab, "handler")
        do(tab, here, "dispatch")
        do(tab, here, "record_delivery")
        assert_good(tab, "10-delivered")
        tab.click(".letter-list li:last-child a")
        assert_good(tab, "11-letter")
    case.refresh_from_db()
    assert (case.phase, case.ground, case.kept) == ("delivered", "N4", "in_time")
    kinds = ("third_party_consultation", "extension_notice", "refused_third_party")
    assert papers(case) == [(kind, "issued") for kind in kinds]


def test_by_keyboard_alone(tab, live_server, office):
    with at(D(2026, 3, 5)):
        case = office.registered()
        here = f"{live_server.url}/cases/{case.pk}/"
        sign_in(tab, "handler")
        tab.goto(f"{here}do/ask_correction/")
        reach(tab, "[name='letter-correction_items']")
        tab.keyboard.type("写明需要哪一幢楼的备案表")
        for button in ("check", "do"):
            reach(tab, f"[value={button}]")
            with tab.expect_navigation():
                tab.keyboard.press("Enter")
        tab.wait_for_url(here)
    case.refresh_from_db()
    assert case.phase == "correction"


def test_the_pages_beside_the_way(tab, live_server, office):
    with at(D(2026, 3, 5)):
        case, url = office.registered(), live_server.url
        here = f"{url}/cases/{case.pk}/"
        sign_in(tab, "handler")
        for name in ("working", "decide/all", "decide/P1", "search", "decide/N4"):
            tab.goto(f"{here}{name}/")
            assert_good(tab, f"3-{name.replace('/', '-')}")
        tab.goto(f"{here}do/notify_fee/")
        tab.check("text=按量（页）计收")
        tab.fill("#id_pages", "68")
        tab.fill("#id_letter-pay_method", "到西山区政务服务大厅缴纳")
        tab.fill("#id_letter-expected_receipt", "缴费后十个工作日内")
        press(tab, "下一步：核对")
        assert_good(tab, "4-fee")
        tab.goto(f"{here}applicant/")
        tab.fill("#id_why", "核对寄送地址")
        press(tab, "查看")
        assert ASKER.phone in tab.inner_text("main")
        assert_good(tab, "5-person")
        do(tab, here, "ask_correction", CORRECTION)
        assert papers(case) == [("correction_notice", "issued")]
        sign_in(tab, "approver")
        tab.goto(f"{here}strike/1/")
        assert_good(tab, "6-strike")
        tab.fill("#id_why", "登记错了案件")
        press(tab, "更正")
        assert_good(tab, "7-struck")


def fee_told(tab, here: str) -> None:
    """Notify a fee by pages, with its letter, and record that the notice arrived."""
    tab.goto(f"{here}do/notify_fee/")
    tab.check("text=按量（页）计收")
    fill(tab, FEE)
    press(tab, "下一步：核对")
    assert "380" in tab.inner_text(".paper")
    press(tab, "确认办理")
    tab.wait_for_url(here)
    do(tab, here, "record_fee_delivery")


FEE = {
    "pages": "68",
    "letter-pay_method": "到西山区政务服务大厅缴纳",
    "letter-expected_receipt": "2026-03-06",
}


def test_a_fee_is_told_and_paid_or_lapses(tab, live_server, office):
    paid, unpaid = office.registered(), office.registered()
    url = live_server.url
    with at(D(2026, 3, 5)):
        sign_in(tab, "handler")
        for case in (paid, unpaid):
            fee_told(tab, f"{url}/cases/{case.pk}/")
    with at(D(2026, 3, 9)):
        here = f"{url}/cases/{paid.pk}/"
        do(tab, here, "record_payment")
        do(tab, here, "record_refund", {"yuan": "100", "note": "少印十页"})
        assert_good(tab, "12-paid")
    with at(D(2026, 5, 12)):
        here = f"{url}/cases/{unpaid.pk}/"
        tab.goto(f"{here}decide/O2/")
        fill(tab, {"note": "逾期没有缴费", "letter-no_letter": "申请人已书面表示放弃"})
        press(tab, "下一步：核对")
        assert_good(tab, "13-lapse")
        press(tab, "确认送审")
        sign_in(tab, "lawyer")
        tab.goto(here)
        tab.click("text=查看送审")
        press(tab, "同意，转送审批")
        sign_in(tab, "approver")
        tab.goto(here)
        tab.click("text=查看送审")
        press(tab, "批准")
    for case in (paid, unpaid):
        case.refresh_from_db()
    assert (paid.phase, unpaid.phase, unpaid.ground) == ("in_hand", "decided", "O2")


SCAN = {"name": "申请书.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" * 4}
ORAL = {
    "kind": "自然人",
    "name": "何小满",
    "description": "想要我家那栋楼的竣工验收备案表",
    "subject": "远山小区九号楼竣工验收备案表",
}


@pytest.mark.usefixtures("office")
def test_an_oral_request_with_its_scan(tab, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(D(2026, 3, 5)):
        sign_in(tab, "clerk")
        tab.goto(f"{live_server.url}/cases/new/")
        tab.check("text=口头提出（代为填写）")
        fill(tab, ORAL)
        tab.set_input_files("#id_request_files", [SCAN | {"name": "错.pdf"}, SCAN])
        press(tab, "登记")
        assert_good(tab, "14-register-wrong")
        assert "与内容不符" in tab.inner_text(".summary")
        assert tab.locator("[name=unwanted]").count() == 1
        tab.check("#id_read_back")
        tab.fill("#id_confirmation", "当场念给申请人听，申请人核对后签字")
        press(tab, "登记")
        tab.wait_for_url("**/receipt/")
        assert_good(tab, "15-receipt")
        press(tab, "打印口头申请记录")
        assert_good(tab, "16-oral")
        assert "何小满" in tab.inner_text("main")
        tab.click("text=回到案件")
        with tab.expect_download() as taken:
            tab.click(".files button")
        assert Path(taken.value.path()).read_bytes() == SCAN["buffer"]
        assert_good(tab, "17-case-files")
