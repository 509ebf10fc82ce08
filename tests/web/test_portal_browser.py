"""The portal in a real browser: a citizen asks on a phone, follows, reads, disputes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang_web.asking.questions import Question
from mingtang_web.cases.lettering import kind_for
from mingtang_web.cases.models import Case
from tests.web.asking.test_gate import answer_of
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.letters.ways import FEE, LetterOffice
from tests.web.portal.citizens import WHAT, WHO, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date


@pytest.fixture
def office(database: str, live_server) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for
    with at(D(2026, 3, 2)):
        yield LetterOffice()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people there
    with opened(chromium, live_server.url, request.param) as page:
        yield page


@pytest.fixture
def plain_tab(chromium, live_server, office):  # noqa: ARG001 - the people there
    """A phone whose browser runs no scripts."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def looked(tab: Page, name: str = "") -> None:
    if hasattr(tab, "plain"):
        assert_good(tab, name)


def went(tab: Page) -> None:
    """Press the page's own button."""
    with tab.expect_navigation():
        tab.click(SUBMIT)


def asks(tab: Page, office: LetterOffice) -> tuple[Case, str]:
    """File a request from the start to the receipt."""
    tab.goto("/ask/")
    looked(tab, "ask-1-start")
    tab.click(f"a[href='/ask/bodies/{office.housing.code}/']")
    looked(tab, "ask-2-body")
    went(tab)
    looked(tab, "ask-3-look")
    tab.click("main a.button")
    looked(tab, "ask-4-kind")
    tab.check("[name=kind][value=person]")
    went(tab)
    tells_who(tab)
    tells_what_and_how(tab)
    looked(tab, "ask-10-receipt")
    number, code = tab.locator(".big").all_inner_texts()
    return Case.objects.get(number=number), code


def tells_who(tab: Page) -> None:
    """A name with a number of no paper first, as people do."""
    for name in ("name", "identity_number", "phone"):
        tab.fill(f"#id_{name}", WHO[name])
    looked(tab, "ask-5-who")
    went(tab)
    looked(tab, "ask-5-who-wrong")
    tab.click(".summary a")
    tab.select_option("#id_identity_kind", WHO["identity_kind"])
    assert tab.input_value("#id_name") == WHO["name"]
    went(tab)
    looked(tab, "ask-6-papers")
    tab.click(".onward a")


def tells_what_and_how(tab: Page) -> None:
    for name, words in WHAT.items():
        tab.fill(f"#id_{name}", words)
    looked(tab, "ask-7-what")
    went(tab)
    looked(tab, "ask-8-how")
    tab.check("[name=delivery][value=electronic]")
    tab.fill("#id_email", "he@example.cn")
    looked(tab, "ask-8-how-email")
    went(tab)
    looked(tab, "ask-9-check")
    went(tab)


def opens(tab: Page, number: str, code: str) -> None:
    tab.goto("/follow/")
    tab.fill("#id_number", number)
    tab.fill("#id_code", code)
    went(tab)


def answered(office: LetterOffice, case: Case) -> None:
    """Everything the officers do, up to the answer that goes out."""
    case.refresh_from_db()
    case = office.act(
        case, e.Confirmed(on=D(2026, 3, 2)), office.order("registration_receipt")
    )
    decided = e.Decided(on=D(2026, 3, 12), ground="N6")
    with at(D(2026, 3, 12)):
        case = office.act(case, decided, office.order(kind_for(decided)))
    with at(D(2026, 3, 13)):
        office.act(case, e.Dispatched(on=D(2026, 3, 13), mode="electronic"), None)


