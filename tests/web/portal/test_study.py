"""The researchers' page: medians of what is known, and what is shown to take."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingtang.combining.distribution import distribution
from mingtang.report import State
from mingtang_web.annual import publishing
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual
from mingtang_web.bodies.models import Body
from mingtang_web.portal import studying
from mingtang_web.portal.studying import Asked

if TYPE_CHECKING:
    from mingtang.report import Report
    from tests.web.annual.reports import Bureau

RECEIVED = "requests/received/total"
FIGURES = {
    ("housing", 2025): "40", ("housing", 2024): "10",
    ("water", 2025): None, ("water", 2024): "30", ("office", 2025): "0",
}  # fmt: skip


def altered(report: Report, cells: dict[str, str | None]) -> Report:
    facts = dict(report.facts)
    for cell, said in cells.items():
        value = None if said is None else int(said)
        state = State.BLANK if said is None else State.NUMBER
        facts[cell] = facts[cell]._replace(state=state, value=value)
    return report._replace(facts=facts)


def filled(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> dict[str, Body]:
    """Give three bodies reports of one or two years, whose figures are those above."""
    annual = bureau.published(bureau.finished())
    whole, known = frozen(annual), {}
    named = {name: getattr(bureau, name) for name in ("housing", "water", "office")}
    codes = {body.pk: name for name, body in named.items()}
    Annual.objects.filter(pk=annual.pk).update(year=2025)
    for name, year in FIGURES:
        if (name, year) != ("housing", 2025):
            copy = Annual.objects.get(pk=annual.pk)
            copy.pk, copy.body, copy.year = None, named[name], year
            copy.save(force_insert=True)
    for place, value in FIGURES.items():
        known[place] = altered(whole, {RECEIVED: value})
    monkeypatch.setattr(
        publishing, "signed", lambda row: known[codes[row.body_id], row.year]
    )
    return named


@pytest.fixture
def bodies(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> dict[str, Body]:
    return filled(bureau, monkeypatch)


def asked(figure: str = RECEIVED, first: int = 2024, last: int = 2025, *codes: str):
    of = studying.figure(figure)
    assert of is not None
    return studying.study(Asked(of, frozenset(codes), first, last))


def test_what_is_unknown_is_in_no_median(bodies) -> None:
    found = asked()
    assert [(each.n, each.median, each.total) for each in found.spread if each] == [
        (2, 20, 40),
        (2, 20, 40),
    ]
    told = {row.body: [t and t.value for t in row.years] for row in found.rows}
    assert told == {
        bodies["office"]: [None, 0],
        bodies["housing"]: [10, 40],
        bodies["water"]: [30, None],
    }
    [water] = (row for row in found.rows if row.body == bodies["water"])
    assert water.years[1].why == "没有填全"
    assert found.most == 40


@pytest.mark.usefixtures("bodies")
def test_a_share_of_few_is_told_and_not_counted(monkeypatch) -> None:
    signed = publishing.signed
    figures = {"requests/granted/total": "1", "requests/concluded/total": "4"}
    monkeypatch.setattr(publishing, "signed", lambda row: altered(signed(row), figures))
    share = next(f for _label, of in studying.groups() for f in of if f.is_share)
    found = asked(share.id)
    told = found.rows[0].years[1]
    assert (told.value, told.part, told.whole, told.counts) == (25, 1, 4, False)
    assert found.spread == (None, None)
    figures["requests/concluded/total"] = "40"
    assert asked(share.id).spread[1].median == Decimal("2.5")
    figures["requests/concluded/total"] = "0"
    assert asked(share.id).rows[0].years[1].why == "分母是零"


@pytest.mark.usefixtures("bodies")
def test_a_report_that_is_not_what_was_signed_is_left_out(monkeypatch) -> None:
    def gone(_row: Annual) -> Report:
        raise publishing.AlteredFileError

    monkeypatch.setattr(publishing, "signed", gone)
    assert "存档与签发时不一致" in asked().rows[0].years[1].why
    assert Client().get("/study/").status_code == 200


def test_what_is_taken_is_exactly_what_is_shown(bodies) -> None:
    code = bodies["housing"].code
    client, query = Client(), f"figure={RECEIVED}&from=2024&to=2025&body={code}"
    page = client.get(f"/study/?{query}")
    assert page.status_code == 200
    assert "水务局" not in page.text.split("<h2>")[1]
    got = client.get(f"/study/cells.csv?{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(got)))
    assert [(r["body_code"], r["year"], r["value"]) for r in rows] == [
        (code, "2024", "10"),
        (code, "2025", "40"),
    ]
    told = client.get(f"/study/cells.json?{query}").json()
    assert [r["value"] for r in told["rows"]] == ["10", "40"]
    assert f"/study/?{query}".split("?")[1].replace("&", "&amp;") in page.text
    whole = list(csv.DictReader(io.StringIO(client.get("/study/cells.csv").text)))
    assert len(whole) == len(FIGURES)
    assert [r["value"] for r in whole if r["note"]] == [""]


def test_what_cannot_be_asked_is_told(bodies) -> None:
    client = Client()
    for query, why in (
        ("figure=x", "没有这个数字"), ("from=甲", "四位数字"),
        ("from=2026&to=2026", "没有公开的年度报告"),
    ):  # fmt: skip
        page = client.get(f"/study/?{query}")
        assert page.status_code == 422
        assert why in page.text
    nobody = client.get("/study/", {"body": "none"})
    assert "选的机关在这几年没有公开" in nobody.text
    assert bodies


def test_too_many_reports_are_left_out_and_said(bodies, monkeypatch) -> None:
    monkeypatch.setattr(studying, "MOST", 2)
    assert asked().left == len(FIGURES) - 2
    assert "还有 3 份没有列出" in Client().get("/study/").text
    assert bodies


@pytest.mark.usefixtures("db")
def test_without_reports_there_is_nothing_to_compare() -> None:
    assert "还没有公开的年度报告" in Client().get("/study/").text
    assert Client().get("/study/cells.json").json()["rows"] == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_quarters_lie_between_the_ends_and_turn_with_the_figures(values: list[int]) -> None:
    found = distribution(map(Decimal, values))
    assert found is not None
    assert found.least <= found.lower <= found.median <= found.upper <= found.most
    assert (found.n, found.total) == (len(values), sum(values))
    turned = distribution(Decimal(-each) for each in values)
    assert turned is not None
    assert (turned.lower, turned.median) == (-found.upper, -found.median)
