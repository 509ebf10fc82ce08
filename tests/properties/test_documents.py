"""Whatever documents a body has, its table two and its words hold together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

import mingtang
from mingtang.case.rulebook import Rulebook
from mingtang.compiling import (
    Books,
    CleanUp,
    Interpreted,
    Ledger,
    Publications,
    compared,
    compile_report,
    compile_tally,
    tally_document,
    words_of,
)
from mingtang.compiling.tally import DOCUMENT_LINES
from mingtang.publication.effective import tally
from mingtang.publication.explaining import explain
from tests.properties.documents import CHOICES, YEARS, stocks

BODY = "清河市东湖区水务局"
COUNT = st.none() | st.integers(0, 2000)
PARTS = st.dictionaries(
    st.sampled_from(["政策文件", "财政预算、决算", "图解"]), st.integers(0, 900)
).map(lambda parts: tuple(parts.items()))
KNOWN = st.builds(
    Publications,
    **{
        name: COUNT
        for name in Publications._fields
        if name not in {"columns", "means", "interpreted", "cleaned", "explanations"}
    },
    columns=PARTS,
    means=PARTS,
    interpreted=st.none()
    | st.tuples(st.integers(0, 40), st.integers(0, 40), st.none() | st.integers(0, 9)).map(
        lambda drawn: Interpreted(max(drawn[:2]), min(drawn[:2]), drawn[2])
    ),
    cleaned=st.none() | st.builds(CleanUp, *[st.integers(0, 30)] * 4),
)


@given(stocks(), st.sampled_from(YEARS), CHOICES)
def test_table_two_is_the_tally_of_its_documents(stock, year, choices) -> None:
    made = compile_report(
        Ledger(BODY, documents=stock, rules=Rulebook(choices=choices)), year
    )
    for kind, counts in tally(stock, year, choices).items():
        for column in ("issued", "repealed", "in_force"):
            cell = f"{DOCUMENT_LINES[kind]}/{column}"
            counted = getattr(counts, column)
            assert made.report.facts[cell].value == counted.number
            assert made.origins[cell].numbers == counted.ids
            assert made.origins[cell].ledger == "documents"


@given(stocks(), st.sampled_from(YEARS), CHOICES)
def test_a_tally_kept_document_by_document_makes_the_same_report(
    stock, year, choices
) -> None:
    rules = Rulebook(choices=choices)
    kept: Counter = Counter()
    for each in stock:
        kept.update(tally_document(each.events[:1], each.kind, rules))
        kept.subtract(tally_document(each.events[:1], each.kind, rules))
        kept.update(tally_document(each.events, each.kind, rules))
    books = Books(BODY, +kept, frozenset({"documents"}), rules=rules)
    made = compile_report(Ledger(BODY, documents=stock, rules=rules), year)
    assert compile_tally(books, year).report == made.report


@settings(max_examples=60)
@given(stocks(), st.sampled_from(YEARS), KNOWN, COUNT)
def test_no_word_of_the_draft_speaks_against_its_tables(stock, year, known, before) -> None:
    counts = tally(stock, year)
    explained = tuple(explain(each, before) for each in counts.values())
    known = known._replace(explanations=explained)
    made = compile_report(Ledger(BODY, documents=stock, publications=known), year).report
    found = [one for one in mingtang.check(made) if one.assessed]
    assert [one for one in found if one.weight.value == "contradiction"] == []
    drafted = words_of(made)
    assert compared(made, drafted).findings == ()


@settings(max_examples=60)
@given(st.sampled_from(YEARS), KNOWN, KNOWN)
def test_a_sentence_of_other_figures_is_seen(year, then, now) -> None:
    """One draft is held against other figures: a number that moved is found."""
    before = compile_report(Ledger(BODY, publications=then), year).report
    after = words_of(compile_report(Ledger(BODY, publications=now), year).report)
    moved = then.accounts is not None and now.accounts is not None
    moved = moved and then.accounts != now.accounts
    found = [one.quote for one in compared(before, after).findings]
    assert any("新媒体账号" in quote for quote in found) or not moved
