from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.text import (
    chinese_number,
    fold,
    is_traditional,
    label_key,
    parse_figure,
    squeeze,
)

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans(
    "0123456789,.+-", "".join(chr(ord(c) + 0xFEE0) for c in "0123456789,.+-")
)
UNITS = ["元", "万元", "亿元", "件", "条", "万", "件次"]


def in_chinese(number: int) -> str:
    """Return 1 to 9999 as a person writes it (一百零二)."""
    out, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + name
        gap = digit == 0 if digit == 0 else False
    return out.removeprefix("一") if 10 <= number < 20 else out


class TestChineseNumber:
    @given(st.integers(1, 9999))
    def test_numerals_survive_the_round_trip(self, number: int) -> None:
        assert chinese_number(in_chinese(number)) == number

    @given(st.integers(1000, 9999))
    def test_years_are_read_digit_by_digit(self, year: int) -> None:
        assert chinese_number("".join(DIGITS[int(d)] for d in str(year))) == year

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("两百", 200),
            ("一千零一", 1001),
            ("〇", 0),
        ],
    )
    def test_usual_forms(self, text: str, number: int) -> None:
        assert chinese_number(text) == number

    @pytest.mark.parametrize("text", ["", "若干", "3", "三件", "一、", " 三"])
    def test_anything_else_is_no_number(self, text: str) -> None:
        assert chinese_number(text) is None


class TestParseFigure:
    @given(st.integers(0, 10**12))
    def test_digits_survive_the_round_trip(self, number: int) -> None:
        assert parse_figure(str(number)) == ("number", number, None, None, None)

    @given(st.integers(0, 10**12))
    def test_thousands_separators_do_not_count(self, number: int) -> None:
        assert parse_figure(f"{number:,}").value == number

    @given(st.integers(0, 10**9), st.integers(1, 6))
    def test_decimals_are_exact(self, whole: int, places: int) -> None:
        text = f"{whole}.{'7' * places}"
        assert parse_figure(text).value == Decimal(text)

    @given(
        st.integers(0, 10**9), st.sampled_from(["", " ", "\u3000", "\n", "\u200b", "\t"])
    )
    def test_width_and_space_around_do_not_count(self, number: int, space: str) -> None:
        printed = f"{space}{str(number).translate(FULL_WIDTH)}{space}"
        assert parse_figure(printed).value == number

    @given(st.integers(0, 10**9), st.sampled_from(UNITS))
    def test_a_unit_is_kept_and_nothing_converted(self, number: int, unit: str) -> None:
        figure = parse_figure(f"{number}{unit}")
        assert (figure.kind, figure.value, figure.unit) == ("number", number, unit)

    @given(st.integers(1, 10**6))
    def test_a_sign_is_read_and_kept(self, number: int) -> None:
        assert parse_figure(f"-{number}")[:2] == ("number", -number)
        assert parse_figure(f"+{number}").sign == "+"
        assert parse_figure(f"减{number}").value == -number

    @given(st.text(max_size=12))
    def test_any_text_has_an_answer_and_a_value_only_with_a_number(self, text: str) -> None:
        figure = parse_figure(text)
        assert (figure.kind == "number") == (figure.value is not None)

    @given(st.text("0123456789 .,/-", max_size=8))
    def test_a_number_is_given_only_where_its_digits_stand_together(
        self, text: str
    ) -> None:
        figure = parse_figure(text)
        if figure.kind == "number":
            shown = text.strip().replace(",", "").lstrip("-")
            assert shown == str(abs(figure.value))

    @pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b\ufeff", "\xa0"])
    def test_nothing_printed_is_blank(self, text: str) -> None:
        assert parse_figure(text).kind == "blank"

    @pytest.mark.parametrize(
        "text",
        ["/", "-", "—", "——", "--", "无", "空", "不适用", "不涉及", "N/A", "／"],  # noqa: RUF001
    )
    def test_a_mark_for_nothing_is_not_a_zero(self, text: str) -> None:
        assert parse_figure(text)[:2] == ("not_applicable", None)

    @pytest.mark.parametrize(
        "text",
        ["1 2", "1|0", "3.", ".5", "007", "00", "1,23", "12,3456", "约10", "1-2", "3/4"],
    )
    def test_what_is_not_one_figure_is_unreadable(self, text: str) -> None:
        assert parse_figure(text)[:2] == ("unreadable", None)

    @pytest.mark.parametrize(
        ("text", "value", "note"),
        [
            ("22（其中修订16件）", 22, "(其中修订16件)"),
            ("55（含自然失效29件）", 55, "(含自然失效29件)"),
            ("3（2）", 3, "(2)"),
        ],
    )
    def test_a_note_beside_a_figure_is_kept(self, text: str, value: int, note: str) -> None:
        figure = parse_figure(text)
        assert (figure.value, figure.note) == (value, note)


class TestFold:
    def test_width_script_radicals_and_glosses_are_folded(self) -> None:
        assert (
            fold("政府信息公開\uff08\uff12\uff10\uff12\uff14\uff09") == "政府信息公开(2024)"
        )
        assert fold("⺠政局") == "民政局"
        assert fold("公開(kāi)") == "公开"

    @given(st.text(max_size=40))
    def test_squeezing_leaves_no_space(self, text: str) -> None:
        assert not any(character.isspace() for character in squeeze(text))

    @given(st.text("政府信息公开申请件数0123456789（），：", max_size=30))
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    def test_script_is_told(self) -> None:
        assert is_traditional("申請人情況")
        assert not is_traditional("申请人情况")


class TestLabelKey:
    @pytest.mark.parametrize(
        ("printed", "form"),
        [
            ("1. 屬於國家秘密", "1.属于国家秘密"),
            ("3.危及\u201c三安全一稳定\u201d", "3.危及三安全一稳定"),
            ("(一) 予以公开", "（一）予以公开"),
            ("总\u3000计", "总计"),
            ("四、結轉下年度繼續辦理", "四、结转下年度继续办理"),
        ],
    )
    def test_space_punctuation_width_and_script_do_not_count(
        self, printed: str, form: str
    ) -> None:
        assert label_key(printed) == label_key(form)

    def test_wording_counts(self) -> None:
        assert label_key("本年度止件数") != label_key("本年废止件数")

    @given(st.text("（）“”、，。：； \u3000\t", max_size=10))
    def test_punctuation_alone_is_nothing(self, text: str) -> None:
        assert label_key(text) == ""
