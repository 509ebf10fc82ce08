"""A rule is its page: what the decorator makes of it, and what every page must have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mingtang.catalogue import rules
from mingtang.checking import check
from mingtang.checking.evidence import evidence
from mingtang.checking.rule import PAGE_SECTIONS, Fault, RulePageError, page_sections, rule
from mingtang.checking.rules import CHECKS
from mingtang.finding import Remedy, Weight
from mingtang.law.citation import parse_citations
from tests.builders import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence
    from mingtang.checking.rule import Check
    from mingtang.finding import Rule

PAGE = """印错了。

查什么：有没有印错。
依据：国办公开办函〔2021〕30号
为什么：印错了不好，
读者看不懂。
例：把 A
B 印成 C。
何时不算错：没有例外。
怎么改：改正。
"""
SAYS_WHAT_TO_DO = re.compile(r"(avoid|do-not|use|prefer|check|must|never|always|no)-")

each_rule = pytest.mark.parametrize("made", rules().values(), ids=lambda made: made.code)
each_check = pytest.mark.parametrize("made", CHECKS, ids=lambda made: made.rule.code)


def test_a_page_is_taken_apart_and_broken_lines_are_joined() -> None:
    title, sections = page_sections(PAGE)
    assert title == "印错了。"
    assert tuple(sections) == PAGE_SECTIONS
    assert sections["为什么"] == "印错了不好，读者看不懂。"
    assert sections["例"] == "把 A B 印成 C。"


@pytest.mark.parametrize(
    "broken",
    [
        PAGE.replace("怎么改：改正。", ""),
        PAGE.replace("例：把 A\nB 印成 C。", "例："),
        PAGE.replace("查什么：", "看什么："),
        PAGE.replace("依据：国办公开办函〔2021〕30号\n", "") + "依据：条例\n",
        "",
    ],
)
def test_a_page_that_lacks_a_section_is_refused(broken: str) -> None:
    with pytest.raises(RulePageError, match="须依次有"):
        page_sections(broken)


def test_the_decorator_makes_the_rule_of_the_page() -> None:
    def misprinted(seen: Evidence) -> Iterator[Fault]:
        yield Fault({"body": seen.report.body}, cells=("a",), subject="s")

    misprinted.__doc__ = PAGE
    made = rule(
        code="F999", name="misprinted", weight=Weight.DOUBT, message="{body}印错了"
    )(misprinted)
    assert made.rule.title == "印错了"
    assert made.rule.basis == "国办公开办函〔2021〕30号"
    assert made.rule.page.startswith("印错了。\n\n查什么：")
    [finding] = made.findings(evidence(report()))
    assert finding.message == "清河市东湖区档案局印错了"
    assert finding.remedy == Remedy("ask", "改正。")
    assert (finding.cells, finding.subject, finding.assessed) == (("a",), "s", True)


def test_the_same_words_in_two_places_are_one_finding() -> None:
    twice = report(preface="统计，，联系\n统计，，联系")
    [finding] = [each for each in check(twice) if each.rule.code == "F301"]
    assert [place.paragraph for place in finding.places] == [2, 3]


@each_rule
def test_a_page_has_the_six_sections_in_order(made: Rule) -> None:
    title, sections = page_sections(made.page)
    assert title == f"{made.title}。"
    assert sections["依据"] == made.basis


@each_rule
def test_the_basis_can_be_looked_up(made: Rule) -> None:
    assert parse_citations(made.basis)


@each_rule
def test_a_name_states_the_fault(made: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", made.name)
    assert not SAYS_WHAT_TO_DO.match(made.name)


@each_rule
def test_a_code_is_a_family_and_a_number(made: Rule) -> None:
    assert re.fullmatch(r"[RFSTYPL][1-9]\d\d", made.code)


@each_rule
def test_a_message_speaks_chinese_and_ends_open(made: Rule) -> None:
    """Messages are set side by side, so they end without a full stop."""
    assert re.search(r"[\u4e00-\u9fff]|\{", made.message)
    assert not made.message.endswith(("。", "."))


@each_check
def test_the_file_and_the_function_are_named_like_the_rule(made: Check) -> None:
    name = made.rule.name.replace("-", "_")
    assert made.faults.__name__ == name
    assert made.faults.__module__ == f"mingtang.checking.rules.{name}"


def test_the_rules_stand_in_the_order_of_their_codes() -> None:
    codes = [made.rule.code for made in CHECKS]
    assert codes == sorted(codes)
