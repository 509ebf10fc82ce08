from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mingtang.place import LEDGERS, Place

COUNTS = st.none() | st.integers(1, 500)
POINTS = st.floats(0, 2000, allow_nan=False)
PLACES = st.builds(
    Place,
    page=COUNTS,
    table=COUNTS,
    row=COUNTS,
    column=COUNTS,
    paragraph=COUNTS,
    start=COUNTS,
    end=COUNTS,
    box=st.none() | st.tuples(POINTS, POINTS, POINTS, POINTS),
    ledger=st.none() | st.sampled_from(sorted(LEDGERS)),
)


@given(PLACES)
def test_json_holds_what_applies_and_nothing_else(place: Place) -> None:
    printed = json.loads(json.dumps(place.as_json()))
    if "box" in printed:
        printed["box"] = tuple(printed["box"])
    assert Place(**printed) == place
    assert None not in printed.values()


@given(PLACES)
def test_a_place_always_has_words(place: Place) -> None:
    assert str(place)


def test_a_place_names_itself_in_chinese() -> None:
    assert str(Place(table=2, row=5, column=3)) == "第2个表第5行第3列"
    assert str(Place(page=3, paragraph=12, start=1, end=4)) == "第3页第12段"


def test_no_address_means_the_whole_text() -> None:
    assert str(Place()) == "全文"
