from __future__ import annotations

from datetime import date

import pytest

from mingtang.place import Place
from mingtang.reading.anatomy import read_body, read_signature
from mingtang.reading.sections import find_sections
from mingtang.reading.titles import Titled
from mingtang.report import Signature
from tests.engine.reading.snippets import paragraphs

TITLE = "某市某局2024年政府信息公开工作年度报告"


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

    @pytest.mark.parametrize("gap", ["", "  ", "\u00a0"])
    def test_a_signature_behind_the_last_sentence(self, gap: str) -> None:
        sentence = "发出收费通知的件数和总金额以及实际收取的总金额均为0。"
        line = f"{sentence}{gap}某市某局{gap}2025年1月20日"
        found = signed(line)
        assert (found.body, found.day) == ("某市某局", date(2025, 1, 20))
        start = len(sentence) + len(gap)
        assert found.body_place == Place(paragraph=3, start=start, end=len(line))

    def test_a_day_that_does_not_exist_is_told_with_its_body(self) -> None:
        found = signed("某市某局", "2025年2月30日")
        assert (found.body, found.day, found.misdated) == (
            "某市某局",
            None,
            "2025年2月30日",
        )

    def test_a_day_alone(self) -> None:
        found = signed("2025年1月20日")
        assert (found.body, found.day) == (None, date(2025, 1, 20))

    def test_a_body_alone(self) -> None:
        assert (signed("某市某局").body, signed("某市某局").day) == ("某市某局", None)

    def test_a_day_under_the_title(self) -> None:
        blocks = paragraphs(TITLE, "（2025年1月20日）", "一、总体情况", "全年平稳。")
        assert read_signature(blocks, find_sections(blocks)).day == date(2025, 1, 20)

    def test_a_report_without_sections_is_signed_at_its_end(self) -> None:
        blocks = paragraphs(TITLE, "正文。", "某市某局", "2025年1月20日")
        found = read_signature(blocks, ())
        assert (found.body, found.day) == ("某市某局", date(2025, 1, 20))

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
        assert read_body(Titled(body="某市某局"), Signature(), []) == "某市某局"

    def test_a_fuller_name_in_the_signature_is_taken(self) -> None:
        named = Titled(body="卫生健康局")
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