def test_a_citizen_asks_reads_the_answer_and_learns_what_can_be_done(tab, office):
    case, code = asks(tab, office)
    tab.goto("/follow/")
    looked(tab, "follow-1")
    opens(tab, case.number, "WRONG")
    assert "对不上" in tab.inner_text(".summary")
    looked(tab, "follow-2-wrong")
    opens(tab, case.number, code)
    looked(tab, "follow-3-submitted")
    with at(D(2026, 3, 16)):
        answered(office, case)
        tab.goto("/follow/case/")
        looked(tab, "follow-4-answered")
        tab.click(".now a.button")
        looked(tab, "follow-5-letter")
        with tab.expect_download() as taken:
            tab.click("main form button")
        assert taken.value.suggested_filename.endswith(".pdf")
        tab.goto("/follow/received/")
        looked(tab, "follow-6-received")
        tab.check("#id_sure")
        went(tab)
        looked(tab, "follow-7-delivered")
        tab.click(".now a.button")
        looked(tab, "follow-8-remedy")
        text = tab.inner_text("main")
    assert "要先申请行政复议" in text
    assert "2026-05-15" in text
    case.refresh_from_db()
    assert case.phase == "delivered"


def test_without_scripts_a_citizen_asks_and_withdraws(plain_tab, office):
    case, code = asks(plain_tab, office)
    opens(plain_tab, case.number, code)
    plain_tab.click("a[href='/follow/withdraw/']")
    plain_tab.check("#id_sure")
    with plain_tab.expect_navigation():
        plain_tab.click("main .button.danger")
    assert "已经撤回" in plain_tab.inner_text("main")
    case.refresh_from_db()
    assert case.phase == "closed"


def test_a_correction_and_a_fee_are_dealt_with_on_the_screen(tab, office):
    case, code = asks(tab, office)
    case = office.act(
        case, e.Confirmed(on=D(2026, 3, 2)), office.order("registration_receipt")
    )
    with at(D(2026, 3, 5)):
        asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
        office.act(case, asked, office.order("correction_notice"))
        opens(tab, case.number, code)
        looked(tab, "follow-correction")
        tab.click(".now a.button")
        tab.fill("#id_words", "是一号楼，2025年3月。")
        looked(tab, "follow-correct")
        went(tab)
    assert "已经交给机关" in tab.inner_text("main")
    case.refresh_from_db()
    with at(D(2026, 3, 9)):
        office.act(case, FEE, office.order("fee_notice"))
        tab.goto("/follow/case/")
        tab.click(".now a.button")
        looked(tab, "follow-fee")
        assert "380 元" in tab.inner_text("h1")
        tab.click("a[href='/follow/objection/']")
        tab.fill("#id_words", "通知写68页，实际只有40页")
        looked(tab, "follow-objection")
        went(tab)
    assert "异议已经交给机关核对" in tab.inner_text("main")


def says(tab: Page, **said: str) -> None:
    """Fill in a page's fields, its question too where it asks one, and press its button."""
    if tab.locator("#id_answer").count():
        words = tab.inner_text("label[for=id_answer]")
        said["answer"] = answer_of(Question(words, ""))
    for name, words in said.items():
        tab.fill(f"#id_{name}", words)
    went(tab)


def test_a_case_put_to_an_account_opens_from_it(tab, office):
    if tab.plain:
        pytest.skip("an account is the same on both databases")
    case, _code = asks(tab, office)
    makes_an_account(tab)
    tab.click("nav >> text=我的申请")
    says(tab, **WRONG)
    looked(tab, "mine-7-enter-wrong")
    says(tab, **WRONG | {"password": WORDS})
    went_by(tab, case.number)
    looked(tab, "mine-8-case")
    tab.click("main >> text=保存到我的账号")
    looked(tab, "mine-9-kept")
    deletes_it(tab)


WRONG = {"name": "月光下的河", "password": "不对"}


def makes_an_account(tab: Page) -> None:
    """From the receipt on, and leaves it again."""
    went_by(tab, "保存到我的账号")
    looked(tab, "mine-1-enter")
    tab.click("text=还没有账号，建一个")
    looked(tab, "mine-2-new")
    says(tab, name=WRONG["name"], new=WORDS, again="不一样")
    looked(tab, "mine-3-new-wrong")
    says(tab, new=WORDS, again=WORDS)
    looked(tab, "mine-4-keep")
    went(tab)
    looked(tab, "mine-5-list")
    went_by(tab, "退出账号")
    looked(tab, "mine-6-follow")


