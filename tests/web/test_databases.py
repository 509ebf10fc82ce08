"""What tests of the site stand on holds: one connection a thread, a browser or none."""

from __future__ import annotations

import pytest
from django.db import connections


@pytest.mark.browser
def test_a_browser_opens_no_second_connection(database, databases, chromium):  # noqa: ARG001
    assert connections["default"] is databases.made[database][0]
