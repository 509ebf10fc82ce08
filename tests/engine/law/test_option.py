"""Open points offer choices, have a default, and say why they are open."""

from __future__ import annotations

import pytest

from mingtang.law import options
from mingtang.law.option import UnknownChoiceError, option


def test_every_open_point_says_why_it_is_open() -> None:
    for known in options():
        assert known.unsettled
        assert known.choose() == known.default
        assert known.choose(known.choices[-1][0]) == known.choices[-1][0]


def test_an_unknown_choice_is_refused_with_what_is_offered() -> None:
    with pytest.raises(UnknownChoiceError, match="不计入，自次日起算"):
        option("start_day").choose("tomorrow")


def test_an_unknown_point_is_refused() -> None:
    with pytest.raises(KeyError, match="start_day"):
        option("nothing")
