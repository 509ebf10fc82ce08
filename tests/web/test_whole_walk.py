"""The whole walk: from a form on a phone to a cell of the published report, and back.

One citizen with a telephone and no account, five officers at desks, one year; nothing
is done here but through the screens, and every page after the one before.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mingtang import read
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual
from mingtang_web.cases.models import Case
from tests.looking import SIZES
from tests.web.annual.reports import JANUARY
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.letters.ways import LetterOffice
from tests.web.test_annual_browser import (
    begun,
    figures_entered,
    opened_again,
    stepped,
    the_file_says_what_was_signed,
    written,
)
from tests.web.test_portal_browser import asks, opens, went
from tests.web.test_walks import taken
from tests.web.walking import Walker
from tests.web.walks import TO_ALL, on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session"),
]
DESK, PHONE = LOOKS
D = date
ASKED, ANSWERED, READ = D(2026, 3, 2), D(2026, 3, 12), D(2026, 3, 13)
WORKED = (
    on("3-3", "clerk", "confirm", "办理中"),
    on("3-12", "handler", "decide", "已决定", replies=TO_ALL),
    on("3-12", "clerk", "dispatch", "已发出"),
)
"""What officers do of the request: confirm it came, decide with a letter, send that."""
CELL = "requests/granted/person"


class Receipt(NamedTuple):
    """What the citizen has in hand, and nothing else."""

    number: str
    code: str


@pytest.fixture
def office(database: str) -> LetterOffice:  # noqa: ARG001 - asked for, not used
    with at(ASKED):
        return LetterOffice()


def test_from_the_form_on_a_phone_to_a_cell_of_the_signed_report_and_back(
    chromium, live_server, office
):
    with opened(chromium, live_server.url, PHONE) as phone:
        phone.plain = True  # each page has its own test; here those along the way
        with at(ASKED):
            case, code = asks(phone, office)
            receipt = Receipt(case.number, code)
            phone.context.clear_cookies()
        worked(chromium, live_server.url, case)
        with at(READ):
            answer_read(phone, receipt)
    with at(JANUARY), opened(chromium, live_server.url, DESK) as tab:
        tab.plain = True
        reported(tab)
        the_file_says_what_was_signed(tab)
        every_format_says_the_same(tab)
        sign_in(tab, "clerk")
        the_case_is_behind_its_cell(tab, receipt)


def worked(chromium: Browser, address: str, case: Case) -> None:
    """Each officer at a desk of their own, by keyboard."""
    with at_desks(chromium, address, "clerk", "handler") as people:
        for step in WORKED:
            with at(step.on):
                taken(people[step.who], step, case, set(), again=True)


@contextmanager
def at_desks(chromium: Browser, address: str, *names: str) -> Iterator[dict[str, Walker]]:
    with opened(chromium, address, DESK) as first, opened(chromium, address, DESK) as last:
        found = {}
        for name, tab in zip(names, (first, last), strict=True):
            sign_in(tab, name)
            tab.plain = True
            found[name] = Walker(tab, set(), [])
        yield found


def answer_read(phone: Page, receipt: Receipt) -> None:
    """With number and code alone: where it stands, the answer, its file, that it came."""
    opens(phone, *receipt)
    seen(phone, "walk-2-answered")
    assert "机关发出答复" in phone.inner_text("main")
    phone.click(".now a.button")
    seen(phone, "walk-3-letter")
    assert "何小满" in phone.inner_text("main")
    with phone.expect_download() as taken_away:
        phone.click("main form button")
    assert taken_away.value.path().read_bytes().startswith(b"%PDF")
    phone.goto("/follow/received/")
    phone.check("#id_sure")
    went(phone)
    assert Case.objects.get(number=receipt.number).phase == "delivered"


def reported(tab: Page) -> None:
    """Compiled, entered, written and checked clean; reviewed, signed, published."""
    sign_in(tab, "clerk")
    begun(tab)
    figures_entered(tab)
    written(tab)
    assert "没有发现问题，可以送审" in tab.inner_text("#deal")
    seen(tab, "walk-5-checked")
    stepped(tab, "送审", "已送审")
    for who in ("handler", "lawyer"):
        sign_in(tab, who)
        opened_again(tab)
        stepped(tab, "审核通过", "已通过")
    sign_in(tab, "approver")
    opened_again(tab)
    stepped(tab, "签发", "就此固定")
    stepped(tab, "公布", "五种格式")


def every_format_says_the_same(tab: Page) -> None:
    """The four other files, read by the engine, hold what was signed, cell by cell."""
    signed = {cell: (f.state, f.value) for cell, f in frozen(report()).facts.items()}
    for kind in ("HTML", "XLSX", "JSON", "PDF"):
        with tab.expect_download() as coming:
            tab.click(f"aside a:text-is('{kind}')")
        again = read(coming.value.path().read_bytes()).report
        assert {c: (f.state, f.value) for c, f in again.facts.items()} == signed, kind


def the_case_is_behind_its_cell(tab: Page, receipt: Receipt) -> None:
    opened_again(tab)
    assert frozen(report()).facts[CELL].value == 1
    tab.click(f"#cell-{CELL.replace('/', '-')} a")
    seen(tab, "walk-7-cell")
    tab.click(f"text={receipt.number}")
    tab.wait_for_url("**/cases/**")
    assert receipt.number in tab.inner_text("main")
    assert "网上" in tab.inner_text("main")


def seen(tab: Page, name: str) -> None:
    """Look at a page along the way, at a desk and on a phone."""
    before = tab.viewport_size
    tab.plain = False
    for tab.size, scheme in LOOKS:
        tab.set_viewport_size(SIZES[tab.size])
        tab.emulate_media(color_scheme=scheme)
        assert_good(tab, name)
    tab.plain = True
    tab.set_viewport_size(before)


def report() -> Annual:
    return Annual.objects.get()
