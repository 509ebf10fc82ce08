"""Which files a call means: the named ones, and what lies in named folders."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.writing.marker import HEAD, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WEB = {".css", ".js", ".mjs", ".map", ".json", ".jsonl", ".woff", ".woff2", ".ttf", ".eot"}
_PICTURES = {".ico", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"}
_OTHER = {".mp3", ".mp4", ".py", ".pyc", ".yaml", ".yml", ".toml"}
COMPANIONS = frozenset(_WEB | _PICTURES | _OTHER)
"""Endings of what lies beside reports and is none; left out of folders only."""


class Found(NamedTuple):
    """What a call means: the files to read, and what was left out of folders.

    `ours` are pages of findings that an earlier run wrote; `companions` counts
    what lies beside reports and is none.
    """

    names: tuple[str, ...]
    ours: tuple[str, ...] = ()
    companions: int = 0


def gather(names: Iterable[str]) -> Found:
    """Return the named files in the order given, folders by their sorted content.

    Hidden files and folders, links to folders, companions of a saved page
    (`COMPANIONS`), our own pages and what is no regular file are left out of
    folders; a name that is given is never left out.
    """
    wanted: list[str] = []
    ours: list[str] = []
    companions = 0
    for name in names:
        if not Path(name).is_dir():
            wanted.append(name)
            continue
        for path in _content(name):
            if path.suffix.lower() in COMPANIONS:
                companions += 1
            else:
                (ours if is_findings_page(path) else wanted).append(str(path))
    return Found(tuple(wanted), tuple(ours), companions)


def _content(folder: str) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if name[0] != "."), key=natural)
        for name in sorted((name for name in names if name[0] != "."), key=natural):
            path = Path(where, name)
            if path.is_file() or path.is_symlink():
                yield path


def natural(name: str) -> tuple[object, ...]:
    """Return a key that sorts names as people number them.

    >>> sorted(["10.html", "2.html", "A1", "a02"], key=natural)
    ['2.html', '10.html', 'A1', 'a02']
    """
    pieces = re.split(r"([0-9]+)", name.casefold())
    return (
        *(
            (piece, 0) if at % 2 == 0 else ("", int(piece))
            for at, piece in enumerate(pieces)
        ),
        name,
    )


def is_findings_page(path: Path) -> bool:
    """Return whether a file is a page that ``check --html`` wrote."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return is_ours(file.read(HEAD))
    except OSError:
        return False


def is_odd(name: str) -> bool:
    """Return whether a name is a device, pipe or socket: nothing to read whole."""
    path = Path(name)
    return path.exists() and not path.is_file() and not path.is_dir()