def deletes_it(tab: Page) -> None:
    tab.click("text=看我的申请")
    tab.click("text=改口令")
    looked(tab, "mine-10-password")
    tab.click("text=不改")
    tab.click("text=注销账号")
    looked(tab, "mine-11-delete")
    tab.check("#id_sure")
    says(tab, password=WORDS)
    assert "账号已经注销" in tab.inner_text("main")


def went_by(tab: Page, words: str) -> None:
    with tab.expect_navigation():
        tab.click(f"main button:has-text('{words}')")


def test_what_is_typed_and_not_sent_is_there_after_a_reload(tab, office):
    tab.goto(f"/ask/bodies/{office.housing.code}/")
    went(tab)
    tab.goto("/ask/kind/")
    tab.check("[name=kind][value=research]")
    tab.reload()
    assert tab.is_checked("[name=kind][value=research]")
    went(tab)
    assert tab.evaluate("sessionStorage.length") == 0


def pressed(tab: Page, selector: str, then: str, leads_to: str = "") -> None:
    """Go to a thing by Tab and press a key on it."""
    reach(tab, selector)
    tab.keyboard.press(then)
    if leads_to:
        tab.wait_for_url(f"**/{leads_to}/")


def typed(tab: Page, field: str, words: str) -> None:
    reach(tab, f"#id_{field}")
    tab.keyboard.type(words)


def test_a_request_by_keyboard_alone(tab, office):
    tab.goto("/ask/")
    code = office.housing.code
    pressed(tab, f"a[href='/ask/bodies/{code}/']", "Enter", f"bodies/{code}")
    pressed(tab, "main button.button", "Enter", "look")
    pressed(tab, "main a.button", "Enter", "kind")
    pressed(tab, "[name=kind]", "Space")
    pressed(tab, "[name=kind]", "Enter", "who")
    typed(tab, "name", "何小满")
    pressed(tab, "#id_name", "Enter", "papers")
    pressed(tab, ".onward a", "Enter", "what")
    for name, words in WHAT.items():
        typed(tab, name, words)
    pressed(tab, "main button.button", "Enter", "how")
    pressed(tab, "[name=delivery]", "Space")
    typed(tab, "email", "he@example.cn")
    pressed(tab, "#id_email", "Enter", "check")
    pressed(tab, "main button.button", "Enter", "receipt")
    assert tab.locator(".big").first.inner_text() == "2026-0001"


def test_a_clerk_at_the_counter_hands_over_a_receipt(tab):
    sign_in(tab, "clerk")
    tab.goto("/counter/")
    looked(tab, "counter-1-body")
    went(tab)
    tab.goto("/counter/kind/")
    tab.check("[name=kind][value=person]")
    went(tab)
    tab.fill("#id_name", "何小满")
    went(tab)
    tab.click(".onward a")
    for name, words in WHAT.items():
        tab.fill(f"#id_{name}", words)
    went(tab)
    tab.check("[name=delivery][value=post]")
    tab.fill("#id_address", "西山区柳林路七号")
    went(tab)
    tab.check("[name=channel][value=oral]")
    tab.check("#id_read_back")
    tab.fill("#id_confirmation", "当场念给申请人听，申请人核对后签字")
    looked(tab, "counter-9-check")
    went(tab)
    looked(tab, "counter-10-receipt")
    assert "最迟 2026-03-30 答复" in tab.inner_text("main")
    case = Case.objects.get()
    assert case.channel == "oral"
    loses_the_receipt(tab, case)


def loses_the_receipt(tab: Page, case: Case) -> None:
    """And comes again with the identity paper: a new code opens the case."""
    tab.goto(f"/cases/{case.pk}/")
    tab.click("text=申请人丢了查询码")
    looked(tab, "code-1-asked")
    went(tab)
    assert tab.locator(".error-text").count() == 2
    tab.check("[name=proof][value=own]")
    tab.check("#id_sure")
    went(tab)
    looked(tab, "code-2-shown")
    opens(tab, case.number, tab.inner_text("dd.code"))
    assert "机关当面把新的查询码交给您" in tab.inner_text("main")
