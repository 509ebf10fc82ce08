"""A run over files: where the results go, what it says on the way, how it ends."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.comparing import refuse_before, refuse_several, usable_parts
from mingtang.cli.copies import plan, spare_files
from mingtang.cli.crew import outcomes
from mingtang.cli.files import Found, gather
from mingtang.cli.lines import Lines, ResumedLines
from mingtang.cli.pages import Page, PipedPage
from mingtang.cli.sinks import Object, Terminal
from mingtang.cli.speech import Pages, complain, is_terminal, show_bug
from mingtang.cli.targets import STANDARD, spare, spare_page
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Protocol

    from mingtang.cli.outcome import Outcome, Task
    from mingtang.cli.sinks import Sink

    class Meter(Protocol):
        """Shows how far a run has come."""

        def page(self, page: int, count: int) -> None:
            """Show which page of a scan is being recognised, of how many."""

        def advance(self, name: str) -> None:
            """Show that a file is done."""


FOUND, UNREADABLE, BUG, STOPPED = 1, 2, 70, 130


class Wish(NamedTuple):
    """What a call asks for: files, the task, the output, how many processes.

    `output` is ``json``, ``jsonl`` or ``text``; `page` names the HTML file
    wanted beside it; `resume` the JSON Lines file to go on with; `parts` the
    folder of reports that the one report sums up; `mark` where copies go with
    the findings in them, `force` that they may replace what stands there.
    """

    names: tuple[str, ...]
    task: Task
    output: str = "text"
    page: str | None = None
    resume: str | None = None
    jobs: int = 1
    parts: str | None = None
    mark: str | None = None
    force: bool = False


class _Course:
    """How far a run came: what was done before, found, could not be read."""

    def __init__(self, files: int) -> None:
        self.files = files
        self.done = self.resumed = self.failed = self.unreadable = self.bugs = 0
        self.lost_parts = self.unmarked = 0

    def take(self, one: Outcome) -> None:
        self.done += 1
        self.failed += one.failed
        self.bugs += bool(one.bug)
        self.unmarked += one.unmarked
        if one.bug:
            show_bug(one.bug)
        if one.trouble:
            self.unreadable += 1
            complain(one.trouble)
        for remark in one.remarks:
            complain(remark)

    @property
    def status(self) -> int:
        if self.bugs:
            return BUG
        if self.unreadable or self.lost_parts or self.unmarked:
            return UNREADABLE
        return FOUND if self.failed else 0

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
        return f"共 {self.files} 个文件：跳过上次已有的 {self.resumed} 个，{now}。"


def run(wish: Wish, make: Callable[[Wish, Found], Sink] | None = None) -> int:
    """Do what a call asks for and return the exit status.

    `make` gives the sink of a command whose results go nowhere that others' do.
    """
    found = gather(wish.names)
    for remark in found.remarks():
        complain(remark)
    _refuse(wish, found.names)
    course = _Course(len(found.names))
    copies = plan(wish.mark, wish.names, found.names) if wish.mark else None
    task = _task(wish, course)._replace(copies=copies)
    wish = wish._replace(names=found.names, task=task)
    with (make or _sink)(wish, found) as sink:
        wish = wish._replace(task=wish.task._replace(forms=sink.forms))
        course.failed += sink.failed
        _spare_copies(wish, sink)
        try:
            _work(wish, sink, course)
        except KeyboardInterrupt:
            complain(f"{course.stopped}{sink.stop()}")
            return STOPPED
        sink.finish()
    if wish.resume:
        complain(f"{course.resuming}{sink.account}")
    return sink.verdict(course.status)


def _refuse(wish: Wish, names: tuple[str, ...]) -> None:
    """Raise `UsageError` for what does not go together, before anything is read."""
    if not names:
        message = (
            "这些文件夹里没有年报文件；请给出放年报的文件夹（网页、Word、WPS、PDF、"
            "OFD、Excel、CSV、文本、TIFF 扫描件或明堂写出的 JSON）"
        )
        raise UsageError(message)
    if wish.output == "json" and len(names) != 1:
        message = f"--json 只用于一个文件，却有 {len(names)} 个；多个文件请用 --jsonl"
        raise UsageError(message)
    if STANDARD in names:
        _refuse_piped(wish, names)
    if wish.page == STANDARD and is_terminal(sys.stdout):
        message = (
            "--html - 把网页写到标准输出，而标准输出是终端；请写文件名（--html 结果.html）"
            "，或者接到文件（--html - > 结果.html）"
        )
        raise UsageError(message)
    if wish.page and wish.page != STANDARD:
        spare_page(wish.page, names)
    if wish.resume:
        spare("--resume", wish.resume, names)
    if wish.mark and wish.mark in (wish.page, wish.resume):
        message = f"--mark 与另一个输出都要写到 {wish.mark}；请给它们各写一个文件名"
        raise UsageError(message)


def _refuse_piped(wish: Wish, names: tuple[str, ...]) -> None:
    if len(names) > 1:
        message = "标准输入（-）里只能是一份报告，不能与别的文件同写；请分开检查"
        raise UsageError(message)
    if wish.resume:
        message = "标准输入（-）没有文件名，不能与 --resume 同用；请给出文件"
        raise UsageError(message)
    if is_terminal(sys.stdin):
        complain("从标准输入读一份报告：粘贴全文，再按 Ctrl-D 结束（Windows 是 Ctrl-Z）")


def _task(wish: Wish, course: _Course) -> Task:
    """Return the task with the reports to compare with, each found to be one."""
    task = wish.task
    if task.before:
        refuse_several("--before", len(wish.names))
        refuse_before(task.before)
    if wish.parts:
        refuse_several("--parts", len(wish.names))
        parts = usable_parts(wish.parts)
        course.lost_parts = parts.unreadable
        task = task._replace(parts=parts.names)
    return task


def _spare_copies(wish: Wish, sink: Sink) -> None:
    """Refuse to write marked copies over files; name those a resumed run leaves out."""
    copies = wish.task.copies
    if copies is None:
        return
    names = [name for name in wish.names if not sink.has(name)]
    others = [each for each in (wish.task.before, *wish.task.parts) if each]
    spare_files(copies, names, [*wish.names, *others], force=wish.force)
    done = {*wish.names}.difference(names)
    left = sum(not copies.target(name).exists() for name in done)
    if left:
        words = f"上次已有的文件中 {left} 个没有标注过的副本，这次也不写"
        complain(f"{words}；要写请不用 --resume")


def _sink(wish: Wish, found: Found) -> Sink:
    if wish.output == "json":
        return Object()
    if wish.output == "jsonl":
        return ResumedLines(wish.resume, wish.task, wish.names) if wish.resume else Lines()
    if wish.page == STANDARD:
        return PipedPage(len(found.names), found.skipped)
    terminal = Terminal(wish.task, len(found.names), found.skipped)
    return Page(wish.page, terminal) if wish.page else terminal


def _work(wish: Wish, sink: Sink, course: _Course) -> None:
    with _meter(len(wish.names), sink) as meter, _watched(meter):
        todo = _undone(wish.names, sink, course, meter)
        jobs = 1 if len(wish.names) == 1 else wish.jobs
        for one in _closed(outcomes(wish.task, todo, jobs)):
            meter.advance(one.name)  # first: what it shows makes room for the result
            course.take(one)
            sink.take(one)


def _watched(meter: Meter) -> AbstractContextManager[None]:
    """Return a context in which the meter hears of every page to be recognised."""
    if not is_terminal(sys.stderr):
        return nullcontext()
    watching: AbstractContextManager[None] = load("reading.watching").watched(
        recognised=meter.page
    )
    return watching


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


def _meter(files: int, sink: Sink) -> AbstractContextManager[Meter]:
    """Return a bar for a person who would see nothing else happen."""
    shown = sink.speaks and is_terminal(sys.stdout)
    if files <= 1 or shown or not is_terminal(sys.stderr):
        return Pages()
    meter: AbstractContextManager[Meter] = load("cli.progress").Bar(files)
    return meter
