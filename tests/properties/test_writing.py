"""What we write we can read: the report comes back, but for places."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mingtang
from mingtang.form.loading import edition
from mingtang.writing import FORMATS
from tests.builders import BODY, SECTIONS, report
from tests.trials.essence import essence

WHOLE = [
    name
    for name in FORMATS
    if name not in ("csv", "pdf")
    and (
        name in ("markdown", "json", "text")
        or find_spec(f"mingtang.reading.formats.{name}") is not None
    )
]
FIGURES = st.one_of(
    st.integers(min_value=0, max_value=30).map(str),
    st.integers(min_value=0, max_value=10**9).map(str),
    st.sampled_from(["", "", "/", "—", "-3", "1139.89", "0.5", "-12.25"]),
)
RARE = "镕喆堃㛃𠮷䶮"
SENTENCES = st.sampled_from(
    [
        "全年按时公开各类信息，答复申请人。",
        "与群众见面12次，收集意见30条，均已办理。",
        "负责人：张镕、李喆、王堃、赵䶮。",
        "文件名中有“引号”、<尖括号>、&符号和|竖线。",
        "（一）主动公开情况。网站更新1,204条。",
    ]
)


@st.composite
def printed(draw: st.DrawFn):
    """What a report prints: any figures and blanks, and prose of several lengths."""
    name = draw(st.sampled_from(("2021", "2019")))
    cells = edition(name).cell_ids()
    chosen = draw(st.lists(st.sampled_from(cells), unique=True, max_size=40))
    figures = {cell: draw(FIGURES) for cell in chosen}
    year = 2024 if name == "2021" else 2020
    first = "\n".join(draw(st.lists(SENTENCES, min_size=1, max_size=6)))
    sections = (f"一、总体情况\n{first}", *SECTIONS[1:])
    title = f"{BODY}{year}年政府信息公开工作年度报告"
    preface = f"本报告统计期限自{year}年1月1日起至{year}年12月31日止。"
    signed = f"{year + 1}年1月15日"
    words = {"title": title, "preface": preface, "sections": sections, "signed": signed}
    return name, figures, words


@pytest.mark.parametrize("to", WHOLE)
@settings(max_examples=25, deadline=None)
@given(told=printed())
def test_what_is_written_is_read_back(to, told):
    name, figures, words = told
    if to == "text":
        words["sections"] = [part.replace("|", "\uff5c") for part in words["sections"]]
    made = report(name, figures, **words)
    again = mingtang.read(mingtang.write(made, to)).report
    assert essence(again) == essence(made)


@pytest.mark.parametrize("to", WHOLE)
def test_thirty_pages_of_prose_are_read_back(to):
    prose = "\n".join(
        f"第{number}件事办得怎样，这里写得很详细，{RARE}都在其中，前后共用了许多字。" * 4
        for number in range(1, 260)
    )
    made = report(sections=(f"一、总体情况\n{prose}", *SECTIONS[1:]))
    again = mingtang.read(mingtang.write(made, to)).report
    assert essence(again) == essence(made)


@pytest.mark.parametrize("to", FORMATS)
def test_a_figure_that_could_not_be_placed_never_becomes_the_cells(to):
    """A row without lines that lost all but one figure: nobody knows whose the 5 is."""
    heads = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    text = "\n".join(
        (
            "某市某局2024年政府信息公开工作年度报告",
            "三、收到和处理政府信息公开申请情况",
            heads,
            "一、本年新收政府信息公开申请数量 5",
            "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
            "四、结转下年度继续办理 0 0 0 0 0 0 0",
        )
    )
    lost = mingtang.read(text.encode()).report
    again = mingtang.read(mingtang.write(lost, to)).report
    states = {
        fact.state.value
        for cell, fact in again.facts.items()
        if cell.startswith("requests/received/")
    }
    assert states == {"unreadable"}
    assert again.facts["requests/carried_in/total"].value == 0


@settings(max_examples=25, deadline=None)
@given(told=printed())
def test_the_tables_come_back_from_csv(told):
    name, figures, words = told
    made = report(name, figures, **words)
    again = mingtang.read(mingtang.write(made, "csv")).report
    assert again.facts == made.facts
    assert (again.body, again.year, again.edition) == (made.body, made.year, made.edition)


@settings(max_examples=5, deadline=None)
@given(told=printed())
def test_what_is_set_as_pdf_is_read_back(told):
    name, figures, words = told
    made = report(name, figures, **words)
    again = essence(mingtang.read(mingtang.write(made, "pdf")).report)
    assert again["facts"] == essence(made)["facts"]
    assert again | {"facts": {}, "sections": []} == essence(made) | {
        "facts": {},
        "sections": [],
    }


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_report_gives_the_same_bytes(to):
    assert mingtang.write(report(), to) == mingtang.write(report(), to)
