"""The fees that section six states in prose: read where they are said, and added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingtang.combining import Stated, fee_pieces, fee_totals, stated_fees
from mingtang.combining.fees import fees_in
from mingtang.manuscript import Drawn, Words
from tests.builders import SECTIONS, report


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("全年发出收费通知10件，总金额2400元，实际收取的总金额为0元。", (10, 2400, 0)),
        ("本年发出信息处理费收费通知３件，总金额120元，实际收取总金额80元。", (3, 120, 80)),
        (
            "共发出2份收费通知书，金额合计1,250.5元，实收0.03万元。",
            (2, Decimal("1250.5"), 300),
        ),
        ("发出收费通知的件数和总金额以及实际收取的总金额均为0。", (0, 0, 0)),
        ("收费通知的件数和总金额、\n实际收取的总金额均为零元。", (None, None, None)),
        ("发出收费通知2件，总金额和实际收取的总金额均为0。", (2, 0, 0)),
        ("发出收费通知的件数和总金额均为10。", (None, None, None)),
        ("本年度无发出收费通知，无收取信息处理费用。", (0, None, 0)),
        (
            "没有发出政府信息公开信息处理费收费通知，没有收取信息处理费的情况。",
            (0, None, 0),
        ),
        ("我局未向申请人收取任何费用。", (None, None, 0)),
        ("收取信息处理费3940元。", (None, None, 3940)),
        ("应收取信息处理费400元，实际收取360元。", (None, None, 360)),
        ("发出收费通知2件。经核对，发出收费通知3件，实收60元。", (None, None, 60)),
        ("收取行政事业性收费200元，未收取信息处理费。", (None, None, None)),
        ("发出收费通知1.5件。", (None, None, None)),
        ("本年没有其他需要报告的事项。采购总金额300元。", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_fees_are_what_the_words_say_and_nothing_else(words, found) -> None:
    assert fees_in(words) == Stated(*found)


def test_they_are_read_of_section_six_alone() -> None:
    words = "发出收费通知1件，总金额40元，实际收取40元。"
    there = (*SECTIONS[:5], f"六、其他需要报告的事项\n{words}")
    assert stated_fees(report("2021", {}, sections=there)) == Stated(1, 40, 40)
    elsewhere = (f"{SECTIONS[0]}\n{words}", *SECTIONS[1:5])
    assert stated_fees(report("2021", {}, sections=elsewhere)) == Stated()


def test_a_total_says_whose_are_lacking_and_takes_no_blank_for_a_zero() -> None:
    totals = fee_totals({"甲局": Stated(2, 80, 40), "乙局": Stated(0, None, 0)})
    assert [(each.value, each.given) for each in totals.values()] == [
        (2, 2),
        (80, 1),
        (40, 2),
    ]
    drawn, told = (
        [piece for piece in fee_pieces(totals) if isinstance(piece, kind)]
        for kind in (Drawn, Words)
    )
    assert [row[1].text for row in drawn[0].rows] == ["合计", "2", "80*", "40"]
    assert [piece.text for piece in told if "乙局" in piece.text]
    assert fee_totals({"甲局": Stated()})["notices"].value is None
