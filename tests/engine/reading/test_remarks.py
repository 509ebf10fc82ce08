from __future__ import annotations

from mingtang.place import Place
from mingtang.reading.locating import Stray, locate
from mingtang.reading.placing import place
from mingtang.reading.remarks import (
    LISTED,
    LONGEST,
    remark,
    seen,
    shift_findings,
    stray_findings,
)
from mingtang.reading.rules import LABEL_DAMAGED
from tests.engine.reading.snippets import rows

HERE = Place(table=1, row=2, column=3)


def test_a_remark_fills_the_rules_message() -> None:
    words = {"printed": "度止", "expected": "废止", "subject": "废止"}
    finding = remark(LABEL_DAMAGED, [HERE], words, ["a/b/c"], "度止")
    assert finding.message == "“度止”应为“废止”"
    assert (finding.place, finding.cells, finding.quote) == (HERE, ("a/b/c",), "度止")


def test_the_subject_tells_findings_of_one_rule_apart() -> None:
    words = {"printed": "甲", "expected": "乙"}
    one = remark(LABEL_DAMAGED, [], words | {"subject": "一"})
    other = remark(LABEL_DAMAGED, [], words | {"subject": "二"})
    assert one.fingerprint != other.fingerprint


def test_a_row_is_shown_cell_by_cell() -> None:
    (row,) = rows("<table><tr><td>规<br>章<td>0<td>2</table>")
    assert seen(row) == "规章 | 0 | 2"
    assert seen(row, row.items[1:]) == "0 | 2"


def test_a_long_row_is_cut() -> None:
    (row,) = rows("<table><tr>" + "<td>长文字" * 300 + "</table>")
    assert len(seen(row)) == LONGEST


def test_a_stray_row_is_quoted_with_its_place() -> None:
    (row,) = rows("<table><tr><td>网上申请<td>5</table>")
    (finding,) = stray_findings([Stray(row, "表式里没有这一行")])
    assert finding.message == "表式里没有这一行。所见：网上申请 | 5"
    assert finding.place == Place(table=1, row=1, column=1)


def test_rows_out_of_line_are_one_finding_and_the_first_are_named() -> None:
    labels = [
        "一、本年新收政府信息公开申请数量",
        "（一）予以公开",
        "1.属于国家秘密",
        "2.重复申请",
    ]
    labels += ["（七）总计", "四、结转下年度继续办理"]
    heads = (
        "<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计"
    )
    body = "".join(f"<tr><td>{label}{'<td>0' * 7}" for label in labels)
    source = f"<table><tr><td colspan=2>{heads}{body}</table>"
    (finding,) = shift_findings(place(locate(rows(source))))
    assert finding.rule.code == "R204"
    assert len(finding.places) == len(labels)
    assert finding.message.count("“") == LISTED
    assert finding.message.endswith(" 等 6 行")
