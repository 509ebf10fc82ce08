"""Totals with coverage, indicators with both sides, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from mingtang.combining import (
    CombineError,
    Stated,
    add,
    as_csv,
    as_object,
    bulletin,
    combine,
    fee_totals,
    rates,
    read_bodies,
)
from mingtang.combining.fees import LABELS
from mingtang.combining.totals import OTHER_UNIT, Lacking, Total
from tests.builders import report

ASKED = "requests/received/total"
AMOUNT = "disclosure/administrative_fees/amount"


def of(name: str, edition: str = "2021", year: int = 2024, **cells: str):
    said = {cell.replace("__", "/"): text for cell, text in cells.items()}
    return report(edition, said, body=name, year=year)


def combined(*texts: str, cell: str = ASKED):
    return combine(
        report(cells={cell: text}, body=f"第{number}局", year=2024)
        for number, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (("3", "4"), Total(7, 2, 2)),
        (("3", ""), Total(3, 1, 2, (Lacking("第1局", "blank"),))),
        (("",), Total(None, 0, 1, (Lacking("第0局", "blank"),))),
        (("0", "/"), Total(0, 1, 2, (Lacking("第1局", "not_applicable"),))),
        (("0", "缺"), Total(0, 1, 2, (Lacking("第1局", "absent"),))),
        (("3件", "4"), Total(7, 2, 2)),
    ],
)
def test_a_blank_is_no_zero_and_is_named(texts, total) -> None:
    assert combined(*texts).totals[ASKED] == total


def test_an_amount_in_another_unit_is_not_added() -> None:
    total = combined("251000元", "25.1", "1.9万元", cell=AMOUNT).totals[AMOUNT]
    assert total == Total(Decimal("27.0"), 2, 3, (Lacking("第0局", OTHER_UNIT),))


def test_amounts_of_the_2019_form_are_added_only_where_they_are_of_one_unit() -> None:
    cell = "disclosure/procurement/amount"

    def total(*texts: str) -> Total:
        given = [
            report("2019", {cell: text}, body=f"第{number}局", year=2019)
            for number, text in enumerate(texts)
        ]
        return combine(given).totals[cell]

    assert total("3万元", "4万元").value == 7
    assert total("3万元", "40000元").value is None


def test_long_amounts_are_added_exactly() -> None:
    texts = "1" + "0" * 40 + ".01", "0.01"
    assert str(combined(*texts, cell=AMOUNT).totals[AMOUNT].value).endswith("0.02")


class TestRefused:
    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ([], "没有一份"),
            ([of("甲局"), of("乙局", year=2023)], "2023、2024"),
            ([of("甲局"), of("甲 局")], "有两份"),
            ([of("")], "没有写明机关"),
            ([report(body="甲局", year=None)], "没有写明年度"),
            ([of("甲局", "2019")], "应当用2021年版"),
            ([report(None, body="甲局", year=2024)], "没有读到年度报告的表"),
        ],
    )
    def test_what_does_not_go_together(self, given, why) -> None:
        with pytest.raises(CombineError, match=why):
            combine(given)

    def test_two_sets_by_different_lists(self) -> None:
        one = combine([of("甲局")], read_bodies("机关\n甲局\n乙局\n"))
        with pytest.raises(CombineError, match="名单不同"):
            add(one, combine([of("乙局")]))


class TestRates:
    def test_an_indicator_names_both_sides_and_its_reports(self) -> None:
        cells = {"requests/concluded/total": "64", "requests/granted/total": "4"}
        blank = {"requests/concluded/total": "9", "requests/granted/total": ""}
        made = combine(
            report(cells=each, body=name, year=2024)
            for name, each in (("甲局", cells), ("乙局", blank))
        )
        granted = next(rate for rate in rates(made) if rate.title == "予以公开")
        assert (granted.part, granted.whole, granted.value) == (4, 64, Decimal("6.3"))
        assert (granted.given, granted.reports) == (1, 2)

    def test_there_is_no_share_of_nothing(self) -> None:
        assert {rate.value for rate in rates(combined("0"))} == {None}

    def test_the_2019_form_has_the_same_indicators(self) -> None:
        made = combine([report("2019", body="甲局", year=2019)])
        assert [rate.title for rate in rates(made)] == [
            rate.title for rate in rates(combined("0"))
        ]


class TestWritten:
    MADE = combined("12", "")

    def test_a_row_a_cell(self) -> None:
        rows = list(csv.DictReader(io.StringIO(as_csv(self.MADE).decode("utf-8-sig"))))
        assert len(rows) == 200
        (row,) = (row for row in rows if row["cell"] == ASKED)
        assert (row["value"], row["given"], row["reports"], row["lacking"]) == (
            "12",
            "1",
            "2",
            "第1局",
        )

    def test_fees_follow_the_cells_where_they_are_known(self) -> None:
        fees = fee_totals({"甲局": Stated(2, 80, None), "乙局": Stated(1)})
        rows = list(csv.reader(io.StringIO(as_csv(self.MADE, fees).decode("utf-8-sig"))))
        table, form = "信息处理费", ["2024", self.MADE.edition.id]
        assert rows[-3:] == [
            [*form, "fees/notices", table, LABELS["notices"], "", "3", "2", "2", ""],
            [*form, "fees/asked", table, LABELS["asked"], "", "80", "1", "2", "乙局"],
            [
                *form,
                "fees/collected",
                table,
                LABELS["collected"],
                "",
                "",
                "0",
                "2",
                "甲局、乙局",
            ],
        ]
        said = as_object(self.MADE, fees)["fees"]
        assert said["collected"]["value"] is None
        assert "fees" not in as_object(self.MADE)

    def test_a_total_nobody_gave_is_empty(self) -> None:
        rows = csv.DictReader(io.StringIO(as_csv(combined("", "")).decode("utf-8-sig")))
        assert [row["value"] for row in rows if row["cell"] == ASKED] == [""]

    def test_the_object_is_plain_json(self) -> None:
        said = json.loads(json.dumps(as_object(self.MADE)))
        assert said["cells"][ASKED] == {
            "value": "12",
            "given": 1,
            "reports": 2,
            "lacking": [{"body": "第1局", "state": "blank"}],
        }

    def test_the_bulletin_marks_what_is_not_whole_and_says_whose_are_lacking(self) -> None:
        texts = bulletin(self.MADE, "清河市").texts()
        assert texts[0] == "清河市2024年政府信息公开工作年度报告汇总"
        assert "12*" in texts
        assert any("2 份报告中 1 份有数，没有数的是第1局" in text for text in texts)
