"""Web pages around a report: clean, pasted from Word, inside a portal, in any encoding."""

from __future__ import annotations

import html
import re
from functools import cache
from random import Random
from typing import NamedTuple

from tests.trials.shapes import Rendered, Writer, after_vanishing
from tests.trials.tables import Printed, Row, Sheet, Square, row_width


class Style(NamedTuple):
    """How a page is written; each field is harmless to what the page shows.

    `markup` clean, word or flat (tables as paragraphs); `heads` td, th or
    thead; `table_two` whole or blocks; `table_three` whole, repeated,
    continued or labelled (the results' label repeated) when split in two.
    """

    markup: str = "clean"
    heads: str = "td"
    table_two: str = "whole"
    table_three: str = "whole"
    chrome: bool = False
    layout: int = 0
    metadata: bool = False
    loose: bool = False
    turned: bool = False  # attributes in another order and other quotes
    nbsp: bool = False
    upper: bool = False  # tags in capitals
    trailing: int = 0  # empty columns at the right
    empty_rows: bool = False
    notes: bool = False  # a note under each table


_PLAIN = Style()
_CHROME_BEFORE = """
<div class="header"><div class="logo"><img src="/images/logo.png" alt="首页"></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流 12</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
政府信息公开年报</div>
<div class="info"><span>发布日期：2025-01-22 10:30</span> <span>来源：本站</span>
<span>浏览次数：<i id="hits">1024</i></span>
<span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span> <a>打印</a></div>
"""
_CHROME_AFTER = """
<div class="share">分享到：<a class="wx">微信</a> <a class="wb">微博</a> <a>QQ空间</a></div>
<div class="related"><h4>相关链接</h4><ul>
<li><a href="1.html">2018年政府信息公开工作年度报告</a></li>
<li><a href="2.html">政府信息公开指南</a></li></ul></div>
<div class="footer"><p>主办：某市人民政府办公室 承办：信息中心</p>
<p>网站标识码：3208000001 ICP备05012345号 公网安备 32080002000001号</p>
<p>联系电话：0517-80800000 您是第 1234567 位访客</p></div>
<script>var total = 35; document.write("<table><tr><td>规章</td><td>9</td></tr></table>");
</script>
"""
_METADATA = """
<table class="xxgk" width="100%"><tr><td>索 引 号：</td><td>000014349/2025-00017</td>
<td>主题分类：</td><td></td></tr><tr><td>发布机构：</td><td>某办公室</td><td>发文日期：</td>
<td>2025年01月22日</td></tr><tr><td>文　　号：</td><td>无</td><td>有 效 性：</td>
<td>有效</td></tr></table>
"""
_WORD_HEAD = """
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings>
<w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<style>@font-face{font-family:"Times New Roman";}
p.MsoNormal{mso-style-name:正文;margin:0pt;
text-align:justify;font-size:10.5000pt;mso-font-kerning:1.0000pt;}
table.MsoNormalTable{mso-tstyle-rowband-size:0;}
@page Section0{margin-top:72.0000pt;layout-grid:15.6000pt;}</style>
"""


