"""The numbers of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

CASES = "case"


def case_number(body: Body, year: int) -> str:
    """Return the next number of a body's cases: 2026-0147."""
    return f"{year}-{next_number(body, CASES, year):04d}"
