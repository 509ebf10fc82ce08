"""Pages that were read wrong once, by the cause: none of them may be again.

Found by a reader's adversary and by fuzzing; each is the smallest that shows
its cause.
"""

from __future__ import annotations

from time import perf_counter

import pytest

from mingtang.reading import read
from tests.engine.reading.snippets import CARRIED_IN, RECEIVED, codes, line

KINDS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
DISPUTES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells(*texts: object) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


HEADS = (
    "<td rowspan=3>项目</td><td colspan=6>申请人情况</td><td rowspan=3>总计</td>",
    "<td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>",
    cells(*KINDS),
)
FOUR = (
    "<td colspan=5>行政复议</td><td colspan=10>行政诉讼</td>",
    "<td colspan=5></td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>",
    cells(*DISPUTES * 3),
)


def test_headers_that_lost_their_colspans_are_an_order_not_columns() -> None:
    page = table(
        cells("", "申请人情况"),
        cells("自然人", "法人或其他组织", "总计"),
        cells(*KINDS),
        cells(RECEIVED, 1, 2, 3, 4, 5, 6, 21),
        cells(CARRIED_IN, 1, 2, 3, 4, 5, 6, 21),
    )
    assert line(page, "requests/received") == [1, 2, 3, 4, 5, 6, 21]


def test_colspans_lost_beside_rowspans_kept_tell_nothing() -> None:
    page = table(
        "<td rowspan=3></td><td>申请人情况</td>",
        "<td rowspan=2>自然人</td><td>法人或其他组织</td><td rowspan=2>总计</td>",
        cells(*KINDS),
        cells(RECEIVED, 1, 2, 3, 4, 5, 6, 21),
        cells(CARRIED_IN, 1, 2, 3, 4, 5, 6, 21),
    )
    assert line(page, "requests/received") == ["unreadable"] * 7


def test_a_column_nobody_knows_does_not_fill_up_for_a_blank() -> None:
    header = (
        "| 行名 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 "
        "| 法律服务机构 | 其他 | 总计 | 上年 |"
    )
    page = "\n".join(
        [
            header,
            f"| {RECEIVED} |  | 1 | 2 | 3 | 4 | 5 | 15 | 7 |",
            f"| {CARRIED_IN} | 1 | 1 | 1 | 1 | 1 | 1 | 6 | 7 |",
        ]
    )
    assert line(page, "requests/received") == ["blank", 1, 2, 3, 4, 5, 15]


def test_one_table_is_read_one_way() -> None:
    heads = (
        HEADS[0].replace("<td rowspan=3>项目", "<td rowspan=3 colspan=2>项目"),
        *HEADS[1:],
    )
    full = [cells(label, 1, 2, 3, 4, 5, 6, 21, "") for label in ("一", "二")]
    labels = (CARRIED_IN, "（七）总计", "四、结转下年度继续办理")
    rows = [cells(label, 1, 2, 3, 4, 5, 6, 21, "") for label in labels]
    page = table(*heads, cells(RECEIVED, "", 2, 3, 4, 5, 6, 20, ""), *rows)
    assert len(full) == 2
    assert line(page, "requests/received") == ["unreadable"] * 7


def test_two_rows_of_figures_in_table_four_contradict_each_other() -> None:
    page = table(*FOUR, cells(*[0] * 15), cells(*[1] * 15))
    assert line(page, "disputes/review") == ["unreadable"] * 5
    assert "R205" in codes(page)


def test_an_empty_row_of_table_four_is_its_figures() -> None:
    page = table(*FOUR, cells(*[""] * 15))
    assert line(page, "disputes/review") == ["blank"] * 5


def test_an_empty_row_after_the_figures_of_table_four_is_none() -> None:
    page = table(*FOUR, cells(*[3] * 15), cells(*[""] * 15))
    assert line(page, "disputes/review") == [3] * 5


def test_a_comparison_of_years_claims_no_line() -> None:
    comparison = table(cells("指标", "2023年", "2024年"), cells(RECEIVED, 9, 8))
    page = comparison + table(*HEADS, cells(RECEIVED, 1, 0, 0, 0, 0, 0, 1))
    assert line(page, "requests/received") == [1, 0, 0, 0, 0, 0, 1]


def test_two_tables_that_contradict_each_other_lend_each_other_no_line() -> None:
    own = table(*HEADS, *(cells(label, *[1] * 7) for label in (RECEIVED, CARRIED_IN)))
    labels = (RECEIVED, CARRIED_IN, "（七）总计")
    other = table(*HEADS, *(cells(label, *[2] * 7) for label in labels))
    assert line(own + other, "requests/concluded") == ["unreadable"] * 7


def test_a_page_number_does_not_fill_up_a_row_that_lost_a_blank() -> None:
    balanced = [f"{label}\n0\n0\n0\n0\n0\n0\n0" for label in (CARRIED_IN, "（一）予以公开")]
    more = [f"{label}\n2\n0\n0\n0\n0\n0\n2" for label in ("2.重复申请", "（七）总计")]
    header = "\n".join(("自然人", "法人或其他组织", "总计", *KINDS))
    page = f"申请人情况\n{header}\n{RECEIVED}\n5\n0\n0\n0\n0\n5\n3\n" + "\n".join(
        [*balanced, *more]
    )
    assert line(page, "requests/received") == ["unreadable"] * 7
    assert line(page, "requests/concluded") == [2, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("251<sup>1</sup>", 251),
        ("<del>5</del>8", "unreadable"),
        ("<span style='text-decoration:line-through'>5</span>8", "unreadable"),
        ("8<span style='DISPLAY : none'>9</span>", 8),
        ("<ruby>8<rt>2</rt></ruby>", 8),
        ("<p>1</p><p>2</p>", "unreadable"),
        ("<img src=8.png>", "unreadable"),
        ("<input value=8>", 8),
        ("<select><option>1<option selected>8</select>", 8),
        ("5㉑", 5),
        ("1 2", "unreadable"),
        ("００", "unreadable"),
    ],
)
def test_a_figure_is_what_a_person_sees(printed: str, read_as: object) -> None:
    page = table(
        *HEADS, cells(RECEIVED, printed, 0, 0, 0, 0, 0, 0), cells(CARRIED_IN, *[0] * 7)
    )
    assert line(page, "requests/received")[0] == read_as


def test_another_thing_with_a_longer_name_is_not_the_line() -> None:
    page = table(
        "<td colspan=4>第二十条第（一）项</td>",
        cells("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        cells("规章", 0, 0, 0),
        cells("非行政规范性文件", 7, 7, 7),
    )
    assert line(page, "disclosure/normative_documents") == []


def test_a_page_claiming_wide_cells_costs_no_time() -> None:
    nested = "<td colspan=200>x</td>" * 40
    page = (
        "<table><tr><td>" * 20 + f"<table><tr>{nested}</tr></table><img>" + "</table>" * 20
    )
    start = perf_counter()
    read(page.encode())
    # Not a timing: the cause took minutes and gigabytes.
    assert perf_counter() - start < 30
