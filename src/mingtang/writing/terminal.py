"""Findings for a person at a terminal: tables with marks, findings by weight."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from mingtang.finding import Weight
from mingtang.writing.drawing import STYLES, draw, legend
from mingtang.writing.marks import marks
from mingtang.writing.printable import one_line
from mingtang.writing.sheet import FOREIGN, REMEDIES, SIGNS
from mingtang.writing.tally import NOTHING, UNLIKE, summary, totals
from mingtang.writing.whereabouts import Whereabouts
from mingtang.writing.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.writing.marks import Marks, Note
    from mingtang.writing.sheet import Sheet
    from mingtang.writing.tally import Tally

NARROWEST = 32
_NARROW, _LONGEST_RULE = 60, 80
_ORDER = "发现从重到轻列出；号码是它们在报告里的先后。"


class Look(NamedTuple):
    """How wide the terminal is, whether it shows colour, how much is wanted.

    `tables` says that the form's tables are drawn; `verbose` that rules which
    could not be judged are listed one by one.
    """

    width: int = 80
    colour: bool = False
    verbose: bool = False
    tables: bool = True


def console_of(look: Look) -> tuple[Console, StringIO]:
    """Return a console as wide and coloured as the terminal, and what it writes to."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(look.width, NARROWEST),
        force_terminal=look.colour,
        no_color=not look.colour,
        color_system="standard" if look.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    return console, out


def report_text(sheet: Sheet, look: Look) -> str:
    """Return one report for the terminal: head, tables, findings, summary."""
    console, out = console_of(look)
    marked = marks(sheet)
    for line in _head(sheet, console.width):
        put(console, 0, line)
    console.print()
    if look.tables:
        for drawn in draw(sheet.report, marked, console.width):
            console.print(drawn)
        meaning = legend(sheet.report, marked)
        if meaning:
            put(console, 0, Text(meaning, style="dim"))
            console.print()
    where = Whereabouts(sheet)
    if len(marked.notes) > 1:
        put(console, 0, Text(_ORDER, style="dim"))
    for weight in Weight:
        _group(console, weight, marked, where)
    _unassessed(console, marked.unassessed, look)
    for line in _summary(sheet, marked):
        put(console, 0, line)
    return plain_ends(out.getvalue())


def divider(order: int, files: int, look: Look) -> str:
    r"""Return the line above one report of several.

    >>> divider(2, 9, Look(30))
    '── 第2个，共9个 ──────────────\n'
    """
    lead = f"── 第{order}个，共{files}个 "
    return f"{lead}{'─' * (min(look.width, _LONGEST_RULE) - cell_len(lead))}\n"


def plain_ends(text: str) -> str:
    """Return text without the blanks that fill lines to the console's width."""
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def _head(sheet: Sheet, width: int) -> Iterable[Text]:
    report = sheet.report
    if not sheet.is_report:
        yield Text(f"{FOREIGN}。", style="bold red")
        yield Text(f"文件：{one_line(sheet.name)}（{sheet.document.kind}）")
        yield Text(f"下一步：{sheet.foreign_advice}")
        return
    edition = report.edition.name if report.edition else "没有认出表式"
    if report.old_sheet:
        edition = "2014年统计表（此前的表式，不作勾稽检查）"
    day = report.signed_on.isoformat() if report.signed_on else "没有写明"
    year = "没有写明" if report.year is None else f"{report.year}年"
    yield Text(one_line(sheet.caption), style="bold")
    yield Text(f"文件：{one_line(sheet.name)}（{sheet.document.kind}）")
    facts = (
        f"机关：{one_line(report.body or '没有写明')}",
        f"年度：{year}",
        f"落款日期：{day}",
    )
    together = "　".join(facts)
    for line in [together] if cell_len(together) <= width else facts:
        yield Text(line)
    yield Text(f"表式：{edition}")


def _group(console: Console, weight: Weight, marked: Marks, where: Whereabouts) -> None:
    notes = [note for note in marked.notes if note.finding.weight is weight]
    if not notes:
        return
    style = STYLES[weight]
    console.print(Text(f"{SIGNS[weight]} {weight.label} {len(notes)} 处", style=style))
    for note in notes:
        for indent, line in _lines(note, where):
            put(console, indent, line)
    console.print()


