"""``mingtang convert``: a report in one format, written in another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.opening import reading
from mingtang.cli.speech import complain
from mingtang.cli.targets import STANDARD, put, spare
from mingtang.cli.usage import Usage, UsageError
from mingtang.form.edition import TITLE
from mingtang.registry import load
from mingtang.report import State
from mingtang.writing.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading import Reading
    from mingtang.report import Report

WRONG = 2
SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".txt": "text",
}
"""What the end of a file's name asks for."""

_KNOWN = "、".join(SUFFIXES)
_EXAMPLES = {
    "convert": """\
  mingtang convert 年报.html 年报.docx
  mingtang convert 年报.docx 年报.json
  mingtang convert 年报.txt - --to markdown""",
    "write": """\
  mingtang write 年报.json 年报.docx
  mingtang write 年报.json 年报.pdf
  mingtang write 年报.json - --to markdown""",
}
_AFTER = f"""\
写成什么由文件名的结尾定：{_KNOWN}。原文没有的不添，空白仍是
空白，数字照印；csv 只有三张表，每格一行，带位置。已有的文件不覆盖，除非加 --force。"""


def usage(command: str = "convert") -> Usage:
    """Return the arguments of the command."""
    what = (
        "把一份报告换成另一种格式。"
        if command == "convert"
        else "把 JSON（明堂 read 或 convert 写出的）写成报告文件。"
    )
    made = Usage(command, what, f"例：\n{_EXAMPLES[command]}\n\n{_AFTER}")
    made.add_argument("source", metavar="IN", help="要读的文件，- 为标准输入")
    made.add_argument("target", metavar="OUT", help="要写的文件，- 为标准输出")
    made.add_argument(
        "--to",
        metavar="FORMAT",
        choices=load("writing").FORMATS,
        help=f"写成的格式（默认看 OUT 的结尾）：{'、'.join(load('writing').FORMATS)}",
    )
    made.add_argument("--force", action="store_true", help="OUT 已存在时覆盖")
    return made


def run(words: Sequence[str], command: str = "convert") -> int:
    """Run the command."""
    chosen = usage(command).parse_args(words)
    to = _format(chosen.target, chosen.to)
    if chosen.target != STANDARD:
        _spare(chosen.target, chosen.source, force=chosen.force)
    try:
        read = reading(chosen.source)
    except load("reading.source").UnreadableSourceError as error:
        complain(str(error))
        return WRONG
    if command == "write" and read.document.kind != "json":
        message = f"{chosen.source} 不是明堂的 JSON；其他格式请用 mingtang convert"
        raise UsageError(message)
    _warn(read)
    report = _titled(read) if command == "write" else read.report
    return _written(report, to, chosen.target)


def _titled(read: Reading) -> Report:
    """Return the report with a title of the form's words where none was given.

    A title is made of body and year; no figure ever is. Where one of them is
    not given either, no title is made and that is said.
    """
    report = read.report
    if not load("reading.own").is_untitled(
        load("reading.source").content(read.source).text
    ):
        return report
    lacking = [name for name in ("body", "year") if getattr(report, name) is None]
    if lacking:
        complain(f"JSON 里没有 {'、'.join(('title', *lacking))}，题目未写出；请补上再写")
        return report
    return report._replace(title=TITLE.format(body=report.body, year=report.year))


def _written(report: Report, to: str, target: str) -> int:
    """Write the report; say what this machine could not do as it should be."""
    writing = load("writing")
    try:
        data = writing.write(report, to)
    except writing.UnwritableError as error:
        complain(f"没有写出 {target}：{error}")
        return WRONG
    _put(data, target)
    remark = writing.remark(to)
    if remark:
        complain(remark)
    return 0


def _format(target: str, to: str | None) -> str:
    """Return the format asked for; the name's end and ``--to`` must not disagree."""
    if to is None:
        return _asked(target)
    ending = SUFFIXES.get(Path(target).suffix.lower(), to)
    if ending != to:
        message = (
            f"{target} 的结尾是 {ending} 的，--to 却要 {to}；"
            "请改文件名的结尾，或去掉 --to，没有写出"
        )
        raise UsageError(message)
    return to


def _asked(target: str) -> str:
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        message = (
            f"看不出 {target} 要写成什么格式；请让文件名以 {_KNOWN} 结尾，或加 --to 格式"
        )
        raise UsageError(message)
    return SUFFIXES[suffix]


def _spare(target: str, source: str, *, force: bool) -> None:
    spare("OUT", target, [] if source == STANDARD else [source])
    if Path(target).exists() and not force:
        message = f"{target} 已经存在，没有覆盖；请换一个文件名，或加 --force"
        raise UsageError(message)


def _warn(read: Reading) -> None:
    """Say on standard error what of the source could not be read."""
    facts = read.report.facts.values()
    lost = sum(fact.state is State.UNREADABLE for fact in facts)
    source = read.source
    if not Sheet(source.name, source.sha256, read.document, read.report).is_report:
        complain(
            f"{source.name} 不像政府信息公开工作年度报告，照样写出；拿错了文件的请换一个"
        )
    elif read.report.edition is None:
        complain("没有读到年度报告的表，写出的只有文字；mingtang check 说明原因。")
    elif lost:
        complain(f"有 {lost} 格读不出，照原样写出；mingtang check 说明原因。")


def _put(data: bytes, target: str) -> None:
    """Write the bytes, to a file whole or not at all."""
    if target == STANDARD:
        sys.stdout.buffer.write(data)
    else:
        put(Path(target), data)
