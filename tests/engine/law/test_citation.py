"""A source of law is taken apart, printed again, or refused."""

from __future__ import annotations

import pytest

from mingtang.law import deliveries, grounds, options, parameters
from mingtang.law.citation import (
    Citation,
    CitationError,
    numeral,
    parse_citation,
    parse_citations,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "政府信息公开条例（2019年修订）第三十三条第二款第（一）项",
            Citation("政府信息公开条例", "2019年修订", None, 33, None, 2, 1),
        ),
        ("政府信息公开条例第三十三条", Citation("政府信息公开条例", article=33)),
        (
            "行政复议法第二十三条第一款第四项",
            Citation("行政复议法", article=23, paragraph=1, item=4),
        ),
        ("条例第20条第（八）项", Citation("条例", article=20, item=8)),
        ("国办函〔2020〕109号第四条", Citation(number="国办函〔2020〕109号", article=4)),
        ("国办公开办函〔2021〕30号", Citation(number="国办公开办函〔2021〕30号")),
        (
            "国办公开办函〔2021〕30号一（四）",
            Citation(number="国办公开办函〔2021〕30号", outline="一（四）"),
        ),
        ("法释〔2025〕8号第一条", Citation(number="法释〔2025〕8号", article=1)),
        ("国务院令第836号第三十一条", Citation(number="国务院令第836号", article=31)),
        (
            "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二",
            Citation(
                "政府信息公开工作年度报告格式",
                number="国办公开办函〔2021〕30号",
                outline="二",
            ),
        ),
        (
            "政府信息公开工作年度报告格式（2021年版）三",
            Citation("政府信息公开工作年度报告格式", "2021年版", outline="三"),
        ),
        ("《民法典》第二百零二条", Citation("民法典", article=202)),
        ("刑法第一百二十条之一", Citation("刑法", article=120, inserted=1)),
        (
            "国务院办公厅关于2024年部分节假日安排的通知",
            Citation("国务院办公厅关于2024年部分节假日安排的通知"),
        ),
    ],
)
def test_a_source_is_taken_apart(line: str, expected: Citation) -> None:
    assert parse_citation(line) == expected
    assert parse_citation(str(expected)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "第三十三条",
        "随便写的",
        "政府信息公开条例第若干条",
        "政府信息公开条例第零条",
        "政府信息公开条例第三十三条等",
        "政府信息公开条例第十四条、第十五条",
        "国办函2020年109号",
        "政府信息公开条例（2019年修订",
        "政府信息公开条例第二款",
    ],
)
def test_what_cannot_be_looked_up_is_refused(line: str) -> None:
    with pytest.raises(CitationError, match=r"依据|序号"):
        parse_citation(line)


def test_several_sources_are_joined_by_a_semicolon() -> None:
    parts = parse_citations("民法典第二百零一条；法释〔2018〕1号第四十八条")
    assert [part.article for part in parts] == [201, 48]
    with pytest.raises(CitationError):
        parse_citations("民法典第二百零一条；")


@pytest.mark.parametrize("number", [0, 10000])
def test_a_number_no_statute_prints_is_refused(number: int) -> None:
    with pytest.raises(CitationError):
        numeral(number)


def test_every_source_in_the_data_prints_as_it_is_written() -> None:
    lines = [value.cite for known in parameters() for value in known.values]
    lines += [known.cite for known in (*grounds(), *options(), *deliveries())]
    for line in lines:
        assert "；".join(map(str, parse_citations(line))) == line
