"""What tests of letters stand on: an office that has letters, later in the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.cases.requests import at
from tests.web.letters.ways import LATER, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(LATER):
        yield LetterOffice()
