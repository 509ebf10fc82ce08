"""A report as PDF (PDF/A-2b), set by typst as an official document is.

Nothing of the report is markup: every text is handed over as a string. A
character that no font has is an error, never a blank box and never left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import typst

from mingtang.writing import UnwritableError, fonts
from mingtang.writing import typography as gb
from mingtang.writing.fitting import BETWEEN, INSET, fit, is_narrow, lines
from mingtang.writing.manuscript import (
    DAY,
    HEADING,
    SIGNER,
    TITLE,
    Words,
    manuscript,
    placed,
)
from mingtang.writing.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from mingtang.report import Report
    from mingtang.writing.fonts import Faces
    from mingtang.writing.manuscript import Drawn, Piece, Placed, Square

_LACKING = re.compile(r'error: [^\n]*the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PLAIN = "政府信息公开"
_UNTITLED = "政府信息公开工作年度报告"
_AROUND = 6
_MOST_NAMED = 5
_LONGEST_WHOLE = 200
"""A cell with more characters may be broken over pages."""


class NoFontError(UnwritableError):
    """There is no Chinese font to set a page with; says how to get one."""


class MissingGlyphError(UnwritableError):
    """No font has a character of the report; says which and where it stands."""


def write(report: Report) -> bytes:
    """Return the report as PDF/A-2b, with bookmarks and tags.

    The date in its properties is the day of signing; a report without one has
    the first second of 1970, which is how computers say that they know none.
    Raises what `typeset` raises.
    """
    return typeset(report, fonts.choices())


def typeset(report: Report, choices: Iterable[Faces]) -> bytes:
    """Return the report set with the first of several choices of fonts that has all of it.

    Raises `NoFontError` when there is no Chinese font, `MissingGlyphError` for
    a character that none has.
    """
    pieces = manuscript(report)
    source = _source(report, pieces)
    lacking: list[str] = []
    for faces in choices:
        try:
            return _compiled(source, faces)
        except typst.TypstError as error:
            lacking = _lacking(error)
            if not lacking:
                raise
    if not lacking or set(_PLAIN) & set(lacking):
        message = (
            "这台机器没有中文字体，写不出 PDF；请在源代码目录运行 make fonts，或安装"
            f" fonts-noto-cjk（Debian），或把仿宋、宋体等字体文件放进 {fonts.FOLDER}"
        )
        raise NoFontError(message)
    raise MissingGlyphError(_missing(lacking, pieces))


def remark() -> str | None:
    """Return what is to be told of PDFs written here: which faces others stand for."""
    first, *_ = (*fonts.choices(), None)
    replaced = first.substituted() if first else []
    if not replaced:
        return None
    return (
        f"没有找到{'、'.join(replaced)}，PDF 用别的字体代替；"
        f"请在源代码目录运行 make fonts，或把字体文件放进 {fonts.FOLDER}"
    )


def _compiled(source: str, faces: Faces) -> bytes:
    return typst.compile(
        source.encode(),
        font_paths=faces.fonts,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=0,
    )


def _lacking(error: typst.TypstError) -> list[str]:
    """Return the characters that typst could not set, each once."""
    found = _LACKING.findall(error.diagnostic)
    plain = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return list(dict.fromkeys("".join(plain)))


def _missing(lacking: Sequence[str], pieces: Sequence[Piece]) -> str:
    texts = list(_texts(pieces))
    named = []
    for char in lacking[:_MOST_NAMED]:
        text = next((text for text in texts if char in text), char)
        at = text.index(char)
        around = text[max(0, at - _AROUND) : at + _AROUND]
        named.append(f"“{char}”（U+{ord(char):04X}，见“{around}”）")
    more = f"等 {len(lacking)} 字" if len(lacking) > _MOST_NAMED else ""
    return (
        f"现有字体里没有{'、'.join(named)}{more}；报告里的字不能缺，"
        f"请把有此字的字体文件放进 {fonts.FOLDER} 再写，或改写成 docx、html"
    )


def _texts(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Words):
            yield piece.text
        else:
            yield from (square.text for row in piece.rows for square in row)


def _source(report: Report, pieces: Sequence[Piece]) -> str:
    ends = gb.signing(pieces)
    return _PREAMBLE.format(
        title=_string((report.title or _UNTITLED).replace("\n", "")),
        author=_string(report.body or ""),
        date=_date(report.signed_on),
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
        body="\n".join(map(_piece, placed(pieces))),
    )


def _piece(each: Placed) -> str:
    if isinstance(each.piece, Words):
        return _words(each.piece, keeps=each.keeps, first=each.first)
    return _table(each.piece)


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


def _words(words: Words, *, keeps: bool, first: bool) -> str:
    if words.role == TITLE:
        return f"#title-line[{_text(chr(10).join(gb.title_lines(words.text)))}]"
    if words.role == HEADING:
        return f"#part[{_text(words.text)}]"
    if words.role in (SIGNER, DAY):
        return f"#{words.role}-line({_bool(first)}, {_bool(keeps)})[{_text(words.text)}]"
    at = gb.lead(words.text)
    opening = f"#lead[{_text(words.text[:at])}]" if at else ""
    rest = _text(words.text[at:])
    justify = _bool(not gb.is_ragged(words.text))
    return f"#text-line({justify}, {_bool(keeps)})[{opening}{rest}]"


def _bool(value: bool) -> str:  # noqa: FBT001 - the value is what is written
    return "true" if value else "false"


def _table(table: Drawn) -> str:
    """Return a table; one of several captioned panels may go over the page between them."""
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
#let title-line(body) = block(width: 100%, below: {leading}pt + {gb.PITCH}pt, align(center,
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
#let sign(end, first, keeps, body) = block(width: 100%, sticky: keeps,
  above: if first {{ {leading}pt + {gb.PITCH}pt }} else {{ {leading}pt }},
  align(right, pad(right: end * 1em, par(first-line-indent: 0em, justify: false, body))))
#let signer-line(first, keeps, body) = sign({ends.signer}, first, keeps, body)
#let day-line(first, keeps, body) = sign({ends.day}, first, keeps, body)
#let form(first, last, whole, size, pad, ..args) = block(
  breakable: not whole, width: 100%,
  above: if first {{ 8pt }} else {{ 0pt }}, below: if last {{ 16pt }} else {{ 0pt }},
  {{
    set text(font: {song}, size: size, tracking: 0pt)
    set par(first-line-indent: 0em, leading: {between}em, justify: false)
    table(stroke: 0.5pt, inset: (x: {inset}pt, y: pad), align: center + horizon, ..args)
  }})
{body}
"""
