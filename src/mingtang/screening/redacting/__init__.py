"""Masked copies: what was chosen is taken out of a file, and the file is read back.

Nothing is covered: texts are written over with ■, hidden content is left out, pages of
a PDF become pictures (个人信息保护法第二十五条、第二十八条; 政府信息公开条例第三十七条).
A file in which anything chosen is still found does not come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.registry import load
from mingtang.screening.files import UnscreenableError, kind_of, screen_file
from mingtang.screening.hits import HIDDEN
from mingtang.screening.redacting.back import UnsureError, still_there
from mingtang.screening.redacting.needles import Needles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.screening.files import FileHit

__all__ = ["Redacted", "StillThereError", "redact"]


class StillThereError(ValueError):
    """What was chosen is still in the masked file, or may be; says where, in Chinese."""


class Redacted(NamedTuple):
    """A masked file.

    `replaced` counts the places where text was masked; `removed` says in Chinese what
    was taken out besides, and what else became of the file. Where nothing had to
    change `data` is the file as it was given.
    """

    data: bytes
    replaced: int
    removed: tuple[str, ...] = ()


def redact(data: bytes, name: str, chosen: Iterable[FileHit]) -> Redacted:
    """Return a file without what was chosen of its hits, and read it back.

    A text is masked wherever it stands in the file, not only at its hit. Hidden content
    is taken out by kinds: with one comment that was chosen all comments go. Raises
    `UnscreenableError` for a file that is broken or that cannot be masked, and
    `StillThereError` where something chosen is still found afterwards, or a part cannot
    be read back: not found is not gone.
    """
    hits = tuple(chosen)
    needles = Needles(hit.text for hit in hits if hit.kind not in HIDDEN)
    kinds = frozenset(hit.kind for hit in hits if hit.kind in HIDDEN)
    if not needles and not kinds:
        return Redacted(data, 0)
    try:
        kind = kind_of(data)
        if kind not in {"docx", "xlsx", "pdf", "text"}:
            message = "这种文件不能遮盖；请另存为 docx、xlsx 或 pdf 再遮盖"
            raise UnscreenableError(message)
        made: Redacted = load(f"screening.redacting.{_ROOMS[kind]}").redacted(
            data, needles, kinds
        )
    except ValueError as error:
        message = f"{name}：{error}"
        raise UnscreenableError(message) from error
    try:
        place = still_there(made.data, needles) or _kinds_left(made.data, name, kinds)
    except UnsureError as unsure:
        message = (
            f"{name}：遮盖以后{unsure}读不回来，不能确认要去掉的内容已经去掉，没有交出文件；"
            "请在原来的文档里去掉这一部分，再遮盖"
        )
        raise StillThereError(message) from unsure
    if place:
        message = (
            f"{name}：遮盖以后在{place}还能找到要去掉的内容，没有交出文件；"
            "请在原来的文档里手工删去，再查一遍"
        )
        raise StillThereError(message)
    return made


_ROOMS = {"docx": "office", "xlsx": "office", "pdf": "papers", "text": "plain"}


def _kinds_left(data: bytes, name: str, kinds: frozenset[str]) -> str:
    """Return where hidden content of a kind that was taken out still stands."""
    if not kinds:
        return ""
    hits = screen_file(data, name).hits
    return next((hit.where.words for hit in hits if hit.kind in kinds), "")
