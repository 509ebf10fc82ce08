"""Dated values: what is in force, what is not covered, what a file may not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mingtang.law.parameter import (
    MonthDay,
    UncoveredDayError,
    Unit,
    load,
    parameter,
    parameters,
)
from mingtang.law.sheet import InvalidDataError

if TYPE_CHECKING:
    from pathlib import Path

CITE = "cite: 政府信息公开条例第三十三条"


def written(folder: Path, text: str) -> Path:
    path = folder / "deadlines.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_day_before_every_value_raises_and_says_what_to_add() -> None:
    with pytest.raises(UncoveredDayError) as raised:
        parameter("answer").value_on(date(2008, 4, 30))
    message = str(raised.value)
    assert "2008-04-30" in message
    assert "2008-05-01至2019-05-14；2019-05-15起" in message
    assert "law/parameters/deadlines.yaml 的 answer 下" in message


def test_a_gap_between_two_values_raises(tmp_path: Path) -> None:
    values = (
        f"{{from: 2010-01-01, until: 2010-12-31, value: 1, {CITE}}}, "
        f"{{from: 2012-01-01, value: 2, {CITE}}}"
    )
    [gap] = load(written(tmp_path, f"gap: {{what: 空档, unit: day, values: [{values}]}}"))
    assert gap.value_on(date(2010, 12, 31)) == 1
    with pytest.raises(UncoveredDayError):
        gap.value_on(date(2011, 6, 1))


def test_exact_decimals_are_kept_exact(tmp_path: Path) -> None:
    value = f"{{from: 2010-01-01, value: '0.10', {CITE}}}"
    text = f"rate: {{what: 率, unit: yuan, values: [{value}]}}"
    [rate] = load(written(tmp_path, text))
    assert rate.value_on(date(2010, 1, 1)) == Decimal("0.10")
    with pytest.raises(TypeError):
        _ = rate.at(date(2010, 1, 1)).whole


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("from: 2010-01-01, value: 20", "缺少“cite”"),
        (f"from: 2010-01-01, value: 20.5, {CITE}", "小数"),
        ("from: 2010-01-01, value: 20, cite: 某文件", "不是可以查到的依据"),
        (f"value: 20, {CITE}", "缺少“from”"),
        (f"from: 2010-01-01, until: 2009-01-01, value: 20, {CITE}", "早于 from"),
        (f"from: 2010-01-01, value: 二十, {CITE}", "应为整数"),
        (f"from: 2010-01-01, value: 20, note: 无, {CITE}", "不认识的键“note”"),
        (f"from: 2010-01-01, bands: [{{above: 10, price: 1}}], {CITE}", "从 0 起"),
        (f"from: 2010-01-01, bands: [{{above: 0, price: 1, every: 2}}], {CITE}", "同时"),
        (
            f"from: 2010-01-01, bands: [{{above: 0, price: 1, every: 0, step: 1}}], {CITE}",
            "大于 0",
        ),
    ],
)
def test_a_faulty_value_is_refused(tmp_path: Path, value: str, problem: str) -> None:
    text = f"answer: {{what: 期限, unit: working_day, values: [{{{value}}}]}}"
    with pytest.raises(InvalidDataError, match=problem):
        load(written(tmp_path, text))


def test_values_that_overlap_are_refused(tmp_path: Path) -> None:
    values = (
        f"{{from: 2010-01-01, value: 1, {CITE}}}, {{from: 2012-01-01, value: 2, {CITE}}}"
    )
    text = f"answer: {{what: 期限, unit: day, values: [{values}]}}"
    with pytest.raises(InvalidDataError, match="须写 until，且早于2012-01-01"):
        load(written(tmp_path, text))


@pytest.mark.parametrize(
    ("unit", "value", "problem"),
    [("fortnight", "1", "不认识的单位"), ("month_day", "'13-01'", "01-31")],
)
def test_an_unknown_unit_or_an_impossible_day_is_refused(
    tmp_path: Path, unit: str, value: str, problem: str
) -> None:
    dated = f"{{from: 2010-01-01, value: {value}, {CITE}}}"
    text = f"a: {{what: 期, unit: {unit}, values: [{dated}]}}"
    with pytest.raises(InvalidDataError, match=problem):
        load(written(tmp_path, text))


def test_an_unknown_parameter_is_refused_with_the_known_names() -> None:
    with pytest.raises(KeyError, match="answer"):
        parameter("anwser")


def test_what_is_uncertain_says_so() -> None:
    assert parameter("answer").unsettled == ()
    assert any("凭记忆" in why for why in parameter("recount_after_payment").unsettled)


def test_every_parameter_has_a_value_today_by_its_unit() -> None:
    day = date(2026, 11, 22)
    for known in parameters():
        value = known.value_on(day)
        if known.unit is Unit.MONTH_DAY:
            assert isinstance(value, MonthDay)
            assert str(value) in {"1月31日", "3月31日"}
        else:
            assert isinstance(value, int | tuple)
