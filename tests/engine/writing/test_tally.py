"""Every file is counted once, whatever became of it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mingtang.writing.tally import Tally, summary, tally, totals
from tests.engine.writing.samples import clean_sheet, faulty_sheet, foreign_sheet

COUNTS = st.tuples(*[st.integers(0, 3)] * 4)
TALLIES = st.lists(
    st.builds(
        lambda counts, trouble, is_report: (
            Tally(1, "a", trouble=trouble)
            if trouble
            else Tally(1, "a", "", counts, 2, "", is_report)
        ),
        COUNTS,
        st.sampled_from(["", "", "坏"]),
        st.booleans(),
    ),
    max_size=9,
)


@given(TALLIES, st.integers(0, 4))
def test_the_parts_add_up_to_all_files(tallies, skipped):
    every, *parts = map(int, re.findall(r"(\d+)个", summary(tallies, skipped)))
    assert every == len(tallies) + skipped == sum(parts)


@given(TALLIES)
def test_the_weights_add_up_to_the_files_with_findings(tallies):
    words = summary(tallies)
    faulty = re.search(r"有发现(\d+)个（按最重的一级：(.*?)）", words)
    if faulty:
        assert sum(map(int, re.findall(r"\d+", faulty[2]))) == int(faulty[1])
    else:
        assert all(one.fate in {"clean", "foreign", "unreadable"} for one in tallies)


def test_the_totals_leave_out_what_was_not_read():
    tallies = [Tally(1, "a", "", (1, 0, 2, 0), 3), Tally(2, "b", trouble="坏")]
    assert totals(tallies) == (1, 0, 2, 0, 3)


def test_a_sheet_becomes_a_line():
    assert tally(faulty_sheet(), 1).fate == "breach"
    assert tally(clean_sheet(), 2).fate == "clean"
    assert tally(foreign_sheet(), 3).fate == "foreign"
