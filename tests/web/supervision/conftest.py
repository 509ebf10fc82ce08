"""A body that publishes and keeps a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()
