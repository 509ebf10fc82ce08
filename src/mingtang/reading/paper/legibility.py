"""Pages with text on them, and pages that are pictures, which must be recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading.recogniser import recogniser
from mingtang.reading.watching import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from mingtang.reading.paper.laying import Page

    Pictures = Callable[[Sequence[int]], Iterator[tuple[int, Any, float]]]

MAX_TEXT = 600_000
"""More characters than this in one file is refused."""
FEW = 30
"""A page with fewer characters beside a picture that covers most of it is scanned."""
MOST = 0.4
"""A picture over so much of a page is the page."""
WHOLE = "本件"
"""What a document is called all of whose pages were recognised."""
NAMED = 5
"""So many scanned pages are named one by one."""


class ScannedError(ValueError):
    """A file whose pages, all or some, are pictures that are not recognised."""


class OverlongError(ValueError):
    """A file with more text, or more pictures, than a report has; says so, in Chinese."""


def legible(
    pages: Iterable[Page], name: str, pictures: Pictures | None = None
) -> list[Page]:
    """Return the pages of a file of that kind, those that are pictures recognised.

    `pictures` gives pages by number as grey pictures with their width in points.
    Raises `ScannedError` where pages are pictures and it is not given, or where
    nothing is recognised, rather than leave them out; `OverlongError` past the
    limits; `NotInstalledError` where recognition is missing.
    """
    found: list[Page] = []
    total = 0
    for page in pages:
        total += len(page.glyphs)
        if total > MAX_TEXT:
            message = f"这个 {name} 的文字超过 {MAX_TEXT} 字的上限；请只给出年报正文"
            raise OverlongError(message)
        found.append(page)
    scanned = _scanned(found)
    if scanned and pictures is None:
        raise ScannedError(_refusal(scanned, len(found), name))
    if scanned and pictures is not None:
        found = _recognised(found, pictures(scanned), (name, len(scanned)))
    return found


def recognised(pages: Sequence[Page]) -> tuple[tuple[str, str], ...]:
    """Return the notes of a document that say which pages were recognised, if any.

    ``recognised`` says it in words, ``pictures`` lists their numbers.
    """
    seen = [page.number for page in pages if page.back is not None]
    if not seen:
        return ()
    which = WHOLE if len(seen) == len(pages) else _named(seen)
    return (("recognised", which), ("pictures", " ".join(map(str, seen))))


def _scanned(found: Sequence[Page]) -> list[int]:
    """Return the numbers of the pages that are pictures: all, where none has text."""
    bare = not any(page.glyphs for page in found)
    return [
        page.number
        for page in found
        if bare or (page.picture >= MOST and len(page.glyphs) < FEW)
    ]


def _refusal(scanned: Sequence[int], count: int, name: str) -> str:
    next_step = f"此版本还不能识别 {name} 里的图像；请另存为 PDF 或图片后再试"
    if len(scanned) == count:
        return f"这是扫描件或图片做成的 {name}，里面没有文字，{next_step}"
    return f"这个 {name} 的{_named(scanned)}是扫描件，{next_step}"


def _named(numbers: Sequence[int]) -> str:
    named = "、".join(map(str, numbers[:NAMED]))
    more = f"等 {len(numbers)} 页" if len(numbers) > NAMED else "页"
    return f"第 {named} {more}"


def _recognised(
    found: Sequence[Page],
    pictures: Iterable[tuple[int, Any, float]],
    which: tuple[str, int],
) -> list[Page]:
    name, count = which
    scans = recogniser()
    if count > scans.MAX_PAGES:
        message = (
            f"这个 {name} 有 {count} 页是扫描的图像，"
            f"超过 {scans.MAX_PAGES} 页的上限；请只给出年报正文"
        )
        raise OverlongError(message)
    made = list(found)
    for turn, (number, picture, wide) in enumerate(pictures, start=1):
        tell("recognised", turn, count)
        made[number - 1] = scans.page(picture, number, wide)
    if not any(page.glyphs for page in made):
        message = f"这个 {name} 里没有认出文字；请确认放对了文件，或者重新扫描"
        raise ScannedError(message)
    return made
