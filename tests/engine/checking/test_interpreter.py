"""The sums: what is judged, what is left open, and what is said about either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang.checking.interpreter import sum_findings
from mingtang.checking.plan import plan_of
from mingtang.finding import Weight
from mingtang.form.loading import edition, editions
from mingtang.form.sums import Identity
from mingtang.place import Place
from tests.builders import report

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from mingtang.form.edition import Edition

UNBALANCED = {
    "requests/received/person": "12",
    "requests/carried_in/person": "3",
    "requests/concluded/person": "13",
    "requests/carried_out/person": "1",
    "requests/granted/person": "13",
}


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_a_report_of_zeros_has_no_finding(name: str) -> None:
    assert sum_findings(report(name)) == []


@pytest.mark.parametrize("made", editions(), ids=lambda made: made.id)
def test_every_line_and_column_of_the_form_is_judged(made: Edition) -> None:
    by_code: dict[str, int] = {}
    for each in plan_of(made).sums:
        by_code[each.rule.code] = by_code.get(each.rule.code, 0) + 1
    lines = len(made.table("requests").blocks[0].lines)
    assert by_code == {"S301": 7, "S302": 7, "S303": lines, "S401": 3}


def test_a_report_without_an_edition_has_nothing_to_add_up() -> None:
    assert sum_findings(report(None)) == []


def test_a_false_sum_carries_its_whole_equation() -> None:
    finding = _one("S301", UNBALANCED)
    assert finding.weight is Weight.CONTRADICTION
    assert finding.equation is not None
    assert finding.equation[:3] == ("15", "14", "1")
    assert finding.equation.left_terms == (
        ("一、本年新收政府信息公开申请数量", "12"),
        ("二、上年结转政府信息公开申请数量", "3"),
    )
    assert finding.equation.right_terms == (
        ("（七）总计", "13"),
        ("四、结转下年度继续办理", "1"),
    )
    assert finding.cells == tuple(
        f"requests/{line}/person"
        for line in ("received", "carried_in", "concluded", "carried_out")
    )
    assert finding.place == Place(table=2, row=1, column=1)
    assert "“自然人”一列" in finding.message
    assert "相差1" in finding.message


def test_the_difference_is_left_minus_right() -> None:
    finding = _one("S401", {"disputes/review/total": "7"})
    assert finding.equation is not None
    assert finding.equation[:3] == ("0", "7", "-7")
    assert "相差7" in finding.message


def test_decimals_are_added_exactly() -> None:
    cells = {"disputes/review/upheld": "0.1", "disputes/review/corrected": "0.2"}
    assert _of("S401", cells | {"disputes/review/total": "0.3"}) == []
    finding = _one("S401", cells | {"disputes/review/total": "0.4"})
    assert finding.equation is not None
    assert finding.equation[:3] == ("0.3", "0.4", "-0.1")


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "空白"), ("/", "填作“/”之类"), ("1 2", "读不出"), ("缺", "文中没有")],
)
def test_a_part_that_is_no_number_leaves_the_sum_open(text: str, said: str) -> None:
    cells = {"requests/received/person": text, "requests/concluded/person": "5"}
    findings = [each for each in _of("S301", cells) if not each.assessed]
    assert [each.cells for each in findings] == [("requests/received/person",)]
    assert findings[0].weight is Weight.NOTE
    assert findings[0].equation is None
    assert f"“一、本年新收政府信息公开申请数量·自然人”{said}" in findings[0].message


def test_open_sums_of_one_rule_are_said_once() -> None:
    cells = {f"requests/{line}/total": "" for line in ("received", "granted", "concluded")}
    findings = sum_findings(report(cells=cells))
    assert [each.rule.code for each in findings] == ["S301", "S302", "S303"]
    assert {each.cells for each in findings if each.rule.code == "S303"} == {tuple(cells)}


def test_a_table_that_is_absent_is_said_once_a_rule() -> None:
    form = edition("2021")
    missing = {cell: "缺" for cell in form.cell_ids() if cell.startswith("requests/")}
    findings = sum_findings(report(cells=missing))
    assert [each.message for each in findings] == [
        "表三不在文中，没有判断“新收与结转之和不等于办结与转下年之和”",
        "表三不在文中，没有判断“各项办理结果之和不等于“（七）总计””",
        "表三不在文中，没有判断“六类申请人之和不等于本行总计”",
    ]
    assert not any(each.assessed or each.cells for each in findings)


def test_lines_that_are_absent_are_named_once_each() -> None:
    lines = ("other_uncorrected", "other_unpaid", "other_other")
    form = edition("2021")
    missing = {cell: "缺" for cell in form.cell_ids() if cell.split("/")[1] in lines}
    by_line = _one("S303", missing)
    assert "不在文中" not in by_line.message
    assert by_line.message.endswith(
        "“（六）其他处理/3.其他”整行文中没有，没有判断“六类申请人之和不等于本行总计”"
    )
    assert by_line.cells == tuple(missing)
    by_column = _one("S302", missing | {"requests/granted/person": ""})
    assert by_column.message.count("整行文中没有") == 3
    assert by_column.message.endswith("“（一）予以公开·自然人”空白")


def test_one_number_that_settles_every_sum_is_named_as_likely() -> None:
    cells = {
        "requests/received/person": "3",
        "requests/received/total": "3",
        "requests/unavailable_not_held/person": "3",
        "requests/concluded/person": "3",
        "requests/concluded/total": "3",
    }
    findings = sum_findings(report(cells=cells))
    assert [each.rule.code for each in findings] == ["S302", "S303"]
    for finding in findings:
        assert finding.remedy is not None
        assert finding.remedy.kind == "likely"
        assert finding.remedy.changes == (
            ("requests/unavailable_not_held/total", "0", "3"),
        )
        assert "若" in finding.remedy.message
        assert "则相符" in finding.remedy.message


def test_where_several_numbers_would_do_none_is_preferred() -> None:
    cells = {
        "disputes/review/upheld": "1",
        "disputes/review/other": "2",
        "disputes/review/total": "5",
    }
    remedy = _one("S401", cells).remedy
    assert remedy is not None
    assert (remedy.kind, remedy.changes) == ("ask", ())
    assert "“行政复议·总计”为3（现印5）" in remedy.message
    assert "分不出" in remedy.message


def test_where_no_single_number_would_do_it_is_said() -> None:
    cells = {
        "requests/received/person": "1",
        "requests/received/total": "3",
        "requests/granted/company": "2",
        "requests/granted/total": "5",
    }
    remedies = {
        each.remedy.message for each in sum_findings(report(cells=cells)) if each.remedy
    }
    assert any("都不能使" in message for message in remedies)


def test_no_number_is_ever_made_negative() -> None:
    cells = {"disputes/review/other": "10", "disputes/review/pending": "1"}
    remedy = _one("S401", cells).remedy
    assert remedy is not None
    assert remedy.changes == (("disputes/review/total", "0", "11"),)


def test_an_edition_that_is_not_the_forms_own_is_planned_anew() -> None:
    form = edition("2021")
    other = form._replace(
        sums=(Identity("S401", "disputes", "line", ("upheld",), ("total",)),)
    )
    changed = report(cells={"disputes/review/total": "2"})._replace(edition=other)
    assert [each.equation[:2] for each in sum_findings(changed) if each.equation] == [
        ("0", "2")
    ]


def test_the_fingerprint_stays_while_the_fault_stays() -> None:
    first = _one("S301", UNBALANCED)
    moved = report(cells=UNBALANCED)
    facts = {cell: fact._replace(place=None) for cell, fact in moved.facts.items()}
    again = [each for each in sum_findings(moved._replace(facts=facts)) if each.equation]
    assert again[0].place is None
    assert first.fingerprint in {each.fingerprint for each in again}


def _of(code: str, cells: dict[str, str]) -> list[Finding]:
    return [each for each in sum_findings(report(cells=cells)) if each.rule.code == code]


def _one(code: str, cells: dict[str, str]) -> Finding:
    found = _of(code, cells)
    assert len(found) == 1, [each.message for each in found]
    return found[0]
