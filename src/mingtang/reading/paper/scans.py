"""Pages with text on them told from pictures of pages, which nobody can read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.paper.laying import Page

MAX_TEXT = 600_000
"""More characters than this in one file is refused."""
FEW = 30
"""A page with fewer characters beside a picture that covers most of it is scanned."""
MOST = 0.4
"""A picture over so much of a page is the page."""
NAMED = 5
"""So many scanned pages are named one by one."""


class ScannedError(ValueError):
    """A file whose pages, all or some, are pictures; says which, in Chinese."""


class OverlongError(ValueError):
    """A file with more text than a report has; says so, in Chinese."""


def legible(pages: Iterable[Page], name: str) -> list[Page]:
    """Return the pages of a file of that kind, all of which have text.

    Raises `ScannedError` where pages are pictures, rather than leave them out,
    and `OverlongError` past the limit.
    """
    found: list[Page] = []
    total = 0
    for page in pages:
        total += len(page.glyphs)
        if total > MAX_TEXT:
            message = f"这个 {name} 的文字超过 {MAX_TEXT} 字的上限；请只给出年报正文"
            raise OverlongError(message)
        found.append(page)
    _refuse_scans(found, name)
    return found


def _refuse_scans(found: Sequence[Page], name: str) -> None:
    scanned = [
        page.number for page in found if page.picture >= MOST and len(page.glyphs) < FEW
    ]
    if not any(page.glyphs for page in found):
        message = (
            f"这是扫描件或图片做成的 {name}，里面没有文字，此版本还不能识别；"
            "请改用有文字的文件"
        )
        raise ScannedError(message)
    if scanned:
        named = "、".join(map(str, scanned[:NAMED]))
        more = f"等 {len(scanned)} 页" if len(scanned) > NAMED else "页"
        message = (
            f"这个 {name} 的第 {named} {more}是扫描件，此版本还不能识别；请改用有文字的文件"
        )
        raise ScannedError(message)
