"""A year's report compiled: what is counted, entered, adjusted, and what is refused."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

import mingtang
from mingtang.case import events as e
from mingtang.case.disputes import Filed
from mingtang.case.rulebook import Rulebook
from mingtang.compiling import (
    Adjustment,
    Books,
    CompileError,
    Docket,
    Figure,
    Ledger,
    compile_report,
    compile_tally,
    tally_case,
    words_of,
)
from mingtang.compiling.prose import unfilled
from mingtang.form.loading import NoEditionError
from mingtang.place import Place
from mingtang.report import State
from tests.builders import report
from tests.engine.compiling.ledgers import BODY, D, answered, asked

RULES = Rulebook()
LEDGER = Ledger(
    BODY,
    cases=(
        answered("1", D(2025, 3, 3), D(2025, 3, 20)),
        asked("2", D(2025, 12, 22), applicant="company"),
    ),
    disputes=(),
)
ONE_MORE = Adjustment(
    "requests/received/person", 1, "移交的纸质件未入系统", "周某", D(2026, 1, 9)
)
ITS_ANSWER = ONE_MORE._replace(cell="requests/granted/person")


def figures(made, *cells):
    return [made.report.facts[cell].value for cell in cells]


class TestAdjustments:
    def test_one_is_added_and_its_totals_follow(self) -> None:
        made = compile_report(LEDGER._replace(adjustments=(ONE_MORE, ITS_ANSWER)), 2025)
        cells = "requests/received/person", "requests/received/total"
        assert figures(made, *cells) == [2, 3]
        assert [(one.counted, one.value) for one in made.adjustments] == [(1, 2), (1, 2)]

    def test_it_is_seen_wherever_it_counts(self) -> None:
        made = compile_report(LEDGER._replace(adjustments=(ONE_MORE,)), 2025)
        seen = {cell for cell, origin in made.origins.items() if origin.adjustments}
        assert seen == {"requests/received/person", "requests/received/total"}

    def test_two_of_one_cell_add_up(self) -> None:
        again = ONE_MORE._replace(by=2, reason="另有两件")
        made = compile_report(LEDGER._replace(adjustments=(ONE_MORE, again)), 2025)
        assert figures(made, ONE_MORE.cell) == [4]

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"cell": "requests/received/total"}, "是合计"),
            ({"cell": "disclosure/regulations/issued"}, "空白"),
            ({"cell": "requests/lost/person"}, "没有可调整的数"),
            ({"reason": " "}, "理由和签字人"),
            ({"signer": ""}, "理由和签字人"),
            ({"by": -2}, "小于0"),
            ({"by": Decimal("0.5")}, "不是整数"),
            ({"by": 0.5}, "不是准确的数"),
        ],
    )
    def test_what_does_not_hold_is_refused(self, changed, why) -> None:
        adjustment = ONE_MORE._replace(**changed)
        with pytest.raises(CompileError, match=why):
            compile_report(LEDGER._replace(adjustments=(adjustment,)), 2025)


class TestFigures:
    ISSUED = Figure("disclosure/regulations/issued", 0, "法制科登记簿")

    def test_one_stands_in_its_cell_with_its_source(self) -> None:
        made = compile_report(LEDGER._replace(figures=(self.ISSUED,)), 2025)
        fact = made.report.facts[self.ISSUED.cell]
        assert (fact.state, fact.value, fact.place) == (
            State.NUMBER,
            0,
            Place(ledger="entered"),
        )
        assert made.origins[self.ISSUED.cell].source == "法制科登记簿"

    def test_an_amount_is_exact(self) -> None:
        charged = Figure(
            "disclosure/administrative_fees/amount", Decimal("25.10"), "财务科"
        )
        made = compile_report(LEDGER._replace(figures=(charged,)), 2025)
        assert made.report.facts[charged.cell].raw == "25.10"

    def test_a_table_without_a_ledger_may_be_entered(self) -> None:
        entered = Ledger(BODY, figures=[Figure("requests/received/person", 7, "31份报告")])
        made = compile_report(entered, 2025)
        cells = "requests/received/person", "requests/received/total"
        assert figures(made, *cells) == [7, None]

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"cell": "requests/received/person"}, "由台账推算"),
            ({"cell": "disclosure/lost/issued"}, "没有这一格"),
            ({"source": ""}, "数据来源"),
            ({"value": -1}, "小于0"),
            ({"value": True}, "不是准确的数"),
            ({"value": Decimal("NaN")}, "不是准确的数"),
        ],
    )
    def test_what_does_not_hold_is_refused(self, changed, why) -> None:
        wrong = self.ISSUED._replace(**changed)
        with pytest.raises(CompileError, match=why):
            compile_report(LEDGER._replace(figures=(wrong,)), 2025)

    def test_a_cell_entered_twice_is_refused(self) -> None:
        with pytest.raises(CompileError, match="两次"):
            compile_report(LEDGER._replace(figures=(self.ISSUED, self.ISSUED)), 2025)


class TestRefused:
    def test_a_number_given_twice(self) -> None:
        twice = LEDGER._replace(cases=(*LEDGER.cases, LEDGER.cases[0]))
        with pytest.raises(CompileError, match="编号“1”有两件"):
            compile_report(twice, 2025)

    @pytest.mark.parametrize(
        ("docket", "why"),
        [
            (Docket("9", ()), "编号“9”的记录前后接不上"),
            (answered("9", D(2025, 3, 3), D(2024, 3, 3)), "编号“9”.*2024年"),
            (asked("9", D(2025, 3, 3), applicant="alien"), "requests/received/alien"),
        ],
    )
    def test_a_case_that_would_be_lost(self, docket, why) -> None:
        with pytest.raises(CompileError, match=why):
            compile_report(Ledger(BODY, cases=[docket]), 2025)

    def test_a_dispute_without_a_filing(self) -> None:
        with pytest.raises(CompileError, match="编号“9”的记录前后接不上"):
            compile_report(Ledger(BODY, disputes=[Docket("9", ())]), 2025)

    def test_a_report_of_nobody(self) -> None:
        with pytest.raises(CompileError, match="机关的全称"):
            compile_report(LEDGER._replace(body=" "), 2025)

    def test_a_year_before_the_form(self) -> None:
        with pytest.raises(NoEditionError):
            compile_report(LEDGER, 2017)

    def test_a_report_that_is_not_last_years(self) -> None:
        with pytest.raises(CompileError, match="2022年度"):
            compile_report(LEDGER, 2025, report(year=2022))


class TestColumns:
    """Decision 22: a column is settled when the report of the year of receipt is signed."""

    MOVED = asked(
        "1", D(2024, 12, 2), e.Reclassified(on=D(2025, 1, 8), applicant="company")
    )
    SIGNED = D(2025, 1, 20)

    def compiled(self, docket, year, closed=None):
        ledger = Ledger(BODY, cases=(docket,), closed=closed or {})
        return figures(
            compile_report(ledger, year),
            *(
                f"requests/carried_{way}/{kind}"
                for way in ("in", "out")
                for kind in ("person", "company")
            ),
        )

    def test_before_the_report_is_signed_the_case_moves(self) -> None:
        assert self.compiled(self.MOVED, 2024, {2024: self.SIGNED}) == [0, 0, 0, 1]
        assert self.compiled(self.MOVED, 2025, {2024: self.SIGNED}) == [0, 1, 0, 1]

    def test_afterwards_it_stays_in_the_column_that_was_published(self) -> None:
        late = asked(
            "1", D(2024, 12, 2), e.Reclassified(on=D(2025, 2, 8), applicant="company")
        )
        assert self.compiled(late, 2025, {2024: self.SIGNED}) == [1, 0, 1, 0]

    def test_a_strike_after_signing_moves_nothing(self) -> None:
        struck = Docket("1", (*self.MOVED.events, e.Struck(on=D(2025, 2, 8), entry=1)))
        assert self.compiled(struck, 2025, {2024: self.SIGNED}) == [0, 1, 0, 1]

    def test_a_strike_before_signing_does(self) -> None:
        struck = Docket("1", (*self.MOVED.events, e.Struck(on=D(2025, 1, 9), entry=1)))
        assert self.compiled(struck, 2025, {2024: self.SIGNED}) == [1, 0, 1, 0]


def test_a_kept_tally_gives_the_same_report() -> None:
    tally = Counter()
    for docket in LEDGER.cases:
        tally.update(tally_case(docket.events, RULES, {}))
    kept = compile_tally(Books(BODY, tally), 2025)
    assert kept.report == compile_report(LEDGER, 2025).report
    assert kept.origins["requests/received/person"].numbers == ()


def test_a_case_takes_few_rows_of_a_tally() -> None:
    (docket,) = (answered("1", D(2020, 3, 3), D(2025, 3, 20)),)
    assert sum(tally_case(docket.events, RULES, {}).values()) == 12


def test_a_pending_dispute_counts_in_every_later_year_until_it_ends() -> None:
    filed = Docket("复1", (Filed(on=D(2023, 5, 5), procedure="review"),))
    ledger = Ledger(BODY, disputes=(filed,))
    cell = "disputes/review/pending"
    made = [figures(compile_report(ledger, year), cell) for year in (2022, 2023, 2030)]
    assert made == [[0], [1], [1]]


def test_another_way_of_counting_is_told_in_section_six() -> None:
    rules = Rulebook(choices={"dismissed_claim": "other"})
    made = compile_report(LEDGER._replace(rules=rules), 2025)
    told = [each.text for each in made.report.section(6).paragraphs]
    assert (
        "统计口径：复议机关驳回复议请求的，计入表四哪一列，本机关的口径是其他结果。" in told
    )


def test_a_draft_shows_where_the_officer_writes_and_breaks_no_sum() -> None:
    made = compile_report(LEDGER, 2025)
    assert {each.number for each in unfilled(made.report)}
    found = mingtang.check(made.report)
    assert [one.message for one in found if one.equation] == []
    assert made.report.title == f"{BODY}2025年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("西山区人民政府", True),
        ("清河镇人民政府", True),
        ("西山区住房和城乡建设局", False),
        ("南关街道办事处", False),
        ("西山区人民政府办公室", False),
    ],
)
def test_only_a_government_is_asked_for_its_assessment(body, asked) -> None:
    words = words_of(compile_report(Ledger(body), 2026).report)
    assert any("社会评议" in each for each in words[1]) is asked


def test_shares_are_rounded_half_up_and_not_made_to_add_up() -> None:
    days = D(2025, 3, 3), D(2025, 3, 20)
    grounds = ["G2", "P1", "N1"]
    cases = [
        asked(ground, days[0], e.Decided(on=days[1], ground=ground, withheld=()))
        for ground in grounds
    ]
    made = compile_report(Ledger(BODY, cases=cases), 2025)
    text = made.report.section(1).paragraphs[1].text
    assert text.count("占33.3%") == 3
    assert "合计不等于100%" in text
