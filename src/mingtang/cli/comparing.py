"""The reports that a report is compared with: last year's, and those it sums up.

No rule of this version compares; what is given is read nevertheless, so that
a wrong file is told of now and not when the rules come.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.files import gather
from mingtang.cli.opening import reading
from mingtang.cli.speech import complain
from mingtang.cli.targets import STANDARD
from mingtang.cli.usage import UsageError
from mingtang.registry import load
from mingtang.text import squeeze
from mingtang.writing.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Report


class Parts(NamedTuple):
    """The reports summed up that can be used, and how many could not be read."""

    names: tuple[str, ...] = ()
    unreadable: int = 0


@cache
def reports(names: tuple[str, ...]) -> tuple[Report, ...]:
    """Return the reports in these files, each read once."""
    return tuple(reading(name).report for name in names)


def refuse_several(flag: str, files: int) -> None:
    """Refuse to compare several reports with what belongs to one."""
    if files > 1:
        message = (
            f"{flag} 只用于检查一份报告，却有 {files} 份；请一份一份检查，各写各的 {flag}"
        )
        raise UsageError(message)


def refuse_before(name: str) -> None:
    """Refuse last year's report where it cannot be read or is no report."""
    if name == STANDARD:
        message = "--before 后面要写文件名，不能是标准输入（-）"
        raise UsageError(message)
    try:
        is_report = _is_report(name)
    except load("reading.source").UnreadableSourceError as error:
        message = f"--before 的报告读不了：{error}"
        raise UsageError(message) from error
    if not is_report:
        message = (
            f"--before 的 {name} 不像政府信息公开工作年度报告，没有检查；"
            "请换成同一机关上一年度的年报，或者不写 --before"
        )
        raise UsageError(message)


def usable_parts(folder: str) -> Parts:
    """Return the folder's reports; what is none is named and left out.

    Raises `UsageError` where no folder is given or nothing in it is a report.
    """
    if not Path(folder).is_dir():
        what = "是文件" if Path(folder).exists() else "不存在"
        message = f"--parts 后面要写文件夹，{folder} {what}；请写放各份报告的文件夹"
        raise UsageError(message)
    unreadable = 0
    used = []
    for name in gather([folder]).names:
        try:
            if _is_report(name):
                used.append(name)
            else:
                complain(f"--parts 中的 {name} 不像年报，没有用；请核对或移走")
        except load("reading.source").UnreadableSourceError as error:
            unreadable += 1
            complain(f"--parts 中有一份读不了，没有用，其余照常：{error}")
    if not used:
        message = f"--parts 的文件夹 {folder} 里没有可用的年报；请写放各份报告的文件夹"
        raise UsageError(message)
    return Parts(tuple(used), unreadable)


def _is_report(name: str) -> bool:
    read = reading(name)
    return Sheet(name, "", read.document, read.report).is_report


def unlike(report: Report, before: Report) -> Iterator[str]:
    """Yield what speaks against one report being last year's of the other."""
    if not report.body or not before.body:
        yield "两份报告没有都写明机关，无法核对是不是同一机关"
    elif squeeze(report.body) != squeeze(before.body):
        yield f"它的机关是“{before.body}”，要检查的是“{report.body}”，请核对是不是同一机关"
    if report.year is None or before.year is None:
        yield "两份报告没有都写明年度，无法核对是不是上一年度"
    elif before.year != report.year - 1:
        yield (
            f"它是 {before.year} 年度的，要检查的是 {report.year} 年度的，"
            f"上一年度应是 {report.year - 1}"
        )
