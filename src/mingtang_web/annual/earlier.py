"""Last year's report from elsewhere: what this year's is compared with at carried-in.

The file is read apart from the site, on the bench (`bench.actions.take_at_desk`); here
what was read of it is judged and taken in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from mingtang_web.annual.recording import begin, came_before, in_turn, made, record
from mingtang_web.bodies.queries import is_named, require
from mingtang_web.files.actions import RefusedFileError, keep, said_of
from mingtang_web.files.dangers import Look
from mingtang_web.files.examining import Examined

if TYPE_CHECKING:
    from django.core.files.base import File

    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.cases.actions import Doing

LONGEST = 200
"""So many signs the words take at most that say where a report is from."""
CARRIED_OUT = "requests/carried_out/"


class Brought(NamedTuple):
    """A file that was admitted, and what was read of it, as the engine's own JSON."""

    data: bytes
    as_read: bytes

    @property
    def file(self) -> Examined:
        """The file with its kind."""
        return Examined(self.data, binary_kind(self.data) or "text")

    @property
    def report(self) -> Report:
        """The report, as it was read."""
        return read(self.as_read).report


def bring(annual: Annual, brought: Brought, source: str, doing: Doing) -> Annual:
    """Take in last year's report, and where it is from; the last one brought counts.

    It stands as it was read and nothing in it is mended. One that names another body, or
    none, is taken only where ``doing.note`` says why it is this body's; the words stand
    with where it is from. Raises `NotAllowedError`, `OutOfTurnError`, and
    `ValidationError` for one that is not last year's, is another body's or does not say
    what was carried out.
    """
    require(doing.person, policy.WRITE, annual.body, clock.today())
    masking.to_keep(source, "source")
    if came_before(annual, doing):
        return annual
    report = brought.report
    check(annual, report)
    whence = _whence(annual, report, source.strip(), doing.note)
    with transaction.atomic():
        present = begin(annual, policy.WRITE, doing)
        if came_before(present, doing):
            return present
        in_turn(present, doing, *WRITTEN)
        row = Earlier(
            file=keep(brought.file, present.body, doing.actor),
            snapshot=keep(Examined(brought.as_read, "json"), present.body, doing.actor),
            named=(report.body or "")[:100],
            source=whence,
        )
        made(present, row, doing)
        files = [said_of(row.file), said_of(row.snapshot)]
        return record(present, "compared", doing, [row], files=files)


def admitted(upload: File[bytes]) -> bytes:
    """Return an upload of any format that the engine reads; raises `RefusedFileError`.

    It is looked through before anything reads it or keeps it, in the request, for it is
    refused there; what that may cost, `files.unfolding` bounds.
    """
    if not 0 < (upload.size or 0) <= MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        said = _("文件是空的，或者超过 %(most)s MB 的上限，没有保存")
        raise RefusedFileError(said % {"most": most})
    data: bytes = upload.read()
    fault = Look().danger(data)
    if fault:
        raise RefusedFileError(
            _("没有保存这个文件，原因：%(fault)s。请换一个文件再上传") % {"fault": fault}
        )
    return data


def check(annual: Annual, report: Report) -> None:
    """Refuse what cannot be compared with: `ValidationError` at the field of the file."""
    wanted = annual.year - 1
    if report.year != wanted:
        read_as = report.year or _("没有读到年度")
        said = _("读到的年度是%(read)s，不是%(wanted)s，没有保存；请换上一年度的报告")
        raise ValidationError({"file": said % {"read": read_as, "wanted": wanted}})
    out = [fact for cell, fact in report.facts.items() if cell.startswith(CARRIED_OUT)]
    if not out or any(fact.state is not State.NUMBER for fact in out):
        said = _("表三“结转下年度继续办理”没有逐格读到数，不能用来核对，没有保存")
        raise ValidationError({"file": said})


def _whence(annual: Annual, report: Report, source: str, why: str) -> str:
    """Return where a report is from, and why it is this body's though it names another.

    Raises `ValidationError` where nobody said so.
    """
    if is_named(report.body or "", annual.body):
        return source
    masking.no_personal_data(why)
    if not why.strip():
        said = _(
            "报告写的机关是“%(named)s”，不是“%(body)s”，没有保存；拿错了请换一份，"
            "确是本机关的（如用了旧名）请写明理由"
        )
        known = {"named": report.body or _("没有写明"), "body": annual.body.name}
        raise ValidationError({"why": said % known})
    told = f"{source}（写的机关是“{report.body or '没有写明'}”：{why.strip()}）"
    if len(told) > LONGEST:
        raise ValidationError({"why": _("出处和理由合起来太长，请写得简短一些")})
    return told
