"""An index of its own for each test, and bodies that publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.searching import places
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def index_folder(settings, tmp_path: Path) -> Iterator[Path]:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    yield settings.DATA / "search"
    places.forget()


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()