class Page:
    """One page under construction, in a style."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.writer = Writer()
        self.random = Random(20240117)  # noqa: S311 - not a secret

    # -- small parts

    def open(self, tag: str, **attributes: str | int) -> str:
        """Return a start tag, its attributes in the style's order and quotes."""
        pairs = [(name.rstrip("_"), value) for name, value in attributes.items()]
        quote = '"'
        if self.style.turned:
            pairs.reverse()
            quote = "'"
        name = tag.upper() if self.style.upper else tag
        return f"<{name}{''.join(f' {key}={quote}{value}{quote}' for key, value in pairs)}>"

    def close(self, tag: str) -> str:
        """Return an end tag, or nothing where HTML lets it be left out."""
        if self.style.loose and tag in ("td", "th", "tr", "p", "tbody", "thead"):
            return "\n"
        return f"</{tag.upper() if self.style.upper else tag}>"

    def words(self, text: str) -> str:
        """Return text as the page writes it inside a cell."""
        if not text.strip():
            return "&nbsp;" if self.style.nbsp else html.escape(text)
        written = html.escape(text, quote=False)
        return f"&nbsp;{written}&nbsp;" if self.style.nbsp else written

    # -- Word

    def word_words(self, text: str) -> str:
        """Return text as Word exports it: digit groups and words each in a span."""
        runs = re.findall(r"\d+|[^\d]+", text) or [""]
        spans = []
        for run in runs:
            pieces = [run]
            if run.isdigit() and len(run) > 2 and self.random.random() < 0.3:
                cut = self.random.randint(1, len(run) - 1)
                pieces = [run[:cut], run[cut:]]
            for piece in pieces:
                face = "Times New Roman" if piece.isdigit() else "宋体"
                inner = html.escape(piece, quote=False)
                if self.random.random() < 0.3:
                    inner = f"<font face='{face}'>{inner}</font>"
                spans.append(
                    f"<span style=\"mso-spacerun:'yes';font-family:{face};"
                    f'font-size:9.0pt;">{inner}</span>'
                )
        space = "&nbsp;" if self.style.nbsp else ""
        return space + "".join(spans) + space + '<span lang="EN-US"><o:p></o:p></span>'

    def paragraph(self, text: str) -> None:
        """Write one text block."""
        if self.style.markup == "word":
            inside = f'<b style="mso-bidi-font-weight:normal">{self.word_words(text)}</b>'
            self.writer.put(
                '<p class="MsoNormal" style="text-indent:32.0000pt;'
                "mso-char-indent-count:2.0000;"
                f'line-height:28.0000pt;">{inside}</p>\n'
            )
            return
        self.writer.put(f"{self.open('p')}{self.words(text)}{self.close('p')}\n")

    # -- tables

    def square(self, square: Square, tag: str) -> None:
        """Write one cell."""
        attributes: dict[str, str | int] = {}
        if square.colspan > 1:
            attributes["colspan"] = square.colspan
        if square.rowspan > 1:
            attributes["rowspan"] = square.rowspan
        before, after = "", ""
        text = self.words(square.text)
        if self.style.markup == "word":
            attributes["width"] = 53 * square.colspan
            attributes["style"] = (
                f"width:{40 * square.colspan}.35pt;"
                "border:0.5pt solid windowtext;mso-border-alt:0.5pt solid windowtext;"
            )
            before = '<p class="MsoNormal">'
            if self.random.random() < 0.1:
                before += "<p>"
            after = "</p>"
            text = self.word_words(square.text)
        self.writer.put(self.open(tag, **attributes) + before)
        start = self.writer.at
        if square.cell is not None and self.style.markup == "clean" and not self.style.nbsp:
            self.writer.square(square._replace(text=text))
        else:
            self.writer.put(text)
        if self.writer.at == start and square.cell:
            self.writer.square(square._replace(text=""))
        self.writer.put(after + self.close(tag))

    def row(self, row: Row, width: int) -> None:
        """Write one row, with the style's empty columns."""
        self.writer.put(self.open("tr"))
        heading = all(square.kind in ("header", "lead", "caption") for square in row)
        tag = "th" if heading and self.style.heads in ("th", "thead") else "td"
        for square in row:
            self.square(square, tag)
        for _ in range(self.style.trailing if width else 0):
            self.writer.put(f"{self.open('td')}{self.close('td')}")
        self.writer.put(self.close("tr") + "\n")
        self.writer.row += 1

    def heads(self, rows: tuple[Row, ...], width: int) -> int:
        """Write the header rows as a table head; return how many there were."""
        first = 0
        if self.style.heads != "thead":
            return first
        while first < len(rows) and {each.kind for each in rows[first]} <= {
            "header",
            "lead",
        }:
            first += 1
        if first:
            self.writer.put(self.open("thead"))
            for row in rows[:first]:
                self.row(row, width)
            self.writer.put(self.close("thead"))
        return first

    def table(self, rows: tuple[Row, ...], width: int) -> None:
        """Write one table."""
        self.writer.put(self.open("table", border=1, cellspacing=0, align="center") + "\n")
        first = self.heads(rows, width)
        self.writer.put(self.open("tbody"))
        for row in rows[first:]:
            self.row(row, width)
        if self.style.markup == "word":
            columns = '<td width="53" style="border:none"></td>' * width
            self.writer.put(
                f'<!--[if !supportMisalignedColumns]--><tr height="0">{columns}</tr>'
                "<!--[endif]-->\n"
            )
        if self.style.empty_rows:
            for _ in range(2):
                self.row((Square("", width, kind="extra"),), 0)
        self.writer.put(self.close("tbody") + self.close("table") + "\n")
        if self.style.notes:
            self.paragraph("注：本表数据统计截至12月31日，含上年度结转数量，单位为件。")

    def flat(self, sheet: Sheet) -> None:
        """Write a table as paragraphs, one a cell, as some sites do on phones."""
        for row in sheet.rows:
            for square in row:
                if square.text.strip():
                    self.writer.put("<p>")
                    self.writer.square(square._replace(text=self.words(square.text)))
                    self.writer.put("</p>\n")
            self.writer.row += 1

    def sheet(self, sheet: Sheet) -> None:
        """Write a table in the style's parts."""
        if self.style.markup == "flat":
            self.flat(sheet)
            return
        parts = [sheet.rows]
        if sheet.table == "disclosure" and self.style.table_two == "blocks":
            parts = _blocks(sheet.rows)
        if sheet.table == "requests" and self.style.table_three != "whole":
            parts = _split(sheet.rows, self.style.table_three)
        for part in parts:
            self.table(part, max(map(row_width, part)))


