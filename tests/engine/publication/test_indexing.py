"""A rule of index numbers is refused where it could give the same number twice."""

from __future__ import annotations

import pytest

from mingtang.publication.indexing import DEFAULT, FIELDS, IndexRule, IndexRuleError

CODE = "11440300007543210X"


@pytest.mark.parametrize(
    ("text", "values", "number", "series"),
    [
        (
            DEFAULT,
            {"code": CODE, "year": 2026, "serial": 7},
            f"{CODE}/2026-00007",
            f"{CODE}/2026-#",
        ),
        (
            "{code}-{topic}-{year}-{serial:05}",
            {"code": "006939748", "topic": "02", "year": 2025, "serial": 84},
            "006939748-02-2025-00084",
            "006939748-02-2025-#",
        ),
        (
            "{region}{code}{genre}{year}{serial:04}",
            {
                "region": "533321",
                "code": "01527918X",
                "genre": "08",
                "year": 2020,
                "serial": 1,
            },
            "53332101527918X0820200001",
            "53332101527918X082020#",
        ),
        (
            "清〔{year}〕{serial}号",
            {"year": 2026, "serial": 12},
            "清〔2026〕12号",
            "清〔2026〕#号",
        ),
    ],
)
def test_numbers_are_made_as_bodies_make_them(text, values, number, series) -> None:
    rule = IndexRule.parse(text)
    assert rule.number(values) == number
    assert rule.series(values) == series
    assert rule.serial_of(number, values) == values["serial"]
    assert rule.fields == tuple(name for name in rule.fields if name in FIELDS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "空的"),
        ("{code}/{year}", "没有流水号"),
        ("{serial}-{serial}", "用了两次"),
        ("{body}-{serial}", "不认识字段“{body}”"),
        ("{}-{serial}", "不认识字段“{}”"),
        ("{code-{serial}", "大括号"),
        ("{code}}-{serial}", "大括号"),
        ("{code}-{serial:5}", "冒号后面"),
        ("{year:02}-{serial}", "只有流水号"),
        ("{year}年{serial}<b>", "不能用的字符"),
        ("{year} {serial}", "不能用的字符"),
        ("{topic}{serial}", "连在一起"),
        ("{topic}{serial:05}{genre}", "连在一起"),
        ("A1{serial}", "连在一起"),
        ("{year}-{serial}" + "甲" * 60, "超过60个字符"),
    ],
)
def test_a_rule_that_does_not_hold_is_refused_with_what_to_do(text: str, why: str) -> None:
    with pytest.raises(IndexRuleError, match="索引号规则") as refused:
        IndexRule.parse(text)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"year": 2026, "serial": 1}, "缺少“机关代码”"),
        ({"code": CODE[:-1], "year": 2026, "serial": 1}, "18位统一社会信用代码"),
        ({"code": CODE, "year": 26, "serial": 1}, "4位数字"),
        ({"code": CODE, "year": 2026, "serial": 0}, "从1起的整数"),
        ({"code": CODE, "year": 2026, "serial": -1}, "从1起的整数"),
        ({"code": CODE, "year": 2026, "serial": "007"}, "从1起的整数"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(values, why: str) -> None:
    with pytest.raises(IndexRuleError, match=why):
        IndexRule.parse(DEFAULT).number(values)


def test_a_serial_outgrows_its_width_only_between_marks() -> None:
    grown = {"code": CODE, "year": 2026, "serial": 100_000}
    assert IndexRule.parse(DEFAULT).number(grown) == f"{CODE}/2026-100000"
    tight = IndexRule.parse("{code}{year}{serial:05}")
    with pytest.raises(IndexRuleError, match="超过5位"):
        tight.number(grown)
    assert tight.serial_of(f"{CODE}2026100000", grown) is None


@pytest.mark.parametrize(
    "number",
    ["", "2026-", "2026-000", "2026-41", "2025-041", "2026-0４1", "2026-041/", "2026-a41"],
)
def test_what_the_rule_would_not_write_has_no_serial(number: str) -> None:
    assert IndexRule.parse("{year}-{serial:03}").serial_of(number, {"year": 2026}) is None
