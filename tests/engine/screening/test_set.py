"""How well the labelled set is screened: recall of what has a checksum, and precision."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from mingtang.screening import Hit, Kind, screen

HERE = Path(__file__).resolve().parents[2] / "screening"
HALVES = ("opened", "unopened")
"""Both are open (tests/screening/README.md): what they hold is not lost again."""

FRESH = 0.98
"""What is found of `fresh.yaml`, which is regression data since it was looked at."""


class Score(NamedTuple):
    """Labels found and missed by kind, and findings that touch no label."""

    found: Counter[str]
    missed: Counter[str]
    false: Counter[str]
    told: tuple[str, ...]

    def recall(self, *kinds: str) -> float:
        found = sum(self.found[kind] for kind in kinds)
        return found / (found + sum(self.missed[kind] for kind in kinds))

    @property
    def precision(self) -> float:
        return self.found.total() / (self.found.total() + self.false.total())


def score(half: str) -> Score:
    found, missed, false, told = Counter(), Counter(), Counter(), []
    for case in yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8")):
        left, cursor = list(screen(case["text"])), 0
        for label in case["hits"]:
            start = case["text"].index(label["text"], cursor)
            cursor = start + len(label["text"])
            met = [hit for hit in left if touches(hit, label["kind"], start, cursor)]
            (found if met else missed)[label["kind"]] += 1
            told += (
                [] if met else [f"{case['id']}: {label['kind']} {label['text']!r} missed"]
            )
            left = [hit for hit in left if hit not in met]
        for hit in left:
            false[hit.kind.value] += 1
            told.append(f"{case['id']}: {hit.kind.value} {hit.text!r} is none")
    return Score(found, missed, false, tuple(told))


def touches(hit: Hit, kind: str, start: int, end: int) -> bool:
    return hit.kind == kind and hit.start < end and start < hit.end


@pytest.mark.parametrize("half", HALVES)
def test_the_labelled_set_is_found_and_little_else(half: str) -> None:
    made = score(half)
    told = "\n".join(made.told)
    assert made.recall(Kind.RESIDENT_NUMBER, Kind.BANK_CARD) >= 0.99, told
    assert made.recall(*Kind) >= 0.98, told
    assert made.precision >= 0.99, told


def test_no_false_alarm_in_a_set_comes_again() -> None:
    made = score("fresh")
    told = "\n".join(made.told)
    assert made.recall(Kind.RESIDENT_NUMBER, Kind.BANK_CARD) == 1, told
    assert made.recall(*Kind) >= FRESH, told
    assert made.precision == 1, told


def test_a_cause_that_was_mended_stays_mended() -> None:
    assert score("causes").told == ()


@pytest.mark.parametrize("half", HALVES)
def test_each_hit_stands_where_it_says(half: str) -> None:
    for case in yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8")):
        for hit in screen(case["text"]):
            assert case["text"][hit.start : hit.end] == hit.text
            assert hit.why


@pytest.mark.parametrize("half", HALVES)
def test_suggestions_are_the_labels(half: str) -> None:
    for case in yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8")):
        hits = {hit.text: hit.suggestion for hit in screen(case["text"])}
        for label in case["hits"]:
            if label["kind"] == Kind.TYPO and label["text"] in hits:
                assert hits[label["text"]] == label["suggestion"], case["id"]
