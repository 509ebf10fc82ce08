"""A run over files: where the results go, what it says on the way, how it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.crew import outcomes
from mingtang.cli.files import Found, gather
from mingtang.cli.sinks import Lines, Object, Page, Terminal
from mingtang.cli.speech import complain, is_terminal, show_bug
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Protocol

    from mingtang.cli.outcome import Outcome, Task
    from mingtang.cli.sinks import Sink

    class Meter(Protocol):
        """Shows how far a run has come."""

        def advance(self, name: str) -> None:
            """Show that a file is done."""


FOUND, UNREADABLE, BUG, STOPPED = 1, 2, 70, 130


class Wish(NamedTuple):
    """What a call asks for: files, the task, the output, how many processes.

    `output` is ``json``, ``jsonl`` or ``text``; `page` names the HTML file
    wanted beside it; `resume` the JSON Lines file to go on with.
    """

    names: tuple[str, ...]
    task: Task
    output: str = "text"
    page: str | None = None
    resume: str | None = None
    jobs: int = 1


class _Course:
    """How far a run came: what was done before, found, could not be read."""

    def __init__(self, files: int) -> None:
        self.files = files
        self.done = self.resumed = self.failed = self.unreadable = self.bugs = 0

    def take(self, one: Outcome) -> None:
        self.done += 1
        self.failed += one.failed
        self.bugs += bool(one.bug)
        if one.bug:
            show_bug(one.bug)
        if one.trouble:
            self.unreadable += 1
            complain(one.trouble)

    @property
    def status(self) -> int:
        if self.bugs:
            return BUG
        return UNREADABLE if self.unreadable else FOUND if self.failed else 0

    @property
    def stopped(self) -> str:
        before = f"，另有 {self.resumed} 个上次已经写好" if self.resumed else ""
        return f"已停止：{self.files} 个文件中处理了 {self.done} 个{before}。"

    @property
    def resuming(self) -> str:
        """Return how the files of a resumed run add up."""
        read = self.done - self.unreadable
        lost = f"，读不了 {self.unreadable} 个" if self.unreadable else ""
        now = f"这次写入 {read} 个{lost}"
        return f"共 {self.files} 个文件：上次已有 {self.resumed} 个，{now}。"


def run(wish: Wish) -> int:
    """Do what a call asks for and return the exit status."""
    found = gather(wish.names)
    names = found.names
    for page in found.ours:
        complain(f"跳过 {page}：这是明堂写出的结果网页，不是年报")
    if wish.output == "json" and len(names) != 1:
        message = f"--json 只用于一个文件，却有 {len(names)} 个；多个文件请用 --jsonl"
        raise UsageError(message)
    if not names:
        message = "这些文件夹里没有年报文件；请给出放年报网页或文本的文件夹"
        raise UsageError(message)
    if wish.page:
        _spare(wish.page, names)
    course = _Course(len(names))
    with _sink(wish, found) as sink:
        task = wish.task._replace(forms=sink.forms)
        try:
            _work(wish._replace(task=task, names=names), sink, course)
        except KeyboardInterrupt:
            complain(f"{course.stopped}{sink.resuming}")
            return STOPPED
        sink.finish()
    if wish.resume and is_terminal(sys.stderr):
        complain(course.resuming)
    return course.status


def _spare(page: str, names: Sequence[str]) -> None:
    """Refuse to write the page over a folder or over a report to be checked.

    Raises `UsageError`, before anything is read.
    """
    path = Path(page)
    if path.is_dir():
        message = f"--html 后面要写文件名，{page} 是文件夹；请写成 {path / '结果.html'}"
        raise UsageError(message)
    if path.exists() and any(Path(name).exists() and path.samefile(name) for name in names):
        message = (
            f"--html 要写到 {page}，那正是要检查的报告，写了会把它盖掉；"
            "请换一个文件名，如 out/结果.html"
        )
        raise UsageError(message)


def _sink(wish: Wish, found: Found) -> Sink:
    if wish.output == "json":
        return Object()
    if wish.output == "jsonl":
        return Lines(wish.resume)
    terminal = Terminal(wish.task, len(found.names), len(found.ours) + found.companions)
    return Page(wish.page, terminal) if wish.page else terminal


def _work(wish: Wish, sink: Sink, course: _Course) -> None:
    with _meter(len(wish.names), sink) as meter:
        todo = _undone(wish.names, sink, course, meter)
        for one in _closed(outcomes(wish.task, todo, wish.jobs)):
            course.take(one)
            sink.take(one)
            meter.advance(one.name)


def _undone(
    names: Sequence[str], sink: Sink, course: _Course, meter: Meter
) -> Iterator[str]:
    """Yield the files that are still to be done; the others are counted as seen."""
    for name in names:
        if sink.has(name):
            course.resumed += 1
            meter.advance(name)
        else:
            yield name


def _closed(results: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield the results; an interrupt reaches the processes behind them."""
    try:
        yield from results
    finally:
        close = getattr(results, "close", None)
        if close is not None:
            close()


class _Silent:
    def __enter__(self) -> _Silent:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def advance(self, name: str) -> None:
        """Show nothing."""


def _meter(files: int, sink: Sink) -> AbstractContextManager[Meter]:
    """Return a bar for a person who would see nothing else happen."""
    shown = sink.speaks and is_terminal(sys.stdout)
    if files <= 1 or shown or not is_terminal(sys.stderr):
        return _Silent()
    meter: AbstractContextManager[Meter] = load("cli.progress").Bar(files)
    return meter
