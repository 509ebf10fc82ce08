"""What the law's and the letters' data say to people is words, and no code's names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mingtang

HOME = Path(mingtang.__file__).parent
SHEETS = sorted([*HOME.glob("law/**/*.yaml"), *HOME.glob("drafting/**/*.yaml")])
SAID = re.compile(r"^\s*unsettled: (.*)$", re.MULTILINE)
CODE = re.compile(r"[a-z]+_[a-z]+|出处未查到|只见转述")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_what_is_unsettled_is_told_without_codes(sheet: Path) -> None:
    told = SAID.findall(sheet.read_text(encoding="utf-8"))
    assert [each for each in told if CODE.search(each)] == []
