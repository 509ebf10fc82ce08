"""``--html``: the page of findings, to a file beside the terminal or to a pipe."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.sinks import MANY, Sink
from mingtang.cli.speech import say
from mingtang.cli.targets import refused
from mingtang.registry import load

if TYPE_CHECKING:
    from typing import IO, Self

    from mingtang.cli.outcome import Outcome
    from mingtang.cli.sinks import Terminal
    from mingtang.writing.tally import Tally


class PipedPage(Sink):
    """``--html -``: the page to standard output, and nothing else there.

    Sections wait in a temporary file, since the page begins with the table of
    all reports. Of very many reports only those with findings are drawn.
    """

    def __init__(self, files: int, skipped: int) -> None:
        self.files = files
        self.skipped = skipped
        self.folds = files > MANY
        self.forms = ("faulty page",) if self.folds else ("page",)
        self.tallies: list[Tally] = []

    @property
    def speaks(self) -> bool:
        """Return that nothing is seen before the end."""
        return False

    def __enter__(self) -> Self:
        """Open the waiting room."""
        self.waiting = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the waiting room."""
        self.waiting.close()

    def take(self, one: Outcome) -> None:
        """Keep a section and its line in the contents."""
        self.tallies.append(one.tally)
        self.waiting.write(one.texts.get(self.forms[0], ""))

    def finish(self) -> None:
        """Write the page."""
        self._write(sys.stdout)
        sys.stdout.flush()

    def stop(self) -> str:
        """Write the page of what was done, which says that it is not all."""
        if not self.tallies:
            return "没有写出网页；再运行一次同一命令从头做。"
        self.finish()
        return f"写出的网页只有已处理的 {len(self.tallies)} 个。{_AGAIN}"

    def _write(self, out: IO[str]) -> None:
        """Write the page: its contents, the sections, its end."""
        page = load("writing.page")
        missing = self.files - len(self.tallies)
        extent = page.Extent(self.skipped, missing, self.folds)
        self.waiting.seek(0)
        out.write(page.opening(self.tallies, extent))
        shutil.copyfileobj(self.waiting, out)
        out.write(page.closing())


class Page(PipedPage):
    """``--html OUT``: the page beside what the terminal says; whole or not at all."""

    def __init__(self, path: str, terminal: Terminal) -> None:
        super().__init__(terminal.files, terminal.skipped)
        self.path = Path(path)
        self.terminal = terminal
        self.forms = (*self.forms, *terminal.forms)

    @property
    def speaks(self) -> bool:
        """Return whether the terminal beside the page is written to."""
        return self.terminal.speaks

    def __enter__(self) -> Self:
        """Begin a draft beside the page, which shows that it can be written."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.draft")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text("", encoding="utf-8")
        except OSError as error:
            raise refused(self.path, error) from error
        self.draft = draft
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        """Leave no draft behind."""
        super().__exit__()
        self.draft.unlink(missing_ok=True)

    def take(self, one: Outcome) -> None:
        """Keep a section and let the terminal show the file."""
        super().take(one)
        self.terminal.take(one)

    def finish(self) -> None:
        """Put the page in its place and end what the terminal shows."""
        with self.draft.open("w", encoding="utf-8") as out:
            self._write(out)
        self.draft.replace(self.path)
        self.terminal.finish()
        say(f"网页已写到 {self.path}\n")

    def stop(self) -> str:
        """Write the page of what was done, which says that it is not all."""
        if not self.tallies:
            return f"没有写出网页 {self.path}；再运行一次同一命令从头做。"
        self.finish()
        return f"网页 {self.path} 只有已处理的 {len(self.tallies)} 个。{_AGAIN}"


_AGAIN = "再运行一次同一命令从头做；要能接着做，请用 --jsonl --resume 文件名。"
