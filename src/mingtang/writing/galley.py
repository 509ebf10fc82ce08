"""A manuscript in the notation of typst, which sets it as an official document.

Nothing of the manuscript is markup: every text is handed over as a string.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from mingtang.manuscript import (
    ADDRESSEE,
    APPENDIX,
    CONTACT,
    DAY,
    ENCLOSED,
    HEADING,
    NUMBER,
    SIGNER,
    TITLE,
    Words,
)
from mingtang.writing import fonts
from mingtang.writing import typography as gb
from mingtang.writing.fitting import BETWEEN, INSET, fit, is_narrow, lines
from mingtang.writing.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mingtang.manuscript import Drawn, Manuscript, Piece, Square

_UNTITLED = "政府信息公开工作年度报告"
_LONGEST_WHOLE = 200
"""A cell with more characters may be broken over pages."""


def galley(text: Manuscript) -> str:
    """Return the source that typst sets."""
    ends = gb.signing(text.pieces)
    return _PREAMBLE.format(
        title=_string((text.title or _UNTITLED).replace("\n", "")),
        author=_string(text.body),
        date=_date(text.day),
        fang=_faces(fonts.FANG, figures=True),
        kai=_faces(fonts.KAI, figures=True),
        hei=_faces(fonts.HEI),
        song=_faces(fonts.SONG),
        head=_faces(fonts.HEAD),
        gb=gb,
        leading=gb.PITCH - gb.BODY_SIZE,
        inset=INSET,
        ends=ends,
        between=BETWEEN,
        body="\n".join(_pieces(text.pieces)),
    )


def _pieces(pieces: Sequence[Piece]) -> Iterator[str]:
    name = gb.hanging(pieces)
    followed = zip(pieces, gb.lines_above(pieces), (*pieces[1:], None), strict=True)
    for piece, blank, after in followed:
        if not isinstance(piece, Words):
            yield _table(piece)
            continue
        numbered = isinstance(after, Words) and after.role == NUMBER
        yield _words(piece, _Stand(blank, gb.stays(piece, after), name, numbered))


class _Stand(NamedTuple):
    """How a paragraph stands: blank lines above, kept with the next, where names begin.

    `numbered` says that the number of a letter follows, right under its title.
    """

    blank: int
    keeps: bool
    name: float
    numbered: bool


def _faces(names: tuple[str, ...], *, figures: bool = False) -> str:
    """Return the faces as a list of typst, on request with another's letters and digits."""
    first = f'(name: {_string(fonts.SONG[0])}, covers: regex("[!-~]")), ' if figures else ""
    return f"({first}{', '.join(map(_string, names))},)"


def _date(day: date | None) -> str:
    if day is None:
        return "auto"
    return f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"


def _string(text: str) -> str:
    """Return a text as a string of typst."""
    quoted = json.dumps(printable(text), ensure_ascii=False)
    return quoted.replace("\\b", "").replace("\\f", "")


def _text(text: str) -> str:
    return "#(" + " + linebreak() + ".join(map(_shown, text.split("\n"))) + ")"


def _shown(line: str) -> str:
    return f"text({_string(line)})"


def _words(words: Words, stand: _Stand) -> str:
    text = _text(words.text)
    keeps = _bool(stand.keeps)
    if words.role in (TITLE, APPENDIX):
        lines = _text("\n".join(gb.title_lines(words.text)))
        break_ = "#pagebreak(weak: true)\n" if words.role == APPENDIX else ""
        return f"{break_}#title-line({0 if stand.numbered else 1})[{lines}]"
    if words.role == HEADING:
        return f"#part[{text}]"
    if words.role in (NUMBER, ADDRESSEE):
        return f"#{words.role}-line[{text}]"
    if words.role in (SIGNER, DAY, CONTACT):
        return f"#{words.role}-line({stand.blank}, {keeps})[{text}]"
    if words.role == ENCLOSED:
        hang = gb.hang(words.text)
        return f"#enclosed-line({stand.blank}, {keeps}, {stand.name}, {hang})[{text}]"
    return _body(words.text, keeps)


def _body(text: str, keeps: str) -> str:
    at = gb.lead(text)
    opening = f"#lead[{_text(text[:at])}]" if at else ""
    justify = _bool(not gb.is_ragged(text))
    return f"#text-line({justify}, {keeps})[{opening}{_text(text[at:])}]"


def _bool(value: bool) -> str:  # noqa: FBT001 - the value is what is written
    return "true" if value else "false"


