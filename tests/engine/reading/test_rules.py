from __future__ import annotations

import re
from string import Formatter

import pytest

from mingtang.finding import Rule
from mingtang.reading.rules import RULES

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_codes_and_names_are_used_once_and_codes_rise() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@each_rule
def test_a_rule_of_reading_is_of_family_r(rule: Rule) -> None:
    assert re.fullmatch(r"R\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.title
    assert "国办" in rule.basis


@each_rule
def test_a_page_has_its_title_and_six_parts(rule: Rule) -> None:
    title, blank, *parts = rule.page.split("\n")
    assert (title, blank) == (f"{rule.title}。", "")
    names = [part.split("：", 1)[0] for part in parts]
    assert names == ["查什么", "依据", "为什么", "例", "何时不算错", "怎么改"]
    assert all(part.split("：", 1)[1].strip() for part in parts)


@each_rule
def test_a_message_is_plain_words_with_named_fields(rule: Rule) -> None:
    names = [name for _, name, *_ in Formatter().parse(rule.message) if name is not None]
    assert all(name.isidentifier() for name in names)
