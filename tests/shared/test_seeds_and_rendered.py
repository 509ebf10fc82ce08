"""The five seeds, read by eye beforehand, and the gold tables in their text shapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from mingtang.form.loading import edition
from tests.trials.cases import answer
from tests.trials.corpus import SHARED, rendered, verdict
from tests.trials.judge import judge
from tests.trials.tables import Expect, answer_for

pytestmark = pytest.mark.shared

GOLDEN = Path(__file__).parents[1] / "golden" / "reports"
CELLS = edition("2021").cell_ids()


def expected(name: str) -> dict:
    return yaml.safe_load((GOLDEN / name / "facts.yaml").read_text(encoding="utf-8"))


def source(facts: dict) -> bytes:
    return (SHARED / "seeds" / facts["source"]).read_bytes()


def gold(facts: dict) -> dict[str, Expect]:
    texts = dict.fromkeys(CELLS, facts["otherwise"]) | facts["cells"]
    assert len(texts) == len(CELLS)
    return {cell: Expect((answer_for(text),)) for cell, text in texts.items()}


SEEDS = ("xisaishan-2024", "ziyang-2024", "muye-2023", "wujiang-2024", "jiguan-shiwu-2024")


@pytest.mark.parametrize("name", SEEDS)
def test_every_figure_of_a_seed_is_read_and_every_blank_kept(name):
    facts = expected(name)
    found = judge(gold(facts), answer(source(facts)))
    assert found.right == len(CELLS), str(found)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_gives_its_body_year_edition_and_day(name):
    facts = expected(name)
    report = answer(source(facts))
    assert report.body in facts["bodies"]
    assert report.year == facts["year"]
    assert report.edition.id == facts["edition"]
    assert report.signed_on == facts["signed_on"]


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_has_its_six_sections_in_order(name):
    numbers = [part.number for part in answer(source(expected(name))).sections]
    assert [number for number in numbers if number] == [1, 2, 3, 4, 5, 6]


def distinct(text: str) -> tuple[str, dict[str, Expect]]:
    """The text with a figure of its own in each cell that stands after a tab."""
    figure = re.compile(r"(?<=\t)([^\S\t\n\r]*)\d+(?=[^\S\t\n\r]*(?:[\t\n\r]|$))")
    first = re.compile(r"^0(?=\t0\t0\t0\t)", re.MULTILINE)  # S2's table 四 opens its line
    text = first.sub("\t0", text)
    values = iter(range(1001, 10_000, 7))
    used: list[str] = []

    def put(match: re.Match[str]) -> str:
        used.append(str(next(values)))
        return match[1] + used[-1]

    made = figure.sub(put, text)
    assert len(used) == len(CELLS)
    made = made.replace(f"\n\t{used[-15]}\t", f"\n{used[-15]}\t")
    return made, {
        cell: Expect((answer_for(value),)) for cell, value in zip(CELLS, used, strict=True)
    }


@pytest.mark.parametrize("name", [seed for seed in SEEDS if seed != "ziyang-2024"])
def test_a_seed_with_distinct_figures_shows_no_shift(name):
    text, wanted = distinct(source(expected(name)).decode("utf-8"))
    found = judge(wanted, answer(text.encode("utf-8")))
    assert found.right == len(CELLS), str(found)


@pytest.mark.parametrize(
    "sample",
    [pytest.param(one, id=one.name) for one in rendered()]
    or [pytest.param(None, id="none")],
)
def test_a_gold_table_is_read_whole_in_every_shape(sample):
    found = verdict(sample)
    assert not found.wrong, str(found)
    assert found.share >= 0.99, str(found)
