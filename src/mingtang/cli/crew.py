"""Many files at once: as many processes as asked for, in the order given.

Only a few files per process are ever under way, so memory stays flat however
many there are. A process that dies takes its file with it, not the batch.
"""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING

from mingtang.cli.outcome import lost, outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from mingtang.cli.outcome import Outcome, Task

_AHEAD = 4
_Job = tuple[int, str]


def outcomes(task: Task, names: Iterable[str], jobs: int) -> Iterator[Outcome]:
    """Yield what becomes of each file, in order."""
    numbered = enumerate(names, 1)
    if jobs == 1:
        yield from (outcome(task, order, name) for order, name in numbered)
        return
    yield from _Crew(task, jobs).work(numbered)


class _Crew:
    """The processes of one batch, started anew when one of them dies."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task = task
        self.jobs = jobs
        self.queue: deque[tuple[_Job, Future[Outcome]]] = deque()
        self.pool = self._pool(jobs)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, _context(), initializer=_ignore_interrupts)

    def work(self, numbered: Iterator[_Job]) -> Iterator[Outcome]:
        """Yield the outcomes in order; stops the processes however it ends."""
        try:
            for job in numbered:
                self._enter(job)
                if len(self.queue) >= self.jobs * _AHEAD:
                    yield self._next()
            while self.queue:
                yield self._next()
        finally:
            self.pool.shutdown(wait=True, cancel_futures=True)

    def _enter(self, job: _Job) -> None:
        try:
            future = self.pool.submit(outcome, self.task, *job)
        except BrokenProcessPool:
            self._renew()
            future = self.pool.submit(outcome, self.task, *job)
        self.queue.append((job, future))

    def _renew(self) -> None:
        """Start new processes and give them all that the dead ones left."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pool = self._pool(self.jobs)
        self.queue = deque(
            (
                job,
                future if _is_done(future) else self.pool.submit(outcome, self.task, *job),
            )
            for job, future in self.queue
        )

    def _next(self) -> Outcome:
        job, future = self.queue.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            pass
        done = self._alone(job)
        self._renew()
        return done

    def _alone(self, job: _Job) -> Outcome:
        """Return what becomes of a file in a process of its own."""
        with self._pool(1) as pool:
            try:
                return pool.submit(outcome, self.task, *job).result()
            except BrokenProcessPool:
                trouble = f"{job[1]}：处理它的进程意外终止，可能是文件过大；请单独检查"
                return lost(*job, trouble)


def _context() -> BaseContext:
    """Return how processes are started: never as copies of one with threads."""
    clean = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    return get_context(clean)


def _is_done(future: Future[Outcome]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends its processes in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
