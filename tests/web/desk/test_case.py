"""The page of a case: what it shows to whom, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 20)):
        yield Office()


def test_the_page_opens(client, office):
    case = office.registered()
    client.force_login(office.handler)
    page = client.get(f"/cases/{case.pk}/")
    assert page.status_code == 200
    for address in (
        "working/",
        "decide/",
        "decide/all/",
        "decide/N6/",
        "search/",
        "applicant/",
        "do/extend/",
        "do/consult_third_party/",
        "do/split/",
        "do/merge/",
        "do/transfer/",
        "do/notify_fee/",
    ):
        assert client.get(f"/cases/{case.pk}/{address}").status_code == 200, address
