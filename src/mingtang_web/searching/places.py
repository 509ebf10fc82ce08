"""Where the index lies: the one that is searched, and one that is being made anew.

The folder `search` of the data folder holds each index under a name of its own; the
file `current` says which one is searched. A new one takes its place by the renaming of
that file. Who writes holds a lock that the kernel lets go when the process ends.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from mingtang_web.searching.entries import StaleIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mingtang_web.searching.entries import Engine

_CURRENT, _BUILDING, _LOCK = "current", "building", "lock"
_opened = threading.local()


class BusyError(Exception):
    """Another process writes into the index; it can wait."""


class NoIndexError(Exception):
    """There is no index yet, or none that this version of the site can read."""


def folder() -> Path:
    """Return the folder of the indexes."""
    made: Path = settings.DATA / "search"
    made.mkdir(mode=0o700, exist_ok=True)
    return made


@contextmanager
def held() -> Iterator[None]:
    """Hold the right to write; raises `BusyError` where another process has it."""
    descriptor = os.open(folder() / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        os.close(descriptor)
        raise BusyError from fault
    try:
        yield
    finally:
        os.close(descriptor)


def current() -> Engine:
    """Return the index that is searched, as this thread has it open.

    Raises `NoIndexError`.
    """
    engine = _known(_CURRENT)
    if engine is None:
        raise NoIndexError
    return engine


def building() -> Engine | None:
    """Return the index that is being made anew, if one is."""
    return _known(_BUILDING)


def begin() -> Engine:
    """Begin to make an index anew, in place of one that was begun; the lock is held."""
    drop()
    _write(_BUILDING, secrets.token_hex(6))
    engine = _known(_BUILDING)
    assert engine is not None  # noqa: S101 - it was made now
    return engine


def swap() -> None:
    """Let the index that was made anew be searched; the lock is held."""
    name = _said(_BUILDING)
    forget()
    _write(_CURRENT, name)
    (folder() / _BUILDING).unlink(missing_ok=True)
    _sweep()


def drop() -> None:
    """Give up an index that is being made; the lock is held."""
    forget()
    (folder() / _BUILDING).unlink(missing_ok=True)
    _sweep()


def forget() -> None:
    """Let go of what this thread has open."""
    for _, engine in vars(_opened).values():
        engine.close()
    vars(_opened).clear()


def _known(role: str) -> Engine | None:
    """Return the index of a role; what another process has swapped is opened anew."""
    name = _said(role)
    path = folder() / name
    found: tuple[str, Engine] | None = getattr(_opened, role, None)
    if found and found[0] == str(path):
        return found[1]
    if found:
        found[1].close()
        delattr(_opened, role)
    if not name or (role == _CURRENT and not path.exists()):
        return None
    try:
        engine: Engine = import_string(settings.SEARCH)(path)
    except StaleIndexError:
        return None
    setattr(_opened, role, (str(path), engine))
    return engine


def _said(role: str) -> str:
    try:
        return (folder() / role).read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _write(role: str, name: str) -> None:
    file = folder() / role
    draft = file.with_name(f".{role}.{secrets.token_hex(4)}")
    with draft.open("w", encoding="ascii") as opened:
        opened.write(name)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)


def _sweep() -> None:
    """Delete what is no index of ours; who reads in one reads on until they are done."""
    kept = {_CURRENT, _BUILDING, _LOCK}
    named = tuple(filter(None, (_said(_CURRENT), _said(_BUILDING))))
    for each in folder().iterdir():
        if each.name in kept or (named and each.name.startswith(named)):
            continue
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)
