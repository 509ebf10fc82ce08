"""What fuzzing once found stays found: each kept input again, at every test."""

from __future__ import annotations

import json
import signal

import pytest

from tests.fuzz.run import KEPT, judge_bytes, judge_recipe
from tests.fuzz.run import _alarm as alarm
from tests.trials.cases import Recipe

RECIPES = sorted(path for path in KEPT.glob("*.json") if path.name != "progress.json")
INPUTS = sorted(KEPT.glob("*.bin"))


@pytest.fixture(autouse=True)
def _watchdog():
    before = signal.signal(signal.SIGALRM, alarm)
    yield
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in INPUTS])
def test_a_kept_input_is_read_or_refused(path):
    assert judge_bytes(path.read_bytes()) == ""


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in RECIPES])
def test_a_kept_trial_is_read_right_or_flagged(path):
    recipe = Recipe(**json.loads(path.read_text(encoding="utf-8")))
    assert judge_recipe(recipe) == ""
