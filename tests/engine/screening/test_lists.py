"""Lists of one's own: what a file must say, for which day and place its words hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingtang.screening import (
    Kind,
    WordListProblems,
    lexicon_on,
    read_list,
    screen,
)

HEAD = "错的写法,对的写法,类别,前面不是,后面不是,错的词,自,至\n"
DAY = date(2026, 11, 23)


def told(data: str | bytes, name: str = "本区词表.csv") -> list[tuple[int, str, str]]:
    with pytest.raises(WordListProblems) as raised:
        read_list(data.encode() if isinstance(data, str) else data, name, "区政府办")
    for problem in raised.value.problems:
        assert str(problem) in str(raised.value)
        assert f"第{problem.line}行" in str(problem)
    return [tuple(problem) for problem in raised.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_becomes_words(encoding: str) -> None:
    data = (
        HEAD + "老城区改造办,老城区改造中心,错敏词,,,,2026-01-01,2026-12-31\n"
        "幅员辽扩,幅员辽阔,错别字\n"
    )
    made = read_list(data.encode(encoding), "本区.csv", "区政府办", body="某区")
    first, second = made.words
    assert (first.wrong, first.right, first.kind) == (
        "老城区改造办",
        "老城区改造中心",
        Kind.WORDING,
    )
    assert (first.since, first.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (second.kind, second.since, second.owner) == (Kind.TYPO, None, "区政府办")
    assert (made.owner, made.body) == ("区政府办", "某区")


def test_yaml_and_csv_say_the_same() -> None:
    data = "- {wrong: 老城区改造办, right: 老城区改造中心, until: 2026-12-31}\n"
    given = HEAD + "老城区改造办,老城区改造中心,,,,,,2026-12-31\n"
    assert (
        read_list(data.encode(), "a.yaml", "甲").words
        == read_list(given.encode(), "a.csv", "甲").words
    )


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("甲,乙\n", 1, "甲"),
        ("对的写法\n甲\n", 1, ""),
        ("错的写法,wrong\n甲乙,乙\n", 1, "错的写法"),
        (HEAD, 1, ""),
        (HEAD + "\n\n甲,乙\n", 4, "错的写法"),
        (HEAD + "甲" * 65 + ",乙\n", 2, "错的写法"),
        (HEAD + "甲乙,甲乙\n", 2, "对的写法"),
        (HEAD + ",甲乙\n", 2, "错的写法"),
        (HEAD + "甲乙,甲丙\n丙丁,丙戊\n甲乙,甲丁\n", 4, "错的写法"),
        (HEAD + "甲乙,甲丙,禁用词\n", 2, "类别"),
        (HEAD + "甲乙,甲丙,,,,丁\n", 2, "错的词"),
        (HEAD + "甲乙,甲丙,,,,,2026年1月\n", 2, "自"),
        (HEAD + "甲乙,甲丙,,,,,2026-02-01,2026-01-31\n", 2, "至"),
        (HEAD + '甲乙,"甲\n丙"\n乙丙,乙丁\n', 2, "对的写法"),
        (HEAD + '"甲\n乙",丙\n甲,丁\n', 2, "错的写法"),
        (HEAD + '甲乙,"甲丙\n', 2, ""),
        (HEAD + "甲乙,1,2,3,4,5,6,7,8,9\n", 2, ""),
        (b"\xff\xff\x00", 1, ""),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line_and_column(
    data: str | bytes, line: int, column: str
) -> None:
    found = told(data)
    assert (line, column) in [(each[0], each[1]) for each in found]
    assert all(each[2] for each in found)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("wrong: 甲乙\n", 1, ""),
        ("- 甲乙\n", 1, ""),
        ("- {wrong: 甲乙, right: 丙}\n- {wrong: 丙丁, rigth: 丙}\n", 2, "rigth"),
        ("- {wrong: 甲乙, right: [丙]}\n", 1, "对的写法"),
        ("- {wrong: 甲乙\n- x: [\n", 2, ""),
        ("- {wrong: 甲乙, until: 明天}\n", 1, "至"),
        ("", 1, ""),
    ],
)
def test_so_is_what_cannot_be_used_of_yaml(data: str, line: int, column: str) -> None:
    assert (line, column) in [(each[0], each[1]) for each in told(data, "本区.yml")]


def test_all_lines_that_cannot_be_used_are_told_at_once() -> None:
    found = told(HEAD + "甲,乙\n丙丁,丙丁\n戊己,庚,禁\n")
    assert [line for line, _column, _why in found] == [2, 3, 4]


def test_a_word_holds_from_its_first_day_to_its_last() -> None:
    data = HEAD + "老城区改造办,,,,,,2026-03-01,2026-11-23\n"
    lists = [read_list(data.encode(), "本区.csv", "区政府办")]
    for day, hits in (
        (date(2026, 2, 28), 0),
        (date(2026, 3, 1), 1),
        (DAY, 1),
        (DAY + timedelta(days=1), 0),
    ):
        found = screen("请联系老城区改造办，帐户不变。", lexicon_on(day, lists))
        assert [hit.text for hit in found] == ["老城区改造办"] * hits + ["帐户"]


def test_a_list_of_another_place_does_not_hold() -> None:
    everywhere = read_list("错的写法\n甲乙丙\n".encode(), "a.csv", "市府办")
    local = read_list("错的写法\n丁戊己\n".encode(), "b.csv", "区府办", body="某区")
    for places, hits in ((("某区",), 2), (("另一区",), 1), ((), 1)):
        lexicon = lexicon_on(DAY, [everywhere, local], places)
        assert len(screen("甲乙丙和丁戊己。", lexicon)) == hits


def test_the_later_list_says_what_is_right() -> None:
    city = read_list("错的写法,对的写法\n帐户,甲\n".encode(), "a.csv", "市府办")
    own = read_list("错的写法,对的写法\n帐户,乙\n".encode(), "b.csv", "区府办")
    [hit] = screen("帐户", lexicon_on(DAY, [city, own]))
    assert (hit.suggestion, "区府办" in hit.why) == ("乙", True)
    [hit] = screen("帐户", lexicon_on(DAY))
    assert hit.suggestion == "账户"


def test_a_wide_word_is_found_wide_and_narrow() -> None:
    own = read_list("错的写法\n\uff31\uff31群号\n".encode(), "a.csv", "甲")
    for text in ("本局QQ群号", "本局\uff31\uff31群号"):
        [hit] = [
            each for each in screen(text, lexicon_on(DAY, [own])) if each.kind == "wording"
        ]
        assert hit.text == text[2:]


def test_the_standard_words_are_merged_once() -> None:
    assert len(lexicon_on(DAY).words) == len(lexicon_on(DAY, []).words)
    assert screen("中华人名共和国", lexicon_on(DAY)) == screen("中华人名共和国")


def test_a_hundred_thousand_words_are_read_and_one_more_is_not() -> None:
    lines = [f"词{number:06d},对\n" for number in range(100_001)]
    made = read_list((HEAD + "".join(lines[:-1])).encode(), "a.csv", "甲")
    assert len(made.words) == 100_000
    [(line, _column, why)] = told(HEAD + "".join(lines))
    assert (line, "100,000" in why) == (100_002, True)
