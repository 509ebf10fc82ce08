"""Samples are the same for everybody who has the seed."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.supervising import draw

KEYS = st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=30)
SEEDS = st.text(min_size=1, max_size=8).filter(str.strip)


@given(SEEDS, KEYS, st.integers(1, 40), st.randoms())
def test_a_sample_depends_on_nothing_but_the_seed_and_the_keys(seed, keys, size, chance):
    shuffled = list(keys)
    chance.shuffle(shuffled)
    found = draw(seed, keys, size)
    assert found == draw(seed, shuffled, size)
    assert len(found.drawn) == min(size, len(keys))
    assert set(found.drawn) <= set(keys)
    assert found.of == len(keys)


@given(SEEDS, KEYS, st.integers(1, 30))
def test_a_larger_sample_begins_with_the_smaller_one(seed, keys, size):
    assert draw(seed, keys, size + 5).drawn[:size] == draw(seed, keys, size).drawn


@given(SEEDS, KEYS, st.integers(1, 30))
def test_what_joins_later_moves_nothing_else(seed, keys, size):
    named = {each for each in keys if not each.startswith("新")}
    before = draw(seed, named, size).drawn
    after = draw(seed, named | {"新来的"}, size).drawn
    kept = tuple(each for each in after if each != "新来的")
    assert kept == before[: len(kept)]
    assert len(kept) >= len(before) - 1


def test_anybody_can_draw_it_again_by_hand():
    """As a reader would with sha256sum: the seed, a line end, the key."""
    keys = ["西山区住建局/1", "西山区教育局/2", "西山区民政局/3"]
    by_hand = sorted(keys, key=lambda key: sha256(f"抽查1\n{key}".encode()).hexdigest())
    assert list(draw("抽查1", keys, 3).drawn) == by_hand


def test_every_key_has_its_chance():
    found = {draw(f"第{n}次", ["甲", "乙", "丙", "丁"], 1).drawn for n in range(60)}
    assert found == {("甲",), ("乙",), ("丙",), ("丁",)}


@pytest.mark.parametrize(
    ("seed", "keys", "size", "why"),
    [
        (" ", ["甲"], 1, "种子"),
        ("一", ["甲"], 0, "不小于1"),
        ("一", ["甲", "甲"], 1, "重复"),
    ],
)
def test_what_cannot_be_drawn_is_refused(seed, keys, size, why):
    with pytest.raises(ValueError, match=why):
        draw(seed, keys, size)
