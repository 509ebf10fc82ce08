"""A report as PDF (PDF/A-2b), set by typst as an official document is.

Nothing of the report is markup: every text is handed over as a string. The
faces are the first of each list that the system has; a character that none of
them has is an error, never a blank box.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import typst

from mingtang.writing.manuscript import HEADING, TITLE, Words, manuscript
from mingtang.writing.printable import printable

if TYPE_CHECKING:
    from datetime import date

    from mingtang.report import Report
    from mingtang.writing.manuscript import Drawn, Square

_SONG = ("SimSun", "FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC")
_FANG = ("FangSong", "FandolFang R", "FandolFang", "LXGW WenKai", *_SONG)
_HEI = ("SimHei", "FandolHei", "Noto Sans CJK SC")
_TITLE = ("FZXiaoBiaoSong-B05S", *_SONG)
_RARE = ("LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans CJK TC")
_NARROW = "7mm"
LONG = 5
"""Figures of more characters do not fit into an even share of the page's width."""


class NoFontError(ValueError):
    """The system has no Chinese font to set a page with; says what to install."""


def write(report: Report) -> bytes:
    """Return the report as PDF: PDF/A-2b where it bears a day of signing.

    Raises `NoFontError` when no Chinese font is installed.
    """
    body = "\n".join(
        _words(piece) if isinstance(piece, Words) else _table(piece)
        for piece in manuscript(report)
    )
    day = report.signed_on
    source = _PREAMBLE.format(
        title=_string(report.title or "政府信息公开工作年度报告"),
        author=_string(report.body or ""),
        date=_date(day),
        fang=_faces(_FANG),
        hei=_faces(_HEI),
        song=_faces(_SONG),
        head=_faces(_TITLE),
        body=body,
    )
    if day is None:
        return typst.compile(source.encode(), font_paths=_fonts(), format="pdf")
    return typst.compile(
        source.encode(), font_paths=_fonts(), format="pdf", pdf_standards="a-2b"
    )


@cache
def _fonts() -> typst.Fonts:
    """Return the system's fonts, looked up once: that costs more than setting a report."""
    return typst.Fonts()


@cache
def _installed() -> frozenset[str]:
    return frozenset(_fonts().families())


def _faces(wanted: tuple[str, ...]) -> str:
    """Return the faces of a list that are installed, those with rare characters last."""
    found = dict.fromkeys(face for face in (*wanted, *_RARE) if face in _installed())
    if not found:
        message = (
            "这台机器没有中文字体，写不出 PDF；请安装 fonts-noto-cjk（Debian）或仿宋、宋体"
        )
        raise NoFontError(message)
    return f"({', '.join(map(_string, found))},)"


def _date(day: date | None) -> str:
    if day is None:
        return "none"
    return f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"


def _string(text: str) -> str:
    """Return a text as a string of typst."""
    quoted = json.dumps(printable(text), ensure_ascii=False)
    return quoted.replace("\\b", "").replace("\\f", "")


def _text(text: str) -> str:
    return "#(" + " + linebreak() + ".join(map(_shown, text.split("\n"))) + ")"


def _shown(line: str) -> str:
    return f"text({_string(line)})"


def _words(words: Words) -> str:
    name = {TITLE: "title-line", HEADING: "part"}.get(words.role, f"{words.role}-line")
    return f"#{name}[{_text(words.text)}]"


def _table(table: Drawn) -> str:
    rows = ["".join(map(_cell, row)) for row in table.rows]
    head = "".join(rows[: table.heads])
    header = f"table.header({head})," if table.heads else ""
    return f"#form(columns: ({_columns(table)}), {header}{''.join(rows[table.heads :])})"


def _columns(table: Drawn) -> str:
    """Return the columns' widths; figures too long for an even share get their own."""
    squares = [square for row in table.rows for square in row]
    longest = max(len(square.text) for square in squares if square.kind == "figure")
    even = "1fr" if longest <= LONG else "auto"
    if table.table != "requests":
        label = [] if table.table == "disputes" else ["1fr"]
        return ", ".join([*label, *[even] * (table.width - len(label))])
    upright = any(square.upright for square in squares)
    narrow = [_NARROW, "14mm"] if upright else []
    figures = table.width - len(narrow) - 1
    return ", ".join([*narrow, "4fr" if even == "1fr" else "1fr", *[even] * figures])


def _cell(square: Square) -> str:
    spans = ""
    if square.rows > 1:
        spans += f"rowspan: {square.rows}, "
    if square.columns > 1:
        spans += f"colspan: {square.columns}, "
    if square.kind == "label" and not square.upright:
        spans += "align: left + horizon, "
    return f"table.cell({spans})[{_text(square.text)}],"


_PREAMBLE = """\
#set document(title: {title}, author: {author}, date: {date})
#set page(
  paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context align(center,
    text(font: {song}, size: 14pt)[— #counter(page).display() —]),
)
#set text(font: {fang}, size: 16pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 12pt, spacing: 12pt, justify: true,
  first-line-indent: (amount: 2em, all: true))
#let title-line(body) = block(width: 100%, below: 28pt, align(center,
  par(first-line-indent: 0em, justify: false, text(font: {head}, size: 22pt, body))))
#show heading: it => block(sticky: true, above: 16pt, below: 12pt,
  par(first-line-indent: 0em,
    text(font: {hei}, size: 16pt, weight: "regular", h(2em) + it.body)))
#let part(body) = heading(level: 1, body)
#let text-line(body) = par(body)
#let signer-line(body) = align(right, par(first-line-indent: 0em, body))
#let day-line(body) = align(right, par(first-line-indent: 0em, body))
#let form(..args) = {{
  set text(font: {song}, size: 9pt)
  set par(first-line-indent: 0em, leading: 4pt, justify: false)
  table(stroke: 0.5pt, inset: (x: 2pt, y: 3.5pt), align: center + horizon, ..args)
}}
{body}
"""
