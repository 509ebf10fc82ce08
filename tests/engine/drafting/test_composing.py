"""A letter is composed whole or refused with everything that is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.drafting import ParticularsError, compose
from mingtang.drafting.fees import ItemFee
from mingtang.drafting.letter import Origin
from mingtang.drafting.numbers import NumberError
from mingtang.drafting.remedies import remedy_told
from mingtang.drafting.setting import SettingError
from mingtang.law.grounds import OpenRemedyError, Remedy
from tests.engine.drafting.cases import OFFICE, SETTING, given, letter, passage, whole


def test_everything_missing_wrong_or_unknown_is_told_at_once():
    told = given(
        "extension_notice", extension_days="二十", new_due="2026-04-28", reson="忙"
    )
    del told["request_number"]
    with pytest.raises(ParticularsError) as refused:
        compose("extension_notice", told, SETTING)
    names = {name for name, _, _ in refused.value.problems}
    assert names == {"request_number", "extension_days", "new_due", "reson"}
    assert str(refused.value).startswith(
        "《政府信息公开申请延期答复告知书》有4处要素须补正：“登记号”没有填写"
    )
    assert "“延长后的届满日”须为日期" in str(refused.value)
    assert "“'reson'”不是这种文书的要素" in str(refused.value)


def test_an_error_stays_on_one_line_however_long_what_is_wrong():
    wrong = {"一\n二" * 90: 1, "extension_days": "三\n" * 90}
    with pytest.raises(ParticularsError) as refused:
        letter("extension_notice", **wrong)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 250


def test_an_extension_is_no_longer_than_the_law_allows():
    assert "延长20个工作日" in whole(letter("extension_notice"))
    with pytest.raises(ParticularsError, match=r"最多 20 个工作日.*却是 21"):
        letter("extension_notice", extension_days=21)


def test_a_letter_is_not_older_than_its_law():
    early = SETTING._replace(day=date(2020, 12, 31))
    with pytest.raises(SettingError, match="自2021年1月1日起施行"):
        letter("fee_notice", early)
    made = letter("extension_notice", early, received_on=date(2020, 12, 7))
    assert made.day == date(2020, 12, 31)


def test_the_number_is_of_the_letters_year_and_series():
    setting = SETTING._replace(day=date(2025, 12, 30), number=3)
    made = letter("not_existing", setting, received_on=date(2025, 12, 1))
    assert made.number == "东建公开无告〔2025〕第3号"
    with pytest.raises(NumberError, match="机关代字"):
        letter("not_existing", SETTING._replace(office=OFFICE._replace(code_word="X")))


def test_an_organisation_is_addressed_as_one():
    made = letter("disclosure", addressee_kind="organisation", addressee="远山建筑有限公司")
    assert made.addressee == "远山建筑有限公司"
    assert "你单位申请获取的信息" in whole(made)
    assert "您" not in whole(made)


def test_what_is_optional_is_left_out_whole():
    told = given("not_ours")
    del told["responsible_body"], told["responsible_contact"]
    made = compose("not_ours", told, SETTING)
    assert passage(made, "responsible") == passage(made, "responsible_contact") == []
    assert "负责公开该信息的行政机关为" not in whole(made)


def test_one_enclosure_has_no_number_and_several_have():
    names = ("批复复印件", "资金安排一览表")
    assert "附件：1. 批复复印件\n2. 资金安排一览表" in whole(
        letter("disclosure", enclosures=names)
    )
    assert "附件：批复复印件\n" in whole(letter("disclosure", enclosures=names[:1]))


def test_a_list_has_a_paragraph_for_each_thing():
    made = letter("correction_notice", correction_items=["名称", "文号", "身份证明"])
    assert passage(made, "items") == ["1. 名称", "2. 文号", "3. 身份证明"]


@pytest.mark.parametrize("wrong", [[], "名称", [""], [3], None, ["一"] * 501])
def test_a_list_holds_texts_and_is_not_endless(wrong):
    with pytest.raises(ParticularsError, match="补正事项"):
        letter("correction_notice", correction_items=wrong)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"what": "甲"}, "缺“剔除的理由”、每项缺“剔除的依据”"),
        ({"what": "甲", "reason": "乙", "ground": "G1"}, "办理结果代码"),
        ({"what": "甲", "reason": "乙", "ground": "N4", "who": "丙"}, "没有'who'"),
        ("甲", "每项须写明剔除的内容"),
    ],
)
def test_each_withheld_part_has_its_reason_and_ground(change, told):
    with pytest.raises(ParticularsError, match=told):
        letter("partial_disclosure", withheld=[change])


def test_parts_withheld_under_other_articles_leave_the_choice_of_a_suit():
    part = {"what": "2019年以前的部分", "reason": "经检索没有", "ground": "U1a"}
    made = letter("partial_disclosure", withheld=[part])
    assert made.remedy is Remedy.RS
    assert "第三十六条第（四）项" in passage(made, "withheld")[0]


def test_a_citation_that_cannot_be_looked_up_is_refused():
    for wrong in ("有关规定", "统计法", 9):
        with pytest.raises(ParticularsError, match="须写明文件名和条"):
            letter("refused_by_law", forbidding_law=wrong)


def test_where_the_law_leaves_it_open_a_person_chooses_the_remedy():
    assert letter("otherwise_handled").remedy is Remedy.NA
    made = letter("otherwise_handled", remedy="RS")
    assert "或者自收到本告知书之日起六个月内向" in passage(made, "remedy")[0]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("统计资料管理条例（试行）第三条", "《统计资料管理条例（试行）》第三条"),
        ("《统计资料管理条例（试行）》第三条", "《统计资料管理条例（试行）》第三条"),
        ("统计法第九条第一款、第二款", "《统计法》第九条第一款、第二款"),
        ("统计法第九条、第二十五条", "《统计法》第九条、第二十五条"),
        ("统计法第九条第（一）项、第（三）项", "《统计法》第九条第（一）项、第（三）项"),
        (
            "《中华人民共和国统计法》第九条、《全国人口普查条例》第三十三条第二款",
            "《中华人民共和国统计法》第九条和《全国人口普查条例》第三十三条第二款",
        ),
        ("统计法第九条和第二十五条", "《统计法》第九条、第二十五条"),
        (
            "《刑法》第一百二十条之一第一款、第二款",
            "《刑法》第一百二十条之一第一款、第二款",
        ),
        ("城市房地产管理法第三条", "《城市房地产管理法》第三条"),
        ("水、电、气供应条例第三条", "《水、电、气供应条例》第三条"),
        ("《放假办法》（国务院令第795号）第二条", "《放假办法》第二条"),
    ],
)
def test_the_law_that_forbids_is_printed_as_it_was_typed(typed, printed):
    made = letter("refused_by_law", forbidding_law=typed)
    assert f"属于{printed}禁止公开的信息" in passage(made, "decision")[0]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("统计法第三条至第五条", "“统计法第三条至第五条”没有读懂"),
        ("统计法第九条、随便", "“随便”没有读懂"),
        ("统计法第九条、档案法", "“档案法”没有写到条"),
        ("清河市档案管理办法第三条", "条例第十四条.*不是法律"),
        ("《浙江省公共数据条例》第三条", "条例第十四条.*地方性法规"),
        ("深圳市数据条例第三条、统计法第九条", "“深圳市数据条例”不是法律"),
        ("国办函〔2020〕109号第三条", "“国办函〔2020〕109号”不是法律"),
    ],
)
def test_what_does_not_forbid_is_named_and_refused(typed, told):
    with pytest.raises(ParticularsError, match=told):
        letter("refused_by_law", forbidding_law=typed)


def test_other_letters_may_rest_on_local_rules():
    made = letter("otherwise_handled", legal_basis="《清河市档案查阅办法（试行）》第三条")
    assert "根据《清河市档案查阅办法（试行）》第三条的规定" in passage(made, "decision")[0]


@pytest.mark.parametrize("remedy", ["RF", "BY_CASE"])
def test_nobody_chooses_review_first_for_what_refuses_nothing(remedy):
    with pytest.raises(ParticularsError, match="须从下列各项中选一"):
        letter("otherwise_handled", remedy=remedy)


@pytest.mark.parametrize("kind", ["petition", "repeated", "published", "already_obtained"])
def test_a_body_may_choose_to_leave_out_a_remedy_held_inadmissible(kind):
    assert letter(kind).remedy is Remedy.RS
    made = letter(
        kind, SETTING._replace(choices={"plainly_inadmissible_remedy": "omitted"})
    )
    assert made.remedy is Remedy.NA
    assert passage(made, "remedy") == []


def test_a_refusal_before_2024_left_the_choice_of_a_suit():
    setting = SETTING._replace(day=date(2023, 12, 29))
    made = letter("refused_internal", setting, received_on=date(2023, 12, 1))
    assert made.remedy is Remedy.RS


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [
        (
            "received_on",
            date(2026, 3, 13),
            "不得晚于文书日期（2026年3月12日），却是2026年3月13日",
        ),
        (
            "new_due",
            date(2026, 3, 11),
            "不得早于文书日期（2026年3月12日），却是2026年3月11日",
        ),
    ],
)
def test_days_stand_on_their_side_of_the_letters_day(name, day, told):
    assert letter("extension_notice", **{name: date(2026, 3, 12)})
    with pytest.raises(ParticularsError, match=told):
        letter("extension_notice", **{name: day})


def test_a_fee_notice_shows_how_its_sum_comes_about():
    made = letter("fee_notice", fee=ItemFee(29, 32))
    (table,) = [clause for clause in made.clauses if clause.rows]
    assert table.rows == (
        ("计收区间", "数量", "单价（元）", "小计（元）"),
        ("第29至30件", "2件", "100", "200"),
        ("第31至32件", "2件", "200", "400"),
        ("合计", "4件", "", "600"),
    )
    assert table.origin is Origin.LOCKED
    assert "国办函〔2020〕109号）第四条规定的标准" in whole(made)
    assert "应缴金额为600元（大写：陆佰元整）" in whole(made)


def test_a_fee_of_nothing_is_no_notice():
    with pytest.raises(ParticularsError, match="应收金额为 0 元"):
        letter("fee_notice", fee=ItemFee(1, 10))
    with pytest.raises(ParticularsError, match=r"按件.*或者按量"):
        letter("fee_notice", fee=380)


def test_a_last_day_that_nobody_can_count_yet_is_not_told():
    made = letter(
        "fee_notice",
        SETTING._replace(day=date(2026, 12, 20)),
        expected_receipt=date(2026, 12, 25),
    )
    assert "次年放假安排尚未公布" in whole(made)
    assert "缴纳截止日为2027" not in whole(made)


def test_a_record_is_neither_numbered_nor_signed():
    made = letter("delivery_receipt")
    assert (made.number, made.addressee, made.contact, made.remedy) == (None,) * 4
    assert "联系单位" not in whole(made)


def test_a_remedy_cannot_be_told_before_the_parts_are_known():
    with pytest.raises(ParticularsError):
        letter("partial_disclosure", withheld=())
    with pytest.raises(OpenRemedyError):
        remedy_told("P1", SETTING)


def part(ground):
    return {"what": "附件三", "reason": "与履行职责无关", "ground": ground}


def test_a_part_that_is_no_government_information_is_not_told_to_be_refused():
    made = letter("partial_disclosure", withheld=[part("O3")])
    text = whole(made)
    assert "含有不属于政府信息的内容，但能够作区分处理" in text
    assert "下列内容不作为政府信息公开，其内容、理由和依据如下" in text
    assert "不应当公开" not in text
    assert "《中华人民共和国政府信息公开条例》第二条、第三十七条" in text
    assert made.remedy is Remedy.RS
    assert all(c.origin is Origin.LOCKED for c in made.clauses if "不属于" in c.text)


def test_a_partial_letter_tells_of_each_sort_of_part_and_of_no_other():
    text = whole(letter("partial_disclosure", withheld=[part("U1a"), part("N6")]))
    assert "含有不应当公开的内容和本机关无法提供的内容，但" in text
    assert "下列内容不予公开或者无法提供，其内容" in text
    assert letter("partial_disclosure").remedy is Remedy.RF
    with pytest.raises(ParticularsError, match="办理结果代码"):
        letter("partial_disclosure", withheld=[part("X1")])


RULING = {
    "ruling_organ": "清河市人民政府",
    "ruled_on": date(2026, 3, 9),
    "ruling_number": "行政复议决定书（清政复〔2026〕3号）",
}


@pytest.mark.parametrize("kind", ["disclosure", "partial_disclosure", "petition"])
def test_an_answer_given_anew_names_the_ruling_it_carries_out(kind):
    assert passage(letter(kind), "anew") == []
    [told] = passage(letter(kind, **RULING), "anew")
    assert told == (
        "2026年3月9日，清河市人民政府就该申请的处理作出行政复议决定书（清政复〔2026〕3号）。"
        "本机关依照该裁决，对您的申请重新作出处理。"
    )
    with pytest.raises(ParticularsError, match="裁决日期"):
        letter(kind, **RULING | {"ruled_on": date(2027, 1, 1)})
