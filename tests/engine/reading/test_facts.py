from __future__ import annotations

from mingtang.form.loading import edition
from mingtang.reading.facts import Facts, choose_edition, gather
from mingtang.reading.locating import locate
from mingtang.report import State
from tests.engine.reading.snippets import (
    CARRIED_IN,
    CARRIED_OUT,
    RECEIVED,
    TABLE_TWO,
    requests,
    rows,
)

OLD_TWO = """<table>
<tr><td>信息内容<td>本年新制作数量<td>本年新公开数量<td>对外公开总数量
<tr><td>规章<td>0<td>0<td>2
</table>"""
SHARED = requests(f"{RECEIVED}: 1 0 0 0 0 0 1", f"{CARRIED_OUT}: 0 0 0 0 0 0 0")


def facts(source: str, year: int | None = None) -> Facts:
    return gather(locate(rows(source)), year)


def said(source: str) -> list[str]:
    return [finding.rule.code for finding in facts(source).findings]


def chosen(source: str, year: int | None = None) -> str | None:
    found = choose_edition(locate(rows(source)), year)
    return found and found.id


class TestEdition:
    def test_the_labels_choose_it(self) -> None:
        assert chosen(TABLE_TWO) == "2021"
        assert chosen(OLD_TWO) == "2019"

    def test_the_labels_weigh_more_than_the_year(self) -> None:
        assert chosen(TABLE_TWO, 2020) == "2021"
        assert chosen(OLD_TWO, 2024) == "2019"

    def test_the_year_decides_where_the_labels_are_those_of_both(self) -> None:
        assert chosen(SHARED, 2020) == "2019"
        assert chosen(SHARED, 2024) == "2021"
        assert chosen(SHARED, 2015) == "2021"
        assert chosen(SHARED) == "2021"

    def test_without_a_table_there_is_none(self) -> None:
        assert chosen("<table><tr><td>索引号<td>12</table>", 2024) is None
        assert facts("<table><tr><td>索引号<td>12</table>") == Facts(None, {}, ())


class TestCells:
    def test_every_cell_of_the_edition_has_a_fact(self) -> None:
        cells = facts(TABLE_TWO).cells
        assert tuple(cells) == edition("2021").cell_ids()
        assert cells["requests/received/person"].state is State.ABSENT
        assert cells["disclosure/normative_documents/in_force"].value == 22

    def test_a_row_that_cannot_be_placed_is_unreadable_as_a_whole(self) -> None:
        source = requests(
            f"{RECEIVED}: 1 2 3",
            f"{CARRIED_IN}: 0 0 0 0 0 0 0",
            "2.重复申请: 0 0 0 0 0 0 0",
            f"{CARRIED_OUT}: 0 0 0 0 0 0 0",
        )
        fact = facts(source).cells["requests/received/person"]
        assert (fact.state, fact.raw) == (State.UNREADABLE, "1 | 2 | 3")
        assert fact.trouble
        assert said(source) == ["R101"]

    def test_a_table_without_a_header_is_remarked_once(self) -> None:
        source = f"| {RECEIVED} | 1 | 0 | 1 |\n| {CARRIED_OUT} | 0 | 0 | 0 |"
        (finding,) = facts(source).findings
        assert finding.rule.code == "R104"
        assert len(finding.cells) == 14
        assert len(finding.places) == 2

    def test_a_line_of_the_other_edition_is_not_spread(self) -> None:
        source = TABLE_TWO.replace("</table>", "<tr><td>政府集中采购<td>2<td>16</table>")
        assert "R103" in said(source)


class TestTwice:
    def test_the_same_figures_twice_are_one_fact(self) -> None:
        assert "R205" not in said(TABLE_TWO * 2)
        assert facts(TABLE_TWO * 2).cells["disclosure/regulations/in_force"].value == 2

    def test_a_row_with_other_figures_is_refused_and_names_both_places(self) -> None:
        source = TABLE_TWO + TABLE_TWO.replace(">22<", ">18<")
        found = facts(source)
        (finding,) = [each for each in found.findings if each.rule.code == "R205"]
        assert [place.table for place in finding.places] == [1, 2]
        fact = found.cells["disclosure/normative_documents/in_force"]
        assert (fact.state, fact.raw) == (State.UNREADABLE, "5 | 1 | 22；5 | 1 | 18")
        assert found.cells["disclosure/regulations/in_force"].value == 2

    def test_a_blank_beside_a_figure_differs_from_it(self) -> None:
        source = TABLE_TWO + TABLE_TWO.replace(">22<", "><")
        assert "R205" in said(source)

    def test_a_third_time_does_not_bring_a_refused_row_back(self) -> None:
        source = TABLE_TWO + TABLE_TWO.replace(">22<", ">18<") + TABLE_TWO
        fact = facts(source).cells["disclosure/normative_documents/in_force"]
        assert fact.state is State.UNREADABLE

    def test_an_empty_row_printed_again_takes_nothing_away(self) -> None:
        again = f"| {RECEIVED} |  |  |"
        source = SHARED + "\n\n后页续表。\n\n" + f"{again}\n{again}"
        assert facts(source).cells["requests/received/person"].value == 1
