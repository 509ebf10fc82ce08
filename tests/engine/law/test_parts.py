"""What may be left out of a partial answer is of one sort, and is called by it."""

from __future__ import annotations

import pytest

from mingtang.case.choosing import WITHHELD
from mingtang.law.grounds import Remedy, ground
from mingtang.law.parts import part_cite, part_title, parts, parts_of


def test_every_ground_is_of_one_sort():
    codes = [code for part in parts() for code in part.grounds]
    assert len(codes) == len(set(codes))
    assert set(WITHHELD) == set(codes)


def test_what_goes_to_review_first_is_what_must_not_be_disclosed():
    [withheld] = parts_of(["N1"])
    refused = [code for code in WITHHELD if ground(code).remedy is Remedy.RF]
    assert list(withheld.grounds) == refused


def test_what_is_no_government_information_has_its_own_name_and_source():
    assert part_title("O3") == "不属于政府信息"
    assert part_cite("O3").startswith("政府信息公开条例（2019年修订）第二条")
    assert (part_title("N6"), part_cite("N6")) == (ground("N6").title, ground("N6").cite)
    with pytest.raises(KeyError):
        part_title("N9")
