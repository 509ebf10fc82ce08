"""Where results go: one object, lines that can be gone on with, a page, a terminal."""

from __future__ import annotations

import json
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.speech import say
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from typing import IO, Self

    from mingtang.cli.outcome import Outcome, Task
    from mingtang.writing.tally import Tally
    from mingtang.writing.terminal import Look

_ONE_BY_ONE = 10


class Sink:
    """Takes outcomes one after the other; `forms` is what it needs of each."""

    forms: tuple[str, ...] = ()
    resuming = ""

    @property
    def speaks(self) -> bool:
        """Return whether standard output shows how far the run has come."""
        return True

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of what is open."""

    def has(self, name: str) -> bool:  # noqa: ARG002 - most sinks begin with nothing
        """Return whether a file was done by an earlier run."""
        return False

    def take(self, one: Outcome) -> None:
        """Take one file's outcome."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what stands after the last file."""


class Object(Sink):
    """``--json``: one indented object."""

    forms = ("object",)

    def take(self, one: Outcome) -> None:
        """Write the object."""
        say(one.texts.get("object", ""))


class Lines(Sink):
    """``--jsonl``: a line a file, at once; to a file that a later run goes on with."""

    forms = ("line",)

    def __init__(self, resume: str | None) -> None:
        self.path = None if resume is None else Path(resume)
        self.file: IO[str] | None = None
        self.done: frozenset[str] = frozenset()
        if resume is not None:
            self.resuming = f"再用 --resume {resume} 接着做。"

    @property
    def speaks(self) -> bool:
        """Return whether the lines go to standard output."""
        return self.path is None

    def __enter__(self) -> Self:
        """Open the file to go on with, mended where its last line broke off."""
        if self.path is not None:
            try:
                _mend(self.path)
                self.done = _digests(self.path)
                self.file = self.path.open("a", encoding="utf-8")
            except OSError as error:
                message = f"写不了 {self.path}（{error.strerror}）；请换一个位置"
                raise UsageError(message) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()

    def has(self, name: str) -> bool:
        """Return whether the file to go on with has this content already."""
        return bool(self.done) and _digest(name) in self.done

    def take(self, one: Outcome) -> None:
        """Write the line; a file that could not be read has none."""
        line = one.texts.get("line", "")
        if self.file is None:
            say(line)
        else:
            self.file.write(line)
            self.file.flush()


def _mend(path: Path) -> None:
    """Cut off a last line that a stopped run left unfinished."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = 0
        for line in file:
            if line.endswith(b"\n"):
                end += len(line)
        file.truncate(end)


def _digests(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    found = set()
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                found.add(str(json.loads(line)["source"]["sha256"]))
            except (ValueError, KeyError, TypeError) as error:
                message = (
                    f"{path} 第 {number} 行不是 --jsonl 写出的行，不能接着写；请换一个文件"
                )
                raise UsageError(message) from error
    return frozenset(found)


def _digest(name: str) -> str | None:
    source = load("reading.source")
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > source.MAX_BYTES:
            return None
        return sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None


class Terminal(Sink):
    """Text for a person: every finding, and a table of files where there are several.

    Of many files only the table is written, unless everything is asked for.
    """

    def __init__(self, task: Task, files: int, skipped: int = 0) -> None:
        self.look: Look = task.look or load("writing.terminal").Look()
        self.files = files
        self.skipped = skipped
        shown = files <= _ONE_BY_ONE or self.look.verbose
        self.forms = ("text",) if shown else ()
        self.tallies: list[Tally] = []

    @property
    def speaks(self) -> bool:
        """Return whether each file is written of as it is done."""
        return bool(self.forms)

    def take(self, one: Outcome) -> None:
        """Write one file's findings."""
        text = one.texts.get("text")
        if text is not None:
            divider = load("writing.terminal").divider
            above = divider(one.tally.order, self.files, self.look)
            say(f"{above}{text}\n" if self.files > 1 else text)
        if self.files + self.skipped > 1:
            said = one.tally._replace(trouble="见上面的说明") if one.trouble else one.tally
            self.tallies.append(said)

    def finish(self) -> None:
        """Write the table of files."""
        if self.tallies:
            text = load("writing.terminal").files_text(
                self.tallies, self.look, self.skipped
            )
            say(text)


class Page(Sink):
    """``--html OUT``: the page beside what the terminal says.

    Sections wait in a temporary file, since the page begins with the table of
    all reports; the page appears whole or not at all.
    """

    def __init__(self, path: str, terminal: Terminal) -> None:
        self.path = Path(path)
        self.terminal = terminal
        self.forms = ("page", *terminal.forms)
        self.tallies: list[Tally] = []

    @property
    def speaks(self) -> bool:
        """Return whether the terminal beside the page is written to."""
        return self.terminal.speaks

    def __enter__(self) -> Self:
        """Open the waiting room beside the page, which shows that it can be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.draft = self.path.with_name(f".{self.path.name}.draft")
            self.draft.write_text("", encoding="utf-8")
            self.waiting = tempfile.TemporaryFile("w+", encoding="utf-8")
        except OSError as error:
            message = f"写不了 {self.path}（{error.strerror}）；请换一个位置"
            raise UsageError(message) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no draft behind."""
        self.waiting.close()
        self.draft.unlink(missing_ok=True)

    def take(self, one: Outcome) -> None:
        """Keep a section and its line in the contents."""
        self.tallies.append(one.tally)
        self.waiting.write(one.texts.get("page", ""))
        self.terminal.take(one)

    def finish(self) -> None:
        """Write the page: its contents, the sections, its end."""
        page = load("writing.page")
        self.waiting.seek(0)
        with self.draft.open("w", encoding="utf-8") as out:
            out.write(page.opening(self.tallies, self.terminal.skipped))
            shutil.copyfileobj(self.waiting, out)
            out.write(page.closing())
        self.draft.replace(self.path)
        self.terminal.finish()
        say(f"网页已写到 {self.path}\n")
