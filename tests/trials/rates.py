"""How many pages of the portal come in a second, beside a bare page of the same size.

``python -m tests.trials.rates --documents 2000``. Both through gunicorn with as many
workers, one after the other in the same run, without a page cache. Says too how heavy a
page is on first load: itself, its styles and scripts, as they are sent.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.trials.desk import say, site
from tests.trials.portal import Trial, opened
from tests.trials.served import THREADS, WORKERS, awaited, served

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARE, SLOWEST, HEAVIEST = 60, 60, 100
"""The goals: per cent of the bare rate, milliseconds at p95, kilobytes on first load."""
_LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def main() -> int:
    """Fill, open, print; the exit status says whether the goals were reached."""
    parser = argparse.ArgumentParser(description="time pages beside a bare one")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=1200)
    parser.add_argument("--clients", type=int, default=4)
    options = parser.parse_args()
    good = True
    with ExitStack() as after:
        folder = Path(after.enter_context(tempfile.TemporaryDirectory()))
        after.enter_context(site(folder, options.database))
        pages = filled(options.documents)
        sizes = {each: weight(each) for each in pages}
        say(f"{options.database}, load of this machine before: {os.getloadavg()[0]:.1f}")
        say(f"{'page':34}{'KB':>6}{'first':>7}{'a s':>7}{'p95':>6}{'bare':>7}{'share':>7}")
        with served() as port:
            found = {
                each: opened(port, Trial(each, each, ""), options.pages, options.clients)
                for each in pages
            }
        for address, (times, passed) in found.items():
            own, first = sizes[address]
            rate, slow = len(times) / passed, times[len(times) * 95 // 100]
            with bare(own) as port:
                asked = Trial("bare", "/", "")
                quick, took = opened(port, asked, options.pages, options.clients)
            beside = len(quick) / took
            share = 100 * rate / beside
            told = f"{address[:33]:34}{own / 1000:6.0f}{first / 1000:7.0f}{rate:7.0f}"
            say(f"{told}{slow:6.0f}{beside:7.0f}{share:6.0f}%")
            good = good and share >= SHARE and slow <= SLOWEST
            good = good and first <= HEAVIEST * 1000
        say(f"load after: {os.getloadavg()[0]:.1f}")
    return 0 if good else 1


def filled(documents: int) -> list[str]:
    """Fill the database; return the pages that are opened."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    settings.ALLOWED_HOSTS.append("testserver")
    from mingtang_web.publication.contents import says_the_same  # noqa: PLC0415
    from mingtang_web.publication.queries import public  # noqa: PLC0415
    from tests.trials.publishing import fill  # noqa: PLC0415 - after the set-up

    fill(documents, say)
    # Most are copies of a few: one that says what was signed is opened.
    rows = public().filter(norm="").order_by("pk")[:500]
    row = next(each for each in rows if each.published and says_the_same(each.published))
    code = row.body.code
    return [
        reverse("open"),
        reverse("column", args=[code]),
        reverse("column_list", args=[code]),
        reverse("information", args=[row.index_number]),
        reverse("search"),
        reverse("ask_start"),
    ]


def weight(address: str) -> tuple[int, int]:
    """Return the bytes of a page as it is, and of its first load as it is sent."""
    from django.test import Client  # noqa: PLC0415 - after the set-up

    client = Client(headers={"accept-encoding": "gzip"})
    answer = client.get(address)
    assert answer.status_code == 200, address
    loaded = sorted(set(_LOADED.findall(answer.content.decode())))
    first = len(gzip.compress(answer.content))
    for each in loaded:
        sent = client.get(each.partition("?")[0])
        data = b"".join(sent.streaming_content) if sent.streaming else sent.content
        first += len(data) if sent.get("Content-Encoding") else len(gzip.compress(data))
    return len(answer.content), first


@contextmanager
def bare(size: int) -> Iterator[int]:
    """Start gunicorn on a bare page of so many bytes, yield its port, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "tests.trials.bare", "--preload",
        "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS),
    ]  # fmt: skip
    known = {name: said for name, said in os.environ.items() if "DJANGO" not in name}
    env = known | {"BARE_SIZE": str(size)}
    server = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        awaited(port)
        yield port
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
