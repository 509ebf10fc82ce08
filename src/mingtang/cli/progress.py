"""A progress bar on standard error, for a person who waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mingtang.cli.speech import announce_pages, page_words
from mingtang.writing.printable import one_line

if TYPE_CHECKING:
    from types import TracebackType

_LONGEST = 40


class Bar:
    """A bar that counts files; nothing is left of it at the end."""

    def __init__(self, files: int) -> None:
        self.progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[file]}", markup=False),
            console=Console(stderr=True),
            transient=True,
            # Results go where they were going; only complaints pass above the bar.
            redirect_stdout=False,
            redirect_stderr=True,
        )
        self.task = self.progress.add_task("", total=files, file="")

    def __enter__(self) -> Bar:
        """Show the bar."""
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self.progress.stop()

    def page(self, page: int, count: int) -> None:
        """Show which page of a scan is being recognised, of how many."""
        if page == 1:
            announce_pages(count)
        self.progress.update(self.task, file=page_words(page, count))

    def advance(self, name: str) -> None:
        """Show that a file is done."""
        self.progress.update(self.task, advance=1, file=one_line(name)[-_LONGEST:])
