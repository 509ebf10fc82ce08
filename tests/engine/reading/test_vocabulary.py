from __future__ import annotations

import pytest

from mingtang.form.loading import edition, editions
from mingtang.reading.vocabulary import (
    COLUMN_LIKENESS,
    Kind,
    bare_key,
    column_likeness,
    edition_columns,
    sense,
    vocabulary,
)


class TestSense:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("0", Kind.FIGURE),
            ("/", Kind.FIGURE),
            ("251000元", Kind.FIGURE),
            ("", Kind.BLANK),
            ("\u3000", Kind.BLANK),
            ("规章", Kind.LINE),
            ("现行有效件数", Kind.COLUMN),
            ("（三）不予公开", Kind.GROUP),
            ("三、本年度办理结果", Kind.GROUP),
            ("法人或其他组织", Kind.PARENT),
            ("行政复议", Kind.PARENT),
            ("第二十条第（一）项", Kind.CAPTION),
            ("信息内容", Kind.LEAD),
            (
                "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
                Kind.CORNER,
            ),
            ("约5", Kind.OTHER),
            ("索引号", Kind.OTHER),
        ],
    )
    def test_a_cell_is_known_for_what_it_is(self, text: str, kind: Kind) -> None:
        assert sense(text).kind is kind

    @pytest.mark.parametrize(
        "text",
        [
            "1.属于国家秘密",
            "1．屬於國家秘密",
            "属于国家秘密",
            "1 . 属于\n国家秘密",
            "1、属于国家秘密：",
        ],
    )
    def test_signs_spaces_script_and_numeral_do_not_count(self, text: str) -> None:
        assert sense(text)[:3] == (Kind.LINE, ("requests/denied_state_secret",), 1.0)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("4.保护第三方和法权益", "denied_third_party"),
            ("6.属于四类过程信息", "denied_process"),
            ("一、本年新收政府信息公申请数量", "received"),
        ],
    )
    def test_a_damaged_label_is_known_with_less_likeness(
        self, text: str, line: str
    ) -> None:
        found = sense(text)
        assert found.targets == (f"requests/{line}",)
        assert 0.72 <= found.likeness < 1

    def test_a_label_as_like_to_two_lines_is_neither(self) -> None:
        assert sense("属于类信息").kind is Kind.OTHER

    @pytest.mark.parametrize("text", ["其他主动公开文件", "国有企业信息", "全年平稳"])
    def test_words_the_form_does_not_know_are_no_label(self, text: str) -> None:
        assert sense(text).kind is Kind.OTHER

    def test_a_total_may_be_called_by_another_word(self) -> None:
        assert sense("合计").targets == sense("总计").targets

    def test_a_bare_other_is_a_column_and_a_numbered_one_a_line(self) -> None:
        assert sense("其他").targets == ("requests//other",)
        assert sense("3.其他").targets == ("requests/other_other",)

    def test_a_label_run_together_with_figures_is_no_label(self) -> None:
        assert sense("2.重复申请0000000").kind is Kind.OTHER


def test_a_key_without_its_numeral() -> None:
    assert bare_key("1属于国家秘密") == "属于国家秘密"
    assert bare_key("规章") == "规章"
    assert bare_key("2024") == "2024"


def test_every_line_of_every_edition_is_known_by_its_own_label() -> None:
    for form in editions():
        for table in form.tables:
            for cell, _, line, _ in table.cells():
                if not table.across:
                    assert sense(line.label).targets == (cell.rsplit("/", 1)[0],)


def test_every_column_of_every_edition_is_known_by_its_own_label() -> None:
    for form in editions():
        for table in form.tables:
            for _, block, _, column in table.cells():
                assert column in block.columns
                assert f"{table.id}//{column.id}" in sense(column.label).targets


def test_the_lines_of_table_four_are_headers_not_labels() -> None:
    assert vocabulary().parents["行政复议"] == "disputes"
    assert "行政复议" not in vocabulary().lines


class TestColumnLikeness:
    def test_equal_but_for_signs_and_unit(self) -> None:
        assert column_likeness("本年收费金额", "本年收费金额（单位：万元）") == 1.0
        assert column_likeness("本年 制發件數", "本年制发件数") == 1.0

    def test_a_misprint_is_alike_and_another_label_is_not(self) -> None:
        assert COLUMN_LIKENESS <= column_likeness("本年度止件数", "本年废止件数") < 1
        assert column_likeness("自然人", "本年废止件数") < COLUMN_LIKENESS

    def test_a_header_cut_short_still_counts(self) -> None:
        assert column_likeness("本年新", "本年新制作数量") >= COLUMN_LIKENESS


def test_the_columns_of_a_line_are_the_editions() -> None:
    assert edition_columns(edition("2021"), "disclosure", "licensing") == (
        ("decisions", "本年处理决定数量"),
    )
    assert edition_columns(edition("2021"), "disclosure", "procurement") == ()
    assert len(edition_columns(edition("2019"), "disclosure", "procurement")) == 2
