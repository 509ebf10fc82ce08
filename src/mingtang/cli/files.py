"""Which files a call means: the named ones, and what lies in named folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WEB = {".css", ".js", ".mjs", ".map", ".json", ".jsonl", ".woff", ".woff2", ".ttf", ".eot"}
_PICTURES = {".ico", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"}
_OTHER = {".mp3", ".mp4", ".py", ".pyc", ".yaml", ".yml", ".toml"}
COMPANIONS = frozenset(_WEB | _PICTURES | _OTHER)
"""Endings of what lies beside reports and is none; left out of folders only."""


def walk(names: Iterable[str]) -> Iterator[str]:
    """Yield the named files in the order given, folders by their sorted content.

    Hidden files and folders, links to folders, companions of a saved page
    (`COMPANIONS`) and what is no regular file are left out of folders; a name
    that is given is never left out.
    """
    for name in names:
        if Path(name).is_dir():
            yield from _content(name)
        else:
            yield name


def _content(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if _is_wanted(path):
                yield str(path)


def _is_wanted(path: Path) -> bool:
    if path.name.startswith(".") or path.suffix.lower() in COMPANIONS:
        return False
    return path.is_file() or path.is_symlink()


def is_odd(name: str) -> bool:
    """Return whether a name is a device, pipe or socket: nothing to read whole."""
    path = Path(name)
    return path.exists() and not path.is_file() and not path.is_dir()
