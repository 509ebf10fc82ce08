"""The site under a path of another one: every link, form and file stays below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import get_script_prefix, set_script_prefix

from mingtang_web.publication.links import why_dead
from mingtang_web.whereabouts import within
from mingtang_web.wsgi import moved
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDER = "/www/xxgk"


class Visitor(Client):
    """Asks as a server in front of the site hands on what it is asked."""

    strips = False

    def request(self, **asked):
        path = asked["PATH_INFO"]
        if self.strips:
            path = path.removeprefix(UNDER)
        return super().request(**moved(asked | {"PATH_INFO": path}, UNDER))


class Stripped(Visitor):
    """Asks through a server that takes the prefix off."""

    strips = True


@pytest.fixture
def room(db, settings) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    settings.PREFIX = settings.FORCE_SCRIPT_NAME = UNDER
    settings.STATIC_URL = f"{UNDER}/static/"
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        setattr(settings, f"{name}_COOKIE_PATH", f"{UNDER}/")
    before = get_script_prefix()
    set_script_prefix(f"{UNDER}/")
    with at(TODAY):
        yield Newsroom()
    set_script_prefix(before)


def led_to(text: str) -> set[str]:
    """Every address of this host that a page leads to, sends to or loads."""
    said = re.findall(r'(?:href|src|action|data-[a-z]+)="(/[^"]*)"', text)
    return {urldefrag(each)[0].replace("&amp;", "&") for each in said}


@pytest.mark.parametrize("kind", [Visitor, Stripped])
def test_every_page_of_the_public_leads_below_the_prefix(room, kind):
    room.published(title="加装电梯的通知")
    client, seen, waiting = kind(), set(), {f"{UNDER}/"}
    while waiting:
        place = waiting.pop()
        seen.add(place)
        answer = client.get(place, follow=True)
        assert answer.status_code == 200, place
        if "html" not in answer["Content-Type"]:
            continue
        links = led_to(answer.text)
        assert {each for each in links if not each.startswith(f"{UNDER}/")} == set(), place
        pages = {
            each for each in links if not within(each).startswith(("/static/", "/language"))
        }
        waiting |= {each for each in pages if is_opened(each)} - seen
    assert f"{UNDER}/open/{room.housing.code}/" in seen
    assert len(seen) > 10


def is_opened(place: str) -> bool:
    shut = ("static", "language", "elder", "reading", "ask/bodies", "accounts")
    return not within(place).startswith(
        tuple(f"/{each}/" for each in (*shut, "check", "follow", "search"))
    )


def test_officers_work_below_it_too(room):
    document = room.drafted(title="加装电梯的通知")
    editor = f"documents/{document.pk}/edit/"
    client = Visitor()
    client.force_login(room.writer)
    for name in (
        "",
        "documents/",
        f"documents/{document.pk}/edit/",
        "profile/",
        "notices/",
    ):
        answer = client.get(f"{UNDER}/{name}", follow=True)
        assert answer.status_code == 200
        assert {e for e in led_to(answer.text) if not e.startswith(f"{UNDER}/")} == set()
    page = client.get(f"{UNDER}/documents/").text
    assert 'aria-current="page"' in page
    assert f'data-place="{UNDER}/{editor}"' in client.get(f"{UNDER}/{editor}").text
    out = Visitor().get(f"{UNDER}/documents/")
    assert out["Location"].startswith(f"{UNDER}/accounts/login/?next={UNDER}/documents/")


def test_cookies_are_for_what_lies_below_it_alone(room):
    client = Visitor()
    client.post(f"{UNDER}/elder/", {"next": f"{UNDER}/open/"})
    client.post(f"{UNDER}/language/", {"language": "en", "next": f"{UNDER}/open/"})
    client.force_login(room.writer)
    client.get(f"{UNDER}/profile/")
    assert {
        each["path"] for each in client.cookies.values() if each.key != "sessionid"
    } == {f"{UNDER}/"}


def test_a_link_is_judged_as_a_browser_follows_it(room):
    document = room.published()
    assert why_dead(f"{UNDER}/info/{document.index_number}/") is None
    assert why_dead(f"{UNDER}/info/none/")
    assert why_dead(f"{UNDER}/documents/")
    assert why_dead("/other/page/") is None
    assert why_dead(f"{UNDER}other/page/") is None


def test_what_stands_beside_the_prefix_is_not_below_it():
    for path in ("/", "/www/", "/www/xxgkold/", "/WWW/xxgk/"):
        assert moved({"PATH_INFO": path}, UNDER) == {"PATH_INFO": path}
    assert moved({"PATH_INFO": UNDER}, UNDER) == {"SCRIPT_NAME": UNDER, "PATH_INFO": "/"}
    assert moved({"PATH_INFO": "/open/"}, "") == {"PATH_INFO": "/open/"}
    assert urlsplit(within("/open/?a=b")).query == "a=b"
