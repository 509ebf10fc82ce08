"""Reading what was handed in: apart from the site, with progress, and taken down once."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web.bench import queries, running, working
from mingtang_web.bench.folders import (
    FACTS,
    MARKED,
    OBJECT,
    ORDER,
    PAPER,
    REPORT,
    SHEET,
    Folder,
)
from mingtang_web.bench.queries import Stage
from mingtang_web.bodies.queries import is_named
from mingtang_web.cases.actions import Doing
from mingtang_web.collecting.models import Delivery, Product, State, Step
from mingtang_web.collecting.receiving import receipt_of
from mingtang_web.collecting.recording import Done, locked, record
from mingtang_web.files.actions import content, keep
from mingtang_web.files.examining import Examined
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mingtang_web.bench.queries import State as Progress
    from mingtang_web.collecting.models import Member

MADE = {PAPER: ("paper", "html"), OBJECT: ("json", "json"), SHEET: ("xlsx", "xlsx")}
"""What is made of every report: its name in the folder, its name here, its kind."""
LAST_YEAR = 9999
RULES = settings.PREFIX + "/check/rules/{code}/"
"""The address of a rule's page."""
NOBODY = Doing(None, 0)
FAULTS = {
    "stopped": lazy("读的进程停了，没有结果；多半是文件太大，超过了时间和内存的上限"),
    "memory": lazy("文件展开以后超过了内存的上限，没有读完；请换成网页或者 Word 再报"),
    "bug": lazy("明堂自身出错，没有读完；请换一种格式再报，并告诉维护者"),
    "foreign": lazy("这不像政府信息公开工作年度报告，没有读到它的表；请换一份文件"),
}
"""Why nothing was read, by the word that is kept; anything else is the engine's own."""


def root() -> Path:
    """Return where the folders of what is being read lie."""
    return Path(settings.DATA) / "collecting"


def folder_of(delivery: Delivery) -> Folder:
    """Return the folder in which a version is read."""
    return Folder(root() / f"{delivery.pk}-{delivery.file.sha256[:16]}")


def start(delivery: Delivery) -> None:
    """Start to read a version; nothing where it is being read."""
    folder = folder_of(delivery)
    if not folder.is_there():
        _lay(folder, delivery)
    elif not running.is_alive(folder):
        folder.begin_anew()
    with suppress(running.BusyError):
        running.start(folder, root() / "turns")


def read_now(delivery: Delivery) -> Delivery:
    """Read a version here and now: for what is known to be harmless and short."""
    folder = folder_of(delivery)
    _lay(folder, delivery)
    working.fill(folder)
    return settled(delivery)


def progress(delivery: Delivery) -> Progress:
    """Return how far the reading of a version has come."""
    return queries.state(folder_of(delivery))


def settled(delivery: Delivery) -> Delivery:
    """Return a version as it now stands: what has been read is taken down.

    One whose reading never began, because the site went down, is begun.
    """
    if delivery.state != State.READING:
        return delivery
    folder = folder_of(delivery)
    found = queries.state(folder)
    if found.stage is Stage.LOST and not found.step:
        if _anew(delivery).state == State.READING:
            start(delivery)
    elif found.stage in {Stage.DONE, Stage.FAULTY, Stage.LOST}:
        _take_down(delivery, found)
        running.stop(folder)
        folder.remove()
    return _anew(delivery)


