"""A text as blocks and runs, and the one way in which it is written as HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MARKS = ("strong", "em", "u", "s", "sup", "sub")
"""What a run may be besides plain, from the outermost element inwards."""
CELLS = frozenset({"td", "th"})
LOOSE = CELLS | {"li"}
"""What holds blocks, or the words of its only paragraph."""
ALIGNED = ("left", "center", "right")
INDENTED = "indent"
BREAK = "\n"


class Run(NamedTuple):
    """Words of one kind, a line break (`BREAK`), or a picture with its words."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""
    picture: str = ""
    around: str = ""
    """What review puts around it: ``ins``, ``del``, or the numbers of hits."""


@dataclass(frozen=True, slots=True)
class Block:
    """An element that stands on lines of its own, with runs or with blocks in it."""

    tag: str
    runs: tuple[Run, ...] = ()
    children: tuple[Block, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str:
        """Return an attribute's value, nothing where it is not there."""
        return dict(self.attributes).get(name, "")

    @property
    def rows(self) -> tuple[Block, ...]:
        """The rows of a table, those of its head first."""
        return tuple(row for part in self.children for row in part.children)


def every_run(block: Block) -> Iterator[Run]:
    """Yield all runs in the order in which they are read."""
    yield from block.runs
    for child in block.children:
        yield from every_run(child)


def replaced(block: Block, change: Callable[[Run], tuple[Run, ...]]) -> Block:
    """Return the block with each run changed, in the order in which they are read."""
    runs = tuple(new for run in block.runs for new in change(run))
    children = tuple(replaced(child, change) for child in block.children)
    return replace(block, runs=runs, children=children)


def written(block: Block, said: Callable[[str], str] = str) -> str:
    """Return the block as HTML; ``said`` names what stands around runs, for ears."""
    children = "".join(written(each, said) for each in block.children)
    inner = words(block.runs, said) + children
    if not block.tag:
        return inner
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in block.attributes)
    opened = f"<{block.tag}{attributes}>"
    return opened if block.tag == "hr" else f"{opened}{inner}</{block.tag}>"


def words(runs: Iterable[Run], said: Callable[[str], str] = str) -> str:
    """Return runs as HTML: what review put around them outside, then links, then marks."""
    return "".join(
        _around(kind, _linked(list(part)), said)
        for kind, part in groupby(runs, key=lambda run: run.around)
    )


def _around(kind: str, inner: str, said: Callable[[str], str]) -> str:
    if not kind:
        return inner
    if kind in ("ins", "del"):
        return f'<{kind}><span class="hidden">{escape(said(kind))}</span>{inner}</{kind}>'
    return f'<mark data-hit="{kind}">{inner}</mark>'


def _linked(runs: list[Run]) -> str:
    found = []
    for link, part in groupby(runs, key=lambda run: run.link):
        inner = _marked(list(part), MARKS)
        found.append(f'<a href="{escape(link)}">{inner}</a>' if link else inner)
    return "".join(found)


def _marked(runs: list[Run], marks: tuple[str, ...]) -> str:
    if not marks or (len(runs) == 1 and not runs[0].marks):
        return "".join(map(_bare, runs))
    found = []
    for has, part in groupby(runs, key=lambda run: marks[0] in run.marks):
        inner = _marked(list(part), marks[1:])
        found.append(f"<{marks[0]}>{inner}</{marks[0]}>" if has else inner)
    return "".join(found)


def _bare(run: Run) -> str:
    if run.picture:
        return f'<img src="{escape(run.picture)}" alt="{escape(run.text)}">'
    return escape(run.text, quote=False).replace(BREAK, "<br>")
