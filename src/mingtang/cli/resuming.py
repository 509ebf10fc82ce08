"""What a file of ``--jsonl --resume`` holds from earlier runs.

A line belongs to a file's name and content (sha256) and to the command that
wrote it. The file is looked through before anything in it is changed.
"""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.outcome import weighs
from mingtang.cli.usage import UsageError
from mingtang.finding import Weight
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingtang.cli.outcome import Task

_BEGINNING = b'{"schema": '


class _Line(NamedTuple):
    number: int
    sha256: str
    failed: bool


class Held:
    """The lines of the file by the name they belong to; of two the later one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[str, _Line] = {}
        self.count = 0
        self.end = 0

    @classmethod
    def of(cls, path: Path, task: Task) -> Held:
        """Return what the file holds; nothing where there is no file.

        Raises `UsageError` for a file that this command cannot go on with.
        """
        held = cls(path)
        if path.exists():
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    held._take(number, line, task)
        return held

    def _take(self, number: int, line: bytes, task: Task) -> None:
        if not line.endswith(b"\n"):
            # A stopped run left half a line; anything else is not ours to cut.
            if line[: len(_BEGINNING)] != _BEGINNING[: len(line)]:
                raise _foreign(self.path, number)
            return
        try:
            said = json.loads(line)
            source, command = said["source"], said.get("command")
            name, content = str(source["name"]), str(source["sha256"])
            failed = any(
                one["assessed"] and weighs(Weight(one["weight"]), task.fail_on)
                for one in said["findings"]
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _foreign(self.path, number) from error
        if command != task.verb:
            raise _of_another(self.path, number, command, task.verb)
        self.lines[name] = _Line(number, content, failed)
        self.count = number
        self.end += len(line)

    def __len__(self) -> int:
        return len(self.lines)

    def __contains__(self, name: str) -> bool:
        return name in self.lines

    def has(self, name: str, content: str | None) -> bool:
        """Return whether a line belongs to this name and content."""
        return self.lines[str(Path(name))].sha256 == content

    def differs(self, name: str, content: str | None) -> bool:
        """Return whether the file can be read and is not what its line was made of."""
        return content is not None and not self.has(name, content)

    def failed(self, but: Collection[str]) -> int:
        """Return how many of the other files had findings that count."""
        return sum(line.failed for name, line in self.lines.items() if name not in but)

    def write_without(self, stale: Collection[str]) -> None:
        """Drop lines, all at once or not at all, and a last one that broke off."""
        kept = {line.number for name, line in self.lines.items() if name not in stale}
        if not self.path.exists():
            return
        if len(kept) == self.count:
            with self.path.open("rb+") as file:
                file.truncate(self.end)
            return
        whole = self.path.resolve()
        draft = whole.with_name(f".{whole.name}.{os.getpid()}.draft")
        try:
            with whole.open("rb") as old, draft.open("wb") as new:
                new.writelines(line for at, line in enumerate(old, 1) if at in kept)
            shutil.copymode(whole, draft)
            draft.replace(whole)
        finally:
            draft.unlink(missing_ok=True)


def digest(name: str) -> str | None:
    """Return the sha256 of a file's content, None where it cannot be read."""
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > load("reading.source").MAX_BYTES:
            return None
        return sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None


def _foreign(path: Path, number: int) -> UsageError:
    return UsageError(
        f"{path} 第 {number} 行不是 --jsonl 写出的行，不能接着写，文件没有动；"
        "请给 --resume 换一个文件名"
    )


def _of_another(path: Path, number: int, command: object, verb: str) -> UsageError:
    """Return the error for lines that another command wrote, or nobody knows which."""
    if command is None:
        return UsageError(
            f"{path} 第 {number} 行没有写明是哪个命令写的（早先的版本写的），不知道能不能"
            "接着写，文件没有动；请给 --resume 换一个文件名，从头做"
        )
    return UsageError(
        f"{path} 是 mingtang {command} 写的（第 {number} 行），不能用 mingtang {verb} "
        f"接着写，文件没有动；请给 --resume 换一个文件名，或者改用 mingtang {command}"
    )
