"""Whatever lawfully happened, the report made of it holds together."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mingtang
from mingtang.case.counting import lines, place
from mingtang.case.events import Event
from mingtang.case.replaying import replay
from mingtang.combining import combine
from mingtang.compiling import (
    Adjustment,
    Books,
    Compiled,
    Docket,
    Figure,
    Ledger,
    Stretch,
    compile_period,
    compile_report,
    compile_tally,
    tally_case,
)
from mingtang.compiling.tables import totals
from mingtang.form.loading import edition_for
from mingtang.report import Report
from mingtang.writing import FORMATS
from tests.properties.histories import RULES, told_late
from tests.properties.ledgers import BODY, YEARS, cases, ledgers

SUMS = {"S301", "S302", "S303", "S401"}
years = st.sampled_from(YEARS)
fewer = settings(max_examples=30)


def values(report: Report, start: str = "") -> dict[str, object]:
    facts = report.facts.items()
    return {cell: fact.value for cell, fact in facts if cell.startswith(start)}


@given(ledgers(), years)
def test_any_lawful_ledger_compiles_without_a_false_sum(ledger: Ledger, year: int) -> None:
    """No sum is false, and no word of the draft speaks against its tables."""
    made = compile_report(ledger, year)
    found = [one for one in mingtang.check(made.report) if one.assessed]
    assert [one for one in found if one.rule.code in SUMS] == []
    assert [one for one in found if one.weight.value == "contradiction"] == []


@fewer
@given(ledgers(), ledgers(), years)
def test_two_ledgers_together_are_their_reports_combined(
    one: Ledger, other: Ledger, year: int
) -> None:
    renamed = [docket._replace(number=f"乙{docket.number}") for docket in other.cases]
    disputes = [docket._replace(number=f"乙{docket.number}") for docket in other.disputes]
    both = one._replace(cases=[*one.cases, *renamed], disputes=[*one.disputes, *disputes])
    reports = [
        compile_report(each._replace(body=name), year).report
        for name, each in (("甲局", one), ("乙局", other))
    ]
    together = combine(reports)
    assert {cell: total.value for cell, total in together.totals.items()} == values(
        compile_report(both, year).report
    )


@fewer
@given(ledgers())
def test_what_a_year_carries_out_the_next_carries_in(ledger: Ledger) -> None:
    before = compile_report(ledger, YEARS[0]).report
    for year in YEARS[1:]:
        made = compile_report(ledger, year, before)
        assert made.findings == ()
        before = made.report


@given(cases(), st.integers(0, 90))
def test_what_was_signed_goes_on_whatever_comes_later(
    dockets: list[Docket[Event]], after: int
) -> None:
    """A report signed on a day is not moved by what happens from the next day on."""
    year = YEARS[0]
    signed = date(year, 12, 31) + timedelta(days=after)
    then = [
        docket._replace(events=tuple(e for e in docket.events if e.on <= signed))
        for docket in dockets
        if docket.events[0].on <= signed
    ]
    published = compile_report(Ledger(BODY, then), year).report
    later = Ledger(BODY, dockets, closed={year: signed})
    assert compile_report(later, year + 1, published).findings == ()
    again = compile_report(later, year).report
    assert values(again, "requests/") == values(published, "requests/")


@fewer
@given(ledgers(), years, st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_changes_nothing(
    ledger: Ledger, year: int, chance: random.Random
) -> None:
    mixed = [list(ledger.cases), list(ledger.disputes)]
    for each in mixed:
        chance.shuffle(each)
    shuffled = ledger._replace(cases=iter(mixed[0]), disputes=iter(mixed[1]))
    assert compile_report(shuffled, year) == compile_report(ledger, year)


@given(st.lists(told_late(longest=8), max_size=5), st.data())
def test_a_tally_kept_event_by_event_is_a_full_replay(
    drawn: list[list[Event]], data: st.DataObject
) -> None:
    """In whatever order it is entered: out goes what a case added, in comes the new."""
    kept: Counter[Stretch] = Counter()
    held = [1] * len(drawn)
    for history in drawn:
        kept.update(tally_case(history[:1], RULES, {}))
    waiting = [n for n, each in enumerate(drawn) for _ in each[1:]]
    for number in data.draw(st.permutations(waiting)):
        kept.subtract(tally_case(drawn[number][: held[number]], RULES, {}))
        held[number] += 1
        kept.update(tally_case(drawn[number][: held[number]], RULES, {}))
    ledger = Ledger(BODY, [Docket(str(n), tuple(each)) for n, each in enumerate(drawn)])
    books = Books(BODY, +kept, frozenset({"cases"}))
    for year in YEARS:
        made = compile_tally(books, year)
        assert made.report == compile_report(ledger, year).report
        assert values(made.report, "requests/") == _counted_plainly(drawn, year)


def _counted_plainly(drawn: list[list[Event]], year: int) -> dict[str, object]:
    """Return table three of a year as somebody would count it by hand."""
    found: Counter[str] = Counter()
    for history in drawn:
        stands = place(replay(history), RULES)
        for line in (lines(stands, year) or ()) if stands else ():
            ended = line not in {"received", "carried_in", "carried_out"}
            for each in {line, "concluded"} if ended else {line}:
                found[f"requests/{each}/{stands.applicant}"] += 1
                found[f"requests/{each}/total"] += 1
    cells = edition_for(year).cell_ids()
    return {cell: found[cell] for cell in cells if cell.startswith("requests/")}


@fewer
@given(ledgers(most=4), years, st.data())
def test_an_adjustment_is_always_visible(
    ledger: Ledger, year: int, data: st.DataObject
) -> None:
    plain = compile_report(ledger, year)
    able = [cell for cell, origin in plain.origins.items() if not origin.parts]
    cell = data.draw(st.sampled_from([each for each in able if "/" in each[6:]]))
    change = Adjustment(
        cell, data.draw(st.integers(0, 9)), "补登", "周某", date(2028, 1, 5)
    )
    made = compile_report(ledger._replace(adjustments=(change,)), year)
    assert [each.adjustment for each in made.adjustments] == [change]
    moved = {
        each
        for each, fact in made.report.facts.items()
        if fact.value != plain.report.facts[each].value
    }
    shown = {each for each, origin in made.origins.items() if change in origin.adjustments}
    assert moved <= shown
    assert cell in shown


@given(st.data(), st.sampled_from([2020, 2025]))
def test_what_nobody_entered_stays_blank_and_unsaid(data: st.DataObject, year: int) -> None:
    """A table entered by hand, in part: its totals follow or stay blank."""
    edition = edition_for(year)
    every = [cell for cell in edition.cell_ids() if cell not in totals(edition.id)]
    kept = data.draw(st.lists(st.sampled_from(edition.tables), unique=True, max_size=3))
    most = [cell for cell in every if cell.split("/")[0] in {table.id for table in kept}]
    left = set(data.draw(st.lists(st.sampled_from(every), max_size=3)))
    entered = {cell: data.draw(st.integers(0, 3)) for cell in most if cell not in left}
    figures = [Figure(cell, value, "登记簿") for cell, value in entered.items()]
    made = compile_report(Ledger(BODY, figures=figures), year).report
    for cell, fact in made.facts.items():
        parts = totals(edition.id).get(cell, (cell,))
        known = [entered[part] for part in parts if part in entered]
        assert fact.value == (sum(known) if len(known) == len(parts) else None)
    text = "".join(each.text for each in made.paragraphs)
    assert "None" not in text
    assert ("本年新收" in text or "没有收到" in text) == all(
        made.facts[f"requests/{line}/total"].value is not None
        for line in ("received", "carried_in")
    )


@fewer
@given(cases())
def test_the_months_of_a_year_make_up_the_year(dockets: list[Docket[Event]]) -> None:
    ledger = Ledger(BODY, dockets)
    for year in YEARS[:2]:
        firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
        months = [
            compile_period(ledger, first, after - timedelta(days=1))
            for first, after in pairwise(firsts)
        ]
        whole = compile_period(ledger, firsts[0], date(year, 12, 31))
        assert whole.figures == values(compile_report(ledger, year).report, "requests/")
        for cell, figure in whole.figures.items():
            line = cell.split("/")[1]
            parts = [month.figures[cell] for month in months]
            if line == "carried_in":
                assert figure == parts[0]
            elif line == "carried_out":
                assert figure == parts[-1]
            else:
                assert figure == sum(parts)


@pytest.mark.parametrize("to", FORMATS)
@settings(max_examples=4)
@given(ledger=ledgers(most=3), year=years, amount=st.decimals("0", "9999", places=2))
def test_what_is_compiled_and_written_is_read_back(
    to: str, ledger: Ledger, year: int, amount: Decimal
) -> None:
    charged = Figure("disclosure/administrative_fees/amount", amount, "财务科")
    made: Compiled = compile_report(ledger._replace(figures=(charged,)), year)
    again = mingtang.read(mingtang.write(made.report, to)).report
    assert {cell: (fact.state, fact.value) for cell, fact in again.facts.items()} == {
        cell: (fact.state, fact.value) for cell, fact in made.report.facts.items()
    }
    assert (again.body, again.year) == (BODY, year)
