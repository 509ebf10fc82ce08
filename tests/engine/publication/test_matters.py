"""The matters are those of Articles 20 and 21, the lists say where they come from."""

from __future__ import annotations

import pytest

from mingtang.law.sheet import InvalidDataError, parse
from mingtang.publication import matters as room
from mingtang.publication.matters import (
    Level,
    genre,
    genres,
    matter,
    matters,
    matters_for,
    means,
    means_of,
    topic,
    topics,
)


def test_article_20_has_fifteen_items_each_at_its_number() -> None:
    items = [each for each in matters() if each.id.startswith("a20_")]
    assert [each.citations[0].item for each in items] == list(range(1, 16))
    assert [each.id for each in items] == [f"a20_{n}" for n in range(1, 16)]
    assert {each.citations[0].article for each in items} == {20}
    assert all(not each.levels for each in items)


def test_article_21_adds_seven_for_cities_and_counties_and_eight_for_townships() -> None:
    for level, count in ((Level.CITY, 7), (Level.COUNTY, 7), (Level.TOWNSHIP, 8)):
        added = [each for each in matters_for(level) if each.id.startswith("a21_")]
        assert len(added) == count
        assert {each.citations[0].article for each in added} == {21}
    for level in (Level.CENTRAL, Level.PROVINCE):
        assert len(matters_for(level)) == 15


def test_both_levels_share_three_duties() -> None:
    both = set(matters_for(Level.COUNTY)) & set(matters_for(Level.TOWNSHIP))
    shared = {each.label for each in both if each.id.startswith("a21_")}
    assert shared == {"土地征收", "房屋征收", "社会救助"}


def test_no_list_is_passed_off_as_law() -> None:
    for listed in (genres(), topics(), means()):
        assert listed
        assert all(each.cite or each.unsettled for each in listed)
        assert len({each.label for each in listed}) == len(listed)
        assert listed[-1].id == "other"
    assert len(genres()) == 15 + 1


def test_each_is_found_by_its_id_and_a_strange_one_is_refused() -> None:
    assert genre("reply").label == "批复"
    assert topic("finance").code == "04"
    assert means_of("graphic").label == "图解"
    for ask in (matter, genre, topic, means_of):
        with pytest.raises(KeyError, match="nothing"):
            ask("nothing")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{names: {a: {code: '01', label: 甲}}}", "须写明“unsettled”"),
        ("{unsettled: x, names: {a: {code: '1', label: 甲}}}", "两位数字"),
        (
            "{unsettled: x, names: {a: {code: '01', label: 甲},"
            " b: {code: '01', label: 乙}}}",
            "同一个“code”",
        ),
    ],
)
def test_a_faulty_list_is_refused(
    text: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = parse(f"genres: {text}", "试")
    monkeypatch.setattr(room, "_data", lambda: data)
    with pytest.raises(InvalidDataError, match=why):
        room._categories("genres")


def test_a_level_that_there_is_not_is_refused() -> None:
    row = parse("{label: 甲, full: 甲, levels: [village], cite: 甲条例第一条}", "试")
    with pytest.raises(InvalidDataError, match="层级"):
        room._matter("x", row)
