"""``mingtang write``: a report written out from our own JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.cli.convert import run as run_convert

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(words: Sequence[str]) -> int:
    """Run the command."""
    return run_convert(words, "write")
