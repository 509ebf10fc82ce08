"""Every sample report is read cell by cell as its golden record says.

A record is written from the published figures, not from what the engine reads.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import mingtang
from mingtang.finding import Finding, Weight
from mingtang.form.loading import edition

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
RECORDS = sorted((ROOT / "tests" / "golden" / "samples").glob("*.yaml"))
each_record = pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
HEAVY = {Weight.BREACH, Weight.CONTRADICTION}


class Expected(NamedTuple):
    """A cell as it must be read: its state, its value, its unit."""

    state: str
    value: Decimal | None = None
    unit: str | None = None


@cache
def record(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def reading(path: Path) -> mingtang.Reading:
    return mingtang.read(SAMPLES / record(path)["file"])


@cache
def findings(path: Path) -> tuple[Finding, ...]:
    read = reading(path)
    return (*read.findings, *mingtang.check(read.report))


def expected_cells(gold: dict[str, Any]) -> dict[str, Expected]:
    """Return every cell of the edition; ``others`` says what the unnamed ones are."""
    rest = (
        Expected("number", Decimal(0)) if gold["others"] == "number" else Expected("blank")
    )
    cells = dict.fromkeys(edition(gold["edition"]).cell_ids(), rest)
    cells |= {
        cell: Expected("number", Decimal(text)) for cell, text in gold["numbers"].items()
    }
    for cell, (text, unit) in gold["units"].items():
        cells[cell] = Expected("number", Decimal(text), unit)
    cells |= dict.fromkeys(gold["blank"], Expected("blank"))
    return cells | dict.fromkeys(gold["absent"], Expected("absent"))


@each_record
def test_every_cell_is_read_as_printed(path: Path) -> None:
    facts = reading(path).report.facts
    gold = expected_cells(record(path))
    read = {
        cell: Expected(
            fact.state, None if fact.value is None else Decimal(fact.value), fact.unit
        )
        for cell, fact in facts.items()
    }
    assert {
        cell: (read.get(cell), want)
        for cell, want in gold.items()
        if read.get(cell) != want
    } == {}
    assert set(read) == set(gold)


@each_record
def test_body_year_edition_and_day_are_read(path: Path) -> None:
    gold, report = record(path), reading(path).report
    signed_on = gold["signed_on"] and date.fromisoformat(gold["signed_on"])
    assert report.body == gold["body"]
    assert report.year == gold["year"]
    assert report.edition is not None
    assert report.edition.id == gold["edition"]
    assert report.signed_on == signed_on


@each_record
def test_all_six_sections_are_found(path: Path) -> None:
    numbers = [part.number for part in reading(path).report.sections if part.number]
    assert numbers == [1, 2, 3, 4, 5, 6]


@each_record
def test_its_breaches_and_contradictions_are_found_and_no_others(path: Path) -> None:
    found = Counter(
        finding.rule.code for finding in findings(path) if finding.weight in HEAVY
    )
    assert dict(found) == record(path)["findings"]


@each_record
def test_its_doubts_and_notes_are_found(path: Path) -> None:
    found = {finding.rule.code for finding in findings(path) if finding.assessed}
    assert set(record(path)["notices"]) <= found


def test_every_sample_has_a_record_and_is_told_of() -> None:
    files = {path.name for path in SAMPLES.iterdir()}
    listed = (ROOT / "docs" / "reference" / "samples.md").read_text("utf-8")
    assert {record(path)["file"] for path in RECORDS} == files
    assert [name for name in sorted(files) if f"`{name}`" not in listed] == []


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_sample_says_that_its_words_are_ours(path: Path) -> None:
    encoding = "gb18030" if "gbk" in path.name else "utf-8"
    text = path.read_text(encoding)
    assert "不是该机关的原文" in text
