"""``--jsonl``: a line a file, to standard output or to a file gone on with later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.resuming import Held, digest
from mingtang.cli.sinks import Sink
from mingtang.cli.speech import say
from mingtang.cli.targets import refused

if TYPE_CHECKING:
    from typing import IO, Self

    from mingtang.cli.outcome import Outcome, Task


class Lines(Sink):
    """Writes each line as soon as its file is done."""

    forms = ("line",)

    def take(self, one: Outcome) -> None:
        """Write the line; a file that could not be read has none."""
        say(one.texts.get("line", ""))

    def stop(self) -> str:
        """Say how a long run could have been gone on with."""
        return "已写出的行都完整；要能接着做，请用 --jsonl --resume 文件名。"


class ResumedLines(Sink):
    """Writes to the file of an earlier run what that does not hold yet.

    A line belongs to a name and a content: the line of a file that has changed
    is dropped before the run begins, and a copy under another name gets its own.
    """

    forms = ("line",)

    def __init__(self, path: str, task: Task, names: tuple[str, ...]) -> None:
        self.path = Path(path)
        self.task = task
        self.names = names
        self.done: frozenset[str] = frozenset()
        self.changed = self.lines = 0

    @property
    def speaks(self) -> bool:
        """Return that standard output shows nothing."""
        return False

    def __enter__(self) -> Self:
        """Open the file, without its last line where that broke off."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            held = Held.of(self.path, self.task)
            now = {name: digest(name) for name in self.names if str(Path(name)) in held}
            stale = {str(Path(name)) for name in now if held.differs(name, now[name])}
            held.write_without(stale)
            self.file: IO[str] = self.path.open("a", encoding="utf-8")
        except OSError as error:
            raise refused(self.path, error) from error
        self.changed = len(stale)
        self.done = frozenset(name for name in now if held.has(name, now[name]))
        self.lines = len(held) - len(stale)
        self.failed = held.failed(but=stale)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.file.close()

    def has(self, name: str) -> bool:
        """Return whether the file holds this name with this content already."""
        return name in self.done

    def take(self, one: Outcome) -> None:
        """Write the line; a file that could not be read has none."""
        line = one.texts.get("line", "")
        self.lines += bool(line)
        self.file.write(line)
        self.file.flush()

    def stop(self) -> str:
        """Say how to go on."""
        return f"再运行一次同一命令（--resume {self.path}）就接着做。"

    @property
    def account(self) -> str:
        """Return what the file holds, and that the exit status is that of all of it."""
        renewed = f"其中 {self.changed} 个内容变了，旧行已去掉；" if self.changed else ""
        return f"{renewed}{self.path} 现有 {self.lines} 行，退出状态按全部行算。"
