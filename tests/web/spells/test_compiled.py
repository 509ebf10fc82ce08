"""A report takes its cells from periods: whole, or blank with the days that are lacking."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.models import Adjustment
from mingtang_web.annual.readiness import NotReadyError
from mingtang_web.annual.yearly import periods_of
from mingtang_web.ledger.doing import Doing
from mingtang_web.spells import actions as spells
from mingtang_web.spells.checking import Said
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, Bureau, by
from tests.web.cases.requests import at

D = date
PENALTIES = "disclosure/penalties/decisions"
HALVES = (D(2026, 1, 1), D(2026, 6, 30)), (D(2026, 7, 1), D(2026, 12, 31))
NAME = "行政处罚 · 本年处理决定数量"


@pytest.fixture
def bureau(db):  # noqa: ARG001 - asked for
    with at(JANUARY):
        yield Bureau()


def spelled(bureau: Bureau, *values: int, cell: str = PENALTIES) -> list:
    lines = {
        n: Said(cell, *HALVES[n], str(value), "处罚案件系统", "执法大队")
        for n, value in enumerate(values)
    }
    return spells.enter_all(bureau.housing, lines, bureau.clerk)


def typed(bureau: Bureau, annual, **values: str):
    given = {PENALTIES.replace("penalties", name): text for name, text in values.items()}
    return actions.enter(annual, given, SOURCE, by(bureau.clerk, annual))


def value_of(annual) -> object:
    return draft(annual, JANUARY).report.facts[PENALTIES].value


def test_periods_of_a_whole_year_add_up_in_the_report_with_their_sources(bureau) -> None:
    annual = bureau.begun()
    assert value_of(annual) is None
    spelled(bureau, 3, 4)
    assert value_of(annual) == 7
    origin = draft(annual, JANUARY).compiled.origins[PENALTIES]
    assert origin.source == "处罚案件系统，执法大队提供"


def test_a_gap_leaves_the_cell_blank_and_names_the_days(bureau, client) -> None:
    annual = bureau.begun()
    first, _second = spelled(bureau, 0, 0)
    assert value_of(annual) == 0
    spells.strike(first, Doing(bureau.clerk, first.version, note="重复"))
    assert value_of(annual) is None
    client.force_login(bureau.clerk)
    for page in (f"/annual/{annual.pk}/", f"/annual/{annual.pk}/cell/{PENALTIES}/"):
        text = client.get(page).text
        assert "2026-01-01" in text
        assert "2026-06-30" in text
        assert "这一格留空" in text


def test_a_typed_figure_is_never_replaced_silently(bureau, client) -> None:
    annual = typed(bureau, bureau.begun(), penalties="9")
    spelled(bureau, 3, 4)
    assert value_of(annual) == 9
    client.force_login(bureau.clerk)
    assert "两个数不一致" in client.get(f"/annual/{annual.pk}/").text
    assert "填了以填的为准" not in client.get(f"/annual/{annual.pk}/figures/").text
    annual = typed(bureau, annual, penalties="")
    assert value_of(annual) == 7
    assert "填了以填的为准" in client.get(f"/annual/{annual.pk}/figures/").text


def test_two_figures_that_differ_keep_a_report_from_being_sent(bureau) -> None:
    annual = bureau.finished()
    rows = spelled(bureau, 3, 5)
    with pytest.raises(NotReadyError, match=f"{NAME}.*填报7.*相加为8"):
        reviewing.send(annual, by(bureau.clerk, annual))
    said = Said(PENALTIES, *HALVES[1], "4", "处罚案件系统", "执法大队")
    spells.amend(rows[1], said, Doing(bureau.clerk, 1, note="多报一件"))
    assert not periods_of(annual)[PENALTIES].differs
    assert reviewing.send(annual, by(bureau.clerk, annual)).state == "in_review"


def test_what_was_typed_by_hand_until_now_still_is(bureau) -> None:
    annual = actions.enter(
        bureau.begun(), NONE_ISSUED, SOURCE, by(bureau.clerk, bureau.begun())
    )
    spelled(bureau, 7)  # half a year: it adds up to nothing
    assert value_of(annual) == 7
    assert draft(annual, JANUARY).compiled.origins[PENALTIES].source == SOURCE


def test_a_report_that_was_signed_stays_as_it_was(bureau, client) -> None:
    annual = bureau.begun()
    spelled(bureau, 3, 4)
    rest = {cell: text for cell, text in NONE_ISSUED.items() if cell != PENALTIES}
    annual = actions.enter(annual, rest, SOURCE, by(bureau.clerk, annual))
    annual = bureau.signed(bureau.worded(annual))
    row = periods_of(annual)[PENALTIES].made.spells[0]
    spells.strike(row, Doing(bureau.clerk, row.version, note="重复"))
    client.force_login(bureau.clerk)
    text = client.get(f"/annual/{annual.pk}/cell/{PENALTIES}/").text
    assert '<span class="figure-large">7</span>' in text
    assert "还缺" in text
    assert "须更正年度报告" in client.get("/spells/", {"year": 2026}).text


def test_a_cell_that_adds_up_is_mended_where_it_comes_from(bureau) -> None:
    annual = bureau.begun()
    spelled(bureau, 3, 4)
    asked = Adjustment(cell=PENALTIES, change="1", reason="执法大队漏报了一件处罚决定")
    with pytest.raises(ValidationError, match="更正那一段"):
        actions.adjust(annual, asked, by(bureau.clerk, annual))


def test_a_cell_opens_into_its_periods(bureau, client) -> None:
    annual = bureau.begun()
    rows = spelled(bureau, 3, 4)
    client.force_login(bureau.clerk)
    paper = client.get(f"/annual/{annual.pk}/").text
    assert f'href="/annual/{annual.pk}/cell/{PENALTIES}/">7</a>' in paper
    text = client.get(f"/annual/{annual.pk}/cell/{PENALTIES}/").text
    for row in rows:
        assert row.number in text
    assert "人工调整" not in text
    assert (
        client.get(f"/annual/{annual.pk}/cell/disclosure/coercion/decisions/").status_code
        == 404
    )
