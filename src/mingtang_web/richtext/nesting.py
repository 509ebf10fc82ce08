"""Lists, quotations and tables: what may stand in what, and how it is put right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mingtang_web.richtext import limits
from mingtang_web.richtext.blocks import BREAK, CELLS, LOOSE, Block, Run, every_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from turbohtml import Element

_LISTS = frozenset({"ul", "ol"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_DEEP = _LISTS | {"table", "blockquote"}
HOLDERS = _DEEP | _PARTS | CELLS | {"li", "tr", "caption"}
_WITHIN = {
    "li": _LISTS, "caption": {"table"}, "tr": _PARTS, "td": {"tr"}, "th": {"tr"},
    "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"},
}  # fmt: skip
_STRICT = frozenset({"table", "tr"}) | _PARTS
"""What holds nothing but the parts of a table."""
_SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
_NUMBER = re.compile(r"\s*0*([1-9][0-9]{0,4})(?![0-9])")


@dataclass(slots=True)
class Open:
    """An element that is open; one without a name only passes on what is in it."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: list[Block] = field(default_factory=list)


def opened(stack: Sequence[Open], element: Element) -> Open:
    """Return an element as it is taken up inside what is open."""
    tag, above = element.tag, stack[-1].tag
    if tag in _WITHIN and above not in _WITHIN[tag]:
        return Open("")
    if tag in _DEEP and sum(each.tag in _DEEP for each in stack) >= limits.DEEPEST:
        return Open("")
    if tag in _DEEP and above in _STRICT:
        return Open("")
    return Open(tag, tuple(_attributes(element)))


def closed(done: Open) -> list[Block]:
    """Return what an element has come to: itself, nothing, or what was in it."""
    if done.tag in ("", *_LISTS):
        return _list(done) if done.tag else done.children
    if done.tag in LOOSE:
        return _loose(done)
    if done.tag == "table":
        return _table(done)
    if done.tag == "caption":
        return _caption(done)
    return [Block(done.tag, (), tuple(done.children))] if done.children else []


def finished(root: Open) -> Block:
    """Return the whole text."""
    return Block("", (), tuple(root.children))


def _attributes(element: Element) -> Iterable[tuple[str, str]]:
    if element.tag in CELLS:
        for name, most in (("colspan", limits.WIDEST), ("rowspan", limits.TALLEST)):
            count = min(_number(element, name), most)
            if count > 1:
                yield name, str(count)
        scope = (element.attr("scope") or "").lower()
        if element.tag == "th" and scope in _SCOPES:
            yield "scope", scope
    elif element.tag == "ol" and _number(element, "start") > 1:
        yield "start", str(_number(element, "start"))


def _number(element: Element, name: str) -> int:
    found = _NUMBER.match(element.attr(name) or "")
    return int(found[1]) if found else 0


def _list(done: Open) -> list[Block]:
    """Return a list whose every child is an item; a list beside an item belongs to it."""
    items: list[Block] = []
    for child in done.children:
        if child.tag == "li":
            items.append(child)
        elif items and child.tag in _LISTS:
            items[-1] = _item([*_blocks(items[-1]), child])[0]
        else:
            items += _item([child])
    return [Block(done.tag, (), tuple(items), done.attributes)] if items else []


def _item(children: list[Block]) -> list[Block]:
    return _loose(Open("li", (), children))


def _loose(done: Open) -> list[Block]:
    """Return an item or a cell, its only paragraph's words standing in it directly."""
    children = done.children
    if done.tag == "li":
        children = [_plain(child) for child in children]
    if len(children) == 1 and children[0].tag == "p" and not children[0].attributes:
        return [Block(done.tag, children[0].runs, (), done.attributes)]
    if not children and done.tag == "li":
        return []
    return [Block(done.tag, (), tuple(children), done.attributes)]


def _plain(block: Block) -> Block:
    """Return a heading inside an item as a strong paragraph."""
    if block.tag[0] != "h" or block.tag == "hr":
        return block
    runs = tuple(
        run if run.text == BREAK else run._replace(marks=run.marks | {"strong"})
        for run in block.runs
    )
    return Block("p", runs, (), block.attributes)


def _blocks(loose: Block) -> tuple[Block, ...]:
    return (Block("p", loose.runs),) if loose.runs else loose.children


def _caption(done: Open) -> list[Block]:
    """Return a table's title: its words, and nothing of how they look."""
    parts = ["".join(_said(run) for run in every_run(each)) for each in done.children]
    said = " ".join(" ".join(parts).split())
    return [Block("caption", (Run(said),))] if said else []


def _said(run: Run) -> str:
    return " " if run.text == BREAK else run.text


def _table(done: Open) -> list[Block]:
    """Return a table: its title, the rows of nothing but heads above, the others below."""
    rows = list(_rows(done))
    titles = [each for each in done.children if each.tag == "caption"]
    beside = [each for each in done.children if each.tag not in {"caption", *_PARTS}]
    beside = [Block("p", each.runs) for each in titles[1 if rows else 0 :]] + beside
    if not rows:
        return beside
    high = next((n for n, row in enumerate(rows) if not _is_head(row)), 0)
    head = [_scoped(row, "col") for row in rows[:high]]
    body = [_scoped(row, "row") for row in rows[high:]]
    parts = [Block("thead", (), tuple(head))] if head else []
    parts.append(Block("tbody", (), tuple(body)))
    return [*beside, Block("table", (), (*titles[:1], *parts), done.attributes)]


def _rows(done: Open) -> Iterable[Block]:
    for part in done.children:
        if part.tag in _PARTS:
            for row in part.children:
                yield _headed(row) if part.tag == "thead" else row


def _headed(row: Block) -> Block:
    return replace(row, children=tuple(replace(each, tag="th") for each in row.children))


def _is_head(row: Block) -> bool:
    return all(cell.tag == "th" for cell in row.children)


def _scoped(row: Block, scope: str) -> Block:
    """Return a row whose heads say what they head."""
    cells = tuple(
        replace(cell, attributes=(*cell.attributes, ("scope", scope)))
        if cell.tag == "th" and not cell.attribute("scope")
        else cell
        for cell in row.children
    )
    return replace(row, children=cells)
