"""The accessibility statement says what is tried, and each test it names is there."""

from __future__ import annotations

from django.test import Client

from mingtang_web.portal.accessibility import TRIED, UNTRIED


def test_the_statement_says_what_was_tried_and_what_was_not(db, root) -> None:  # noqa: ARG001 - asked for
    page = Client().get("/accessibility/").text
    for each in TRIED:
        assert str(each.words) in page
        assert (root / each.test).is_file(), each.test
    for each in UNTRIED:
        assert str(each) in page
    assert 'href="/accessibility/"' in Client().get("/open/").text
