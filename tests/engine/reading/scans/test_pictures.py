"""Files of pictures become upright grey pages, or are refused in one line."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from mingtang.reading.scans.pictures import PictureError, pictures, scaled


def saved(picture, kind, **how):
    data = io.BytesIO()
    picture.save(data, kind, **how)
    return data.getvalue()


def half_dark(mode="L", dark=0, bright=255, wide=400, high=500):
    """A page whose left half is dark."""
    picture = Image.new(mode, (wide, high), bright)
    picture.paste(dark, (0, 0, wide // 2, high))
    return picture


def only(data):
    ((page, count),) = pictures(data)
    assert count == 1
    return page


def is_half_dark(page, tolerance=12):
    assert page.dtype == np.uint8
    wide = page.shape[1]
    left, right = page[:, : wide // 2 - 8], page[:, wide // 2 + 8 :]
    return left.max() <= tolerance and right.min() >= 255 - tolerance


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_every_kind_of_picture_is_a_grey_page(kind):
    page = only(saved(half_dark("RGB", (0, 0, 0), (255, 255, 255)), kind))
    assert page.shape == (500, 400)
    assert is_half_dark(page)


@pytest.mark.parametrize(
    "picture",
    [
        half_dark("1", 0, 1),
        half_dark("RGBA", (0, 0, 0, 255), (0, 0, 0, 0)),
        half_dark("LA", (0, 255), (0, 0)),
        half_dark("RGB", (0, 0, 0), (255, 255, 255)).quantize(4),
        half_dark("I;16", 0, 65_535),
    ],
    ids=["two colours", "transparent", "transparent grey", "palette", "16 bits"],
)
def test_a_png_of_any_mode_is_black_on_white(picture):
    assert is_half_dark(only(saved(picture, "PNG")))


@pytest.mark.parametrize(("mode", "bright"), [("I", 70_000), ("F", 1000.0), ("I;16", 4095)])
def test_greys_deeper_than_256_are_kept(mode, bright):
    made = half_dark(mode, 0, bright)
    assert is_half_dark(only(saved(made, "TIFF")))


def test_a_picture_of_printing_inks_is_black_on_white():
    made = half_dark("CMYK", (0, 0, 0, 255), (0, 0, 0, 0))
    assert is_half_dark(only(saved(made, "JPEG", quality=95)))


def test_a_fax_is_black_on_white():
    assert is_half_dark(only(saved(half_dark("1", 0, 1), "TIFF", compression="group4")))


def test_a_picture_lies_as_its_camera_held_it():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side: turn to the right to see it upright
    page = only(saved(half_dark(), "JPEG", exif=exif))
    assert page.shape == (400, 500)
    assert page[:180].max() < 20
    assert page[220:].min() > 235


def test_pages_of_one_file_come_in_order():
    first, *others = [Image.new("L", (400, 400), grey) for grey in (10, 90, 200)]
    data = saved(first, "TIFF", save_all=True, append_images=others)
    assert [(int(page[0, 0]), count) for page, count in pictures(data)] == [
        (10, 3),
        (90, 3),
        (200, 3),
    ]


def png(wide, high, pixels=b""):
    """A PNG of two colours that says it is so large."""
    made = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    for name, data in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")):
        check = zlib.crc32(name + data)
        made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
    return made


def frames(count):
    first, *others = [Image.new("1", (300, 300), 1)] * count
    return saved(first, "TIFF", save_all=True, append_images=others)


def nameless(data):
    """A TIFF in whose last directory the entry for the width is another's."""
    at = max(data.rfind(struct.pack("<HH", 256, kind)) for kind in (3, 4))
    assert at > 0
    return data[:at] + struct.pack("<H", 255) + data[at + 2 :]


GOOD = half_dark("RGB", (1, 2, 3), (250, 251, 252))
REFUSED = {
    "400 million dots": (
        png(20_000, 20_000, zlib.compress(b"\xff" * 2501 * 20_000)),
        "像素的上限",
    ),
    "a header of a billion dots": (png(30_000, 40_000), "像素的上限"),
    "a header of 61 million dots": (png(7_900, 7_800), "像素的上限"),
    "a size past all bounds": (png(2**31 - 1, 2**31 - 1), "像素的上限"),
    "no dots": (png(0, 400), "损坏"),
    "nothing unpacked": (png(500, 500), "损坏"),
    "a cut PNG": (saved(GOOD, "PNG")[:-200], "损坏"),
    "a cut JPEG": (saved(GOOD, "JPEG")[:1500], "损坏"),
    "a cut TIFF": (saved(GOOD, "TIFF")[:9000], "损坏"),
    "a second page without a width": (nameless(frames(2)), "损坏"),
    "a head and no more": (b"\x89PNG\r\n\x1a\n", "损坏"),
    "too small": (saved(half_dark(wide=299), "PNG"), "299×500 像素，看不清字"),
    "a ribbon": (saved(half_dark(high=4000), "PNG"), "太窄，不是一页"),
    "61 pages": (frames(61), "有 61 页，超过 60 页"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_damaged_or_past_the_limits_is_refused_in_one_line(name):
    data, words = REFUSED[name]
    with pytest.raises(PictureError) as refusal:
        list(pictures(data))
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_sixty_pages_are_not_too_many():
    assert sum(1 for _ in pictures(frames(60))) == 60


@pytest.mark.parametrize("shape", [(842, 595), (3508, 2480), (1170, 827)])
def test_a_page_is_as_wide_as_a_sheet_however_many_dots_it_has(shape):
    high, wide = scaled(np.full(shape, 255, np.uint8)).shape
    assert wide == 1654
    assert high == pytest.approx(2339, abs=3)


def test_a_page_wider_than_high_is_a_sheet_on_its_side():
    assert scaled(np.full((595, 842), 255, np.uint8)).shape == pytest.approx(
        (1654, 2339), abs=3
    )


def test_the_width_of_a_sheet_is_believed_where_paper_may_have_it():
    dots = np.full((842, 595), 255, np.uint8)
    assert scaled(dots, 841.9).shape[1] == 2339
    assert scaled(dots, 2000.0).shape[1] == scaled(dots, 20.0).shape[1] == 1654


def test_the_width_of_a_ribbon_is_not_believed():
    assert scaled(np.full((2340, 300), 255, np.uint8), 1240.0).shape[1] == 1654
