"""Reports as scans: pages drawn as pictures, worn as scanners and copiers wear them.

A picture is rows of grey dots, 0 black to 255 white. What a page shows is the
gold, however worn: a reader may doubt a figure, never turn it into another.
"""

from __future__ import annotations

import io
from random import Random
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
DPI = 200
FACES = {
    "song": "",
    "serif": '#set text(font: ("Liberation Serif", "Noto Serif CJK SC"))\n',
    "hei": '#set text(font: ("DejaVu Sans", "Noto Sans CJK SC"), size: 9pt)\n',
}
"""Heads for `tests.trials.paper.source`: the faces reports are set in."""


def dice(seed: object) -> Random:
    """Return dice that fall the same for the same seed."""
    return Random(str(seed))  # noqa: S311 - not a secret


def drawn(data: bytes, dpi: float = DPI) -> list[Picture]:
    """Return the pages of a PDF as a scanner without faults would give them."""
    document = PdfDocument(data)
    try:
        return [
            page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy()
            for page in document
        ]
    finally:
        document.close()


def moved(picture: Picture, degrees: float, right: float = 0, down: float = 0) -> Picture:
    """Return a page laid askew: its lines rise to the right by so many degrees."""
    high, wide = picture.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    turn[:, 2] += right, down
    return cv2.warpAffine(
        picture, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255
    )


def toned(picture: Picture, black: float, white: float, uneven: float = 0) -> Picture:
    """Return a page whose ink and paper are so bright, its corners unlike each other."""
    high, wide = picture.shape
    slope = np.linspace(-uneven, uneven, wide) + np.linspace(uneven, -uneven, high)[:, None]
    return _dots(black + picture / 255 * (white - black) + slope)


def blurred(picture: Picture, dots: float) -> Picture:
    """Return a page out of focus by so many dots."""
    return cv2.GaussianBlur(picture, (0, 0), dots)


def noisy(picture: Picture, random: Random, strength: float, specks: float = 0) -> Picture:
    """Return a page with grain, and black dots on so large a share of it."""
    grains = np.random.default_rng(random.getrandbits(32))
    made = _dots(picture + grains.normal(0, strength, picture.shape))
    made[grains.random(picture.shape) < specks] = 0
    return made


def squeezed(picture: Picture, quality: int) -> Picture:
    """Return a page that was stored as a JPEG of a quality from 1 to 100."""
    return cv2.imdecode(np.frombuffer(jpeg(picture, quality), np.uint8), 0)


def degraded(picture: Picture, random: Random, level: float = 1.0) -> Picture:
    """Return a page as a careless office scans it; level 1 is the worst to be met."""
    degrees, right, down = (random.uniform(-most, most) * level for most in (2, 8, 8))
    page = moved(picture, degrees, right, down)
    black, white = random.uniform(10, 90) * level, random.uniform(235, 255)
    page = toned(page, black, white - 15 * level, random.uniform(-15, 15) * level)
    page = blurred(page, random.uniform(0.5, 1.3) * level)
    page = noisy(page, random, random.uniform(4, 16) * level, random.random() / 2e3 * level)
    return squeezed(page, round(95 - random.uniform(20, 60) * level))


def _dots(bright: np.ndarray[Any, np.dtype[np.float64]]) -> Picture:
    return np.clip(bright, 0, 255).round().astype(np.uint8)


def png(picture: Picture) -> bytes:
    """Return a page as a PNG."""
    return _saved([picture], "PNG")


def jpeg(picture: Picture, quality: int = 90) -> bytes:
    """Return a page as a JPEG of a quality from 1 to 100."""
    return _saved([picture], "JPEG", quality=quality)


def tiff(pages: Sequence[Picture]) -> bytes:
    """Return pages as one TIFF, packed without loss."""
    return _saved(pages, "TIFF", compression="tiff_deflate")


def scanned_pdf(pages: Sequence[Picture], dpi: float = DPI) -> bytes:
    """Return pages as a PDF of nothing but pictures."""
    return _saved(pages, "PDF", resolution=dpi, quality=95)


def _saved(pages: Sequence[Picture], kind: str, **how: object) -> bytes:
    first, *others = (Image.fromarray(page) for page in pages)
    made = io.BytesIO()
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(made, kind, **more, **how)
    return made.getvalue()