def _blocks(rows: tuple[Row, ...]) -> list[tuple[Row, ...]]:
    parts: list[list[Row]] = []
    for row in rows:
        if row[0].kind == "caption" or not parts:
            parts.append([])
        parts[-1].append(row)
    return [tuple(part) for part in parts]


def _split(rows: tuple[Row, ...], how: str) -> list[tuple[Row, ...]]:
    """Split table 三 before （四）无法提供, as a page break does."""
    at = next(
        (n for n, row in enumerate(rows) if any(s.text.startswith("（四）") for s in row)),
        0,
    )
    if not at:
        return [rows]
    upper = list(rows[:at])
    rest = 0
    for number, row in enumerate(upper):
        squares = []
        for square in row:
            if number + square.rowspan > at:
                rest = number + square.rowspan - at
                squares.append(square._replace(rowspan=at - number))
            else:
                squares.append(square)
        upper[number] = tuple(squares)
    lower = list(rows[at:])
    label = "三、本年度办理结果" if how == "labelled" else ""
    if rest:
        lower[0] = (Square(label, 1, rest, "group"), *lower[0])
    heads = [
        row for row in rows[:3] if all(square.kind in ("lead", "header") for square in row)
    ]
    return [tuple(upper), tuple((*heads, *lower) if how == "repeated" else lower)]


def _head(title: str, style: Style, charset: str | None) -> str:
    meta = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        if charset
        else ""
    )
    extra = ""
    if style.chrome:
        extra = (
            f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" '
            'content="2025-01-22 10:30"><meta name="SiteName" content="某市人民政府">'
            '<link rel="stylesheet" href="/css/style.css"><script>var year = 2019;</script>'
        )
    extra += _WORD_HEAD if style.markup == "word" else ""
    site = "_年报_某市人民政府门户网站" if style.chrome else ""
    return f"<html><head>{meta}<title>{title}{site}</title>{extra}</head>"


