"""A report as a web page: the statutory layout, real table heads, no outside resource.

The head carries the tags of a government site's content page (国办发〔2017〕47号)
as far as the report itself knows their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.writing.manuscript import DAY, HEADING, SIGNER, TITLE, Words, manuscript
from mingtang.writing.markup import Html, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.report import Report
    from mingtang.writing.manuscript import Drawn, Square

_STYLE = Html(
    "body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c1e21;background:#fff;"
    "font:1rem/1.8 'FangSong','STFangsong','Noto Serif CJK SC',serif}"
    "h1{font:bold 1.6rem/1.5 'SimSun','Noto Serif CJK SC',serif;text-align:center}"
    "h2{font:1.15rem/1.6 'SimHei','Noto Sans CJK SC',sans-serif;margin:2rem 0 .5rem}"
    "p{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}"
    ".signer,.day{text-align:right;text-indent:0}"
    ".frame{overflow-x:auto;margin:1rem 0}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4}"
    "caption{text-align:left;padding:.3rem 0;color:#59636e}"
    "th,td{border:1px solid #1c1e21;padding:.35rem .3rem;font-weight:400;text-align:center}"
    "tbody th[scope=row]{text-align:left}"
    "@page{size:A4;margin:37mm 26mm 35mm 28mm}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:16pt}"
    "table{font-size:9pt}tr{break-inside:avoid}h2{break-after:avoid}.frame{overflow:visible}}"
)


def write(report: Report) -> bytes:
    """Return the report as a page in UTF-8."""
    title = report.title or "政府信息公开工作年度报告"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        *_tags(report, title),
        element("title", title),
        element("style", _STYLE),
    )
    pieces = [
        _words(piece) if isinstance(piece, Words) else _table(piece)
        for piece in manuscript(report)
    ]
    body = element("body", element("main", joined(pieces, "\n")))
    page = element("html", head, body, lang="zh-CN")
    return f"<!DOCTYPE html>\n{page}\n".encode("utf-8", "xmlcharrefreplace")


def _tags(report: Report, title: str) -> Iterator[Html]:
    yield element("meta", name="ArticleTitle", content=title)
    if report.signed_on is not None:
        yield element("meta", name="PubDate", content=f"{report.signed_on} 00:00")
    if report.body:
        yield element("meta", name="ContentSource", content=report.body)
    yield element("meta", name="ColumnName", content="政府信息公开年报")


def _words(words: Words) -> Html:
    lines = joined(words.text.split("\n"), Html("<br>"))
    if words.role in (TITLE, HEADING):
        return element("h1" if words.role == TITLE else "h2", lines)
    return element("p", lines, class_=words.role if words.role in (SIGNER, DAY) else None)


def _table(table: Drawn) -> Html:
    rows = [element("tr", *map(_square, row)) for row in table.rows]
    head = [element("thead", *rows[: table.heads])] if table.heads else []
    drawn = element(
        "table",
        element("caption", table.title),
        *head,
        element("tbody", *rows[table.heads :]),
    )
    label = f"{table.title}（表，可左右移动）"
    return element("div", drawn, class_="frame", role="group", tabindex=0, aria_label=label)


def _square(square: Square) -> Html:
    figure = square.kind in ("figure", "corner")
    return element(
        "td" if figure else "th",
        joined(square.text.split("\n"), Html("<br>")),
        scope=None if figure else square.scope or "col",
        rowspan=square.rows if square.rows > 1 else None,
        colspan=square.columns if square.columns > 1 else None,
    )
