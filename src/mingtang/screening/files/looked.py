"""What a look into a file gives: pieces, files within, and what was not looked into."""

from __future__ import annotations

from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

from mingtang.screening.files.found import Where
from mingtang.screening.files.office import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.screening.files.found import Piece
    from mingtang.screening.files.office import Office


class Inner(NamedTuple):
    """A file within a file: its bytes, its name, where it is."""

    data: bytes
    name: str
    where: Where


class Looked(NamedTuple):
    """What stands in a file, and what of it was not looked into, in Chinese."""

    pieces: Sequence[Piece]
    inner: Sequence[Inner] = ()
    not_looked: Sequence[str] = ()


def pictures(office: Office) -> list[str]:
    """Return that the pictures of an office file were not looked into, if it has any."""
    count = sum(bool(PICTURE.search(name)) for name in office.names)
    return [f"{count} 幅图片没有查：图片里的文字和拍摄信息请人工看过"] if count else []


def embedded(office: Office) -> list[Inner]:
    """Return the files within an office file."""
    return [
        Inner(office.parts[name], name, Where(f"嵌入的文件 {basename(name)}", name))
        for name in office.embedded()
    ]
