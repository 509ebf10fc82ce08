"""What the command says: results on standard output, trouble on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from mingtang.writing.printable import one_line, printable

if TYPE_CHECKING:
    from typing import Self, TextIO

LONG_SCAN = 10
"""Of a scan with so many pages is said beforehand that it takes long."""
_CLEAR = "\r\033[K"
"""What takes back the line on which a terminal's cursor stands."""
_NARROWEST = 20


def speak_utf8() -> None:
    """Let both streams speak UTF-8, whatever the terminal was set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write text to standard output at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write one clear line to standard error."""
    sys.stdout.flush()
    sys.stderr.write(f"mingtang：{one_line(text)}\n")
    sys.stderr.flush()


def show_bug(trace: str) -> None:
    """Write the record of a bug of ours to standard error."""
    sys.stdout.flush()
    sys.stderr.write(printable(trace))
    sys.stderr.flush()


def announce_pages(count: int) -> None:
    """Say before a long scan is recognised how long that takes."""
    if count >= LONG_SCAN:
        complain(f"要识别 {count} 页扫描的图像，每页约 2 至 3 秒，请稍候")


def page_words(page: int, count: int) -> str:
    """Return what is shown while a page of a scan is recognised."""
    return f"正在识别扫描的第 {page} 页，共 {count} 页……"


class Pages:
    """Shows which page of a scan is being recognised, in place, and takes it back."""

    def __init__(self) -> None:
        self.shown = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing on the line."""
        self.advance("")

    def page(self, page: int, count: int) -> None:
        """Show the page; before the first of many say how long they take."""
        if page == 1:
            self.advance("")
            announce_pages(count)
        sys.stderr.write(f"{_CLEAR}{page_words(page, count)}")
        sys.stderr.flush()
        self.shown = True

    def advance(self, name: str) -> None:  # noqa: ARG002 - a bar shows the name
        """Take back what stands on the line."""
        if self.shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
        self.shown = False


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person sits at the other end of a stream."""
    return stream.isatty()


def shows_colour(*, wanted: bool = True) -> bool:
    """Return whether standard output should be coloured.

    Only on a terminal that can, and not where ``NO_COLOR`` is set
    (https://no-color.org).
    """
    if not wanted or os.environ.get("NO_COLOR"):
        return False
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return how many columns the terminal has; 80 where there is none."""
    return max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST)
