"""条例第十二条: what the guide and the catalogue contain, and what contradicts."""

from __future__ import annotations

import pytest

from mingtang.publication.guide import (
    contradictions,
    lacking_catalogue,
    lacking_guide,
    unfilled,
)

WHOLE = """西山区住房和城乡建设局政府信息公开指南
一、政府信息的分类和编排体系
本局信息按主题分类，目录按编号编排。
二、获取方式
在本局网站查阅。
三、工作机构
政府信息公开工作机构：局办公室
办公地址：西山区人民路12号3楼
办公时间：工作日上午9:00—12:00，下午14:00—17:30
联系电话：（0990）6230001
传真号码：0990-6230002
互联网联系方式：zjj@example.gov.cn"""
TOLD = {
    "office": "局办公室",
    "address": "西山区人民路12号3楼",
    "hours": "工作日上午9：00-12：00，下午14：00-17：30",
    "telephone": "0990-6230001",
    "fax": "6230002",
    "online": "zjj@example.gov.cn",
}


def named(gaps) -> list[str]:
    return [gap.item.id for gap in gaps]


def test_a_guide_with_everything_lacks_nothing() -> None:
    assert lacking_guide(WHOLE) == ()
    assert contradictions(WHOLE, TOLD) == ()


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("政府信息公开工作机构：局办公室", "office"),
        ("办公地址：西山区人民路12号3楼", "address"),
        ("办公时间：工作日上午9:00—12:00，下午14:00—17:30", "hours"),
        ("联系电话：（0990）6230001", "telephone"),
        ("传真号码：0990-6230002", "fax"),
        ("互联网联系方式：zjj@example.gov.cn", "online"),
    ],
)
def test_a_label_without_its_value_is_lacking(line: str, item: str) -> None:
    label = line.partition("：")[0]
    blank = f"{label}：〔请填写：{label}〕"
    for instead in ("", f"{label}：", f"{label}\t", blank):
        assert named(lacking_guide(WHOLE.replace(line, instead))) == [item]


def test_a_value_may_stand_in_the_next_cell_or_line() -> None:
    for parted in ("联系电话\t0990-6230001", "联系电话\n0990-6230001"):
        text = WHOLE.replace("联系电话：（0990）6230001", parted)
        assert lacking_guide(text) == ()


def test_no_fax_is_said_in_words() -> None:
    assert lacking_guide(WHOLE.replace("0990-6230002", "不设传真")) == ()


def test_what_lacks_says_by_which_article() -> None:
    assert "第十二条第二款" in lacking_guide("")[0].item.cite
    assert named(lacking_catalogue("")) == ["index", "title", "summary", "formed_on"]
    assert "第十二条第三款" in lacking_catalogue("")[0].item.cite


@pytest.mark.parametrize(
    "item", ["office", "address", "hours", "telephone", "fax", "online"]
)
def test_a_contradiction_is_told_with_its_place(item: str) -> None:
    known = {
        "office": "局政务公开科",
        "address": "西山区解放路1号",
        "hours": "工作日上午10:00—13:00",
        "telephone": "0990-6230009",
        "fax": "0990-6230009",
        "online": "https://other.example.gov.cn",
    }[item]
    [found] = contradictions(WHOLE, TOLD | {item: known})
    assert (found.item.id, found.registered) == (item, known)
    assert found.said in WHOLE.splitlines()[found.line - 1].replace("（", "(").replace(
        "）", ")"
    ).replace("，", ",")


def test_a_number_without_its_area_is_the_same() -> None:
    assert contradictions(WHOLE, {"telephone": "6230001"}) == ()
    assert contradictions("电话：6230001", {"telephone": "0990-6230001"}) == ()


def test_what_is_not_registered_contradicts_nothing() -> None:
    assert contradictions(WHOLE, {"fax": "", "telephone": " "}) == ()


def test_what_is_to_be_filled_in_is_named() -> None:
    assert unfilled("〔请填写：传真号码〕和〔请填写：办公时间〕") == (
        "传真号码",
        "办公时间",
    )
