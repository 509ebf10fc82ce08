"""The command ``mingtang``: the engine's verbs at a terminal.

This module imports nothing heavy, so that the command starts at once; each
command is a module of this room and is loaded when it is chosen.
"""

from __future__ import annotations

import sys

from mingtang import __version__
from mingtang.registry import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    0 done · 1 findings at or above ``--fail-on`` · 2 unreadable or wrongly
    called · 70 a bug of ours · 130 stopped with Ctrl-C · 141 the
    reader of the output went away.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    mingtang ...
    0
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"mingtang {__version__}\n")
        return 0
    status: int = load("cli.program").run(words)
    return status
