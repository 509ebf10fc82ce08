"""The library that decodes TIFF, kept from writing to standard error by itself."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PIL import _imaging

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTERS = ("TIFFSetErrorHandler", "TIFFSetWarningHandler")
"""What sets who is told of faults in libtiff, and returns who was before."""


@contextmanager
def quiet() -> Iterator[None]:
    """Let libtiff tell nobody of faults for a while; Pillow raises them all the same.

    Where Pillow is built without a libtiff to be found nothing is changed.
    """
    before = [(setter, setter(None)) for setter in _setters()]
    try:
        yield
    finally:
        for setter, handler in before:
            setter(handler)


def _setters() -> Iterator[Any]:
    library = ctypes.CDLL(_imaging.__file__)
    for name in _SETTERS:
        setter = getattr(library, name, None)
        if setter is not None:
            setter.argtypes, setter.restype = [ctypes.c_void_p], ctypes.c_void_p
            yield setter
