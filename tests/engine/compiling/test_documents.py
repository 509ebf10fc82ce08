"""Table two from documents: what is refused, adjusted, left to be entered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingtang import read, write
from mingtang.case.recording import plain, shaped
from mingtang.case.rulebook import Rulebook
from mingtang.compiling import (
    Adjustment,
    Books,
    CompileError,
    Figure,
    Ledger,
    Spell,
    compile_report,
    compile_tally,
    tally_document,
    yearly,
)
from mingtang.publication.effective import History, Kind
from mingtang.publication.events import (
    EVENT_KINDS,
    Amended,
    DeclaredVoid,
    Issued,
    Kept,
    Repealed,
)
from mingtang.report import State
from tests.engine.compiling.ledgers import BODY, D

DOCUMENT = History("清政规〔2025〕1号", Kind.NORMATIVE, [Issued(on=D(2025, 2, 3))])
LEDGER = Ledger(BODY, documents=[DOCUMENT])
ISSUED = "disclosure/normative_documents/issued"
PENALTIES = "disclosure/penalties/decisions"
FEES = "disclosure/administrative_fees/amount"


def test_what_the_register_counts_is_not_entered_but_adjusted() -> None:
    with pytest.raises(CompileError, match="这一格由台账推算"):
        compile_report(LEDGER._replace(figures=[Figure(ISSUED, 2, "目录")]), 2025)
    change = Adjustment(ISSUED, 1, "移交的一件未登记", "周某", D(2026, 1, 9))
    made = compile_report(LEDGER._replace(adjustments=[change]), 2025)
    assert made.report.facts[ISSUED].value == 2
    assert made.origins[ISSUED].adjustments == (change,)


def test_the_other_lines_of_table_two_are_entered_all_the_same() -> None:
    figures = [Figure(PENALTIES, 3, "处罚台账")]
    facts = compile_report(LEDGER._replace(figures=figures), 2025).report.facts
    assert facts[PENALTIES].value == 3
    assert facts["disclosure/coercion/decisions"].state is State.BLANK


def test_a_history_that_cannot_be_makes_no_report() -> None:
    gone = [Issued(on=D(2025, 2, 3)), Repealed(on=D(2025, 3, 3)), Kept(on=D(2025, 4, 3))]
    with pytest.raises(CompileError, match="清政规〔2025〕1号”的记录前后接不上"):
        compile_report(Ledger(BODY, documents=[DOCUMENT._replace(events=gone)]), 2025)


def test_a_number_that_comes_twice_makes_no_report() -> None:
    with pytest.raises(CompileError, match="有两件"):
        compile_report(Ledger(BODY, documents=[DOCUMENT, DOCUMENT]), 2025)


def test_the_place_of_a_counted_figure_is_its_register_and_reads_back() -> None:
    report = compile_report(LEDGER, 2025).report
    assert str(report.facts[ISSUED].place) == "规范性文件登记簿"
    assert read(write(report, "json")).report == report


def test_of_years_with_another_form_nothing_is_counted() -> None:
    old = [Issued(on=D(2018, 2, 3)), Repealed(on=D(2020, 2, 3))]
    assert tally_document(old, Kind.NORMATIVE, Rulebook()) == {}
    still = tally_document(old[:1], Kind.NORMATIVE, Rulebook())
    assert [stretch.first for stretch in still] == [2021]
    made = compile_tally(Books(BODY, still, frozenset({"documents"})), 2020)
    assert not [fact for fact in made.report.facts.values() if fact.value is not None]


@pytest.mark.parametrize(
    "event",
    [
        Issued(on=D(2025, 2, 3), expires_on=D(2027, 2, 2), trial=True),
        Amended(on=D(2025, 2, 3), by="清政规〔2025〕1号"),
        Repealed(on=D(2025, 2, 3), effective_on=D(2025, 3, 1)),
        DeclaredVoid(on=D(2025, 2, 3), campaign="2025年清理"),
        Kept(on=D(2025, 2, 3)),
    ],
)
def test_events_of_documents_are_recorded_as_those_of_cases(event) -> None:
    assert shaped(plain(event), EVENT_KINDS) == event


class TestSpells:
    """Figures by periods make the year's where no day is left out."""

    def test_quarters_add_up_with_their_sources(self) -> None:
        spells = [
            Spell(FEES, D(2025, 7, 1), D(2025, 12, 31), Decimal("1.25"), "财务账"),
            Spell(FEES, D(2025, 1, 1), D(2025, 6, 30), 2, "非税系统"),
        ]
        made = yearly(spells, 2025)
        assert made.figures == (Figure(FEES, Decimal("3.25"), "非税系统；财务账"),)
        assert made.lacking == {}
        facts = compile_report(Ledger(BODY, figures=made.figures), 2025).report.facts
        assert facts[FEES].value == Decimal("3.25")

    def test_a_year_with_days_left_out_has_no_figure(self) -> None:
        spells = [
            Spell(PENALTIES, D(2025, 2, 1), D(2025, 2, 28), 1, "处罚台账"),
            Spell(PENALTIES, D(2025, 4, 1), D(2025, 12, 31), 2, "处罚台账"),
        ]
        made = yearly(spells, 2025)
        assert made.figures == ()
        assert made.lacking[PENALTIES] == (
            (D(2025, 1, 1), D(2025, 1, 31)),
            (D(2025, 3, 1), D(2025, 3, 31)),
        )

    def test_nothing_entered_is_nothing(self) -> None:
        assert yearly([], 2025) == ((), {})

    @pytest.mark.parametrize(
        ("first", "last", "value", "source", "why"),
        [
            (D(2025, 6, 30), D(2025, 1, 1), 1, "台账", "颠倒"),
            (D(2024, 12, 1), D(2025, 1, 31), 1, "台账", "不全在2025年"),
            (D(2025, 1, 1), D(2025, 1, 31), 1, " ", "来源"),
            (D(2025, 1, 1), D(2025, 1, 31), -1, "台账", "小于0"),
            (D(2025, 1, 1), D(2025, 1, 31), 0.5, "台账", "不是准确的数"),
            (D(2025, 3, 31), D(2025, 4, 30), 1, "台账", "重叠"),
        ],
    )
    def test_what_does_not_hold_is_refused(self, first, last, value, source, why) -> None:
        march = Spell(PENALTIES, D(2025, 3, 1), D(2025, 3, 31), 1, "台账")
        with pytest.raises(CompileError, match=why):
            yearly([march, Spell(PENALTIES, first, last, value, source)], 2025)
