"""A report that would stop half way is not sent without a word."""

from __future__ import annotations

import html
from datetime import date

import pytest
from django.urls import reverse

from mingtang_web.annual import reviewing
from mingtang_web.annual.models import Chain, Stage
from mingtang_web.annual.staffing import short_of
from mingtang_web.bodies.models import Delegation, Membership
from tests.web.annual.reports import by

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")


def page(client, annual) -> str:
    return html.unescape(client.get(reverse("annual", args=[annual.pk])).text)


def test_who_sends_is_told_which_stage_has_nobody_and_what_to_do(bureau, client):
    annual = bureau.finished()
    client.force_login(bureau.clerk)
    assert "没有人能办" not in page(client, annual)
    Membership.objects.filter(user=bureau.chief).delete()
    assert short_of(annual, bureau.clerk.pk) is None  # the handler may look first
    Membership.objects.filter(user=bureau.handler).delete()
    assert short_of(annual, bureau.clerk.pk) == Stage.LEADER
    told = page(client, annual)
    assert "“机关负责人”环节没有人能办" in told
    assert "省去承办机构环节" in told
    Chain.objects.create(body=annual.body, with_section=False)
    assert "没有人能办" not in page(client, annual)
    Membership.objects.filter(user=bureau.lawyer).delete()
    Membership.objects.filter(user=bureau.approver).delete()
    assert short_of(annual, bureau.clerk.pk) == Stage.OFFICE


def test_who_passes_on_is_told_that_their_hand_is_needed_later(bureau, client):
    Membership.objects.filter(user=bureau.chief).delete()
    annual = reviewing.send(bureau.finished(), by(bureau.clerk, bureau.begun()))
    client.force_login(bureau.lawyer)
    assert "“机关负责人”环节就没有人能办了" in page(client, annual)
    client.force_login(bureau.handler)
    assert "没有人能办了" not in page(client, annual)
    annual = reviewing.pass_on(annual, by(bureau.handler, annual))
    client.force_login(bureau.approver)
    assert "没有人能办了" in page(client, annual)
    client.force_login(bureau.lawyer)
    assert "没有人能办了" not in page(client, annual)


def test_who_cannot_sign_in_is_nobody_and_who_stands_in_is_somebody(bureau):
    annual = bureau.finished()
    Membership.objects.filter(user__in=[bureau.chief, bureau.handler]).delete()
    assert short_of(annual, bureau.clerk.pk) == Stage.LEADER
    Delegation.objects.create(
        lender=bureau.approver, borrower=bureau.stranger, body=annual.body,
        since=date(2027, 1, 1), until=date(2027, 1, 31),
    )  # fmt: skip
    assert short_of(annual, bureau.clerk.pk) is None
    bureau.stranger.set_unusable_password()
    bureau.stranger.save()
    assert short_of(annual, bureau.clerk.pk) == Stage.LEADER
