"""What tests of annual reports stand on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.web.annual.reports import Bureau, in_january
from tests.web.cases.requests import at

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def bureau(db: None) -> Iterator[Bureau]:  # noqa: ARG001 - asked for, not used
    """A bureau with a year of cases, in the January after."""
    with at(date(2026, 3, 20)):
        made = Bureau()
    with in_january():
        yield made
