"""The how-tos about the law say what is so; `test_documents` runs their Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingtang.law.calendar import FOLDER as HOLIDAYS
from mingtang.law.option import FILE as OPTIONS
from mingtang.law.parameter import FOLDER as PARAMETERS
from mingtang.law.parameter import Unit
from tests.engine.law.test_golden import cases

ROOT = Path(__file__).parents[2]
VALUE = ROOT / "docs" / "how-to" / "change-a-legal-value.md"
YEAR = ROOT / "docs" / "how-to" / "enter-a-years-holidays.md"
PAGES = pytest.mark.parametrize("page", [VALUE, YEAR], ids=lambda page: page.stem)


def samples(page: Path) -> list[Any]:
    text = page.read_text(encoding="utf-8")
    return [
        yaml.safe_load(sample)
        for sample in re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    ]


@PAGES
def test_every_file_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", page.read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_parameter_file_is_described() -> None:
    described = set(
        re.findall(r"^\| `([\w.]+)` \|", VALUE.read_text("utf-8"), re.MULTILINE)
    )
    assert described == {path.name for path in PARAMETERS.glob("*.yaml")}


def test_every_unit_is_described() -> None:
    text = VALUE.read_text(encoding="utf-8")
    assert [unit for unit in Unit if f"`{unit}`" not in text] == []


def test_the_sample_value_is_the_value_in_force() -> None:
    data = yaml.safe_load((PARAMETERS / "deadlines.yaml").read_text(encoding="utf-8"))
    sample = samples(VALUE)[0]
    assert sample == {"answer": data["answer"]}


def test_the_sample_case_is_a_golden_case() -> None:
    assert samples(VALUE)[1] in [parameter.values[0] for parameter in cases()]


def test_the_sample_option_is_one() -> None:
    assert "start_day" in yaml.safe_load(OPTIONS.read_text(encoding="utf-8"))


def test_the_sample_year_is_the_file() -> None:
    whole, december = samples(YEAR)
    assert whole == yaml.safe_load((HOLIDAYS / "2024.yaml").read_text(encoding="utf-8"))
    entered = yaml.safe_load((HOLIDAYS / "2018.yaml").read_text(encoding="utf-8"))
    assert december[0] in entered["festivals"]
