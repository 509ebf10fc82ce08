"""The tests themselves reach no network."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.conftest import NetworkInTestsError


def test_a_connection_is_refused() -> None:
    with socket.socket() as reaching, pytest.raises(NetworkInTestsError):
        reaching.connect(("127.0.0.1", 9))


def test_a_host_is_not_looked_up() -> None:
    with pytest.raises(NetworkInTestsError):
        urllib.request.urlopen("http://example.invalid/")
