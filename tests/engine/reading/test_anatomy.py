from __future__ import annotations

from datetime import date

import pytest

from mingtang.place import Place
from mingtang.reading.anatomy import (
    Titled,
    read_body,
    read_signature,
    read_title,
    read_year,
)
from mingtang.reading.sections import find_sections
from mingtang.report import Signature
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


def signed(*lines: str) -> Signature:
    blocks = paragraphs("六、其他需要报告的事项", "无其他事项。", *lines)
    return read_signature(blocks, find_sections(blocks))


class TestSignature:
    @pytest.mark.parametrize(
        "line",
        [
            "2025年1月20日",
            "2025年01月20日",
            "2025 年 1 月 20 日",
            "２０２５年１月２０日",
            "2025-01-20",
            "2025/1/20",
            "2025.1.20",
            "二〇二五年一月二十日",
            "二○二五年一月二十日",
            "二零二五年一月二十日",
            "2025年1月20日。",
        ],
    )
    def test_a_day_in_any_form(self, line: str) -> None:
        assert signed("某市某局", line) == Signature(
            "某市某局",
            Place(paragraph=3, start=0, end=4),
            date(2025, 1, 20),
            Place(paragraph=4, start=0, end=len(line)),
        )

    @pytest.mark.parametrize("line", ["某市某局2025年1月20日", "某市某局　2025年1月20日"])
    def test_body_and_day_on_one_line(self, line: str) -> None:
        found = signed(line)
        assert (found.body, found.day) == ("某市某局", date(2025, 1, 20))
        assert (
            found.body_place
            == found.day_place
            == Place(paragraph=3, start=0, end=len(line))
        )

    def test_a_day_alone(self) -> None:
        assert signed("2025年1月20日")[::2] == (None, date(2025, 1, 20))

    def test_a_body_alone(self) -> None:
        assert signed("某市某局")[::2] == ("某市某局", None)

    def test_a_day_under_the_title(self) -> None:
        blocks = paragraphs(TITLE, "（2025年1月20日）", "一、总体情况", "全年平稳。")
        assert read_signature(blocks, find_sections(blocks)).day == date(2025, 1, 20)

    def test_a_report_without_sections_is_signed_at_its_end(self) -> None:
        blocks = paragraphs(TITLE, "正文。", "某市某局", "2025年1月20日")
        assert read_signature(blocks, ())[::2] == ("某市某局", date(2025, 1, 20))

    @pytest.mark.parametrize(
        "line",
        [
            "2025年2月30日",
            "2025年13月1日",
            "2025年1月",
            "截至2024年12月31日",
            "发布日期：2025-01-20",
            "我局于2025年1月20日公布了本报告。",
        ],
    )
    def test_what_is_no_day_of_signing(self, line: str) -> None:
        assert signed(line).day is None

    def test_a_sentence_is_no_body(self) -> None:
        assert signed("没有其他需要报告的事项，特此报告", "2025年1月20日").body is None

    def test_an_empty_report_is_not_signed(self) -> None:
        assert read_signature([], ()) == Signature()


class TestBody:
    def test_the_titles_body_is_the_reports(self) -> None:
        assert read_body(title(TITLE), Signature(), []) == "某市某局"

    def test_a_fuller_name_in_the_signature_is_taken(self) -> None:
        named = title("某局2024年政府信息公开工作年度报告")
        named = named._replace(body="卫生健康局")
        assert read_body(named, Signature("某市卫生健康局"), []) == "某市卫生健康局"

    def test_a_fuller_name_in_a_sentence_is_taken(self) -> None:
        blocks = paragraphs("本报告由清河市东湖区档案局编制，全文如下。")
        named = Titled("", None, "东湖区档案局", 2024)
        assert read_body(named, Signature(), blocks) == "清河市东湖区档案局"

    def test_another_bodys_name_is_not(self) -> None:
        blocks = paragraphs("本报告由清河市人民政府办公室编制。")
        named = Titled("", None, "东湖区档案局", 2024)
        assert read_body(named, Signature("清河市档案馆"), blocks) == "东湖区档案局"

    def test_without_a_title_the_signature_tells(self) -> None:
        assert read_body(Titled(), Signature("某市某局"), []) == "某市某局"
        assert read_body(Titled(), Signature(), []) is None
