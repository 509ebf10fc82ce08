"""Last year's report from elsewhere: what this year's is compared with at carried-in."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang import read
from mingtang.reading.kinds import binary_kind
from mingtang.reading.source import MAX_BYTES
from mingtang.report import State
from mingtang_web import clock, masking
from mingtang_web.annual import policy
from mingtang_web.annual.models import WRITTEN, Earlier
from mingtang_web.annual.reading import read_apart
from mingtang_web.annual.recording import begin, came_before, in_turn, made, record
from mingtang_web.annual.storing import said_of
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import RefusedFileError, keep
from mingtang_web.files.dangers import Look
from mingtang_web.files.examining import Examined

if TYPE_CHECKING:
    from django.core.files.base import File

    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.cases.actions import Doing

CARRIED_OUT = "requests/carried_out/"


def bring(annual: Annual, upload: File[bytes], source: str, doing: Doing) -> Annual:
    """Take in last year's report, and where it is from; the last one brought counts.

    It is read as it stands and nothing in it is mended. Raises `NotAllowedError`,
    `OutOfTurnError`, `RefusedFileError`, `UnreadableError`, and `ValidationError` for
    one that is not last year's or does not say what was carried out.
    """
    require(doing.person, policy.WRITE, annual.body, clock.today())
    masking.to_keep(source, "source")
    if came_before(annual, doing):
        return annual
    found = _examined(upload)
    as_read = read_apart(found.data, PurePath(upload.name or "").name)
    report = read(as_read).report
    _check(annual, report)
    with transaction.atomic():
        present = begin(annual, policy.WRITE, doing)
        if came_before(present, doing):
            return present
        in_turn(present, doing, *WRITTEN)
        row = Earlier(
            file=keep(found, present.body, doing.actor),
            snapshot=keep(Examined(as_read, "json"), present.body, doing.actor),
            named=(report.body or "")[:100],
            source=source.strip(),
        )
        made(present, row, doing)
        files = [said_of(row.file), said_of(row.snapshot)]
        return record(present, "compared", doing, [row], files=files)


def _examined(upload: File[bytes]) -> Examined:
    """Return an upload of any format that the engine reads; raises `RefusedFileError`."""
    if not 0 < (upload.size or 0) <= MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        said = _("文件是空的，或者超过 %(most)s MB 的上限，没有保存")
        raise RefusedFileError(said % {"most": most})
    data = upload.read()
    fault = Look().danger(data)
    if fault:
        raise RefusedFileError(
            _("文件%(fault)s，没有保存；请换一个文件") % {"fault": fault}
        )
    return Examined(data, binary_kind(data) or "text")


def _check(annual: Annual, report: Report) -> None:
    wanted = annual.year - 1
    if report.year != wanted:
        read_as = report.year or _("没有读到年度")
        said = _("读到的年度是%(read)s，不是%(wanted)s，没有保存；请换上一年度的报告")
        raise ValidationError({"file": said % {"read": read_as, "wanted": wanted}})
    out = [fact for cell, fact in report.facts.items() if cell.startswith(CARRIED_OUT)]
    if not out or any(fact.state is not State.NUMBER for fact in out):
        said = _("表三“结转下年度继续办理”没有逐格读到数，不能用来核对，没有保存")
        raise ValidationError({"file": said})
