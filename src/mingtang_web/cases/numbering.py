"""The numbers of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.numbering.actions import next_numbers

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

CASES = "case"


def case_number(body: Body, year: int) -> str:
    """Return the next number of a body's cases: 2026-0147."""
    return case_numbers(body, year, 1)[0]


def case_numbers(body: Body, year: int, count: int) -> list[str]:
    """Return the next numbers of a body's cases in their order."""
    return [f"{year}-{n:04d}" for n in next_numbers(body, CASES, year, count)]
