from __future__ import annotations

from mingtang.form.loading import edition
from mingtang.place import Place
from mingtang.reading.labels import label_findings, order_findings, printed_labels
from mingtang.reading.locating import locate
from tests.engine.reading.snippets import COLUMNS, TABLE_TWO, requests, rows

FORM = edition("2021")


def labels(source: str) -> dict[str, tuple[str, str, bool]]:
    """Return by target what is printed, what the form has and whether they agree."""
    found = printed_labels(locate(rows(source)), FORM)
    return {each.target: (each.printed, each.expected, each.exact) for each in found}


def misprints(source: str) -> list[str]:
    return [
        finding.message
        for finding in label_findings(printed_labels(locate(rows(source)), FORM))
    ]


def moved(source: str) -> list[str]:
    return [finding.rule.code for finding in order_findings(locate(rows(source)), FORM)]


class TestPrinted:
    def test_lines_and_columns_with_what_the_form_has(self) -> None:
        found = labels(TABLE_TWO)
        assert found["disclosure/regulations"] == ("规章", "规章", True)
        assert found["disclosure//repealed"] == ("本年废止件数", "本年废止件数", True)

    def test_each_label_has_its_place(self) -> None:
        first = printed_labels(locate(rows(TABLE_TWO)), FORM)[0]
        assert (first.target, first.place) == (
            "disclosure/regulations",
            Place(table=1, row=3, column=1),
        )

    def test_a_damaged_label_is_kept_as_printed_with_its_likeness(self) -> None:
        source = requests("4.保护第三方和法权益: 0 0 0 0 0 0 0")
        label = printed_labels(locate(rows(source)), FORM)[0]
        assert (label.printed, label.expected) == (
            "4.保护第三方和法权益",
            "4.保护第三方合法权益",
        )
        assert not label.exact
        assert 0.7 < label.score < 1

    def test_space_script_and_a_unit_left_out_agree_with_the_form(self) -> None:
        page = "<table><tr><td>信息内容<td>本年收费金額<tr><td>行政事業性 收費<td>3</table>"
        assert all(exact for _, _, exact in labels(page).values())


class TestMisprints:
    def test_one_finding_for_each_wording(self) -> None:
        assert misprints(TABLE_TWO.replace("废止", "度止")) == [
            "“本年度止件数”应为“本年废止件数”"
        ]

    def test_the_form_itself_and_a_numeral_left_out_are_none(self) -> None:
        assert misprints(TABLE_TWO) == []
        assert misprints(requests("属于国家秘密: 0 0 0 0 0 0 0")) == []


class TestOrder:
    def test_the_form_is_in_order(self) -> None:
        assert moved(TABLE_TWO) == []
        assert (
            moved(
                requests("1.信访举报投诉类申请: 0 0 0 0 0 0 0", "2.重复申请: 0 0 0 0 0 0 0")
            )
            == []
        )

    def test_columns_out_of_order_are_remarked_once_for_a_table(self) -> None:
        header = f"| | {COLUMNS} |".replace("自然人 | 商业企业", "商业企业 | 自然人")
        source = requests(
            "1.信访举报投诉类申请: 0 0 0 0 0 0 0", "2.重复申请: 0 0 0 0 0 0 0"
        )
        assert moved("\n".join([header, *source.split("\n")[1:]])) == ["R202"]

    def test_lines_out_of_order_are_remarked(self) -> None:
        source = requests(
            "2.重复申请: 0 0 0 0 0 0 0", "1.信访举报投诉类申请: 0 0 0 0 0 0 0"
        )
        (finding,) = order_findings(locate(rows(source)), FORM)
        assert finding.rule.code == "R203"
        assert finding.place == Place(table=1, row=3, column=1)