def _anew(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_related("member__body", "member__season", "file")
    return rows.get(pk=delivery.pk)


@transaction.atomic
def _take_down(delivery: Delivery, found: Progress) -> None:
    member = locked(delivery.member_id)
    row = Delivery.objects.select_related("file").get(pk=delivery.pk)
    if row.state != State.READING:
        return
    if found.stage is not Stage.DONE:
        row.state, row.trouble = State.UNREADABLE, _why(found)
        row.save()
        record(member, Done(Step.Verdict.READ, "", row, (row,)), NOBODY)
        return
    folder = folder_of(row)
    facts: dict[str, Any] = folder.told(FACTS) or {}
    row.named, row.year = facts["named"][:200], _year(facts["year"])
    row.edition, row.facts, row.found = facts["edition"], facts["facts"], facts["found"]
    row.dated = date.fromisoformat(facts["dated"]) if facts["dated"] else None
    row.fees = row.fees or facts["fees"]
    row.state, row.trouble = _state(member, row, is_report=found.said["is_report"])
    row.save()
    made = tuple(_made(row, folder, found.said.get("marked", "")))
    files = tuple(each.file for each in made)
    record(member, Done(Step.Verdict.READ, "", row, (row, *made), files), NOBODY)


def _why(found: Progress) -> str:
    if found.stage is Stage.LOST:
        return "stopped"
    why = found.said.get("why", "")
    return why if why in FAULTS else str(found.said.get("words", ""))[:1000]


def trouble_of(delivery: Delivery) -> str:
    """Return why a version was not read, or what must be looked at first, in words."""
    if delivery.state == State.UNREADABLE:
        return str(FAULTS.get(delivery.trouble) or spoken(delivery.trouble))
    if delivery.state != State.HELD:
        return ""
    season = delivery.member.season
    known = {"year": delivery.year, "wanted": season.year, "named": delivery.named}
    known["body"] = delivery.member.body.name
    if is_too_early(delivery):
        on, dated = str(day_typed(delivery)), str(delivery.dated)
        said = _(
            "填写的收到日期%(on)s早于报告自己的日期%(dated)s，没有算作报送；请撤回，"
            "按实际收到的日期再报"
        )
        return said % {"on": on, "dated": dated}
    if not may_be_confirmed(delivery):
        return _("这是%(year)s年度的报告，收的是%(wanted)s年度的；请撤回，换一份") % known
    if not delivery.named:
        said = _("报告没有写明机关，报送的是“%(body)s”；拿错了请撤回，确是本机关的请说明")
    else:
        said = _(
            "报告写的机关是“%(named)s”，报送的是“%(body)s”；拿错了请撤回，"
            "确是本机关的请说明"
        )
    return said % known


def may_be_confirmed(delivery: Delivery) -> bool:
    """Return whether a version that is held may be this body's and this year's."""
    of_the_year = delivery.year in {None, delivery.member.season.year}
    return of_the_year and not is_too_early(delivery)


def is_too_early(delivery: Delivery) -> bool:
    """Return whether somebody wrote that a report came before the day it bears itself."""
    typed, dated = day_typed(delivery), delivery.dated
    return typed is not None and dated is not None and typed < dated


def day_typed(delivery: Delivery) -> date | None:
    """Return the day of receipt that somebody typed, none where the clock gave it.

    One that was looked at and is not so is none.
    """
    if not delivery.source:
        return None
    receipt = receipt_of(delivery)
    if receipt is None:
        return delivery.handed_on
    return receipt.on if receipt.holds is not False else None


def confirmed(delivery: Delivery) -> Step | None:
    """Return who said of a version that it is this body's, and why; none where nobody."""
    steps = delivery.steps.filter(verdict=Step.Verdict.CONFIRMED).select_related("by")
    return steps.last()


def abandon(delivery: Delivery) -> None:
    """Stop reading what nobody waits for any longer."""
    folder = folder_of(delivery)
    if folder.is_there():
        running.stop(folder)
        folder.remove()


def _state(member: Member, row: Delivery, *, is_report: bool) -> tuple[str, str]:
    """Return in which state what was read is, and why it is none."""
    if not is_report or not row.edition:
        return State.UNREADABLE, "foreign"
    known = row.year == member.season.year and is_named(row.named, member.body)
    known = known and not is_too_early(row)
    return (State.READ if known else State.HELD), ""


def _year(said: object) -> int | None:
    """Return a year that can be one."""
    return said if isinstance(said, int) and 0 < said <= LAST_YEAR else None


def _made(row: Delivery, folder: Folder, marked: str) -> Iterator[Product]:
    made = MADE | ({MARKED: (MARKED, marked)} if marked else {})
    for name, (what, kind) in made.items():
        file = keep(Examined(folder.get(name), kind), row.member.body, None)
        yield Product.objects.create(delivery=row, what=what, file=file)


def _lay(folder: Folder, delivery: Delivery) -> None:
    """Make the folder with all that is read in it, whole or not at all."""
    draft = Folder(folder.path.with_name(f".{folder.path.name}-{secrets.token_hex(4)}"))
    draft.make()
    name = f"{delivery.member.body.name}{delivery.member.season.year}.{delivery.file.kind}"
    draft.put(REPORT, content(delivery.file))
    draft.tell(ORDER, name=name, before="", rules=RULES)
    try:
        draft.path.rename(folder.path)
    except OSError:  # somebody else was quicker
        draft.remove()


def begin_later(delivery: Delivery) -> None:
    """Start to read once what was handed in is in the database for good.

    What has been read by then is left alone.
    """
    transaction.on_commit(partial(_begin, delivery))


def _begin(delivery: Delivery) -> None:
    present = _anew(delivery)
    if present.state == State.READING:
        start(present)
