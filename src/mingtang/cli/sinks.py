"""Where results go: what all sinks share, one object, a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.cli.speech import say
from mingtang.registry import load

if TYPE_CHECKING:
    from typing import Self

    from mingtang.cli.outcome import Outcome, Task
    from mingtang.writing.tally import Tally
    from mingtang.writing.terminal import Look

MANY = 10
"""Of more files than these only the table is shown, and on a page the faulty ones."""


class Sink:
    """Takes outcomes one after the other; `forms` is what it needs of each.

    `failed` counts the files with findings that an earlier run wrote of here;
    `account` says at the end what has come together.
    """

    forms: tuple[str, ...] = ()
    failed = 0

    @property
    def account(self) -> str:
        """Return what stands in a file of several runs, nothing for most sinks."""
        return ""

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

    def verdict(self, status: int) -> int:
        """Return the exit status of a run that would end with this one."""
        return status

    def stop(self) -> str:
        """Write what can be written of an interrupted run and say how to go on."""
        self.finish()
        return "要能接着做，请用 --jsonl --resume 文件名。"


class Object(Sink):
    """``--json``: one indented object."""

    forms = ("object",)

    def take(self, one: Outcome) -> None:
        """Write the object."""
        say(one.texts.get("object", ""))


class Terminal(Sink):
    """Text for a person: every finding, and a table of files where there are several.

    Of many files only the table is written, unless everything is asked for.
    """

    def __init__(self, task: Task, files: int, skipped: int = 0) -> None:
        self.look: Look = task.look or load("writing.terminal").Look()
        self.files = files
        self.skipped = skipped
        shown = files <= MANY or self.look.verbose
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
