"""Every sample of ``tests/golden/rules`` gives exactly the findings it lists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mingtang.catalogue import rules
from mingtang.checking import check
from tests.engine.checking.sample_pages import Case, SamplePage, sample_page

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from tests.engine.checking.sample_pages import Expected

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "rules"
PAGES = {path.stem: sample_page(path) for path in sorted(FOLDER.glob("*-*.md"))}
CASES = [
    pytest.param(page, case, id=f"{page.code} {case.name}")
    for page in PAGES.values()
    for case in page.cases
]


@pytest.mark.parametrize(("page", "case"), CASES)
def test_a_sample_gives_what_it_lists(page: SamplePage, case: Case) -> None:
    found = [each for each in check(case.report) if each.rule.code == page.code]
    counted = Counter("发现" if each.assessed else "未判" for each in found)
    listed = Counter(each.word for each in case.expected if each.word in ("发现", "未判"))
    assert counted == listed, [each.message for each in found]
    for expected in case.expected:
        assert expected.code == page.code
        assert expected.word == "不报" or any(_is(each, expected) for each in found), (
            expected,
            [each.message for each in found],
        )


@pytest.mark.parametrize("code", [code for code in rules() if not code.startswith("R")])
def test_every_rule_of_checking_has_its_samples(code: str) -> None:
    page = PAGES[f"{code}-{rules()[code].name}"]
    rule = rules()[code]
    assert (page.code, page.name, page.title) == (code, rule.name, rule.title)
    words = {each.word for case in page.cases for each in case.expected}
    assert "发现" in words, "no sample shows the fault"
    assert words & {"不报", "未判"}, "no sample stays silent"


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
