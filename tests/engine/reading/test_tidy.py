"""Our own CSV is read back as it stands, and refused where it does not stand so."""

from __future__ import annotations

import pytest

import mingtang
from mingtang.reading.source import Source, UnreadableSourceError
from tests.builders import report

CELLS = {"requests/received/person": "12", "requests/carried_in/person": ""}


def written() -> str:
    return mingtang.write(report(cells=CELLS), "csv").decode()


def refusal(text: str) -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        mingtang.read(Source(text.encode(), "年报.csv"))
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_blanks_and_figures_come_back_with_their_places() -> None:
    found = mingtang.read(written().encode()).report
    assert found.facts == report(cells=CELLS).facts


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",number,12,", ",number,十二,", "“十二”不是数"),
        (",number,12,", ",blank,12,", "有数才写 value"),
        (",number,12,", ",many,12,", "没有“many”这种状态"),
        (",number,12,", ",number,13,", "原文“12”与状态或数不符"),
        (",number,12,", f",number,{'9' * 5000},", "不是数"),
        ("requests/received/person", "requests/received/people", "表式里没有"),
        ("requests/received/company", "requests/received/person", "写了两次"),
        (",2021,disclosure/regulations/issued", ",2020,disclosure/x", "2 份报告"),
        (",2021,", ",2014,", "没有“2014”这一版"),
    ],
)
def test_a_line_that_is_not_as_we_write_it_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(written().replace(old, new))
