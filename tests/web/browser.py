"""The site in a real browser: opened, signed in to, gone through by keys, looked at."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection

from tests.looking import SIZES, assert_clean
from tests.web.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LOOKS = [("desk", "light"), ("phone", "dark")]
SUBMIT = "main .button:not(.second)"
PICTURES = os.environ.get("PICTURES")
"""A folder for pictures of every page, for whoever wants to look at them."""
_SMALL = """[...document.querySelectorAll(
    'main :is(button, .button, .plain, select, summary, .tab)')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43)
  .map(each => each.outerHTML.slice(0, 120))"""


class _Serving:
    """How many requests the site is at, so that no test ends in the middle of one."""

    def __init__(self) -> None:
        self.begun: list[None] = []
        self.ended: list[None] = []
        request_started.connect(lambda **_: self.begun.append(None), weak=False)
        request_finished.connect(lambda **_: self.ended.append(None), weak=False)

    def wait(self) -> None:
        """Wait until nothing is under way: a page that is left may still send a word.

        What the browser broke off never ends; it is waited for once and then forgotten,
        or every test after it would wait for it again.
        """
        until = time.monotonic() + 5
        before = -1
        while time.monotonic() < until:
            begun, ended = len(self.begun), len(self.ended)
            if begun <= ended and begun == before:
                return
            before = begun
            time.sleep(0.05)
        self.begun.clear()
        self.ended.clear()


SERVING = _Serving()


@contextmanager
def opened(browser: Browser, address: str, look: tuple[str, str]) -> Iterator[Page]:
    """A page of the site; a request elsewhere or a fault of a script is a failure.

    On PostgreSQL the same journeys go at a desk alone, and without looking.
    """
    size, scheme = look
    plain = connection.vendor == "postgresql"
    if plain and size == "phone":
        pytest.skip("a page looks the same on both databases")
    context = browser.new_context(
        base_url=address,
        viewport=SIZES[size],
        color_scheme=scheme,
        has_touch=size == "phone",
    )
    tab = context.new_page()
    tab.size, tab.plain = size, plain
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on(
        "request",
        lambda asked: (
            asked.url.startswith((address, "data:")) or troubles.append(asked.url)
        ),
    )
    tab.goto("/")
    yield tab
    context.close()
    SERVING.wait()
    assert troubles == []


def sign_in(tab: Page, username: str) -> None:
    """Sign in from the start, whoever was signed in before."""
    tab.context.clear_cookies()
    tab.goto("/accounts/login/")
    tab.fill("#id_login", username)
    tab.fill("#id_password", PASSWORD)
    with tab.expect_navigation():
        tab.click(SUBMIT)


def assert_good(tab: Page, name: str = "") -> None:
    """Clean, and nothing too small to touch; kept as a picture where it has a name."""
    if tab.plain:
        return
    if PICTURES and name:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=Path(PICTURES) / f"{name}-{tab.size}.png", full_page=True)
    assert_clean(tab)
    small = tab.evaluate(_SMALL)
    assert small == [], small


def reach(tab: Page, selector: str) -> None:
    """Press Tab until the thing has the focus, as one without a mouse does."""
    for _ in range(80):
        if tab.evaluate("s => document.activeElement.matches(s)", selector):
            return
        tab.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by Tab")
