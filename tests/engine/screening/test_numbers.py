"""Numbers with a check digit: any digit changed is seen, any gap is read through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.screening import Kind, screen
from mingtang.screening.numbers import is_resident_number, passes_luhn

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident(region: int, days: int, order: int) -> str:
    born = date(1900, 1, 1) + timedelta(days=days)
    body = f"{region}{born:%Y%m%d}{order:03d}"
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


NUMBERS = st.builds(
    resident,
    st.sampled_from((110101, 330482, 650109)),
    st.integers(0, 6000),
    st.integers(0, 999),
)


@given(number=NUMBERS, place=st.integers(0, 17), other=st.integers(1, 9))
def test_one_wrong_digit_is_no_resident_number(number: str, place: int, other: int) -> None:
    assert is_resident_number(number)
    if number[place] == "X":
        changed = number[:-1] + str(other)
    else:
        changed = (
            number[:place] + str((int(number[place]) + other) % 10) + number[place + 1 :]
        )
    assert not is_resident_number(changed)


@given(
    number=NUMBERS,
    cuts=st.sets(st.integers(1, 16), max_size=3),
    gap=st.sampled_from(" -\n"),
)
def test_a_resident_number_is_found_through_gaps(
    number: str, cuts: set[int], gap: str
) -> None:
    written = "".join(c + (gap if n + 1 in cuts else "") for n, c in enumerate(number))
    [hit] = screen(f"申请人身份证号{written}，已核对。")
    assert (hit.kind, hit.text) == (Kind.RESIDENT_NUMBER, written)


@given(digits=st.text("0123456789", min_size=15, max_size=18), other=st.integers(1, 9))
def test_one_wrong_digit_is_no_card(digits: str, other: int) -> None:
    whole = next(digits + str(n) for n in range(10) if passes_luhn(digits + str(n)))
    changed = whole[:5] + str((int(whole[5]) + other) % 10) + whole[6:]
    assert not passes_luhn(changed)


@pytest.mark.parametrize(
    "text",
    [
        "流水号20240101123456789012已入账。",
        "全年收入13800138000.50元。",
        "统一社会信用代码91110101MA5KTN2X08。",
        "工单编号13800138000已办结。",
        "网址为http://x.cn/13800138000.html",
    ],
)
def test_what_only_looks_like_a_number_of_a_person_is_left(text: str) -> None:
    assert screen(text) == ()
