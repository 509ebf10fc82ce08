"""A trial: a PDF from standard input read, or pages of it drawn, and then forgotten.

The arguments are the task, a room and its function, and the numbers it takes; status 0
where it comes to an end by itself, whether with pages or with a refusal.
"""

from __future__ import annotations

import sys

from mingtang.pdfium.trying import DRAWING, MEGABYTES, SECONDS
from mingtang.registry import load

try:
    import resource
except ImportError:  # pragma: no cover - Windows knows no such limits, only the clock
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Do what the arguments ask, with fresh time for every page."""
    task, numbers = sys.argv[1], [int(word) for word in sys.argv[2:]]
    room, _, function = task.partition(":")
    work = getattr(load(room), function)
    data = sys.stdin.buffer.read()
    _limit_memory(3 * MEGABYTES if task == DRAWING else MEGABYTES)
    _limit_time(SECONDS)
    try:
        for _ in work(data, numbers) if task == DRAWING else work(data, *numbers):
            _limit_time(SECONDS)
    except ValueError:
        return  # what is wrong with the file is said by who asked


def _limit_memory(megabytes: int) -> None:
    if resource is not None:
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_AS, megabytes << 20)


def _limit_time(seconds: int) -> None:
    """Let this process compute so long from now on."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def _limit(kind: int, most: int) -> None:
    """Set a limit, below the one that was set for us."""
    last = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if last < 0 else min(most, last), last))


if __name__ == "__main__":
    main()
