from __future__ import annotations

import pytest

from mingtang.reading.locating import locate
from mingtang.reading.loose import loose_rows
from mingtang.reading.placing import Placed, place
from tests.engine.reading.snippets import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    RECEIVED,
    paragraphs,
    requests,
    rows,
)

HEADS = "<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计"


def placed(source: str) -> list[Placed]:
    return place(locate(rows(source)))


def page(*lines: str, corner: str = "<td>") -> str:
    """Return table 三 as a page; each line is its cells, parted by spaces, _ empty."""
    body = [
        "".join(f"<td>{'' if cell == '_' else cell}" for cell in line.split())
        for line in lines
    ]
    return f"<table><tr>{corner}{HEADS}<tr>{'<tr>'.join(body)}</table>"


def texts(each: Placed) -> list[str]:
    return [item.text.strip() for item in each.items]


FULL = f"{CARRIED_OUT} 0 0 0 0 0 0 0"


class TestTrueColumns:
    def test_each_cell_stands_under_its_header(self) -> None:
        first, *_ = placed(page(f"{RECEIVED} 1 2 3 4 5 6 21", FULL))
        assert texts(first) == ["1", "2", "3", "4", "5", "6", "21"]
        assert (first.trouble, first.shifted) == ("", False)

    def test_empty_cells_keep_their_place(self) -> None:
        first, *_ = placed(page(f"{RECEIVED} 1 _ _ 4 _ _ 5", FULL))
        assert texts(first) == ["1", "", "", "4", "", "", "5"]

    def test_full_rows_out_of_line_are_taken_in_order(self) -> None:
        lines = [f"{RECEIVED} 1 2 3 4 5 6 21", f"{CARRIED_IN} 0 0 0 0 0 0 0", FULL]
        first, *_ = placed(page(*lines, corner="<td colspan=2>"))
        assert texts(first) == ["1", "2", "3", "4", "5", "6", "21"]
        assert first.shifted

    def test_a_row_out_of_line_with_blanks_is_refused(self) -> None:
        lines = [f"{RECEIVED} 1 _ 3 4 5 6 21", f"{CARRIED_IN} 0 0 0 0 0 0 0", FULL]
        first, *_ = placed(page(*lines, corner="<td colspan=2>"))
        assert not first.items
        assert "没有对齐" in first.trouble

    def test_a_cell_that_reaches_under_two_headers_is_refused(self) -> None:
        merged = f"<tr><td>{RECEIVED}<td>1<td colspan=2>2<td>4<td>5<td>6<td>18"
        full = [f"<tr><td>{name}{'<td>0' * 7}" for name in (CARRIED_IN, CARRIED_OUT)]
        first, *_ = placed(f"<table><tr><td>{HEADS}{merged}{''.join(full)}</table>")
        assert first.trouble


class TestCountedColumns:
    def test_a_full_row_is_placed_in_order(self) -> None:
        first, *_ = placed(
            requests(f"{RECEIVED}: 1 2 3 4 5 6 21", f"{CARRIED_OUT}: 0 0 0 0 0 0 0")
        )
        assert texts(first) == ["1", "2", "3", "4", "5", "6", "21"]

    def test_blanks_between_rows_of_one_length_keep_their_place(self) -> None:
        rows_ = (
            f"{RECEIVED}: 1 _ _ _ _ 2 3",
            f"{CARRIED_IN}: 0 0 0 0 0 0 0",
            f"{CARRIED_OUT}: 0 0 0 0 0 0 0",
        )
        first, *_ = placed(requests(*rows_))
        assert texts(first) == ["1", "", "", "", "", "2", "3"]

    @pytest.mark.parametrize("figures", ["1 2 3 4 5 21", "1 2 3 4 5 6 7 28", "_ 1 2 3 4 5"])
    def test_a_row_that_lost_or_gained_a_cell_is_refused(self, figures: str) -> None:
        rows_ = [
            f"{name}: 0 0 0 0 0 0 0"
            for name in (CARRIED_IN, "（一）予以公开", "2.重复申请", CARRIED_OUT)
        ]
        first, *rest = placed(requests(f"{RECEIVED}: {figures}", *rows_))
        assert not first.items
        assert first.trouble
        assert not any(each.trouble for each in rest)


class TestProof:
    """A short-rowed Markdown: nothing tells where a row begins but its own sum."""

    HEAD = (
        "|  |  | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"
    )

    def place(self, figures: str) -> Placed:
        cells = " | ".join("" if each == "_" else each for each in figures.split())
        lines = [
            f"|  |  | {COLUMNS} |",
            "| --- " * 9 + "|",
            f"| {RECEIVED} |  | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            f"| 三、本年度办理结果 | （一）予以公开 | {cells} |",
            "| 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "| 3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        ]
        return place(locate(rows("\n".join(lines))))[1]

    def test_figures_after_a_blank_begin_where_their_sum_proves_it(self) -> None:
        assert texts(self.place("_ 1 2 3 4 5 6 21")) == ["1", "2", "3", "4", "5", "6", "21"]

    @pytest.mark.parametrize("figures", ["_ 1 2 3 4 5 6 20", "_ 0 0 0 0 0 0 0"])
    def test_what_does_not_add_up_or_is_all_zeros_proves_nothing(
        self, figures: str
    ) -> None:
        found = self.place(figures)
        assert not found.items
        assert "有空格" in found.trouble


class TestVanishedCells:
    HEAD = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"

    def place(self, row: str) -> Placed:
        taken = loose_rows(paragraphs(self.HEAD, row, f"{CARRIED_OUT} 0 0 0 0 0 0 0"))
        return place(locate(taken.rows))[0]

    def test_a_full_row_is_placed(self) -> None:
        assert texts(self.place(f"{RECEIVED} 1 2 3 4 5 6 21")) == [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "21",
        ]

    @pytest.mark.parametrize("figures", ["1 2 3 4 5 6", "1 2", "1 2 3 4 5 6 7 28"])
    def test_any_other_count_is_refused(self, figures: str) -> None:
        found = self.place(f"{RECEIVED} {figures}")
        assert (
            found.trouble
            == f"应有 7 个数，见到 {len(figures.split())} 个，无法确定各属于哪一列"
        )


def test_without_a_header_nothing_is_placed() -> None:
    (only,) = placed(f"<table><tr><td>{RECEIVED}{'<td>0' * 7}</table>")
    assert (only.items, only.trouble) == ((), "没有表头，无法确定各列是什么")
