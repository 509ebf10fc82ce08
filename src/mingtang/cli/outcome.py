"""One file, read and checked and written: the work a process is given.

What comes back is text and counts, never a report, so that processes pass
little and a batch of thousands stays small.
"""

from __future__ import annotations

from traceback import format_exc
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.comparing import reports, unlike
from mingtang.cli.copies import Copied, write_copy
from mingtang.cli.opening import reading
from mingtang.finding import Weight
from mingtang.registry import load
from mingtang.writing.sheet import Sheet
from mingtang.writing.tally import CLEAN, Tally, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.cli.copies import Copies
    from mingtang.finding import Finding
    from mingtang.reading import Reading
    from mingtang.report import Report
    from mingtang.writing.terminal import Look


_FLATTENED = frozenset({"text", "markdown"})


class Task(NamedTuple):
    """What shall become of every file.

    `verb` is ``read`` or ``check``; `forms` what is written of each: ``object``
    (indented JSON), ``line`` (JSON on one line), ``page`` (a section of the
    HTML page), ``faulty page`` (the same, of a report with findings only),
    ``text`` (for the terminal). `before` and `parts` name files; `copies` says
    where copies of the files go with the findings in them.
    """

    verb: str
    forms: tuple[str, ...]
    look: Look | None = None
    fail_on: Weight = Weight.CONTRADICTION
    before: str | None = None
    parts: tuple[str, ...] = ()
    copies: Copies | None = None


class Outcome(NamedTuple):
    """What became of one file: its texts by form and its line among others.

    `bug` is the traceback of a fault of ours, which must not end a long batch;
    `remarks` are lines for standard error that are no findings; `unmarked` says
    that the copy which was asked for could not be written.
    """

    tally: Tally
    texts: dict[str, str]
    failed: bool = False
    bug: str = ""
    remarks: tuple[str, ...] = ()
    unmarked: bool = False

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.tally.name

    @property
    def trouble(self) -> str:
        """Return why the file could not be read, nothing where it could."""
        return self.tally.trouble


def lost(order: int, name: str, trouble: str, bug: str = "") -> Outcome:
    """Return the outcome of a file that came to nothing."""
    return Outcome(Tally(order, name, trouble=trouble), {}, bug=bug)


def outcome(task: Task, order: int, name: str) -> Outcome:
    """Return what becomes of one file; an unreadable one is an outcome too.

    This is the command's one door: a bug of ours is kept with its record, so that
    it is shown and counted, ends no batch and is never taken for a finding.
    """
    try:
        read, sheet = _checked(task, name)
        texts = {form: _write(form, sheet, order, task) for form in task.forms}
        copied = _copied(task, name, read, sheet)
    except load("reading.source").UnreadableSourceError as error:
        return lost(order, name, str(error))
    except Exception:  # noqa: BLE001 - the one door: kept with its record, never swallowed
        trouble = f"{name}：明堂自身出错，没有处理；请把上面的记录反映给维护者"
        return lost(order, name, trouble, format_exc())
    failed = any(_fails(finding, task.fail_on) for finding in sheet.findings)
    remarks = (*_remarks(task, sheet.report), *(each.words for each in copied))
    unmarked = any(not each.written for each in copied)
    return Outcome(tally(sheet, order), texts, failed, "", remarks, unmarked)


def _copied(task: Task, name: str, read: Reading, sheet: Sheet) -> list[Copied]:
    """Return what became of the file's marked copy, nothing where none is wanted."""
    if task.copies is None:
        return []
    return [write_copy(task.copies, name, read, sheet.findings)]


def _remarks(task: Task, report: Report) -> Iterator[str]:
    if task.before:
        for words in unlike(report, *reports((task.before,))):
            yield f"--before 的 {task.before} 不像上一年度的报告：{words}；照常检查"


def _fails(finding: Finding, limit: Weight) -> bool:
    return finding.assessed and weighs(finding.weight, limit)


def weighs(weight: Weight, limit: Weight) -> bool:
    """Return whether a finding of this weight gives exit status 1."""
    return weight.rank <= limit.rank


def _checked(task: Task, name: str) -> tuple[Reading, Sheet]:
    read = reading(name)
    findings = tuple(read.findings)
    if task.verb == "check":
        before = reports((task.before,))[0] if task.before else None
        checked = load("checking").check(read.report, before, reports(task.parts))
        findings += tuple(checked)
    source = read.source
    flattened = read.document.kind in _FLATTENED
    text = load("reading.source").content(source).text if flattened else ""
    sheet = Sheet(
        source.name,
        source.sha256,
        read.document,
        read.report,
        findings,
        text,
        task.verb,
    )
    return read, sheet


def _write(form: str, sheet: Sheet, order: int, task: Task) -> str:
    if form == "line":
        return f"{load('writing.objects').as_json(sheet)}\n"
    if form == "object":
        return f"{load('writing.objects').as_json(sheet, indent=2)}\n"
    if form == "faulty page" and tally(sheet, order).fate == CLEAN:
        return ""
    if form in {"page", "faulty page"}:
        return str(load("writing.page").section(sheet, order))
    return str(load("writing.terminal").report_text(sheet, task.look))
