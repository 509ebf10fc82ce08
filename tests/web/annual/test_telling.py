"""Whose review a report has come to is told so, and nobody else."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from mingtang_web.annual import reviewing
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.notices.models import Kind, Notice
from tests.web.annual.reports import by

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")


def told() -> list[str]:
    """Who was told since this was last asked."""
    rows = Notice.objects.filter(kind=Kind.REPORT_REVIEW, read_at=None)
    found = sorted(rows.values_list("user__username", flat=True))
    rows.delete()
    return found


def test_each_stage_is_told_but_not_who_wrote_or_passed_it(bureau):
    annual = bureau.finished()
    assert told() == []
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    assert told() == ["approver", "chief", "handler", "lawyer"]
    annual = reviewing.pass_on(annual, by(bureau.chief, annual))
    assert told() == ["approver", "lawyer"]
    annual = reviewing.pass_on(annual, by(bureau.lawyer, annual))
    assert told() == ["approver"]
    annual = reviewing.send_back(annual, by(bureau.approver, annual, "第五部分太短"))
    assert told() == []
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    assert told() == ["approver", "chief", "handler", "lawyer"]
    call_command("verify")


def test_the_notice_leads_to_the_reports_and_a_refused_step_tells_nobody(bureau, client):
    annual = reviewing.send(bureau.finished(), by(bureau.clerk, bureau.begun()))
    client.force_login(bureau.lawyer)
    page = client.get(reverse("notices")).text
    assert "2026年度报告已到您审核或者签发的环节" in page
    before = Notice.objects.count()
    with pytest.raises(OutOfTurnError):
        reviewing.sign(annual, by(bureau.approver, annual))
    assert Notice.objects.count() == before