def put(console: Console, indent: int, text: Text) -> None:
    """Print text indented, its lines broken as Chinese is."""
    at = 0
    for line in wrapped(text.plain, console.width - indent):
        at = text.plain.index(line, at)
        console.print(Text(" " * indent).append_text(text[at : at + len(line)]))
        at += len(line)


def _lines(note: Note, where: Whereabouts) -> Iterable[tuple[int, Text]]:
    finding = note.finding
    rule = finding.rule
    yield (
        2,
        Text.assemble(
            (f"{note.number}. {rule.code} ", STYLES[finding.weight]),
            (rule.title, "bold"),
        ),
    )
    yield 5, Text(one_line(finding.message))
    if finding.quote and finding.quote not in finding.message:
        yield 5, Text(f"原文：{one_line(finding.quote)}", style="italic")
    stands = where.of(finding)
    if stands is not None:
        yield 5, Text(f"位置：{one_line(stands)}", style="dim")
    remedy = finding.next_step
    if remedy.message:
        yield 5, Text(f"{REMEDIES[remedy.kind]}{one_line(remedy.message)}")


def _unassessed(console: Console, notes: Sequence[Note], look: Look) -> None:
    if not notes:
        return
    if not look.verbose:
        hint = "（有空白或读不出的格；用 --verbose 逐条列出）"
        console.print(Text(f"未判断 {len(notes)} 项{hint}", style="dim"))
        return
    console.print(Text(f"未判断 {len(notes)} 项", style="dim"))
    for note in notes:
        said = one_line(note.finding.message)
        line = Text(f"{note.finding.rule.code} {said}", style="dim")
        put(console, 2, line)


def _summary(sheet: Sheet, marked: Marks) -> Iterable[Text]:
    counts = sheet.counts
    if not marked.notes:
        yield Text(sheet.verdict)
        return
    pieces = [
        Text(
            f"{SIGNS[weight]} {weight.label} {count}", style=STYLES[weight] if count else ""
        )
        for weight, count in counts.items()
    ]
    yield Text("合计：").append_text(Text("　").join(pieces))
    heaviest = min(marked.notes, key=lambda note: note.finding.weight.rank)
    code = heaviest.finding.rule.code
    yield Text(f"规则的说明：mingtang rule 编号，如 mingtang rule {code}")


def files_text(tallies: Sequence[Tally], look: Look, skipped: int = 0) -> str:
    """Return the table of files, one line a file, and what they come to."""
    console, out = console_of(look)
    drawn = Drawn(box=None, pad_edge=False, show_footer=True)
    *sums, unassessed = map(str, totals(tallies))
    drawn.add_column("文件", "合计", overflow="fold", ratio=1)
    narrow = console.width < _NARROW
    for weight, count in zip(Weight, sums, strict=True):
        head = SIGNS[weight] if narrow else f"{SIGNS[weight]}{weight.label}"
        drawn.add_column(head, count, justify="right", no_wrap=True)
    drawn.add_column("未判", unassessed, justify="right", no_wrap=True)
    for one in tallies:
        drawn.add_row(*_cells(one))
    console.print(drawn)
    console.print()
    if narrow:
        signs = "　".join(f"{SIGNS[weight]} {weight.label}" for weight in Weight)
        put(console, 0, Text(signs, style="dim"))
    put(console, 0, Text(f"{summary(tallies, skipped)}。"))
    return plain_ends(out.getvalue())


def _cells(one: Tally) -> Iterable[Text]:
    name = Text(one_line(one.name))
    if one.trouble:
        yield name.append(f"　读不了：{one_line(one.trouble)}", style="bold red")
        return
    yield name if one.is_report else name.append(f"　{UNLIKE}", style="bold red")
    *counts, unassessed = one.shown
    for weight, shown in zip(Weight, counts, strict=True):
        yield Text(shown, style="dim" if shown in NOTHING else STYLES[weight])
    yield Text(unassessed, style="dim")
