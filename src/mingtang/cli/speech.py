"""What the command says: results on standard output, trouble on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from mingtang.writing.printable import one_line, printable

if TYPE_CHECKING:
    from typing import TextIO

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


def show_page(page: int, count: int) -> None:
    """Show on standard error which page of a scan is being recognised, in place."""
    clear_line()
    sys.stderr.write(f"正在识别扫描的第 {page} 页，共 {count} 页……")
    sys.stderr.flush()


def clear_line() -> None:
    """Take back what stands on the line of a terminal's standard error."""
    sys.stderr.write("\r\033[K")
    sys.stderr.flush()


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
