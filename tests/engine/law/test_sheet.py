"""A data file of the law is read strictly or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.law.sheet import InvalidDataError, Sheet, parse, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(InvalidDataError, match="出现了两次（第2行）"):
        parse("answer: 20\nanswer: 15", "期限")


def test_a_float_is_refused() -> None:
    with pytest.raises(InvalidDataError, match=r"小数 0\.5"):
        parse("price: 0.5", "收费")


def test_what_is_not_yaml_is_refused_by_name() -> None:
    with pytest.raises(InvalidDataError, match="期限："):
        parse("answer: [", "期限")


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(InvalidDataError, match=r"期限 > answer：不认识的键“valeu”"):
        parse("answer: {valeu: 20}", "期限").sheet("answer").allow(optional=("value",))


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(InvalidDataError, match="缺少“cite”"):
        parse("{value: 20}", "期限").allow("value", "cite")


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("a: true", lambda row: row.whole("a")),
        ("a: '20'", lambda row: row.whole("a")),
        ("a: 1", lambda row: row.flag("a")),
        ("a: 20", lambda row: row.text("a")),
        ("a: ' '", lambda row: row.text("a")),
        ("a: 2024-01-01 08:00:00", lambda row: row.day("a")),
        ("a: [2024-01-01, x]", lambda row: row.days("a")),
        ("a: []", lambda row: row.sheets("a")),
        ("a: 三号文", lambda row: row.cite("a")),
        ("a: 1", lambda row: row.sheet("a").text("b")),
        ("a: 1", lambda row: row.raw("b")),
    ],
)
def test_a_value_of_another_kind_is_refused(
    text: str, ask: Callable[[Sheet], object]
) -> None:
    with pytest.raises(InvalidDataError, match="收费"):
        ask(parse(text, "收费"))


def test_dates_and_lists_of_dates_are_read() -> None:
    row = parse("a: 2024-01-01\nb: [2024-01-02]", "假日")
    assert row.day("a") == date(2024, 1, 1)
    assert row.days("b") == (date(2024, 1, 2),)
    assert row.days("c") == ()
    assert row.optional_day("c") is None
    assert row.optional_text("c") is None


def test_a_file_outside_the_engine_is_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "期限.yaml"
    path.write_text("a: 0.5", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=str(path)):
        read(path)
