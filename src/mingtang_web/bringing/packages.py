"""A zip or a folder with a catalogue's table and its files, opened with limits.

What points outside, is a link, is locked or is given twice makes the whole of it
refused: nobody packs that by accident. Nothing is unpacked onto the disk.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.packages.archives import BROKEN, ENCRYPTED
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_FILES = 400_000
MAX_UNFOLDED = 40 * 1024**3
"""All files of a package together may hold so many bytes."""
MAX_RATIO = 200
"""One file may unfold to so many times its packed size, where it is large."""
LARGE = 16 * 1024**2
MAX_TABLE = 2 * 1024**3
LONGEST = 500
"""A path has so many characters at most."""
TABLES = (".csv", ".xlsx", ".json", ".jsonl")
PREFERRED = "documents.json"
"""The table of a package that this site made."""
_UTF8 = 0x800
_SKIPPED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "manifest.json", "withdrawn.csv")


class PackageError(TableError):
    """A package that cannot or may not be opened."""


class MissingError(LookupError):
    """A file that a row names and the package does not hold."""


class Package:
    """The files of a zip by their paths; each is read at most so far."""

    def __init__(self, file: Path) -> None:
        """Open a zip; raises `PackageError`."""
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN as problem:
            raise PackageError(_("压缩包打不开，可能已损坏；请重新打包")) from problem
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        _within(infos)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = safe(_name(info))
            if name in self._infos:
                raise PackageError(_("压缩包里有两个文件同名：%(n)s") % {"n": name[-80:]})
            self._infos[name] = info
        self.names = list(self._infos)
        self.top = _top(self.names)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def read(self, path: str, most: int) -> bytes:
        """Return a file by its path, from the top or beside the table.

        Raises `MissingError`, and `PackageError` where it is damaged, or larger than
        ``most`` bytes.
        """
        try:
            with self._zip.open(self._found(path)) as part:
                data = part.read(most + 1)
        except BROKEN as problem:
            raise PackageError(
                _("压缩包里的“%(n)s”读不出") % {"n": path[-80:]}
            ) from problem
        if len(data) > most:
            told = {"n": path[-80:], "most": most // 1024 // 1024}
            raise PackageError(_("“%(n)s”超过%(most)s MB 的上限") % told)
        return data

    def unfold(self, path: str, to: Path) -> None:
        """Write a file of the package to another place; raises as `read` does."""
        info = self._found(path)
        if info.file_size > MAX_TABLE:
            raise PackageError(_("“%(n)s”太大") % {"n": path[-80:]})
        try:
            with self._zip.open(info) as part, to.open("wb") as out:
                shutil.copyfileobj(part, out, 1 << 16)
        except BROKEN as problem:
            raise PackageError(
                _("压缩包里的“%(n)s”读不出") % {"n": path[-80:]}
            ) from problem

    def tables(self) -> list[str]:
        """Return the tables at the top of the package, the one of this site first."""
        found = [
            name
            for name in self.names
            if "/" not in name.removeprefix(self.top) and name.lower().endswith(TABLES)
        ]
        own = self.top + PREFERRED
        return [own] if own in found else found

    def single(self) -> list[str]:
        """Return the files of a package that has one JSON file for each document."""
        return sorted(name for name in self.names if name.lower().endswith(".json"))

    def _found(self, path: str) -> zipfile.ZipInfo:
        for name in (path, self.top + path):
            if name in self._infos:
                return self._infos[name]
        raise MissingError(path)


def packed(folder: Path, to: Path) -> None:
    """Pack a folder into a zip, as it is opened later; raises `PackageError`.

    Links are refused, not followed.
    """
    with zipfile.ZipFile(to, "w", strict_timestamps=False) as made:
        for place in sorted(folder.rglob("*")):
            name = place.relative_to(folder).as_posix()
            if place.is_symlink():
                raise PackageError(_("文件夹里有链接，不收：%(n)s") % {"n": name[-80:]})
            if place.is_file():
                made.write(place, name)


def safe(name: str) -> str:
    """Return a path inside a package as it is; raises `PackageError` for one outside.

    >>> safe("附件/1.pdf")
    '附件/1.pdf'
    """
    path = PurePosixPath(name)
    odd = "\\" in name or "\0" in name or ":" in name or len(name) > LONGEST
    if odd or path.is_absolute() or ".." in path.parts or not path.parts:
        raise PackageError(
            _("压缩包里有指向外面的路径，整包不收：%(n)s") % {"n": name[:80]}
        )
    return str(path)


def _within(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what is past the limits, locked, or a link: `PackageError`."""
    if len(infos) > MAX_FILES:
        raise PackageError(_("压缩包里的文件超过%(most)s个") % {"most": MAX_FILES})
    if sum(info.file_size for info in infos) > MAX_UNFOLDED:
        raise PackageError(_("压缩包展开后太大；请分成几包"))
    for info in infos:
        told = {"n": _name(info)[-80:]}
        if info.flag_bits & ENCRYPTED:
            raise PackageError(_("压缩包加了密码；请去掉密码后再试"))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise PackageError(_("压缩包里有链接，整包不收：%(n)s") % told)
        bomb = info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if bomb and info.file_size > LARGE:
            raise PackageError(_("压缩包里的“%(n)s”展开后异常地大，整包不收") % told)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a file's name; old packers wrote Chinese names in GBK and did not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _top(names: Iterable[str]) -> str:
    """Return the one folder in which everything lies, with its stroke; blank: none."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    tops -= {"__MACOSX"}
    [top] = tops if len(tops) == 1 else [""]
    return f"{top}/" if top else ""


def is_skipped(name: str) -> bool:
    """Return whether a file of a package is nothing of the catalogue."""
    return any(part in name for part in _SKIPPED)
