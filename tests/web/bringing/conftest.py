"""A body that publishes, and a folder of its own for what is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.bringing.catalogues import Importing
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(db, settings, tmp_path: Path) -> Iterator[Importing]:  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    with at(TODAY):
        yield Importing(tmp_path)
