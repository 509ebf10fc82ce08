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
from mingtang.writing.tally import CLEAN, NOTHING, UNLIKE, summary, tally, totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.writing.sheet import Sheet
    from mingtang.writing.tally import Tally

_HERE = Path(__file__).parent


def section(sheet: Sheet, order: int, rules: str = "") -> str:
    """Return one report as a section of the page; `order` counts from 1.

    `rules` is the address of a rule's page, with ``{code}`` in it, where there is one.
    """
    return str(Paper(sheet, Anchors(order, rules)))


def page(sheets: Sequence[Sheet]) -> str:
    """Return the whole page of a few reports."""
    tallies = [tally(sheet, order) for order, sheet in enumerate(sheets, 1)]
    sections = [section(sheet, order) for order, sheet in enumerate(sheets, 1)]
    return "".join((opening(tallies), *sections, closing()))


class Extent(NamedTuple):
    """What a page does not hold.

    `skipped` counts files left out of folders, `missing` those that a stopped
    run did not come to; `folds` says that reports without findings have their
    line in the contents and no more.
    """

    skipped: int = 0
    missing: int = 0
    folds: bool = False


WHOLE = Extent()


def opening(tallies: Sequence[Tally], extent: Extent = WHOLE) -> str:
    """Return the page up to its first report: head, title, contents.

    A page of many reports is written in pieces: its opening, each section as
    it was made, its closing.
    """
    single = len(tallies) == 1 and not tallies[0].trouble and not extent.missing
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
    contents = "" if single else _contents(tallies, extent)
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


def _contents(tallies: Sequence[Tally], extent: Extent) -> Html:
    names = [joined([element("b", SIGNS[one]), " ", one.label]) for one in Weight]
    heads = [element("th", name, scope="col") for name in ("报告", *names, "未判")]
    sums = [element("td", str(count), class_="none") for count in totals(tallies)]
    rows = [_row(one, folded=extent.folds and one.fate == CLEAN) for one in tallies]
    table = element(
        "table",
        element("caption", "各份报告的发现"),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
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
    words = element("p", f"{summary(tallies, extent.skipped)}。", class_="sums-of-files")
    return joined([*_remarks(tallies, extent), frame, words])


def _remarks(tallies: Sequence[Tally], extent: Extent) -> Iterator[Html]:
    """Yield what the reader must know of a page that does not show everything."""
    if extent.missing:
        said = element("strong", "这一页不全：检查中途停止。")
        words = (
            f"{len(tallies) + extent.missing} 个文件中只有先处理的 {len(tallies)} 个"
            f"在这里，其余 {extent.missing} 个没有检查。"
        )
        yield element("p", said, words, class_="foreign")
    clean = sum(one.fate == CLEAN for one in tallies)
    if extent.folds and clean:
        words = (
            f"没有发现问题的 {clean} 份只列在表里，没有画出全文。要看其中一份的全文，"
            "单独检查它：mingtang check 文件 --html 结果.html"
        )
        yield element("p", words, class_="sums-of-files")


def _row(one: Tally, *, folded: bool) -> Html:
    if one.trouble:
        name = element("th", element("span", one.name), scope="row")
        return element("tr", name, element("td", one.trouble, colspan=5, class_="trouble"))
    link = element("a", one.caption, href=f"#{Anchors(one.order).sheet}")
    caption = element("span", one.caption) if folded else link
    unlike = "" if one.is_report else element("span", UNLIKE, class_="unlike")
    file = element("small", one.name) if one.name != one.caption else ""
    name = element("th", caption, unlike, file, scope="row")
    *counts, unassessed = one.shown
    cells = [
        element("td", shown, class_="none" if shown in NOTHING else weight.value)
        for weight, shown in zip(Weight, counts, strict=True)
    ]
    return element("tr", name, *cells, element("td", unassessed, class_="none"))


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
