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
_DRAWN = {".ico", ".svg", ".gif", ".webp"}
_OTHER = {".mp3", ".mp4", ".py", ".pyc", ".yaml", ".yml", ".toml"}
COMPANIONS = frozenset(_WEB | _DRAWN | _OTHER)
"""Endings of what lies beside reports and is none; left out of folders only."""
PHOTOGRAPHS = frozenset({".jpg", ".jpeg", ".png", ".bmp"})
"""Endings of pictures that may be a page of a report or a drawing in one.

They are left out of folders and counted. TIFF is not among them: no web page
shows it, and it holds all the pages of a scan.
"""
_SCANS = PHOTOGRAPHS | {".tif", ".tiff"}
_SAVED = ("_files", ".files")
"""How the folder of what a saved page shows is called."""
_TRACES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
"""What Windows leaves in folders, in small letters."""
_LOCK = "~$"
"""How the name begins that Word, Excel and WPS give a file they hold open."""
_JOIN = "把同一份年报的各页合成一个 PDF 或多页 TIFF"


class Found(NamedTuple):
    """What a call means: the files to read, and what was left out of folders.

    `ours` are pages of findings that an earlier run wrote; `companions` counts
    what lies beside reports and is none, `pictures` what may be either.
    """

    names: tuple[str, ...]
    ours: tuple[str, ...] = ()
    companions: int = 0
    pictures: int = 0

    @property
    def skipped(self) -> int:
        """Return how many files were left out of folders."""
        return len(self.ours) + self.companions + self.pictures

    def remarks(self) -> Iterator[str]:
        """Yield what a person should know of the choice, and what to do about it."""
        for page in self.ours:
            yield f"跳过 {page}：这是明堂写出的结果网页，不是年报"
        if self.pictures:
            yield (
                f"跳过文件夹里的 {self.pictures} 个图片（jpg、png、bmp）；"
                f"若是年报，请逐个写出文件名，或{_JOIN}"
            )
        scans = sum(Path(name).suffix.lower() in _SCANS for name in self.names)
        if scans > 1:
            yield f"{scans} 个图片文件各当作一份年报；若是同一份的几页，请先{_JOIN}"


def gather(names: Iterable[str]) -> Found:
    """Return the named files in the order given, folders by their sorted content.

    Hidden files and folders, traces of programs, links to folders, companions of
    a saved page (`COMPANIONS`), photographs, our own pages and what is no regular
    file are left out of folders; a name that is given is never left out.
    """
    wanted: list[str] = []
    ours: list[str] = []
    companions = pictures = 0
    for name in names:
        if not Path(name).is_dir():
            wanted.append(name)
            continue
        for path in _content(name):
            kind = path.suffix.lower()
            saved = path.parent.name.endswith(_SAVED)
            if kind in COMPANIONS or (saved and kind in PHOTOGRAPHS):
                companions += 1
            elif kind in PHOTOGRAPHS:
                pictures += 1
            else:
                (ours if is_findings_page(path) else wanted).append(str(path))
    return Found(tuple(wanted), tuple(ours), companions, pictures)


def _content(folder: str) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if name[0] != "."), key=natural)
        for name in sorted((name for name in names if not _is_trace(name)), key=natural):
            path = Path(where, name)
            if path.is_file() or path.is_symlink():
                yield path


def _is_trace(name: str) -> bool:
    """Return whether a file is hidden, or left behind by a program."""
    return name.startswith((".", _LOCK)) or name.lower() in _TRACES


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
