"""Checked reports as one HTML file that needs nothing else: no net, no script.

The file forbids itself everything but its own style and script, by their
hashes, so that nothing a report smuggles in could ever run.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.finding import Weight
from mingtang.writing.anchors import Anchors
from mingtang.writing.marker import GENERATOR
from mingtang.writing.markup import Html, element, joined
from mingtang.writing.paper import Paper
from mingtang.writing.sheet import SIGNS
from mingtang.writing.tally import summary, tally, totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.writing.sheet import Sheet
    from mingtang.writing.tally import Tally

_HERE = Path(__file__).parent


def section(sheet: Sheet, order: int) -> str:
    """Return one report as a section of the page; `order` counts from 1."""
    return str(Paper(sheet, order))


def page(sheets: Sequence[Sheet]) -> str:
    """Return the whole page of a few reports."""
    tallies = [tally(sheet, order) for order, sheet in enumerate(sheets, 1)]
    sections = [section(sheet, order) for order, sheet in enumerate(sheets, 1)]
    return "".join((opening(tallies), *sections, closing()))


def opening(tallies: Sequence[Tally], skipped: int = 0) -> str:
    """Return the page up to its first report: head, title, contents.

    A page of many reports is written in pieces: its opening, each section as
    it was made, its closing. `skipped` counts files left out of folders.
    """
    single = len(tallies) == 1 and not tallies[0].trouble
    subject = tallies[0].caption if single else f"{len(tallies)} 份报告"
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
    contents = "" if single else _contents(tallies, skipped)
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


def _contents(tallies: Sequence[Tally], skipped: int) -> Html:
    names = [joined([element("b", SIGNS[one]), " ", one.label]) for one in Weight]
    heads = [element("th", name, scope="col") for name in ("报告", *names, "未判")]
    sums = [element("td", str(count), class_="none") for count in totals(tallies)]
    table = element(
        "table",
        element("caption", "各份报告的发现"),
        element("thead", element("tr", *heads)),
        element("tbody", *map(_row, tallies)),
        element("tfoot", element("tr", element("th", "合计", scope="row"), *sums)),
    )
    frame = element(
        "div",
        table,
        class_="frame contents",
        role="group",
        tabindex=0,
        aria_label="各份报告的发现（表，可左右移动）",
    )
    words = element("p", f"{summary(tallies, skipped)}。", class_="sums-of-files")
    return joined([frame, words])


def _row(one: Tally) -> Html:
    if one.trouble:
        name = element("th", element("span", one.name), scope="row")
        return element("tr", name, element("td", one.trouble, colspan=5, class_="trouble"))
    link = element("a", one.caption, href=f"#{Anchors(one.order).sheet}")
    unlike = "" if one.is_report else element("span", "不像年报", class_="unlike")
    file = element("small", one.name) if one.name != one.caption else ""
    name = element("th", link, unlike, file, scope="row")
    cells = [
        element("td", str(count), class_=weight.value if count else "none")
        for weight, count in zip(Weight, one.counts, strict=True)
    ]
    return element("tr", name, *cells, element("td", str(one.unassessed), class_="none"))


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