def page(
    printed: Printed, style: Style = _PLAIN, charset: str | None = "utf-8"
) -> Rendered:
    """Return the report as a web page, with what it shows."""
    made = Page(style)
    made.writer.put("<!DOCTYPE html>\n" + _head(printed.title, style, charset) + "<body>\n")
    made.writer.put(_CHROME_BEFORE if style.chrome else "")
    made.writer.put(_METADATA if style.metadata else "")
    shell = '<table width="960" align="center"><tr><td valign="top">'
    made.writer.put(shell * style.layout)
    made.writer.put('<div class="content">\n')
    for block in printed.blocks:
        if isinstance(block, Sheet):
            made.sheet(block)
        else:
            made.paragraph(block)
    made.writer.put("</div>\n" + "</td></tr></table>" * style.layout)
    made.writer.put(_CHROME_AFTER if style.chrome else "")
    made.writer.put("</body></html>\n")
    gold = printed.gold()
    if style.markup == "flat":
        gold = after_vanishing(printed, "NB")
    return Rendered("".join(made.writer.parts), gold, printed, tuple(made.writer.marks))


STYLES: dict[str, Style] = {
    "clean": Style(),
    "word": Style(markup="word"),
    "flat": Style(markup="flat"),
    "th": Style(heads="th"),
    "thead": Style(heads="thead"),
    "blocks": Style(table_two="blocks"),
    "split repeated": Style(table_three="repeated"),
    "split continued": Style(table_three="continued"),
    "split labelled": Style(table_three="labelled"),
    "chrome": Style(chrome=True),
    "layout": Style(layout=1),
    "layout three deep": Style(layout=3, chrome=True),
    "metadata": Style(metadata=True),
    "loose": Style(loose=True),
    "turned": Style(turned=True),
    "capitals": Style(upper=True, turned=True),
    "nbsp": Style(nbsp=True),
    "trailing": Style(trailing=1),
    "trailing two": Style(trailing=2),
    "empty rows": Style(empty_rows=True),
    "notes": Style(notes=True),
    "portal": Style(
        "word", "td", "blocks", "repeated", chrome=True, layout=2, metadata=True
    ),
    "all at once": Style(
        "word", "th", chrome=True, layout=1, metadata=True, nbsp=True, notes=True
    ),
}


# ---------------------------------------------------------------- bytes

ENCODINGS: dict[str, tuple[str | None, str]] = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-8, no word of it": (None, "utf-8"),
    "utf-8 that says gb2312": ("gb2312", "utf-8"),
    "utf-8 with a mark": ("utf-8", "utf-8-sig"),
    "gbk": ("gbk", "gbk"),
    "gb2312 that is gb18030": ("gb2312", "gb18030"),
    "gbk, no word of it": (None, "gbk"),
    "gbk that says utf-8": ("utf-8", "gbk"),
    "utf-16 with a mark": (None, "utf-16"),
    "utf-16-le with a mark": ("utf-8", "utf-16-le"),
}
"""What the page says of its encoding, and what it is written in."""


def encode(text: str, encoding: str) -> bytes:
    """Return the page's bytes; the little-endian form gets its mark.

    What the encoding lacks a page writes by number, and a text as a space.
    """
    lacking = "xmlcharrefreplace" if "<html" in text else "replace"
    if encoding == "gbk" and lacking == "replace":
        text = text.replace("\u00a0", " ").replace("\u200b", "")
    data = text.encode(encoding, errors=lacking)
    return b"\xff\xfe" + data if encoding == "utf-16-le" else data


# ---------------------------------------------------------------- script

_GLOSSES = {
    "開": "kāi", "項": "xiàng", "數": "shù", "規": "guī", "務": "wù", "內": "nèi",
    "構": "gòu", "報": "bào", "動": "dòng", "無": "wú", "機": "jī", "處": "chù",
}  # fmt: skip


@cache
def _converter() -> object:
    from opencc import OpenCC  # noqa: PLC0415 - 0.1 s that few trials need

    return OpenCC("s2t")


def traditional(text: str, *, glossed: bool = False) -> str:
    """Return the text in Traditional characters, perhaps with pinyin beside some."""
    converted: str = _converter().convert(text)  # type: ignore[attr-defined]
    if glossed:
        converted = "".join(
            f"{letter}({_GLOSSES[letter]})" if letter in _GLOSSES else letter
            for letter in converted
        )
    return converted
