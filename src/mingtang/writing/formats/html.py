"""A report as a web page: the statutory layout, real table heads, no outside resource.

The head carries the tags of a government site's content page (国办发〔2017〕47号)
as far as the report itself knows their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.manuscript import HEADING, TITLE, Words
from mingtang.text import squeeze
from mingtang.writing import typography as gb
from mingtang.writing.fitting import BETWEEN, INSET, fit, is_narrow
from mingtang.writing.manuscript import manuscript
from mingtang.writing.marker import GENERATOR
from mingtang.writing.markup import Html, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.manuscript import Drawn, Manuscript, Piece, Square
    from mingtang.report import Report

_WIDE = 8
"""A table of so many columns is moved sideways on a narrow screen, not squeezed."""
_PRINT = (
    f"@page{{size:A4;margin:{gb.TOP}mm {gb.RIGHT}mm {gb.BOTTOM}mm {gb.LEFT}mm}}"
    + "".join(
        f"@page:{page}{{@bottom-{page}{{content:'— ' counter(page) ' —';"
        f"font:{gb.FOLIO_SIZE}pt 'SimSun','FandolSong','Noto Serif CJK SC',serif;"
        f"padding:0 1em {gb.BOTTOM - gb.FOLIO_DROP * 2}mm}}}}"
        for page in ("left", "right")
    )
    + "@media print{"
    "body{max-width:none;margin:0;padding:0;color:#000;letter-spacing:"
    f"{gb.SQUEEZE}pt;font-size:{gb.BODY_SIZE}pt;line-height:{gb.PITCH}pt}}"
    f"h1{{font-size:{gb.TITLE_SIZE}pt;line-height:1.6;margin:0 0 {gb.PITCH}pt;"
    "letter-spacing:0}"
    f"h2{{font-size:{gb.BODY_SIZE}pt;line-height:{gb.PITCH}pt;margin:0;text-indent:2em;"
    "break-after:avoid}"
    ".frame{overflow:visible;break-inside:avoid;margin:8pt 0 16pt}"
    f"table,table.wide{{min-width:0;font-size:var(--size);line-height:{1 + BETWEEN};"
    "letter-spacing:0}"
    f"caption{{display:none}}th,td{{padding:calc(var(--pad) - {BETWEEN / 2}em) {INSET}pt}}"
    "tr{break-inside:avoid}}"
)
_STYLE = Html(
    "body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c1e21;background:#fff;"
    "font:1rem/1.8 'FangSong','STFangsong','FandolFang','Noto Serif CJK SC',serif}"
    "h1{font:bold 1.6rem/1.5 'SimSun','FandolSong','Noto Serif CJK SC',serif;"
    "text-align:center;text-wrap:balance}h1 span{display:inline-block}"
    "h2{font:1.15rem/1.6 'SimHei','FandolHei','Noto Sans CJK SC',sans-serif;"
    "margin:2rem 0 .5rem}"
    "p{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}"
    ".lead{font-family:'KaiTi','STKaiti','FandolKai','Noto Serif CJK SC',serif}"
    ".ragged{text-align:left;word-break:break-all}"
    ".signer,.day{text-align:right;text-indent:0;break-before:avoid}"
    ".first{margin-top:1.8em}"
    ".frame{overflow-x:auto;margin:1rem 0}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4}"
    ".wide{min-width:44rem}"
    "caption{text-align:left;padding:.3rem 0;color:#59636e}"
    "caption.said{position:absolute;width:1px;height:1px;overflow:hidden;"
    "clip-path:inset(50%)}"
    "th,td{border:1px solid #1c1e21;padding:.35rem .3rem;font-weight:400;text-align:center}"
    "tbody th[scope=row]{text-align:left}"
    "th.narrow{text-wrap:balance;padding-left:.4em;padding-right:.4em}" + _PRINT
)


def write(report: Report) -> bytes:
    """Return the report as a page in UTF-8."""
    column = element("meta", name="ColumnName", content="政府信息公开年报")
    return _page(manuscript(report), [column])


def bind(text: Manuscript) -> bytes:
    """Return a manuscript of ours, which is no report, as a page in UTF-8."""
    return _page(text, [element("meta", name="generator", content=GENERATOR)])


def _page(text: Manuscript, tags: Sequence[Html]) -> bytes:
    title = text.title or "政府信息公开工作年度报告"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="ArticleTitle", content=title),
        *([element("meta", name="ContentSource", content=text.body)] if text.body else []),
        *tags,
        element("title", title),
        element("style", _STYLE),
    )
    pieces = list(_pieces(text.pieces))
    body = element("body", element("main", joined(pieces, "\n")))
    page = element("html", head, body, lang="zh-CN")
    return f"<!DOCTYPE html>\n{page}\n".encode("utf-8", "xmlcharrefreplace")


def _pieces(pieces: Sequence[Piece]) -> Iterator[Html]:
    ends = gb.signing(pieces)._asdict()
    signed, heading = False, ""
    for piece in pieces:
        if not isinstance(piece, Words):
            yield _table(piece, heading)
            continue
        heading = piece.text if piece.role == HEADING else heading
        if piece.role in ends:
            look = piece.role if signed else f"{piece.role} first"
            end = f"margin-right:min({ends[piece.role]}em,30%)"
            yield element("p", _lines(piece.text), class_=look, style=end)
            signed = True
        else:
            yield _words(piece)


def _words(words: Words) -> Html:
    if words.role == TITLE:
        printed = words.text.split("\n")
        halves = [] if len(printed) > 1 else gb.halves(words.text)
        spans = [element("span", half) for half in halves]
        return element("h1", *(spans if len(spans) > 1 else [_lines(words.text)]))
    if words.role == HEADING:
        return element("h2", _lines(words.text))
    at = gb.lead(words.text)
    opening = [element("span", words.text[:at], class_="lead")] if at else []
    look = "ragged" if gb.is_ragged(words.text) else None
    return element("p", *opening, _lines(words.text[at:]), class_=look)


def _lines(text: str) -> Html:
    return joined(text.split("\n"), Html("<br>"))


def _table(table: Drawn, heading: str) -> Html:
    """Return a table; its caption is for the ear alone where the heading says it."""
    rows = [element("tr", *map(_square, row)) for row in table.rows]
    head = [element("thead", *rows[: table.heads])] if table.heads else []
    fitted = fit(table)
    said = squeeze(heading).endswith(table.title)
    columns = (f"width:{width / gb.TYPE_AREA:.1%}" for width in fitted.widths)
    drawn = element(
        "table",
        element("caption", table.title, class_="said" if said else None),
        element("colgroup", *(element("col", style=width) for width in columns)),
        *head,
        element("tbody", *rows[table.heads :]),
        class_="wide" if table.width >= _WIDE else None,
        style=f"--size:{fitted.size}pt;--pad:{fitted.pad}em",
    )
    label = f"{table.title}（表，可左右移动）"
    return element("div", drawn, class_="frame", role="group", tabindex=0, aria_label=label)


def _square(square: Square) -> Html:
    figure = square.kind in ("figure", "corner")
    return element(
        "td" if figure else "th",
        _lines(square.text),
        scope=None if figure else square.scope or "col",
        class_="narrow" if is_narrow(square) else None,
        rowspan=square.rows if square.rows > 1 else None,
        colspan=square.columns if square.columns > 1 else None,
    )
