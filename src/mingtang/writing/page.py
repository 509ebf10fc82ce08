"""Checked reports as one HTML file that needs nothing else: no net, no script.

The file forbids itself everything but its own style and script, by their
hashes, so that nothing a report smuggles in could ever run.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Weight
from mingtang.writing.anchors import Anchors
from mingtang.writing.marker import GENERATOR
from mingtang.writing.markup import Html, element, joined
from mingtang.writing.paper import Paper
from mingtang.writing.sheet import SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.writing.sheet import Sheet

_HERE = Path(__file__).parent


class Entry(NamedTuple):
    """One report's line in the page's table of contents.

    `trouble` says why the file could not be read; such an entry has no sheet
    on the page.
    """

    order: int
    name: str
    caption: str = ""
    counts: tuple[int, ...] = ()
    unassessed: int = 0
    trouble: str = ""


def entry(sheet: Sheet, order: int) -> Entry:
    """Return a report's line in the table of contents."""
    counts = tuple(sheet.counts.values())
    return Entry(order, sheet.name, sheet.caption, counts, sheet.unassessed)


def section(sheet: Sheet, order: int) -> str:
    """Return one report as a section of the page; `order` counts from 1."""
    return str(Paper(sheet, order))


def page(sheets: Sequence[Sheet]) -> str:
    """Return the whole page of a few reports."""
    entries = [entry(sheet, order) for order, sheet in enumerate(sheets, 1)]
    sections = [section(sheet, order) for order, sheet in enumerate(sheets, 1)]
    return "".join((opening(entries), *sections, closing()))


def opening(entries: Sequence[Entry]) -> str:
    """Return the page up to its first report: head, title, contents.

    A page of many reports is written in pieces: its opening, each section as
    it was made, its closing.
    """
    single = len(entries) == 1 and not entries[0].trouble
    subject = entries[0].caption if single else f"{len(entries)} 份报告"
    title = f"{subject} · 明堂检查"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="generator", content=GENERATOR),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Html(_asset("page.css"))),
    )
    top = [element("p", "明堂 · 政府信息公开工作年度报告检查", class_="brand")]
    if single:
        top = [element("p", "明堂 · 检查结果", class_="brand")]
    heading = element("h1", title, class_="said") if single else element("h1", subject)
    contents = "" if single else _contents(entries)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n{head}\n<body>\n'
        f"<main>{element('div', *top, heading, contents, class_='top')}\n"
    )


def closing() -> str:
    """Return the page after its last report."""
    legend = joined(
        element("span", f"{SIGNS[weight]} {weight.label}：{meaning}")
        for weight, meaning in _MEANINGS.items()
    )
    foot = element(
        "footer",
        element("p", legend, class_="legend"),
        element("p", "数字照原文，未作任何改动；空白不当作零。"),
        class_="bottom",
    )
    script = element("script", Html(_asset("page.js")))
    return f"{foot}</main>\n{script}\n</body>\n</html>\n"


_MEANINGS = {
    Weight.BREACH: "不合规定或表式",
    Weight.CONTRADICTION: "报告自己的数字或文字不一致，不指认哪一个错",
    Weight.DOUBT: "不大可能，请人看一看",
    Weight.NOTE: "值得知道，不必改",
}


def _contents(entries: Sequence[Entry]) -> Html:
    names = [f"{SIGNS[weight]} {weight.label}" for weight in Weight]
    heads = [element("th", name, scope="col") for name in ("报告", *names, "未判")]
    return element(
        "div",
        element(
            "table",
            element("caption", "各份报告的发现"),
            element("thead", element("tr", *heads)),
            element("tbody", *map(_row, entries)),
        ),
        class_="frame contents",
        role="group",
        tabindex=0,
        aria_label="各份报告的发现（表，可左右移动）",
    )


def _row(entry: Entry) -> Html:
    if entry.trouble:
        name = element("th", element("span", entry.name), scope="row")
        return element(
            "tr", name, element("td", entry.trouble, colspan=5, class_="trouble")
        )
    link = element("a", entry.caption, href=f"#{Anchors(entry.order).sheet}")
    name = element("th", link, element("small", entry.name), scope="row")
    cells = [
        element("td", str(count), class_=weight.value if count else "none")
        for weight, count in zip(Weight, entry.counts, strict=True)
    ]
    return element("tr", name, *cells, element("td", str(entry.unassessed), class_="none"))


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _policy() -> str:
    allowed = [
        f"{kind}-src 'sha256-{b64encode(sha256(_asset(name).encode()).digest()).decode()}'"
        for kind, name in (("style", "page.css"), ("script", "page.js"))
    ]
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'"))
