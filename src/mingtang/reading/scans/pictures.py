"""Files of pictures as grey pages of one scale, under limits.

A page is taken to be as wide as a sheet of A4: what a file says of its own
resolution is too often wrong.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence

from mingtang.reading.scans.quieting import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
"""Rows of grey dots, 0 black to 255 white."""

SHORT, LONG = 595.3, 841.9
"""The sides of a sheet of A4 in points."""
LANDSCAPE = (1.25, 1.55)
"""A page so many times wider than high is a sheet of A4 laid on its side."""
PAPER = (400.0, 1250.0)
"""A sheet is so wide, in points; a file that says otherwise counts its dots."""
TALLEST = 2
"""And no sheet is so many times higher than wide."""
SCALE = 200 / 72
"""Dots to a point at which pages are read."""
MAX_DOTS = 60_000_000
"""A picture of more dots is refused before it is unpacked."""
LEAST = 300
"""A picture with a shorter side is no page."""
NARROW = 8
"""A picture so many times longer than wide is no page."""
MAX_PAGES = 60
"""A file of more pictures than this is refused: each takes seconds."""
KINDS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_DEEP = "IF"
"""How the names of modes begin whose dots have more than 256 greys."""
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, MemoryError, ArithmeticError),
    *(TypeError, LookupError, AttributeError, struct.error),
)
"""What Pillow raises for files that are damaged, by its many decoders."""


class PictureError(ValueError):
    """A picture that cannot be read; says why, in Chinese."""


def pictures(data: bytes) -> Iterator[tuple[Picture, int]]:
    """Yield the pages of a picture file, upright as its camera says, and their count.

    Raises `PictureError` for a file that is damaged or past the limits.
    """
    try:
        with warnings.catch_warnings(), quiet():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=KINDS) as file:
                frames = _limited(getattr(file, "n_frames", 1))
                for frame in ImageSequence.Iterator(file):
                    yield _grey(frame), frames
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(_too_large()) from error
    except _BROKEN as error:
        message = "这个图片已损坏或不完整；请重新扫描或重新导出"
        raise PictureError(message) from error


def _limited(frames: int) -> int:
    if frames > MAX_PAGES:
        message = f"这个图片文件有 {frames} 页，超过 {MAX_PAGES} 页的上限"
        raise PictureError(message)
    return frames


def _too_large() -> str:
    return f"这个图片超过 {MAX_DOTS // 10_000} 万像素的上限；请用 200 至 300 dpi 重新扫描"


def _grey(frame: Image.Image) -> Picture:
    wide, high = frame.size
    if wide * high > MAX_DOTS:
        raise PictureError(_too_large())
    if min(wide, high) < LEAST:
        message = f"这个图片只有 {wide}×{high} 像素，看不清字；请用 200 dpi 以上重新扫描"
        raise PictureError(message)
    if max(wide, high) > NARROW * min(wide, high):
        message = f"这个图片是 {wide}×{high} 像素，太窄，不是一页报告；请一页一图再试"
        raise PictureError(message)
    upright = ImageOps.exif_transpose(frame)
    if upright.mode[0] in _DEEP:
        return _shallow(upright)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    return np.asarray(upright.convert("L"), dtype=np.uint8)


def _shallow(deep: Image.Image) -> Picture:
    """Return a picture of many greys in 256: its brightest dot is white."""
    dots = np.nan_to_num(np.asarray(deep, dtype=np.float32))
    return np.asarray(np.clip(dots * (255 / max(1, dots.max())), 0, 255), dtype=np.uint8)


def scaled(picture: Picture, known: float | None = None) -> Picture:
    """Return a page at the scale at which pages are read.

    `known` is its width in points, believed where a sheet of paper may have it.
    """
    high, wide = picture.shape
    points = LONG if LANDSCAPE[0] < wide / high < LANDSCAPE[1] else SHORT
    if known is not None and PAPER[0] < known < PAPER[1] and high < TALLEST * wide:
        points = known
    factor = points * SCALE / wide
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = (round(wide * factor), round(high * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=how), dtype=np.uint8)
