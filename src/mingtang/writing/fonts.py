"""The faces a PDF is set in, and where they lie (see docs/decisions/0015).

`make run` and `make test` put them into a folder beside the interpreter. What is
there comes first; the system's own fonts serve where it is empty or lacks a
character.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(sys.prefix, "share", "mingtang", "fonts")
"""Where the set-up step puts fonts; whoever has the licence adds 方正小标宋 here."""

_RARE = ("LXGW WenKai", "HanaMinA", "HanaMinB")
_NOTO_SERIF, _NOTO_SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
SONG = ("FandolSong", "SimSun", _NOTO_SERIF, _NOTO_SANS, *_RARE)
FANG = ("FandolFang R", "FangSong", *_RARE, _NOTO_SERIF, _NOTO_SANS)
KAI = ("FandolKai", "KaiTi", *_RARE, _NOTO_SERIF, _NOTO_SANS)
HEI = ("FandolHei", "SimHei", _NOTO_SANS, *_RARE)
HEAD = ("FZXiaoBiaoSong-B05S", *SONG)


class Faces:
    """A choice of fonts: those of the folder alone, or with the system's."""

    def __init__(self, *, system: bool) -> None:
        self.fonts = typst.Fonts(
            include_system_fonts=system,
            include_embedded_fonts=False,
            font_paths=[FOLDER] if FOLDER.is_dir() else [],
        )
        self.families = frozenset(self.fonts.families())

    def substituted(self) -> list[str]:
        """Return the faces of the form, by name, that another one stands for."""
        wanted = {"仿宋": FANG, "宋体": SONG, "黑体": HEI, "楷体": KAI}
        return [
            name for name, faces in wanted.items() if self.families.isdisjoint(faces[:2])
        ]


@cache
def _faces(*, system: bool) -> Faces:
    """Return a choice of fonts, looked up once: that takes longer than a page."""
    return Faces(system=system)


def choices() -> Iterator[Faces]:
    """Yield what to set with: the folder's fonts if all are there, then all there are.

    A choice without any font is left out: typst would set empty pages with it.
    """
    own = _faces(system=False)
    if not own.substituted():
        yield own
    every = _faces(system=True)
    if every.families:
        yield every
