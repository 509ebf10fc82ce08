from __future__ import annotations

from mingtang.form.loading import edition
from mingtang.reading.columns import (
    Head,
    Headed,
    disclosure_columns,
    dispute_columns,
    match,
    request_columns,
)
from mingtang.reading.vocabulary import Kind, edition_columns
from tests.engine.reading.snippets import COLUMNS, HEADER, rows

ISSUED = edition_columns(edition("2021"), "disclosure", "regulations")
KINDS = ["person", "company", "research", "charity", "legal_service", "other", "total"]


def heads(source: str) -> list[Head]:
    """Return the header cells of a table as locating gathers them."""
    left_out = (Kind.BLANK, Kind.LEAD, Kind.CAPTION, Kind.CORNER)
    return [
        Head(row, item)
        for row in rows(source)
        for item in row.items
        if item.sense.kind not in left_out
    ]


class TestMatch:
    def test_whole_labels_wherever_they_stand(self) -> None:
        found, sure = match(["现行有效件数", "本年制发件数", "本年废止件数"], ISSUED)
        assert found == ["in_force", "issued", "repealed"]
        assert sure == [1.0, 1.0, 1.0]

    def test_a_damaged_label_in_its_own_place(self) -> None:
        found, sure = match(["本年制发件数", "本年度止件数", "现行有效件数"], ISSUED)
        assert found == ["issued", "repealed", "in_force"]
        assert sure[1] < 1

    def test_a_damaged_label_in_another_place_is_not_taken(self) -> None:
        found, _ = match(["本年度止件数", "本年制发件数", "现行有效件数"], ISSUED)
        assert found == [None, "issued", "in_force"]

    def test_two_headers_of_one_label_are_neither(self) -> None:
        found, _ = match(["本年制发件数", "本年制发件数", "现行有效件数"], ISSUED)
        assert found[:2] == [None, None]

    def test_with_a_header_missing_damaged_ones_are_not_taken(self) -> None:
        assert match(["本年制发件数", "本年度止件数"], ISSUED)[0] == ["issued", None]


class TestTableTwo:
    def test_the_labels_tell_the_edition(self) -> None:
        new = disclosure_columns(
            heads("| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"),
            "regulations",
        )
        old = disclosure_columns(
            heads("| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |"),
            "regulations",
        )
        assert (new.ids, new.edition.id, new.trouble) == (
            ("issued", "repealed", "in_force"),
            "2021",
            "",
        )
        assert (old.ids, old.edition.id) == (
            ("made", "disclosed", "disclosed_total"),
            "2019",
        )

    def test_a_missing_header_is_trouble(self) -> None:
        found = disclosure_columns(
            heads("| 信息内容 | 本年制发件数 | 现行有效件数 |"), "regulations"
        )
        assert found.trouble

    def test_no_header_is_trouble(self) -> None:
        assert (
            disclosure_columns([], "regulations").trouble == "没有表头，无法确定各列是什么"
        )


class TestTableThree:
    def test_one_row_of_headers(self) -> None:
        assert list(request_columns(heads(HEADER)).ids) == KINDS

    def test_nested_headers_by_their_true_columns(self) -> None:
        page = """<table>
        <tr><td rowspan="3"></td><td colspan="7">申请人情况</td></tr>
        <tr><td rowspan="2">自然人<td colspan="5">法人或其他组织<td rowspan="2">总计
        <tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他
        </table>"""
        found = request_columns(heads(page))
        assert list(found.ids) == KINDS
        assert found.spans

    def test_nested_headers_of_text_put_the_total_last(self) -> None:
        text = (
            "| | 申请人情况 | | | | | | |\n"
            "| | 自然人 | 法人或其他组织 | | | | | 总计 |\n"
            "| | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |"
        )
        assert list(request_columns(heads(text)).ids) == KINDS

    def test_a_missing_column_is_named(self) -> None:
        found = request_columns(heads(HEADER.replace(" 科研机构 |", "")))
        assert "“科研机构”" in found.trouble

    def test_no_header_is_trouble(self) -> None:
        assert request_columns([]).trouble == "没有表头，无法确定各列是什么"

    def test_headers_in_another_order_keep_their_names(self) -> None:
        moved = f"| | {COLUMNS} |".replace("自然人 | 商业企业", "商业企业 | 自然人")
        assert list(request_columns(heads(moved)).ids)[:2] == ["company", "person"]


FIVE = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"


class TestTableFour:
    def test_three_groups_of_five(self) -> None:
        page = (
            "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉"
            f"<td colspan=5>复议后起诉<tr>{FIVE * 3}</table>"
        )
        found = dispute_columns(heads(page))
        assert len(found.ids) == 15
        assert found.ids[0] == "review/upheld"
        assert found.ids[5] == "suit_direct/upheld"
        assert found.ids[14] == "suit_after_review/total"

    def test_groups_in_another_order_keep_their_names(self) -> None:
        page = (
            "<table><tr><td colspan=5>复议后起诉<td colspan=5>行政复议"
            f"<td colspan=5>未经复议直接起诉<tr>{FIVE * 3}</table>"
        )
        assert dispute_columns(heads(page)).ids[::5] == (
            "suit_after_review/upheld",
            "review/upheld",
            "suit_direct/upheld",
        )

    def test_a_group_missing_is_trouble(self) -> None:
        groups = "<td colspan=5>行政复议<td colspan=5>复议后起诉"
        page = f"<table><tr>{groups}<tr>{FIVE * 3}</table>"
        assert dispute_columns(heads(page)).trouble.startswith("表四表头")

    def test_a_column_missing_is_trouble(self) -> None:
        page = (
            "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉"
            f"<td colspan=5>复议后起诉<tr>{FIVE * 2}<td>结果维持<td>总计</table>"
        )
        assert dispute_columns(heads(page)).trouble.startswith("表四表头")

    def test_a_group_that_does_not_stand_over_its_columns_is_trouble(self) -> None:
        page = (
            "<table><tr><td colspan=4>行政复议<td colspan=6>未经复议直接起诉"
            f"<td colspan=5>复议后起诉<tr>{FIVE * 3}</table>"
        )
        assert dispute_columns(heads(page)).trouble.startswith("表四表头")


def test_headers_from_two_tables_have_no_columns_in_common() -> None:
    page = (
        "<table><tr><td>自然人<td>商业企业</table><table><tr><td>科研机构<td>总计</table>"
    )
    assert not Headed((), tuple(heads(page))).spans
    assert not Headed((), ()).spans
