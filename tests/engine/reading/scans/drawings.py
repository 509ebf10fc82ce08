"""Small pages drawn dot by dot: ruled tables, and figures in the face Pillow brings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from mingtang.reading.scans.pictures import SCALE
from tests.trials.paper import typeset
from tests.trials.scans import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.scans.inking import Dots
    from mingtang.reading.scans.pictures import Picture

SIZE = 10.5
"""The size of type on most reports, in points."""
HEAD = """#set page(paper: "a4", margin: 2cm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10.5pt, lang: "zh")
#set table(align: center + horizon, inset: 4pt)
"""


def dots(points: float) -> int:
    """Return points in dots."""
    return round(points * SCALE)


def white(wide: float = 400, high: float = 300) -> Picture:
    """Return an empty page of so many points."""
    return np.full((dots(high), dots(wide)), 255, np.uint8)


def ruled_page(
    xs: Sequence[float], ys: Sequence[float], thick: int = 2, grey: int = 0
) -> Picture:
    """Return a page with a table whose lines stand there, in points."""
    page = white(max(xs) + 30, max(ys) + 30)
    for x in xs:
        cv2.rectangle(
            page,
            (dots(x) - thick // 2, dots(ys[0])),
            (dots(x) - thick // 2 + thick - 1, dots(ys[-1])),
            grey,
            -1,
        )
    for y in ys:
        cv2.rectangle(
            page,
            (dots(xs[0]), dots(y) - thick // 2),
            (dots(xs[-1]), dots(y) - thick // 2 + thick - 1),
            grey,
            -1,
        )
    return page


def write(
    page: Picture, text: str, at: tuple[float, float], size: float = SIZE, grey: int = 0
) -> Dots:
    """Write figures, their upper left there in points; return the dots they ink."""
    ink = figures(text, size)
    high, wide = ink.shape
    x, y = dots(at[0]), dots(at[1])
    part = page[y : y + high, x : x + wide]
    page[y : y + high, x : x + wide] = np.minimum(
        part, 255 - (ink / 255 * (255 - grey)).astype(np.uint8)
    )
    return x, y, x + wide, y + high


@cache
def figures(text: str, size: float = SIZE) -> Picture:
    """Return figures as ink on nothing, trimmed."""
    font = ImageFont.load_default(size * SCALE)
    picture = Image.new("L", (dots(size) * (len(text) + 1), dots(size * 2)))
    ImageDraw.Draw(picture).text((dots(size / 2), dots(size / 4)), text, 255, font)
    found = np.asarray(picture)
    ys, xs = np.nonzero(found)
    return found[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


@cache
def set_page(body: str) -> Picture:
    """Return the first page of a typst source as drawn at 200 dpi."""
    return drawn(typeset(HEAD + body))[0]
