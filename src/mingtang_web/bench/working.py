"""The process that checks one file: by the engine alone, apart from the site.

It knows no database and no request. Whatever the file makes of it, it stays within
its limits of memory and time, and dies alone.
"""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang_web.bench.folders import (
    BEFORE,
    DONE,
    FACTS,
    FAULT,
    MARKED,
    OBJECT,
    ORDER,
    PAPER,
    PROGRESS,
    REPORT,
    SHEET,
    SNAPSHOT,
    Folder,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 600
"""A file is given so long, by the clock and of work."""
MEMORY = 4 * 1024**3
LARGEST = 256 * 1024**2
"""No file that is written is larger."""
OFTEN = 0.2
"""Progress is told at most so often, in seconds."""
STEPS = ("opened", "laid", "recognised")


def main() -> None:
    """Check the file in a folder: the command's arguments are folder, locks, how many."""
    path, turns, at_once = sys.argv[1:]
    folder = Folder(Path(path))
    os.nice(5)
    with _turn(Path(turns), int(at_once)):
        folder.tell(PROGRESS, step="begun", page=0, pages=0)
        _limit()
        _guarded(folder)


@contextmanager
def _turn(turns: Path, at_once: int) -> Iterator[None]:
    """Wait until one of the locks is free, and hold it."""
    turns.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [(turns / str(number)).open("ab") for number in range(at_once)]
    while not any(map(_taken, files)):
        time.sleep(OFTEN)
    yield
    for file in files:
        file.close()


def _taken(file: object) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def _limit() -> None:
    """Let the kernel end this process where it takes more than it may."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 2, SECONDS * 2))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)


def _guarded(folder: Folder) -> None:
    """Check, and say in the folder how it went; a bug is logged by its place alone."""
    from mingtang.reading.source import UnreadableSourceError  # noqa: PLC0415 - in its turn

    try:
        fill(folder)
    except UnreadableSourceError as error:
        folder.tell(FAULT, why="unreadable", words=str(error))
    except MemoryError:
        folder.tell(FAULT, why="memory", words="")
    except Exception as bug:  # noqa: BLE001 - the one door: told, and logged by its place
        folder.tell(FAULT, why="bug", words="")
        place = traceback.extract_tb(bug.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        sys.stderr.write(f"bench: {type(bug).__name__} at {where}\n")


def fill(folder: Folder) -> None:
    """Check what lies in a folder, and put there what comes of it.

    Where the order asks for the report as it was read, that alone is put there. Raises
    `UnreadableSourceError`.
    """
    from mingtang.reading.watching import watched  # noqa: PLC0415 - in its turn
    from mingtang_web.bench.making import Made  # noqa: PLC0415

    told = Progress(folder)
    order = folder.told(ORDER) or {}
    with watched(**{step: partial(told.page, step) for step in STEPS}):
        made = Made.of(folder.get(REPORT), order["name"])
        if folder.has(BEFORE):
            told.step("before")
            made.compare(folder.get(BEFORE), order["before"])
    if order.get("snapshot"):
        folder.put(SNAPSHOT, made.snapshot())
        folder.tell(DONE, **made.summary())
        return
    told.step("drawn")
    folder.put(PAPER, made.paper(order["rules"]))
    folder.put(OBJECT, made.as_object())
    folder.put(SHEET, made.as_sheet())
    folder.tell(FACTS, **made.facts())
    told.step("marked")
    marked = made.marked()
    if marked.data:
        folder.put(MARKED, marked.data)
    folder.tell(DONE, **made.summary(), **marked.said())


class Progress:
    """How far the work has come, told in the folder, and not too often."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.last = 0.0

    def page(self, step: str, page: int, pages: int) -> None:
        """Tell the page that a step has come to, of how many."""
        now = time.monotonic()
        if page in {1, pages} or now - self.last > OFTEN:
            self.last = now
            self.folder.tell(PROGRESS, step=step, page=page, pages=pages)

    def step(self, step: str) -> None:
        """Tell a step without pages."""
        self.folder.tell(PROGRESS, step=step, page=0, pages=0)
