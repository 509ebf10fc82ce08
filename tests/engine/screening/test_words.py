"""Wrong writings: near misses of phrases, lists of one's own, and two words that meet."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingtang.screening import Kind, Lexicon, Word, WordListError, screen, standard
from mingtang.screening.wording import within_one

PHRASES = standard().phrases


@given(phrase=st.sampled_from(PHRASES), data=st.data())
def test_a_phrase_with_one_character_wrong_is_found(
    phrase: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(phrase) - 2))
    other = data.draw(st.sampled_from("名制共门象"))
    how = data.draw(st.sampled_from(("other", "gone", "more", "swapped")))
    wrong = {
        "other": phrase[:at] + other + phrase[at + 1 :],
        "gone": phrase[:at] + phrase[at + 1 :],
        "more": phrase[:at] + other + phrase[at:],
        "swapped": phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :],
    }[how]
    assume(wrong != phrase and wrong not in PHRASES and wrong[-1] == phrase[-1])
    assume(len(phrase) >= 6)
    assert within_one(wrong, phrase)
    hits = screen(f"根据{wrong}的要求")
    assert any(hit.kind is Kind.WORDING for hit in hits), wrong


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_as_it_is_written_is_left(phrase: str) -> None:
    assert screen(f"依照{phrase}，各部门要认真落实。") == ()


@pytest.mark.parametrize("phrase", [each for each in PHRASES if len(each) >= 6])
def test_a_phrase_with_its_ends_swapped_is_found(phrase: str) -> None:
    for wrong in (
        phrase[1] + phrase[0] + phrase[2:],
        phrase[:-2] + phrase[-1] + phrase[-2],
    ):
        if wrong != phrase:
            assert any(hit.kind is Kind.WORDING for hit in screen(f"依照{wrong}，")), wrong


@pytest.mark.parametrize(
    "right",
    [
        "积极时有进展，工作积极时段长。",
        "颠覆行为一律查处，反覆行政。",
        "最高人民检察院大检察官到会。",
        "县委十三届三次全会召开。",
        "人工单价为每个工日一百二十元。",
        "党的十八届三中全会。",
        "公示公式见附件。",
        "依据中华人民共和国安全生产法。",
    ],
)
def test_what_only_looks_like_a_wrong_writing_is_left(right: str) -> None:
    assert screen(right) == ()


def test_a_list_of_ones_own_says_whose_it_is() -> None:
    own = Lexicon([Word("老城区改造办", "老城区改造中心", owner="区政府办公室")])
    [hit] = screen("请联系老城区改造办。", own)
    assert (hit.suggestion, "区政府办公室" in hit.why) == ("老城区改造中心", True)
    for word in (Word("", "甲"), Word("甲", "甲")):
        with pytest.raises(WordListError, match="不能用"):
            Lexicon([word])


def test_two_right_words_that_meet_are_no_wrong_one() -> None:
    assert screen("评标结果公布署名单位，投资基金内部份额转让。") == ()
    assert [hit.text for hit in screen("部份乡镇作了布署。")] == ["部份", "布署"]


def test_a_part_of_china_in_a_list_of_countries_is_found() -> None:
    [hit] = screen("来自日本、韩国、台湾等国家的代表。")
    assert (hit.text, hit.suggestion) == (
        "日本、韩国、台湾等国家",
        "日本、韩国等国家和中国台湾地区",
    )
    assert screen("来自日本、韩国等国家和中国台湾地区的代表。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "取水份额由流域管理机构核定。",
        "2024年末成年人口占总人口的七成。",
        "工作中既使用传统媒体，又使用新媒体。",
        "在广场搭建帐篷三顶。",
        "两个确认环节由双方共同完成。",
        "住房与城乡建设领域信用信息。",
        "按照《行政法规制定程序条例》办理。",
        "道路交通安全违法行为代码。",
        "以法治国家建设为目标。",
    ],
)
def test_what_only_looks_wrong_is_left(text: str) -> None:
    assert screen(text) == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("临河市人民检查院提起公诉。", "人民检查院"),
        (
            "政治意识、全局意识、核心意识、看齐意识",
            "政治意识、全局意识、核心意识、看齐意识",
        ),
        ("构建人类命运共同休，", "人类命运共同休"),
        ("中国人民政治协商会临河市委员会", "中国人民政治协商会"),
    ],
)
def test_what_is_written_wrongly_is_told_once(text: str, wrong: str) -> None:
    assert [hit.text for hit in screen(text)] == [wrong]
