"""How a page is looked at: at a desk and on a phone, by a checker of access."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

axe_runner = pytest.importorskip("axe_playwright_python.sync_playwright")
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def assert_accessible(tab: Page) -> None:
    """Nothing that the checker finds, once the page is there to be looked at.

    A click on a link returns when the next page is known, which may be before
    a single element of it stands.
    """
    tab.wait_for_load_state()
    found = axe_runner.Axe().run(tab).response["violations"]
    told = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
    assert told == [], told


def assert_clean(tab: Page) -> None:
    """Nothing that the checker finds, nothing wider than the screen."""
    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
