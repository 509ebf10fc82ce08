"""The one place that loads a room by its name, when it is first needed.

Format readers, writers and commands differ in what they cost to import (an
HTML parser, a terminal renderer). They are found here by name instead of
being imported by everything above them; no other module imports late.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def load(name: str) -> ModuleType:
    """Return the engine module called ``name`` (``reading.formats.html``).

    Raises `ModuleNotFoundError` when the engine has no such module.

    >>> load("place").__name__
    'mingtang.place'
    """
    return import_module(f"mingtang.{name}")
