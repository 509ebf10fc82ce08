"""What a reader may do is told in locked words, with the terms of the day."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.drafting.remedies import Reader, remedy_for_silence, remedy_paragraph
from mingtang.drafting.setting import SettingError
from mingtang.law.grounds import OpenRemedyError, Remedy
from mingtang.law.parameter import UncoveredDayError
from tests.engine.drafting.cases import OFFICE, SETTING, letter, passage

ELECTRONIC = SETTING._replace(delivery="electronic", system="电子邮箱")


def test_review_comes_first_where_the_law_wants_it_first():
    assert remedy_paragraph(Remedy.RF, SETTING) == (
        "您对本告知书不服的，应当依照《中华人民共和国行政复议法》第二十三条的规定先申请行政复议："
        "自收到本告知书之日起六十日内，向清河市东湖区人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向清河市东湖区人民法院提起行政诉讼。"
        "行政复议机关决定不予受理、驳回申请，或者受理后超过行政复议期限不作答复的，"
        "可以自收到决定书之日起或者行政复议期限届满之日起十五日内向清河市东湖区人民法院提起行政诉讼。"
    )


def test_both_terms_begin_when_the_letter_is_received():
    assert remedy_paragraph(Remedy.RS, SETTING) == (
        "您对本告知书不服的，可以自收到本告知书之日起六十日内向清河市东湖区人民政府申请行政复议，"
        "或者自收到本告知书之日起六个月内向清河市东湖区人民法院提起行政诉讼。"
    )


def test_an_electronic_letter_names_its_arrival_and_the_channel_for_a_review():
    told = remedy_paragraph(Remedy.RS, ELECTRONIC, Reader("你单位", "本通知书"))
    assert told.count("自本通知书到达你单位提供的电子邮箱之日起") == 2
    assert told.endswith(
        "申请行政复议的，也可以通过互联网渠道提交：https://fy.example.gov.cn。"
    )
    assert "互联网渠道" not in remedy_paragraph(Remedy.RS, SETTING)


def test_a_letter_that_is_announced_counts_from_the_end_of_its_announcement():
    told = remedy_paragraph(Remedy.RS, SETTING._replace(delivery="announcement"))
    assert told.count("自公告期限届满之日起") == 2
    assert "收到" not in told


def test_the_terms_are_those_of_the_day():
    old = SETTING._replace(day=date(2014, 6, 3))
    with pytest.raises(UncoveredDayError):
        remedy_paragraph(Remedy.RS, old)
    assert "六个月" in remedy_paragraph(Remedy.RS, SETTING._replace(day=date(2019, 6, 3)))


def test_what_has_no_remedy_of_its_own_says_nothing():
    assert remedy_paragraph(Remedy.NA, SETTING) is None


@pytest.mark.parametrize("remedy", [Remedy.BY_CASE, Remedy.BY_PART])
def test_a_remedy_that_is_not_chosen_is_not_guessed(remedy):
    with pytest.raises(OpenRemedyError, match="选定"):
        remedy_paragraph(remedy, SETTING)


@pytest.mark.parametrize("court", [None, "", "  ", "东湖区司法局"])
def test_one_error_tells_every_address_that_lacks(court):
    office = OFFICE._replace(review_organ=" ", court=court, review_online=None)
    with pytest.raises(SettingError) as refused:
        remedy_paragraph(Remedy.RS, ELECTRONIC._replace(office=office, system=None))
    for part in (
        "行政复议机关的全称",
        "管辖法院的全称",
        "系统或者邮箱",
        "第二十二条第二款",
    ):
        assert part in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_way_of_delivery_is_refused():
    with pytest.raises(SettingError, match="没有“pigeon”"):
        remedy_paragraph(Remedy.RS, SETTING._replace(delivery="pigeon"))


def test_a_letter_without_a_remedy_needs_no_court():
    office = OFFICE._replace(review_organ=None, court=None)
    assert (
        passage(letter("extension_notice", SETTING._replace(office=office)), "remedy") == []
    )


def test_silence_has_the_remedy_that_the_body_chose_or_a_person_is_asked():
    with pytest.raises(OpenRemedyError, match="请法制机构确认"):
        remedy_for_silence()
    assert remedy_for_silence("review_first") is Remedy.RF
    assert remedy_for_silence("review_or_suit") is Remedy.RS
