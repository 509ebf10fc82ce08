"""Taking times so that runs can be compared: interleaved, best and middle of many."""

from __future__ import annotations

import ctypes
import gc
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Times(NamedTuple):
    """What one contender took, in milliseconds."""

    best: float
    middle: float


BURST = 5
"""How often a contender runs in its turn: as in a batch, the first finds cold caches."""


def race(
    contenders: dict[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Times]:
    """Return each contender's times; they take turns, so that drift hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():
        run()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, run in contenders.items():
                for _ in range(BURST):
                    start = clock()
                    run()
                    taken[name].append((clock() - start) * 1000)
    finally:
        gc.enable()
    return {name: Times(min(each), median(each)) for name, each in taken.items()}


def resident() -> float:
    """Return the process's present memory in MB."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of ours
        return int(file.read().split()[1]) * 4096 / 1e6


def roomy_malloc() -> None:
    """Let the allocator keep what it freed, as batch runs do (dependencies.md)."""
    trim, top_pad, mmap = -1, -2, -3
    libc = ctypes.CDLL("libc.so.6")
    for option, size in ((trim, 256 << 20), (top_pad, 64 << 20), (mmap, 32 << 20)):
        libc.mallopt(option, size)


def row(*cells: object) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"
