"""Writes entries into an index, batch after batch, until it is killed.

``python -m tests.web.searching.writing ENGINE FOLDER``; says each batch that is in.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import django

django.setup()

from mingtang_web.searching.entries import Key  # noqa: E402
from tests.web.searching.shelves import entry, opened  # noqa: E402

BATCH = 25


def batch(number: int) -> tuple[list, list[Key]]:
    """Return what a batch puts in and takes out: half of the batch before."""
    first = number * BATCH
    put = [entry(n + 1, text=f"批次{number:06}排水") for n in range(first, first + BATCH)]
    gone = [Key("document", n + 1) for n in range(first - BATCH, first - BATCH // 2)]
    return put, gone if number else []


def main() -> None:
    kind, folder = sys.argv[1:]
    engine = opened(kind, Path(folder))
    last = int(engine.notes().get("batch", "-1"))
    for number in itertools.count(last + 1):
        put, gone = batch(number)
        engine.write(put, gone, {"batch": str(number)})
        print(number, flush=True)  # noqa: T201 - whoever kills it waits for this


if __name__ == "__main__":
    main()
