"""An applicant's data go by two persons, once nothing needs them; the ledger holds."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang.case import events as e
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.models import Case
from mingtang_web.keeping import erasing
from mingtang_web.keeping.policy import KeepingError
from tests.web.cases.requests import ASKER, Office, at

pytestmark = pytest.mark.django_db
D = date
WHY = "保管期限表第七项，十年已满"
TO_THE_END = (
    e.Decided(on=D(2026, 3, 5), ground="G2"),
    e.Dispatched(on=D(2026, 3, 6), mode="post"),
    e.Delivered(on=D(2026, 3, 9)),
    e.Archived(on=D(2026, 3, 10)),
)


@pytest.fixture
def archived(office: Office) -> Case:
    with at(D(2026, 3, 12)):
        yield office.done(office.registered(), *TO_THE_END)


def test_one_asks_and_another_confirms_on_the_page(office: Office, archived: Case):
    here, first, second = f"/cases/{archived.pk}/erase/", Client(), Client()
    first.force_login(office.administrator)
    second.force_login(office.approver)
    first.post(here, {"key": "a", "why": WHY, "due": "on"})
    refused = first.post(here, {"key": "b", "step": "confirm"})
    assert "提出的人不能自己确认" in refused.text
    assert WHY in second.get(here).text
    second.post(here, {"key": "c", "step": "confirm"})
    archived.applicant.refresh_from_db()
    assert archived.applicant.erased_at is not None
    page = second.get(f"/cases/{archived.pk}/").text
    assert "信息已按规定销毁" in page
    assert ASKER.name not in page
    call_command("verify", stdout=io.StringIO())


def test_nothing_goes_while_another_case_of_theirs_is_open(office: Office, archived: Case):
    other = office.registered()
    Case.objects.filter(pk=other.pk).update(applicant=archived.applicant)
    with pytest.raises(KeepingError, match="还没有归档"):
        erasing.ask(archived, WHY, office.administrator)


def test_a_request_taken_back_leaves_nothing_to_confirm(office: Office, archived: Case):
    erasing.ask(archived, WHY, office.administrator)
    erasing.drop(archived, office.approver)
    with pytest.raises(KeepingError, match="没有等待确认"):
        erasing.confirm(archived, office.approver)


def test_who_handles_neither_asks_nor_confirms(office: Office, archived: Case):
    for act in (lambda who: erasing.ask(archived, WHY, who),
                lambda who: erasing.confirm(archived, who)):  # fmt: skip
        with pytest.raises(NotAllowedError):
            act(office.handler)
