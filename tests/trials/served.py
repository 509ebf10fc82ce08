"""The site behind gunicorn, and people who open its pages all at the same time."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKERS, THREADS = 2, 4
"""As the how-to says for two cores."""
PATIENCE = 60


@contextmanager
def served() -> Iterator[int]:
    """Start gunicorn on the environment's database, yield its port, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "mingtang_web.wsgi", "--preload",
        "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS),
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        awaited(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def awaited(port: int) -> None:
    """Wait until a server answers; raises `TimeoutError`."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            _open(http.client.HTTPConnection("127.0.0.1", port), "/alive/", "")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(port)


def times(port: int, addresses: Sequence[str], cookie: str, clients: int) -> list[float]:
    """Open the addresses, ``clients`` at once; return the milliseconds of each page."""

    def one(mine: Sequence[str]) -> list[float]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        found = []
        for address in mine:
            start = time.perf_counter()
            _open(line, address, cookie)
            found.append((time.perf_counter() - start) * 1000)
        line.close()
        return found

    with ThreadPoolExecutor(clients) as people:
        shares = [addresses[number::clients] for number in range(clients)]
        return [each for some in people.map(one, shares) for each in some]


def _open(line: http.client.HTTPConnection, address: str, cookie: str) -> None:
    line.request("GET", address, headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        message = f"{address}: {answer.status}"
        raise ValueError(message)
