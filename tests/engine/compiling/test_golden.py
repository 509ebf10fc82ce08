"""Every ledger of ``tests/golden/compiling`` gives what it lists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mingtang.compiling import compile_report
from mingtang.report import State
from tests.builders import report
from tests.engine.compiling.ledgers import told

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "compiling"
CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load_all(path.read_text("utf-8"))
]


def compiled(case):
    before = None
    if "before" in case:
        before = report(cells=case["before"], year=case["year"] - 1)
    return compile_report(told(case), case["year"], before)


@pytest.mark.parametrize("case", CASES)
def test_the_cells_are_those_it_lists_and_no_others(case) -> None:
    facts = compiled(case).report.facts
    assert {cell: fact.value for cell, fact in facts.items() if fact.value} == case[
        "expect"
    ]
    for cell in case.get("blank", ()):
        assert facts[cell].state is State.BLANK


@pytest.mark.parametrize("case", CASES)
def test_the_words_say_what_it_lists(case) -> None:
    text = "\n".join(each.text for each in compiled(case).report.paragraphs)
    assert [words for words in case.get("says", ()) if words not in text] == []
    assert [words for words in case.get("silent", ()) if words in text] == []


@pytest.mark.parametrize("case", CASES)
def test_its_origins_and_fees_are_those_it_lists(case) -> None:
    made = compiled(case)
    for cell, numbers in case.get("origins", {}).items():
        assert list(made.origins[cell].numbers) == numbers
    if "fees" in case:
        assert list(made.fees) == case["fees"]
    for cell, fact in made.report.facts.items():
        if fact.state is State.NUMBER:
            assert fact.place.ledger == made.origins[cell].ledger


@pytest.mark.parametrize("case", CASES)
def test_it_finds_against_last_year_what_it_lists(case) -> None:
    found = []
    for finding in compiled(case).findings:
        said = "" if finding.assessed else "未判 "
        before, _, rest = finding.message.partition("：")
        column = before.split("“")[-1].removesuffix("”")
        found.append(f"{said}{finding.rule.code} {column}：{rest}")
    listed = case.get("findings", [])
    assert len(found) == len(listed), found
    for one, wanted in zip(found, listed, strict=True):
        assert one.startswith(wanted)
