"""Reports gathered as they are read, and combined when the last one has come."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.lines import ResumedLines
from mingtang.cli.sifting import Held, sifted
from mingtang.cli.sinks import Sink
from mingtang.cli.speech import complain, say
from mingtang.cli.targets import STANDARD, put, spare, why
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.cli.batch import Wish
    from mingtang.cli.files import Found
    from mingtang.cli.outcome import Outcome
    from mingtang.combining import Bodies, Combined
    from mingtang.writing.terminal import Look

_LARGEST = 10_000_000
"""A list of bodies has at most so many bytes."""
_INCOMPLETE = 1


class Order(NamedTuple):
    """What is wanted of the combined reports: year, list of bodies, form, where to."""

    year: int | None
    bodies: str | None
    form: str
    target: str
    look: Look
    force: bool = False


def collected(order: Order, wish: Wish, found: Found) -> Sink:
    """Return the sink of a run; raises `UsageError` before anything is read."""
    if order.form == "csv" and order.target != STANDARD:
        spare("--csv", order.target, found.names)
        if Path(order.target).exists() and not order.force:
            message = f"{order.target} 已经存在，没有覆盖；请换一个文件名，或加 --force"
            raise UsageError(message)
    ending = _Ending(order, _bodies(order.bodies))
    if wish.resume is None:
        return _Collecting(ending)
    return _Resumed(wish, ending)


def _bodies(name: str | None) -> Bodies | None:
    if name is None:
        return None
    combining, path = load("combining"), Path(name)
    try:
        if path.stat().st_size > _LARGEST:
            message = f"机关名单 {name} 太大，不像名单；请核对文件名"
            raise UsageError(message)
        bodies: Bodies = combining.read_bodies(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"读不了机关名单 {name}：{why(error)}；请核对文件名"
        raise UsageError(message) from error
    except UnicodeDecodeError as error:
        message = f"机关名单 {name} 不是 UTF-8 的文字；请在表格软件里另存为 CSV UTF-8"
        raise UsageError(message) from error
    except combining.BodiesError as error:
        message = f"{name}：{error}"
        raise UsageError(message) from error
    return bodies


class _Ending:
    """Combines what was held and writes it; remembers whether anything was missing."""

    def __init__(self, order: Order, bodies: Bodies | None) -> None:
        self.order = order
        self.bodies = bodies
        self.lacks = False

    def write(self, held: Iterable[Held]) -> None:
        kept = sifted(held, self.order.year)
        for remark in kept.remarks:
            complain(remark)
        combined = load("combining").combine(kept.reports, self.bodies)
        self.lacks = bool(combined.coverage.missing) or kept.conflicts > 0
        self._put(combined)

    def _put(self, combined: Combined) -> None:
        order = self.order
        if order.form == "text":
            text = load("combining").bulletin(combined)
            say(load("writing.screen").manuscript_text(text, order.look))
            return
        data = _made(order.form, combined)
        if order.target == STANDARD:
            sys.stdout.buffer.write(data)
            return
        put(Path(order.target), data)
        for line in load("combining.bulletin").coverage_lines(combined):
            say(f"{line}\n")
        say(f"已写到 {order.target}\n")

    def verdict(self, status: int) -> int:
        return status if status > _INCOMPLETE else int(self.lacks)


def _made(form: str, combined: Combined) -> bytes:
    combining = load("combining")
    if form == "csv":
        data: bytes = combining.as_csv(combined)
    elif form == "html":
        data = load("writing.formats.html").bind(combining.bulletin(combined))
    else:
        said = json.dumps(combining.as_object(combined), ensure_ascii=False, indent=2)
        data = f"{said}\n".encode()
    return data


class _Collecting(Sink):
    """Holds every report until all have been read."""

    forms = ("line",)

    def __init__(self, ending: _Ending) -> None:
        self.ending = ending
        self.held: list[Held] = []

    @property
    def speaks(self) -> bool:
        """Return that nothing is seen before the end."""
        return False

    def take(self, one: Outcome) -> None:
        """Hold a report; a file that could not be read has none."""
        line = one.texts.get("line")
        if line is not None:
            self.held.append(Held.of(line))

    def finish(self) -> None:
        """Write what they come to."""
        self.ending.write(self.held)

    def verdict(self, status: int) -> int:
        """Return 1 where somebody's report is missing, however the files read."""
        return self.ending.verdict(status)

    def stop(self) -> str:
        """Say that part of the reports is no total."""
        return "没有汇总；再运行一次同一命令从头做，要能接着做请用 --resume 文件名。"


class _Resumed(ResumedLines):
    """The same with what was read kept in a file, and taken from there."""

    def __init__(self, wish: Wish, ending: _Ending) -> None:
        super().__init__(str(wish.resume), wish.task, wish.names)
        self.ending = ending

    def finish(self) -> None:
        """Write what the reports of this call come to, those read before included."""
        self.ending.write(self._held())

    def _held(self) -> Iterator[Held]:
        names = {str(Path(name)) for name in self.names}
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                held = Held.of(line)
                if held.name in names:
                    yield held

    def verdict(self, status: int) -> int:
        """Return 1 where somebody's report is missing, however the files read."""
        return self.ending.verdict(status)

    @property
    def account(self) -> str:
        """Return what the file holds."""
        return f"{self.path} 现有 {self.lines} 行。"
