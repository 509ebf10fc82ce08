from __future__ import annotations

from mingtang.reading.locating import Located, locate
from tests.engine.reading.snippets import (
    CARRIED_OUT,
    RECEIVED,
    TABLE_TWO,
    requests,
    rows,
)

TABLE_FOUR = (
    "<table><tr><td colspan=5>行政复议"
    "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉"
    f"<tr>{'<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计' * 3}"
)
UNPAID = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"


def located(source: str) -> Located:
    return locate(rows(source))


def lines(source: str) -> list[str]:
    return [f"{entry.table}/{entry.line}" for entry in located(source).entries]


def test_labelled_rows_are_lines_of_their_tables() -> None:
    source = requests(f"{RECEIVED}: 1 0 0 0 0 0 1", f"{CARRIED_OUT}: 0 0 0 0 0 0 0")
    assert lines(source) == ["requests/received", "requests/carried_out"]
    assert lines(TABLE_TWO) == ["disclosure/regulations", "disclosure/normative_documents"]


def test_the_label_nearest_the_figures_names_the_row() -> None:
    page = (
        "<table><tr><td>三、本年度办理结果<td>（三）不予公开<td>1.属于国家秘密<td>0</table>"
    )
    assert lines(page) == ["requests/denied_state_secret"]


def test_a_row_has_its_label_its_cells_and_its_header() -> None:
    entry = located(TABLE_TWO).entries[1]
    assert entry.label.text == "行政规范性文件"
    assert [item.text for item in entry.values] == ["5", "1", "22"]
    assert entry.headed.ids == ("issued", "repealed", "in_force")


def test_table_four_is_one_row_without_a_label() -> None:
    page = TABLE_FOUR + "<tr>" + "<td>0" * 15 + "</table>"
    (entry,) = located(page).entries
    assert (entry.line, entry.label, len(entry.values)) == ("disputes", None, 15)


def test_a_second_row_of_figures_in_table_four_is_another_entry() -> None:
    page = TABLE_FOUR + ("<tr>" + "<td>0" * 15) * 2 + "</table>"
    entries = located(page).entries
    assert [len(entry.values) for entry in entries] == [15, 15]
    assert entries[0].headed == entries[1].headed


def test_a_bare_total_after_the_results_is_their_sum() -> None:
    source = requests("3.其他: 1 0 0 0 0 0 1", "总计: 1 0 0 0 0 0 1")
    assert lines(source) == ["requests/other_other", "requests/concluded"]


def test_a_bare_other_after_unpaid_is_the_third_line_of_other_handling() -> None:
    source = requests(
        f"{UNPAID}: 0 0 0 0 0 0 0",
        "其他: 3 0 0 0 0 0 3",
    )
    assert lines(source)[-1] == "requests/other_other"


def test_a_bare_other_anywhere_else_is_no_line() -> None:
    source = requests(f"{RECEIVED}: 1 0 0 0 0 0 1", "其他: 3 0 0 0 0 0 3")
    assert lines(source) == ["requests/received"]


def test_an_unknown_row_of_figures_is_astray() -> None:
    source = requests(f"{RECEIVED}: 1 0 0 0 0 0 1", "网上申请: 1 0 0 0 0 0 1")
    (stray,) = located(source).strays
    assert stray.reason == "表式里没有“网上申请”这一行"


def test_figures_without_a_label_are_astray() -> None:
    source = requests(f"{RECEIVED}: 1 0 0 0 0 0 1", ": 1 0 0 0 0 0 1")
    assert [stray.reason for stray in located(source).strays] == ["这一行没有行名"]


def test_a_header_with_figures_is_astray() -> None:
    page = "<table><tr><td>自然人<td>商业企业<td>3<td>总计</table>"
    assert located(page).strays[0].reason == "表头和数字在同一行，无法确定位置"


def test_tables_of_other_things_hold_nothing() -> None:
    page = "<table><tr><td>索引号<td>2025-17<tr><td>页数<td>3<tr><td>12<td>14</table>"
    assert located(page)[:3] == ((), (), ())


def test_a_header_is_kept_for_the_rest_of_the_table_on_the_next_page() -> None:
    first = "<table><tr><td><td>" + "<td>".join(
        ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    )
    zeros = "<td>0" * 7
    first = f"{first}<tr><td>{RECEIVED}{zeros}</table>"
    page = f"{first}<table><tr><td>{CARRIED_OUT}{zeros}</table>"
    one, other = located(page).entries
    assert other.headed is one.headed
    assert other.row.source == 2
