"""Every sample of ``tests/golden/rules`` gives exactly the findings it lists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mingtang.catalogue import rules
from mingtang.checking import check
from mingtang.compiling.rules import RULES as COMPILING_RULES
from mingtang.reading import read
from mingtang.reading.rules import RULES as READING_RULES
from tests.engine.checking.sample_pages import Case, SamplePage, sample_page
from tests.engine.reading.reading_pages import ReadingCase, ReadingPage, reading_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.finding import Finding
    from mingtang.report import Report
    from tests.engine.checking.sample_pages import Expected

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "rules"
PAGES = {path.stem: sample_page(path) for path in sorted(FOLDER.glob("[!R]*-*.md"))}
READING_PAGES = {path.stem: reading_page(path) for path in sorted(FOLDER.glob("R*-*.md"))}
CASES = [
    pytest.param(page, case, id=f"{page.code} {case.name}")
    for page in PAGES.values()
    for case in page.cases
]
READING_CASES = [
    pytest.param(page, case, id=f"{page.code} {case.name}")
    for page in READING_PAGES.values()
    for case in page.cases
]
STATES = {
    "空白": "blank",
    "不适用": "not_applicable",
    "读不出": "unreadable",
    "没有": "absent",
}


@pytest.mark.parametrize(("page", "case"), CASES)
def test_a_sample_gives_what_it_lists(page: SamplePage, case: Case) -> None:
    _agree(page.code, check(case.report), case.expected)


@pytest.mark.parametrize(("page", "case"), READING_CASES)
def test_a_file_is_read_as_its_page_says(page: ReadingPage, case: ReadingCase) -> None:
    reading = read(case.data)
    _agree(page.code, reading.findings, case.expected)
    for cells, printed in case.cells:
        assert _shown(reading.report, cells) == printed, cells


OF_COMPILING = {rule.code for rule in COMPILING_RULES}
"""Their samples are ledgers, ``tests/golden/compiling``."""
OTHERS = [code for code in rules() if code not in OF_COMPILING]


@pytest.mark.parametrize("code", [code for code in OTHERS if not code.startswith("R")])
def test_every_rule_of_checking_has_its_samples(code: str) -> None:
    _has_samples(code, PAGES[f"{code}-{rules()[code].name}"])


@pytest.mark.parametrize("code", [rule.code for rule in READING_RULES])
def test_every_rule_of_reading_has_its_samples(code: str) -> None:
    _has_samples(code, READING_PAGES[f"{code}-{rules()[code].name}"])


def test_every_page_belongs_to_a_rule() -> None:
    assert {*PAGES, *READING_PAGES} == {f"{code}-{rules()[code].name}" for code in OTHERS}


def _has_samples(code: str, page: SamplePage | ReadingPage) -> None:
    rule = rules()[code]
    assert (page.code, page.name, page.title) == (code, rule.name, rule.title)
    words = {each.word for case in page.cases for each in case.expected}
    assert "发现" in words, "no sample shows the fault"
    assert words & {"不报", "未判"}, "no sample stays silent"


def _agree(code: str, findings: Iterable[Finding], listed: tuple[Expected, ...]) -> None:
    found = [each for each in findings if each.rule.code == code]
    counted = Counter("发现" if each.assessed else "未判" for each in found)
    wanted = Counter(each.word for each in listed if each.word in ("发现", "未判"))
    assert counted == wanted, [each.message for each in found]
    for expected in listed:
        assert expected.code == code
        assert expected.word == "不报" or any(_is(each, expected) for each in found), (
            expected,
            [each.message for each in found],
        )


def _is(finding: Finding, expected: Expected) -> bool:
    if expected.word == "可能":
        return _changes(finding) == [expected.text]
    if finding.assessed is not (expected.word == "发现"):
        return False
    text = expected.text or ""
    if " ≠ " in text:
        equation = finding.equation
        where = f"“{expected.where}”" in finding.message
        return where and equation is not None and equation[:2] == tuple(text.split(" ≠ "))
    return text in finding.message or text in (finding.quote or "")


def _changes(finding: Finding) -> list[str]:
    changes = () if finding.remedy is None else finding.remedy.changes
    return [f"{change.cell} {change.before}→{change.after}" for change in changes]


def _shown(report: Report, cells: str) -> str:
    """Return how the cells whose ids begin so were read, in the form's order."""
    texts = []
    for cell, fact in report.facts.items():
        if cell == cells or cell.startswith(f"{cells}/"):
            word = next((word for word, state in STATES.items() if state == fact.state), "")
            texts.append(word or str(fact.value))
    return texts[0] if texts and len(set(texts)) == 1 else "、".join(texts)
