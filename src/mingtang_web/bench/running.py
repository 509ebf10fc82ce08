"""The process that checks one file: started, found alive or dead, stopped.

It inherits a lock that the kernel lets go when it ends, however it ends. So who asks
knows whether it still works, in whatever process of the site, after a restart too.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang_web.bench.folders import LOCK

if TYPE_CHECKING:
    from mingtang_web.bench.folders import Folder

AT_ONCE = 2
"""So many files are checked at the same time; the others wait their turn."""
PATIENCE = 2.0
"""Seconds until what was killed has let go of its lock."""
_SOURCES = Path(__file__).parents[2]
_START = """import sys
sys.path[:] = {}
from mingtang_web.bench.working import main
main()
"""
_started: list[subprocess.Popen[bytes]] = []


class BusyError(Exception):
    """A process is at work in the folder already."""


def start(folder: Folder, turns: Path) -> None:
    """Start checking what lies in a folder; raises `BusyError` where one is at it.

    ``turns`` is the folder of the locks that whoever works has one of.
    """
    _forget_the_dead()
    descriptor = os.open(folder.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _held(descriptor)
        path = [str(_SOURCES), *filter(None, sys.path)]
        words = [sys.executable, "-P", "-c", _START.format(path)]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*words, str(folder.path), str(turns), str(AT_ONCE)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            start_new_session=True,
            cwd=folder.path,
        )
        os.pwrite(descriptor, b"%-20d" % process.pid, 0)
    finally:
        os.close(descriptor)
    _started.append(process)


def is_alive(folder: Folder) -> bool:
    """Return whether a process is at work in a folder, or waits for its turn."""
    try:
        descriptor = os.open(folder.path / LOCK, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def stop(folder: Folder) -> None:
    """End the process at work in a folder, with whatever it has started."""
    until = time.monotonic() + PATIENCE
    while is_alive(folder) and time.monotonic() < until:
        process = folder.get(LOCK).strip()
        if process.isdigit():
            with suppress(ProcessLookupError):
                os.killpg(int(process), signal.SIGKILL)
        time.sleep(0.02)
    _forget_the_dead()


def _held(descriptor: int) -> None:
    """Take the lock; whoever only looks holds it for a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise BusyError from error
            time.sleep(0.02)
        else:
            return


def _forget_the_dead() -> None:
    """Let the kernel forget the processes that have ended."""
    _started[:] = [each for each in _started if each.poll() is None]
