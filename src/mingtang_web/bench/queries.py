"""Reading the bench: whose a check is, and how far it has come."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from mingtang_web import clock
from mingtang_web.bench import running
from mingtang_web.bench.folders import DONE, FAULT, ORDER, PROGRESS, Folder
from mingtang_web.bench.limits import KEPT
from mingtang_web.bench.models import Check

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID


class Stage(StrEnum):
    """Where a check stands; it was ``lost`` where its process ended without a word."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAULTY = "faulty"
    LOST = "lost"


class State(NamedTuple):
    """How far a check has come: the step, its page of how many, or what came of it."""

    stage: Stage
    step: str = ""
    page: int = 0
    pages: int = 0
    said: dict[str, Any] = {}  # noqa: RUF012 - never written to


def root() -> Path:
    """Return where the folders of all checks lie."""
    return Path(settings.DATA) / "bench"


def turns() -> Path:
    """Return where the locks lie of those whose turn it is."""
    return root() / "turns"


def turns_of(folder: Folder) -> Path:
    """Return where the locks lie that are for a folder: the desk has its own."""
    order = folder.told(ORDER) or {}
    return turns() / "desk" if order.get("snapshot") else turns()


def folder_of(check: Check) -> Folder:
    """Return the folder of one check."""
    return Folder(root() / check.pk.hex)


def hashed(secret: str) -> str:
    """Return by what a browser's secret is known."""
    return hashlib.sha256(secret.encode()).hexdigest()


def found(pk: UUID, secret: str) -> Check | None:
    """Return a check of the browser that holds this secret; none of another's, none old."""
    since = clock.now() - KEPT
    rows = Check.objects.filter(pk=pk, owner=hashed(secret), came_at__gt=since)
    check = rows.first() if secret else None
    return check if check and folder_of(check).is_there() else None


def last_of(secret: str) -> Check | None:
    """Return the check that whoever holds a secret began last; none that is old."""
    row = Check.objects.filter(owner=hashed(secret)).last()
    return found(row.pk, secret) if row else None


def state(folder: Folder) -> State:
    """Return how a check stands.

    Asked in this order: what it leaves behind is written before the lock is let go.
    """
    alive = running.is_alive(folder)
    done, fault = folder.told(DONE), folder.told(FAULT)
    if done:
        return State(Stage.DONE, said=done)
    if fault:
        return State(Stage.FAULTY, said=fault)
    progress = folder.told(PROGRESS)
    if not alive:
        return State(Stage.LOST, step=progress["step"] if progress else "")
    if progress is None:
        return State(Stage.WAITING)
    return State(Stage.WORKING, progress["step"], progress["page"], progress["pages"])


def under_way(address: str = "") -> int:
    """Return how many files are worked on or wait: of one address, or of all."""
    rows = Check.objects.filter(came_at__gt=clock.now() - KEPT)
    if address:
        rows = rows.filter(address=address)
    return sum(running.is_alive(folder_of(check)) for check in rows)
