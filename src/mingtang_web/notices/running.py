"""Running a job: by one process at a time, part by part, going on where it was cut off.

Each part is written in one transaction, together with how far the job has come and
with the lease's renewal: a process that has lost its lease writes nothing more.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from mingtang_web import clock
from mingtang_web.notices.models import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from django.utils.functional import _StrOrPromise

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=90)
log = logging.getLogger(__name__)


class Pass(NamedTuple):
    """What a job is asked for: its day, the moment, and after what it goes on."""

    on: date
    now: datetime
    after: int


class Part(NamedTuple):
    """A part of a job: ``write`` does it and returns how many things it did.

    ``cursor`` is what the job has come to with it; ``failed`` and ``fault`` what could
    not be done.
    """

    cursor: int
    write: Callable[[], int]
    failed: int = 0
    fault: str = ""


class Job(NamedTuple):
    """Something done again and again: its name, and what it does in which parts.

    ``every`` is the time from one start to the next; ``waits`` says whether there
    is anything to do at all.
    """

    name: str
    label: _StrOrPromise
    every: timedelta
    parts: Callable[[Pass], Iterator[Part]]
    waits: Callable[[datetime], bool] = lambda _now: True


class LeaseLostError(Exception):
    """Another process has taken the job over, because this one was silent too long."""


def run(job: Job, on: date, told: Callable[[Run], None] = lambda _run: None) -> Run | None:
    """Run a job for a day and return its record; none where another process runs it.

    ``told`` hears of every part. A job that breaks is recorded, not raised, so that
    it keeps no other job from running.
    """
    held = take(job, on)
    if held is None:
        return None
    try:
        for part in job.parts(Pass(on, clock.now(), held.cursor)):
            _write(held, part)
            told(held)
    except LeaseLostError:
        log.warning("job %s was taken over by another process", job.name)
        return None
    except Exception as fault:
        log.exception("job %s broke", job.name)
        held.failed += 1
        held.note = f"任务中断：{type(fault).__name__}，详见日志"
    _end(held)
    return held


def take(job: Job, on: date) -> Run | None:
    """Take a job's lease: a new run, or one that was cut off; none where it is held."""
    try:
        return _taken(job, on)
    except IntegrityError:
        return None  # another process began in the same moment


@transaction.atomic
def _taken(job: Job, on: date) -> Run | None:
    now = clock.now()
    holder = f"{socket.gethostname()[:20]}:{os.getpid()}:{secrets.token_hex(4)}"
    going = Run.objects.select_for_update().filter(job=job.name, ended_at=None).first()
    if going and going.held_until > now:
        return None
    if going and going.day == on:
        going.holder, going.held_until = holder, now + LEASE
        going.save()
        return going
    if going:
        going.ended_at, going.note = now, "当日未完成，已由后一日的任务接替"
        going.save()
    Run.objects.filter(started_at__lt=now - KEPT, ended_at__isnull=False).delete()
    return Run.objects.create(
        job=job.name, day=on, started_at=now, holder=holder, held_until=now + LEASE
    )


@transaction.atomic
def _write(held: Run, part: Part) -> None:
    """Do a part and say so, all of it or nothing; raises `LeaseLostError`."""
    _hold(held)
    held.done += part.write()
    held.cursor = part.cursor
    held.failed += part.failed
    held.note = part.fault[:200] or held.note
    held.save(update_fields=("cursor", "done", "failed", "note"))


@transaction.atomic
def _end(held: Run) -> None:
    try:
        _hold(held)
    except LeaseLostError:
        return
    held.ended_at = clock.now()
    held.save(update_fields=("ended_at", "failed", "note"))


def _hold(held: Run) -> None:
    mine = Run.objects.filter(pk=held.pk, holder=held.holder, ended_at=None)
    if not mine.update(held_until=clock.now() + LEASE):
        raise LeaseLostError
