from __future__ import annotations

import pytest

from mingtang.place import Place
from mingtang.reading.titles import Titled, read_title, read_year
from tests.engine.reading.snippets import paragraphs

TITLE = "某市某局2024年政府信息公开工作年度报告"


def title(*lines: str, page: str | None = None) -> Titled:
    return read_title(paragraphs(*lines), page)


class TestTitle:
    @pytest.mark.parametrize(
        "line",
        [
            TITLE,
            "2024年某市某局政府信息公开工作年度报告",
            "某市某局政府信息公开工作年度报告（2024年）",
            "某市某局2024年度政府信息公开年报",
            "关于某市某局2024年政府信息公开工作情况的报告",
            "关于2024年度某市某局政府信息公开工作的年度报告",
            "某市某局关于2024年政府信息公开工作年度报告",
            "某市某局2024年政务公开工作年度报告",
            "《某市某局2024年政府信息公开工作年度报告》",
            "某市某局二〇二四年政府信息公开工作年度报告",
            "某市某局二○二四年政府信息公开工作年度报告",
            "二零二四年某市某局政府信息公开工作年度报告",
            "某市某局２０２４年政府信息公开工作年度报告",
            "某市某局 2024 年政府信息公开 工作年度报告",
            "某市某局2024年政府信息公開工作年度報告",
        ],
    )
    def test_body_and_year_are_read_in_any_wording(self, line: str) -> None:
        found = title(line)
        assert (found.text, found.body, found.year) == (line, "某市某局", 2024)
        assert found.place == Place(paragraph=1, start=0, end=len(line))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("某市某局", "2024年政府信息公开工作年度报告"),
            ("某市某局2024年", "政府信息公开工作年度报告"),
            ("某市某局2024年度政府", "信息公开工作年度报告"),
        ],
    )
    def test_a_title_over_two_lines_is_one(self, first: str, second: str) -> None:
        found = title("首页", first, second)
        assert (found.text, found.body, found.year) == (first + second, "某市某局", 2024)
        assert found.place.paragraph == 3

    @pytest.mark.parametrize("at", range(4, 12))
    def test_a_title_broken_inside_the_end_of_a_bodys_name_is_one(self, at: int) -> None:
        whole = "甲市乙区人民政府办公室2024年政府信息公开工作年度报告"
        found = title("公开报告", whole[:at], whole[at:])
        assert (found.body, found.year) == ("甲市乙区人民政府办公室", 2024)
        assert found.text == whole

    def test_the_end_of_a_name_takes_no_line_that_cannot_begin_it(self) -> None:
        found = title("首页", "办公室2024年政府信息公开工作年度报告")
        assert found.body == "办公室"

    @pytest.mark.parametrize(
        "lines",
        [
            ("某市某局", "2024年", "政府信息公开工作年度报告"),
            ("某市某局", "政府信息公开工作", "2024年度报告"),
            ("某市某局", "2024年", "政府信息公开", "工作年度报告"),
            ("某 市 某 局", "二〇二四年", "政府信息公开工作年度报告"),
        ],
    )
    def test_a_title_over_more_lines_is_one(self, lines: tuple[str, ...]) -> None:
        found = title("某市某局政务公开", *lines, "一段话。")
        assert (found.body, found.year) == ("某市某局", 2024)
        assert found.text == "".join(lines)
        assert found.place is not None
        assert found.place.paragraph == len(lines) + 1

    def test_lines_of_a_menu_make_no_title(self) -> None:
        assert title("某市某局", "首页", "2024年", "政府信息公开").body != "某市某局首页"

    def test_a_body_whose_name_speaks_of_government_services(self) -> None:
        assert (
            title("某市政务服务局2024年政府信息公开工作年度报告").body == "某市政务服务局"
        )

    def test_menus_and_sentences_are_no_title(self) -> None:
        lines = (
            "当前位置：首页 > 政府信息公开年报",
            "根据《政府信息公开条例》编制2023年度报告。",
            "政府信息公开年报",
            TITLE,
        )
        assert title(*lines).text == TITLE

    def test_a_line_with_a_year_goes_before_one_without(self) -> None:
        assert (
            title("政府信息公开年报", "栏目", "2024年政府信息公开工作年度报告").year == 2024
        )

    def test_the_pages_own_title_serves_where_the_text_has_none(self) -> None:
        found = title("正文", page=f"{TITLE}_某市人民政府门户网站")
        assert (found.body, found.year, found.place) == ("某市某局", 2024, None)

    def test_the_text_goes_before_the_pages_own_title(self) -> None:
        assert title(TITLE, page="某市2023年政府信息公开工作年度报告").year == 2024

    def test_no_title_is_nothing(self) -> None:
        assert title("一、总体情况", page="首页") == Titled()


class TestYear:
    def test_the_titles_year_comes_first(self) -> None:
        period = paragraphs("统计期限自2023年1月1日起至2023年12月31日止。")
        assert read_year(title(TITLE), period) == 2024

    @pytest.mark.parametrize(
        "line",
        [
            "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
            "数据统计时间为 2023 年 1 月 1 日至 2023 年 12 月 31 日",
            "统计期限：2023年1月1日至12月31日",
        ],
    )
    def test_the_period_tells_it_where_the_title_does_not(self, line: str) -> None:
        assert read_year(Titled(), paragraphs("某市某局年度报告", line)) == 2023

    def test_a_year_named_by_the_way_is_not_the_reports(self) -> None:
        assert read_year(Titled(), paragraphs("2023年，我局认真贯彻条例。")) is None
