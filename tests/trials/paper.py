"""Reports as PDF: web pages printed by Chromium, tables set by typst.

What a page shows is the gold, as for web pages; printing moves no figure. A
printed report breaks its tables, and rows of them, wherever a page ends.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typst

from tests.trials.tables import Printed, Sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.trials.tables import Row


class Print(NamedTuple):
    """How a page is printed: the styles added to it and Chromium's options."""

    css: str = ""
    width: str = "210mm"
    height: str = "297mm"
    landscape: bool = False
    margin: str = "15mm"
    footer: bool = False


_CELLS = (
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:2px}"
)
_TEXT = "body{font-family:'Noto Serif CJK SC','Noto Sans CJK SC',serif;font-size:14px}"
PRINTS: dict[str, Print] = {
    "collapsed": Print(_TEXT + _CELLS),
    "as it comes": Print(_TEXT),
    "spaced": Print(_TEXT + "table{border-spacing:2px}td{border:1px solid #666}"),
    "small sheet": Print(_TEXT + _CELLS, height="130mm"),
    "tall cells": Print(_TEXT + _CELLS + "td{padding:14px 2px}", height="150mm"),
    "middle": Print(_TEXT + _CELLS + "td{vertical-align:middle;text-align:center}"),
    "landscape": Print(_TEXT + _CELLS, landscape=True),
    "footer": Print(_TEXT + _CELLS, footer=True, margin="20mm"),
    "thick": Print(_TEXT + _CELLS + "td{border:2.5px solid #000}"),
    "double": Print(_TEXT + _CELLS + "table{border:4px double #000}"),
    "dashed": Print(_TEXT + _CELLS + "td{border:1px dashed #000}"),
    "dotted": Print(_TEXT + _CELLS + "td{border:1px dotted #000}", height="180mm"),
    "loose lines": Print(_TEXT + _CELLS + "td{line-height:2.2}", height="230mm"),
    "narrow": Print(
        _TEXT + _CELLS + "table{table-layout:fixed}td{overflow-wrap:anywhere}",
        height="150mm",
    ),
    "indented": Print(_TEXT + _CELLS + "p{text-indent:2em;margin:0;line-height:1.8}"),
}
_FOOTER = (
    '<div style="font-size:9px;width:100%;text-align:center">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


def printed_page(browser: Browser, text: str, how: Print) -> bytes:
    """Return a web page printed to PDF."""
    sheet = browser.new_page()
    try:
        sheet.set_content(text.replace("</head>", f"<style>{how.css}</style></head>", 1))
        made: bytes = sheet.pdf(
            width=how.width,
            height=how.height,
            landscape=how.landscape,
            margin=dict.fromkeys(("top", "bottom", "left", "right"), how.margin),
            display_header_footer=how.footer,
            header_template="<span></span>",
            footer_template=_FOOTER,
        )
    finally:
        sheet.close()
    return made


def typeset(source: str) -> bytes:
    """Return a typst source as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text(source, encoding="utf-8")
        made = typst.compile(str(path))
    assert isinstance(made, bytes)
    return made


_HEAD = """#set page(paper: "a4", margin: 2cm, numbering: "— 1 —")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10.5pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#set table(align: center + horizon, inset: 4pt)
"""


def _words(text: str) -> str:
    """Return text as typst source that prints exactly it."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _row(row: Row) -> str:
    cells = [
        f"table.cell(rowspan: {square.rowspan}, colspan: {square.colspan})"
        f"[{_words(square.text)}]"
        for square in row
    ]
    return ", ".join(cells)


def _sheet(sheet: Sheet) -> str:
    fractions = {4: "(2fr, 1fr, 1fr, 1fr)", 10: "(1fr, 2fr, 4fr" + ", 1fr" * 7 + ")"}
    columns = fractions.get(sheet.width, f"(1fr,) * {sheet.width}")
    rows = ",\n".join(map(_row, sheet.rows))
    return f"#table(columns: {columns},\n{rows})\n"


def source(printed: Printed, head: str = "") -> str:
    """Return a report as typst source: title, text and tables."""
    parts = [_HEAD + head]
    for number, block in enumerate(printed.blocks):
        if isinstance(block, Sheet):
            parts.append(_sheet(block))
        elif number == 0:
            parts.append(f"#align(center, text(size: 18pt)[{_words(block)}])\n")
        else:
            parts.append(_words(block) + "\n")
    return "\n".join(parts)
