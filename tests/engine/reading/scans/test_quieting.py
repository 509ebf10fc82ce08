"""A damaged TIFF is one error of ours, and no line of libtiff's beside it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from mingtang.reading.scans.pictures import PictureError, pictures
from mingtang.reading.scans.quieting import quiet

NOISE = np.random.default_rng(7).integers(0, 255, (400, 400)).astype(np.uint8)


@pytest.fixture(scope="module")
def damaged():
    held = io.BytesIO()
    Image.fromarray(NOISE).save(held, "TIFF", compression="tiff_adobe_deflate")
    data = bytearray(held.getvalue())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    return bytes(data)


def decode(data):
    with pytest.raises(OSError, match="decoder"):
        Image.open(io.BytesIO(data)).load()


def test_a_damaged_tiff_is_refused_without_a_word_of_the_library(damaged, capfd):
    with pytest.raises(PictureError, match="已损坏"):
        list(pictures(damaged))
    assert capfd.readouterr().err == ""


def test_afterwards_the_library_speaks_as_before(damaged, capfd):
    decode(damaged)
    before = capfd.readouterr().err
    with quiet():
        decode(damaged)
    assert capfd.readouterr().err == ""
    decode(damaged)
    assert capfd.readouterr().err == before != ""
