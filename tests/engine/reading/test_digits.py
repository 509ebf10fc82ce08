from __future__ import annotations

import pytest

from mingtang.reading.digits import split_digits
from mingtang.reading.locating import Entry, locate
from mingtang.reading.loose import loose_rows
from tests.engine.reading.snippets import RECEIVED, paragraphs

HEAD = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def entry(digits: str) -> Entry:
    """Return a row of table 三 whose figures ran together."""
    rows = loose_rows(paragraphs(HEAD, f"{RECEIVED} {digits}", "2.重复申请 0")).rows
    return locate(rows).entries[0]


def figures(digits: str) -> list[int] | None:
    found = split_digits(entry(digits), 7)
    return None if found is None else [item.sense.figure.value for item in found]


def test_zeros_need_no_proof() -> None:
    assert figures("0000000") == [0] * 7


def test_the_total_proves_the_cut() -> None:
    assert figures("1200000" + "12") == [12, 0, 0, 0, 0, 0, 12]
    assert figures("3100004") == [3, 1, 0, 0, 0, 0, 4]


@pytest.mark.parametrize(
    "digits",
    [
        "000000",
        "00000000",
        "3100005",
        "310000",
        "1110000" + "111" * 3,
    ],
)
def test_what_no_sum_proves_is_not_cut(digits: str) -> None:
    assert figures(digits) is None


def test_two_cuts_that_both_hold_are_none() -> None:
    # 1+11+0+0+0+0=12 and 11+1+0+0+0+0=12
    assert figures("1110000" + "12") is None


def test_a_table_without_totals_is_not_cut() -> None:
    rows = loose_rows(
        paragraphs(
            "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 123", "行政许可 0"
        )
    ).rows
    assert split_digits(locate(rows).entries[0], 3) is None
