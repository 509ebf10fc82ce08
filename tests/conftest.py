"""What every test stands on: no network, repeatable examples, the shared folder.

Hypothesis runs its budgeted profile ``ci`` (the same examples each time);
``pytest --hypothesis-profile=load`` looks for new ones, for long.
"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM = shutil.which("chromium")
ON_CI = bool(os.environ.get("CI"))

settings.register_profile(
    "ci",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "load", parent=settings.get_profile("default"), deadline=None, max_examples=5000
)
settings.load_profile("ci")

# Debian's Chromium as root, asking no host for anything.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


# Not empty while a test may reach its own servers.
OPENED: list[str] = []


class NetworkInTestsError(AssertionError):
    """A test, or what it tests, tried to reach a network."""


def shared_files(pattern: str) -> list[ParameterSet]:
    """Return a parameter for each file of ../shared that matches ``pattern``.

    Where the folder is not there the one parameter is a path that does not
    exist, and its test is skipped: an empty list would fail at collection.
    """
    found = sorted(SHARED.glob(pattern)) or [SHARED / pattern]
    return [
        pytest.param(path, id=path.name, marks=pytest.mark.shared)
        for path in found
        if SHARED.is_dir() == path.exists()
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, and say why; CI skips no browser test."""
    no_shared = pytest.mark.skip(
        reason=f"the project's shared folder is not beside {ROOT.name}/"
    )
    no_browser = pytest.mark.skip(reason="no chromium here; tools/apt-needs installs it")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(no_shared)
        if item.get_closest_marker("browser") and not (CHROMIUM or ON_CI):
            item.add_marker(no_browser)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that is not a pipe on this machine.

    A test that asks for ``loopback`` may talk to a server it started itself.
    """
    real, look_up = socket.socket.connect, socket.getaddrinfo

    def connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and not own(address):
            message = (
                f"a test tried to connect to {address!r}; nothing here may use the network"
            )
            raise NetworkInTestsError(message)
        real(self, address)

    def own(address: object) -> bool:
        host = address[0] if isinstance(address, tuple) else address
        return bool(OPENED) and host == "127.0.0.1"

    def resolve(host: object, *rest: object, **more: object) -> object:
        if own(host):
            return look_up(host, *rest, **more)
        message = f"a test tried to look up {host!r}; nothing here may use the network"
        raise NetworkInTestsError(message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect)
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


@pytest.fixture(scope="session", autouse=True)
def _data_folder_goes() -> Iterator[None]:
    """Delete the site's data folder; the processes of xdist run no exit handlers."""
    yield
    shutil.rmtree(os.environ["MINGTANG_DATA"], ignore_errors=True)


@pytest.fixture
def loopback() -> Iterator[None]:
    """Let one test reach the servers that it starts on this machine."""
    OPENED.append("127.0.0.1")
    yield
    OPENED.pop()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared folder; only for tests marked ``shared``."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium that reaches no network; only for tests marked ``browser``."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - 0.3 s that few tests need

    if CHROMIUM is None:
        pytest.fail("CI has no chromium: tools/apt-needs could not install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()
