"""What a body's reports tell over the years: their own figures, and no blank as a zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from mingtang.report import State
from mingtang_web.annual import publishing, reviewing
from mingtang_web.annual.compiling import frozen
from mingtang_web.files.models import StoredFile
from mingtang_web.portal import yearly
from tests.web.annual.reports import by

if TYPE_CHECKING:
    from mingtang_web.annual.models import Annual
    from tests.web.annual.reports import Bureau


def place(annual: Annual) -> str:
    return f"/open/{annual.body.code}/figures/"


def charts(annual: Annual) -> dict[str, dict[str, int | None]]:
    told = yearly.told([annual])
    return {each.name: {b.label: b.value for b in each.bars} for each in told.charts}


def test_every_bar_is_a_figure_of_the_signed_report(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    signed = frozen(annual).facts
    year = str(annual.year)
    found = charts(annual)
    assert found["received"] == {year: signed["requests/received/total"].number}
    assert found["reviews"] == {year: signed["disputes/review/total"].number}
    assert sum(found["results"].values()) == signed["requests/concluded/total"].number
    assert found["results"]["予以公开"] == signed["requests/granted/total"].number
    page = Client().get(place(annual))
    assert page.status_code == 200
    assert f'href="/reports/{annual.body.code}/{year}/"' in page.text
    column = Client().get(f"/open/{annual.body.code}/").text
    assert f'href="{place(annual)}"' in column
    assert place(annual) in Client().get("/sitemap-columns.xml").text


def test_a_sum_with_a_blank_in_it_is_not_known_and_not_drawn(bureau: Bureau, monkeypatch):
    annual = bureau.published(bureau.finished())
    whole = frozen(annual)
    blank = "requests/denied_state_secret/total"
    facts = dict(whole.facts)
    facts[blank] = facts[blank]._replace(state=State.BLANK, value=None)
    facts["requests/received/total"] = facts["requests/received/total"]._replace(
        state=State.BLANK, value=None
    )
    told = whole._replace(facts=facts)
    monkeypatch.setattr(publishing, "signed", lambda _annual: told)
    found = charts(annual)
    assert found["received"] == {str(annual.year): None}
    assert found["results"]["不予公开"] is None
    assert found["results"]["予以公开"] is not None
    page = Client().get(place(annual)).text
    assert page.count("没有填全") == 4  # beside the bar, and in the table beneath


def test_what_is_withdrawn_or_altered_is_not_told(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    StoredFile.objects.filter(pk=annual.snapshot_id).update(sha256="0" * 64)
    page = Client().get(place(annual))
    assert "存档与签发时不一致" in page.text
    assert 'class="bars"' not in page.text
    StoredFile.objects.filter(pk=annual.snapshot_id).update(sha256=annual.snapshot.sha256)
    reviewing.withdraw(annual, by(bureau.approver, annual, "数字不对"))
    assert Client().get(place(annual)).status_code == 404
