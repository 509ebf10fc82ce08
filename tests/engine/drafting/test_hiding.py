"""A letter never shows who the applicant is to somebody else."""

from __future__ import annotations

import pytest

from mingtang.drafting.hiding import DisclosureError
from tests.engine.drafting.cases import SETTING, letter

TO_OTHERS = (
    "third_party_consultation",
    "co_author_consultation",
    "other_body_consultation",
    "third_party_disclosure",
)


@pytest.mark.parametrize("kind", TO_OTHERS)
@pytest.mark.parametrize(
    "betrayed",
    [
        "李四所要的图纸",
        "李 四",
        "11010119900101001x",
        "\uff11\uff13\uff18-0000-0000",
        "李\u200b四",
        "1380000\n0000",
    ],
)
def test_a_letter_to_others_does_not_name_the_applicant(kind, betrayed):
    with pytest.raises(DisclosureError, match="写出了申请人的身份") as refused:
        letter(kind, concerned_information=f"关于{betrayed}")
    assert "李四" not in str(refused.value)
    assert refused.value.at == ("concerned_information",)
    assert "《" in str(refused.value)
    assert "的“征求意见的信息”写出了" in str(refused.value)


def test_an_edit_cannot_betray_either():
    edits = {"reply_wanted": "请按{paper}所列方式回复，申请人李四。"}
    with pytest.raises(DisclosureError, match="reply_wanted"):
        letter("third_party_consultation", SETTING._replace(edits=edits))


def test_a_name_is_not_found_across_other_words():
    assert letter(
        "third_party_consultation", concerned_information="桃李、四季与2026年计划"
    )


def test_one_word_alone_is_one_word():
    setting = SETTING._replace(secrets={"applicant": "李四"})
    assert letter("third_party_consultation", setting, concerned_information="李某的图纸")


@pytest.mark.parametrize("secrets", [{}, {"applicant": ()}, {"applicant": (" ",)}])
def test_a_letter_to_others_is_not_made_unless_it_can_be_looked_over(secrets):
    with pytest.raises(DisclosureError, match="没有交来"):
        letter("third_party_consultation", SETTING._replace(secrets=secrets))


def test_what_only_a_person_can_judge_is_compared_where_words_are_given():
    secrets = {"secret_content": ("演习代号",)}
    setting = SETTING._replace(secrets=secrets)
    assert letter("refused_state_secret", setting)
    with pytest.raises(DisclosureError, match="国家秘密的内容"):
        letter("refused_state_secret", setting, request_summary="演习代号一览")


def test_the_applicants_own_letter_names_the_applicant():
    assert letter("disclosure").addressee == "李四"
