"""``--mark``: the marked copies of the files, where they go and what must not be lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.targets import STANDARD, put, spare
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.finding import Finding
    from mingtang.reading import Reading

_NAMED = 3


class Copies(NamedTuple):
    """Where marked copies go: to one file, or to a folder by the files' names.

    `root` is the folder that their paths are told from where names repeat.
    """

    out: str
    folder: bool = False
    root: str | None = None

    def target(self, name: str) -> Path:
        """Return where the copy of a file goes; old files come back in present formats.

        >>> Copies("out", folder=True).target("in/a.doc").as_posix()
        'out/a.doc.docx'
        """
        if not self.folder:
            return Path(self.out)
        inner = Path(name).name if self.root is None else os.path.relpath(name, self.root)
        path = Path(self.out, inner)
        made = load("reading.kinds").TURNED.get(path.suffix.lower().removeprefix("."))
        return path.with_name(f"{path.name}.{made}") if made else path


class Copied(NamedTuple):
    """What became of one copy: the sentence to say, whether it was written."""

    words: str
    written: bool


def plan(out: str, given: Sequence[str], names: Sequence[str]) -> Copies:
    """Return where the copies of files go, for what a call gave and what that means.

    Raises `UsageError` where `out` cannot be that.
    """
    folders = [each for each in given if Path(each).is_dir()]
    if out == STANDARD:
        message = "--mark 后面要写文件名或文件夹，不能是标准输出（-）"
        raise UsageError(message)
    if len(names) == 1 and not folders and not Path(out).is_dir():
        spare("--mark", out, names)
        return Copies(out)
    if STANDARD in names:
        message = f"标准输入（-）没有文件名，--mark 后面要写文件名，{out} 是文件夹"
        raise UsageError(message)
    if Path(out).exists() and not Path(out).is_dir():
        message = (
            f"--mark 后面的 {out} 是文件，而要标的有 {len(names)} 个文件；"
            "请写一个文件夹，什么也没有做"
        )
        raise UsageError(message)
    around = next((each for each in folders if _is_inside(out, each)), None)
    if around is not None:
        message = (
            f"--mark 的 {out} 在要检查的文件夹 {around} 里面，下次会把标过的当作年报再查；"
            "请写在它外面，什么也没有做"
        )
        raise UsageError(message)
    plain = {Path(name).name.casefold() for name in names}
    return Copies(out, True, None if len(plain) == len(names) else _root(names))  # noqa: FBT003 - a folder


def _root(names: Sequence[str]) -> str:
    try:
        return os.path.commonpath([Path(name).absolute().parent for name in names])
    except ValueError as error:
        message = "--mark：不同磁盘上有同名的文件，放不进一个文件夹；请分开检查"
        raise UsageError(message) from error


def _is_inside(out: str, folder: str) -> bool:
    return Path(out).resolve().is_relative_to(Path(folder).resolve())


def spare_files(
    copies: Copies, names: Iterable[str], inputs: Sequence[str], *, force: bool
) -> None:
    """Refuse to write a copy over a report that shall be read, or unasked over any file.

    Raises `UsageError`, before anything is read or written.
    """
    standing = [path for path in map(copies.target, names) if path.exists()]
    read = {Path(each).resolve() for each in inputs}
    over = [path for path in standing if path.resolve() in read]
    if over:
        message = (
            f"--mark 要写到 {over[0]}，那正是要读的报告，写了会把它盖掉，"
            "所以什么也没有做；请换一个位置"
        )
        raise UsageError(message)
    if standing and not force:
        named = "、".join(map(str, standing[:_NAMED]))
        more = f"等 {len(standing)} 个文件" if len(standing) > _NAMED else ""
        message = (
            f"--mark 要写到 {named}{more}，已经存在，没有覆盖，什么也没有做；"
            "请换一个位置，或加 --force"
        )
        raise UsageError(message)


def write_copy(
    copies: Copies, name: str, reading: Reading, findings: Sequence[Finding]
) -> Copied:
    """Write the marked copy of one file, whole or not at all, and say what was done."""
    marking = load("marking")
    called, target = reading.source.name, copies.target(name)
    try:
        made = marking.marked(reading, findings)
        _refuse_ending(target, reading, made.kind)
        put(target, made.data)
    except (marking.UnmarkableError, UsageError) as error:
        return Copied(str(error), written=False)
    if not made.noted:
        return Copied(f"{called}：没有要标的发现，照原样写到 {target}", written=True)
    rest = f"，另有 {made.left_out} 处没有再注（一个文件最多注这么多）"
    words = f"{called}：{made.noted} 处发现已标在 {target}"
    return Copied(f"{words}{rest if made.left_out else ''}", written=True)


def _refuse_ending(target: Path, reading: Reading, made: str) -> None:
    """Refuse a name that does not end as its format does, or as the original's."""
    name = reading.source.name
    own = {Path(name).suffix.lower()} if reading.document.kind == made else set()
    if target.suffix.lower() not in {f".{made}", *own}:
        message = (
            f"{name}：标注过的是 .{made} 文件，--mark 却要写到 {target}，没有写；"
            f"请让它以 .{made} 结尾"
        )
        raise UsageError(message)
