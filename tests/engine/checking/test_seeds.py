"""The five real reports give what people found in them, and no other accusation.

What is listed is what one report alone shows to the rules of checking
(``domain/practice.md`` §0); what the reader itself finds is tested with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang import read
from mingtang.checking import check
from mingtang.finding import Weight
from tests.conftest import SHARED

if TYPE_CHECKING:
    from mingtang.finding import Finding

HEAVY = {
    "000_8999575b8f4b0f3a": [],
    "001_feb170be3aadbb72": ["F401", "S304"],
    "002_bc4e10f4a2091828": [],
    "003_d769e78216216ff0": ["F102"],
    "004_6bca9a975aea9322": ["F102", "F102", "S302", "S303"],
}
LIGHT = {
    "000_8999575b8f4b0f3a": [
        "F109", "F112", "F117", "F203", "F207", "F208", "F211", "F306", "F402",
    ],
    "001_feb170be3aadbb72": ["F112", "F211", "F303", "L102", "S301", "S303", "S306"],
    "002_bc4e10f4a2091828": ["F207", "F208", "F211", "F304", "F402"],
    "003_d769e78216216ff0": ["F105", "F211", "F305", "F402"],
    "004_6bca9a975aea9322": [
        "F107", "F108", "F203", "F207", "F208", "F210", "F211", "F303",
    ],
}  # fmt: skip
each_seed = pytest.mark.parametrize("seed", sorted(HEAVY))


@pytest.mark.shared
@each_seed
def test_a_seed_is_accused_of_what_is_wrong_and_of_nothing_else(seed: str) -> None:
    assert _codes(seed, Weight.BREACH, Weight.CONTRADICTION) == HEAVY[seed]


@pytest.mark.shared
@each_seed
def test_a_seed_is_asked_about_what_looks_odd(seed: str) -> None:
    assert _codes(seed, Weight.DOUBT, Weight.NOTE) == LIGHT[seed]


@pytest.mark.shared
def test_the_blank_cells_of_s1_are_named() -> None:
    [blank] = [
        each for each in _findings("001_feb170be3aadbb72") if each.rule.code == "S304"
    ]
    assert blank.cells == ("requests/carried_in/person", "requests/carried_in/total")


@pytest.mark.shared
def test_s4_would_agree_if_one_zero_were_three() -> None:
    for finding in _findings("004_6bca9a975aea9322"):
        if finding.equation is not None:
            assert finding.remedy is not None
            assert finding.remedy.changes == (
                ("requests/unavailable_not_held/total", "0", "3"),
            )


def _codes(seed: str, *weights: Weight) -> list[str]:
    return sorted(each.rule.code for each in _findings(seed) if each.weight in weights)


def _findings(seed: str) -> list[Finding]:
    return check(read((SHARED / "seeds" / f"{seed}.txt").read_bytes()).report)
