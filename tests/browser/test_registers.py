"""The registers in a real browser: on a desk and on a phone, by keyboard, without scripts.

The browser asks no network: each request is answered by Django in this very process.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang_web.cases.actions import Doing
from mingtang_web.disputes import actions as dispute_actions
from mingtang_web.importing import actions as import_actions
from mingtang_web.importing.attempting import attempt
from mingtang_web.registers import actions as register_actions
from mingtang_web.registers.actions import Answer
from mingtang_web.registers.rules import Outcome, Register
from tests.looking import SIZES
from tests.web.browser import assert_good
from tests.web.cases.requests import Office, at
from tests.web.disputes.test_disputes import filing
from tests.web.importing.ledgers import written
from tests.web.importing.test_importing import ROWS
from tests.web.registers.test_registers import arrival

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

D = date
SITE = "http://site.test"


class World(Office):
    """The office with something in every register."""

    def __init__(self) -> None:
        super().__init__()
        self.case = self.done(
            self.registered(),
            e.Decided(on=D(2026, 3, 17), ground="N6"),
            e.Dispatched(on=D(2026, 3, 18), mode="post"),
            e.Delivered(on=D(2026, 3, 20)),
        )
        notice = e.FeeNotified(on=D(2026, 3, 9), basis="pages", pieces=68, yuan=380)
        paid = (notice, e.FeePaid(on=D(2026, 3, 20), yuan=380))
        self.done(self.registered(), *paid, e.FeeRefunded(on=D(2026, 4, 1), yuan=80))
        self.done(self.registered(), notice)
        self.dispute = self.filed(cases=[self.case], organ_number="西政复〔2026〕12号")
        self.do(self.dispute, d.CopyReceived(on=D(2026, 6, 22)))
        late = self.filed(organ="西山市住房和城乡建设局")
        self.do(late, d.CopyReceived(on=D(2026, 6, 22), simple=True))
        ended = self.filed()
        self.do(ended, d.Ruled(on=D(2026, 6, 1), outcome="review_revoked", final=True))
        self.matter = register_actions.register(
            arrival(self, promised=D(2026, 6, 20)), self.clerk
        )
        other = register_actions.register(
            arrival(self, register=Register.COMPLAINT, about="西山区水务局"), self.clerk
        )
        unfounded = Answer(Outcome.UNFOUNDED, D(2026, 6, 10), text="已核对发布记录")
        unsent = Doing(self.handler, 1, no_letter="当面告知")
        register_actions.answer(other, unfounded, unsent)
        rows = [*ROWS, ROWS[3] | {"old_number": "5", "channel": "信使"}]
        self.source = import_actions.upload(
            self.housing, "2026年台账.csv", written(rows), self.administrator
        )
        attempt(self.source, self.administrator)

    def filed(self, **more: object):
        return dispute_actions.file(filing(self, **more), self.clerk)

    def do(self, dispute, event) -> None:
        dispute_actions.do(dispute, event, Doing(self.lawyer, dispute.version))


@pytest.fixture
def world(db: None) -> Iterator[World]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 6, 30)):
        yield World()


@pytest.fixture(params=SIZES)
def tab(request, chromium, world) -> Iterator[Page]:  # noqa: ARG001 - the clock first
    context = chromium.new_context(viewport=SIZES[request.param])
    context.set_default_timeout(8000)
    opened = context.new_page()
    opened.client = Client(HTTP_HOST="localhost")
    opened.size, opened.plain = request.param, False
    opened.route("**/*", lambda route: answer(route, opened.client))
    yield opened
    context.close()


def answer(route: Route, client: Client) -> None:
    asked = route.request
    parts = urlsplit(asked.url)
    given = client.generic(
        asked.method,
        parts.path,
        asked.post_data_buffer or b"",
        asked.headers.get("content-type", ""),
        QUERY_STRING=parts.query,
    )
    if given.status_code in {301, 302}:
        place = given["Location"]
        said = f'<meta http-equiv="refresh" content="0;url={place}">'
        route.fulfill(status=200, content_type="text/html", body=said)
        return
    body = b"".join(given) if given.streaming else given.content
    route.fulfill(status=given.status_code, headers=dict(given.items()), body=body)


def open_as(tab: Page, user, name: str, *args: object) -> None:
    tab.client.force_login(user)
    tab.goto(SITE + reverse(name, args=args))


def test_every_page_of_the_registers_is_clean(tab: Page, world: World) -> None:
    pages = {
        "disputes": (world.clerk, "disputes"),
        "dispute": (world.lawyer, "dispute", world.dispute.pk),
        "dispute-new": (world.clerk, "dispute_new"),
        "table-four": (world.clerk, "table_four"),
        "corrections": (world.clerk, "matters", "correction"),
        "correction": (world.handler, "matter", world.matter.pk),
        "correction-new": (world.clerk, "matter_new", "correction"),
        "complaints": (world.clerk, "matters", "complaint"),
        "fees": (world.clerk, "fees"),
        "imports": (world.administrator, "imports"),
        "import": (world.administrator, "import", world.source.pk),
    }
    for name, where in pages.items():
        open_as(tab, *where)
        assert tab.locator("h1").count() == 1
        assert_good(tab, name)


def test_a_ruling_is_entered_by_keyboard_alone(tab: Page, world: World) -> None:
    open_as(tab, world.lawyer, "dispute", world.dispute.pk)
    tab.get_by_text("登记决定、裁判", exact=True).focus()
    tab.keyboard.press("Enter")
    assert_good(tab, "ruling")
    tab.get_by_label("审理结果").focus()
    tab.get_by_label("审理结果").select_option("review_revoked")
    tab.locator("#id_ruled_on").fill("2026-06-26")
    tab.get_by_label(world.case.number).focus()
    tab.keyboard.press("Space")
    tab.locator("#id_ruled_document").fill("西政复决〔2026〕12号")
    tab.locator("#id_ruled_answer_by").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".told")
    assert "责令重新处理 1 件" in tab.content()
    world.case.refresh_from_db()
    assert world.case.phase == "in_hand"


def test_what_is_refused_stands_at_the_top_with_its_form_open(
    tab: Page, world: World
) -> None:
    open_as(tab, world.lawyer, "dispute", world.dispute.pk)
    tab.get_by_text("提交答复、答辩和证据", exact=True).click()
    tab.locator("#id_answered_on").fill("2026-06-01")
    tab.locator("details.act[open] button").click()
    told = tab.locator("[role=alert]:visible")
    told.wait_for()
    assert "早于收到副本之日" in told.inner_text()
    assert tab.locator("#id_answered_on").input_value() == "2026-06-01"
    assert_good(tab, "refused")
