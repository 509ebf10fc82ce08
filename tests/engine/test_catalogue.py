"""One home for every rule: unique codes and names, and a way back from retired ones."""

from __future__ import annotations

import re

import pytest

from mingtang import catalogue
from mingtang.catalogue import CatalogueError, UnknownRuleError, catalogued, rule, rules
from mingtang.checking.rules import CHECKS
from mingtang.compiling.rules import RULES as COMPILING_RULES
from mingtang.form.loading import sum_words
from mingtang.reading.rules import RULES as READING_RULES


def test_the_catalogue_holds_reading_compiling_sums_and_checking() -> None:
    held = {each.code for each in READING_RULES}
    held |= {each.code for each in COMPILING_RULES}
    held |= set(sum_words())
    held |= {check.rule.code for check in CHECKS}
    assert set(rules()) == held


def test_the_catalogue_is_in_the_order_of_codes() -> None:
    assert list(rules()) == sorted(rules())


def test_a_rule_is_found_by_code_or_name() -> None:
    assert rule("S303") is rule("row-total-differs") is rule(" s303 ")


@pytest.mark.parametrize(
    ("asked", "near"),
    [("row-total", "S303 row-total-differs"), ("身份证", "F307"), ("S3003", "S303")],
)
def test_an_unknown_rule_names_its_neighbours(asked: str, near: str) -> None:
    with pytest.raises(UnknownRuleError, match=re.escape(near)) as raised:
        rule(asked)
    assert f"没有“{asked}”这条规则" in str(raised.value)


def test_without_neighbours_the_shape_of_a_code_is_told() -> None:
    with pytest.raises(UnknownRuleError, match="S303"):
        rule("zzzz")


def test_a_retired_code_leads_to_its_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "RETIRED", {"S999": "S303"})
    assert rule("S999").code == "S303"


def test_every_retired_code_leads_somewhere() -> None:
    assert set(catalogue.RETIRED.values()) <= set(rules())
    assert not set(catalogue.RETIRED) & set(rules())


def test_a_code_that_stands_twice_is_refused() -> None:
    one = rule("S303")
    with pytest.raises(CatalogueError, match="S303"):
        catalogued([one, one._replace(name="another-name")])


def test_a_name_that_stands_twice_is_refused() -> None:
    one = rule("S303")
    with pytest.raises(CatalogueError, match="row-total-differs"):
        catalogued([one, one._replace(code="S399")])
