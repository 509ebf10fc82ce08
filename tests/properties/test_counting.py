"""The year's tables balance whatever the cases and disputes are: table three and four."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.counting import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    PENDING,
    Place,
    cells,
    lines,
    place,
)
from mingtang.case.disputes import DisputeEvent, Filed
from mingtang.case.replaying import replay
from mingtang.form.loading import edition_for
from tests.properties.histories import RULES, histories, told_late, with_parts
from tests.properties.proceedings import proceedings

YEARS = range(2023, 2030)


@given(told_late())
def test_a_case_comes_in_once_and_ends_at_most_once(history: list[e.Event]) -> None:
    """On each 31 December it has its result or is carried over, never both, never twice."""
    stands = place(replay(history), RULES)
    found = [lines(stands, year) for year in YEARS] if stands else []
    told = [pair for pair in found if pair]
    came, went = [pair[0] for pair in told], [pair[1] for pair in told]
    assert came == [NEW, *[CARRIED_IN] * (len(told) - 1)][: len(told)]
    results = [line for line in went if line != CARRIED_OUT]
    assert len(results) <= 1
    assert went[: len(went) - len(results)] == [CARRIED_OUT] * (len(told) - len(results))
    # From the year it came to the year it ended there is no gap.
    known = [year for year, pair in zip(YEARS, found, strict=False) if pair]
    assert known == list(range(known[0], known[-1] + 1)) if known else True


@given(histories())
def test_where_a_case_counts_is_settled_with_the_year(history: list[e.Event]) -> None:
    """What comes later changes no table of a year gone by, but the column."""
    final = place(replay(history), RULES)
    for year in {event.on.year for event in history}:
        then = [event for event in history if event.on <= date(year, 12, 31)]
        stood = place(replay(then), RULES) if then else None
        now = lines(final, year) if final else None
        assert (lines(stood, year) if stood else None) == now


@given(st.lists(histories(longest=8), max_size=8), st.data())
def test_every_year_of_every_ledger_balances(
    ledger: list[list[e.Event]], data: st.DataObject
) -> None:
    """每列：一加二等于三（七）加四；上年四等于本年二."""
    whole = [each for history in ledger for each in with_parts(data.draw, history)]
    places = [stands for each in whole if (stands := place(replay(each), RULES))]
    years = {year: _table(places, year) for year in YEARS}
    for year, table in years.items():
        known = {line for line, _ in table} - {NEW, CARRIED_IN, CARRIED_OUT}
        for kind in {applicant for _, applicant in table}:
            ended = sum(table[line, kind] for line in known)
            came = table[NEW, kind] + table[CARRIED_IN, kind]
            assert came == ended + table[CARRIED_OUT, kind]
            before = years.get(year - 1, Counter())
            assert table[CARRIED_IN, kind] == before[CARRIED_OUT, kind]
        assert {f"requests/{line}/{kind}" for line, kind in table} <= set(
            edition_for(max(year, 2021)).cell_ids()
        )
    received = sum(replay(each).received is not None for each in ledger)
    parts = sum(len(each) for each in _splits(whole))
    gone = sum(
        bool((closing := replay(each).closing) and closing.how in {"split", "merged"})
        for each in whole
        if replay(each).received
    )
    assert sum(table[NEW, k] for table in years.values() for k in _kinds(table)) == (
        received + parts - gone
    )


def _table(places: list[Place], year: int) -> Counter[tuple[str, str]]:
    return Counter(
        (line, each.applicant) for each in places for line in lines(each, year) or ()
    )


def _kinds(table: Counter[tuple[str, str]]) -> set[str]:
    return {kind for _, kind in table}


def _splits(whole: list[list[e.Event]]) -> list[tuple[str, ...]]:
    closings = (replay(each).closing for each in whole)
    return [each.to for each in closings if each and each.how == "split"]


@given(proceedings())
def test_a_dispute_stands_in_one_cell_of_a_year_and_is_concluded_once(
    history: list[DisputeEvent],
) -> None:
    by_year = [list(cells(history, date(year, 12, 31), {})) for year in YEARS]
    assert all(len(found) <= 1 for found in by_year)
    columns = [cell.column for found in by_year for cell in found]
    ended = [column for column in columns if column != PENDING]
    assert columns == [PENDING] * (len(columns) - len(ended)) + ended
    assert len(ended) <= 1
    counted = history[0].counts if isinstance(history[0], Filed) else False
    assert bool(columns) is counted
    table = set(edition_for(2025).cell_ids())
    for found in by_year:
        assert {f"disputes/{cell.kind}/{cell.column}" for cell in found} <= table


@given(proceedings(), st.integers(0, 2200))
def test_a_dispute_can_be_told_as_of_any_day(
    history: list[DisputeEvent], after: int
) -> None:
    assert len(list(cells(history, date(2024, 1, 1) + timedelta(days=after), {}))) <= 1