def _table(table: Drawn) -> str:
    """Return a table, its captioned panels on one page where they fit."""
    fitted = fit(table)
    widths = ", ".join(f"{width:.2f}pt" for width in fitted.widths)
    head = "".join(map(_row, table.rows[: table.heads]))
    header = f"table.header({head})," if table.heads else ""
    panels = list(_panels(table.rows[table.heads :]))
    forms = []
    for number, panel in enumerate(panels, 1):
        place = f"{_bool(number == 1)}, {_bool(number == len(panels))}"
        look = f"{_bool(fitted.whole)}, {fitted.size}pt, {fitted.pad}em"
        forms.append(f"#form({place}, {look}, columns: ({widths}), {header}{panel})")
    return "\n".join(forms)


def _panels(rows: Sequence[tuple[Square, ...]]) -> Iterator[str]:
    panel: list[str] = []
    for row in rows:
        if panel and row[0].kind == "caption":
            yield "".join(panel)
            panel = []
        panel.append(_row(row))
    yield "".join(panel)


def _row(row: tuple[Square, ...]) -> str:
    return "".join(map(_cell, row))


def _cell(square: Square) -> str:
    options = ""
    if square.rows > 1:
        options += f"rowspan: {square.rows}, "
    elif len(square.text) <= _LONGEST_WHOLE:
        options += "breakable: false, "
    if square.columns > 1:
        options += f"colspan: {square.columns}, "
    if square.kind == "label" and not square.upright:
        options += "align: left + horizon, "
    if is_narrow(square):
        options += "inset: (x: 0.4em), "
    return f"table.cell({options})[{_text(chr(10).join(lines(square)))}],"


_PREAMBLE = """\
#set document(title: {title}, author: {author}, date: {date})
#set page(
  paper: "a4", footer-descent: {gb.FOLIO_DROP}mm,
  margin: (top: {gb.TOP}mm, bottom: {gb.BOTTOM}mm, left: {gb.LEFT}mm, right: {gb.RIGHT}mm),
  footer: context {{
    let odd = calc.odd(counter(page).get().first())
    set text(font: {song}, size: {gb.FOLIO_SIZE}pt, tracking: 0pt)
    align(if odd {{ right }} else {{ left }}, pad(x: 1em)[— #counter(page).display() —])
  }},
)
#set text(font: {fang}, size: {gb.BODY_SIZE}pt, lang: "zh", region: "cn",
  cjk-latin-spacing: none, tracking: {gb.SQUEEZE}pt,
  top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: {leading}pt, spacing: {leading}pt, justify: true,
  first-line-indent: (amount: 2em, all: true))
#set block(spacing: {leading}pt)
#let title-line(blank, body) = block(width: 100%, sticky: true,
  below: {leading}pt + blank * {gb.PITCH}pt, align(center,
  par(first-line-indent: 0em, justify: false,
    text(font: {head}, size: {gb.TITLE_SIZE}pt, weight: "bold", tracking: 0pt, body))))
#show heading: it => block(sticky: true, above: {leading}pt, below: {leading}pt,
  par(first-line-indent: 0em,
    text(font: {hei}, size: {gb.BODY_SIZE}pt, weight: "regular", h(2em) + it.body)))
#let part(body) = heading(level: 1, body)
#let lead(body) = text(font: {kai}, body)
#let text-line(justify, keeps, body) = {{
  set par(justify: justify)
  if keeps {{ block(sticky: true, par(body)) }} else {{ par(body) }}
}}
#let apart(blank, keeps, body) = block(width: 100%, sticky: keeps, breakable: false,
  above: {leading}pt + blank * {gb.PITCH}pt, body)
#let sign(end, blank, keeps, body) = apart(blank, keeps,
  align(right, pad(right: end * 1em, par(first-line-indent: 0em, justify: false, body))))
#let signer-line(blank, keeps, body) = sign({ends.signer}, blank, keeps, body)
#let day-line(blank, keeps, body) = sign({ends.day}, blank, keeps, body)
#let number-line(body) = block(width: 100%, below: {leading}pt + {gb.PITCH}pt,
  align(center, par(first-line-indent: 0em, justify: false, body)))
#let addressee-line(body) = par(first-line-indent: 0em, justify: false, body)
#let contact-line(blank, keeps, body) = apart(blank, keeps, par(body))
#let enclosed-line(blank, keeps, name, hang, body) = apart(blank, keeps,
  pad(left: (name - hang) * 1em,
    par(first-line-indent: 0em, hanging-indent: hang * 1em, body)))
#let form(first, last, whole, size, pad, ..args) = block(
  breakable: not whole, sticky: whole and not last, width: 100%,
  above: if first {{ 8pt }} else {{ 0pt }}, below: if last {{ 16pt }} else {{ 0pt }},
  {{
    set text(font: {song}, size: size, tracking: 0pt)
    set par(first-line-indent: 0em, leading: {between}em, justify: false)
    table(stroke: 0.5pt, inset: (x: {inset}pt, y: pad), align: center + horizon, ..args)
  }})
{body}
"""
