"""One way to write a value down as JSON, so that equal values have equal hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"
DEEPEST = 12


class NotPlainError(ValueError):
    """A value that has no one way to be written down (a fraction, a date, a deep nest)."""


def canonical(value: Plain) -> str:
    """Return ``value`` as JSON: keys sorted, no spaces, characters as they are.

    Days and amounts are written as text by whoever holds them; floats would
    print differently somewhere one day.
    Raises `NotPlainError` for anything else than null, truth, whole numbers,
    text, lists and mappings of these.

    >>> canonical({"b": [1, None], "a": "县"})
    '{"a":"县","b":[1,null]}'
    """
    _inspect(value, 0)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _inspect(value: object, depth: int) -> None:
    if depth > DEEPEST:
        message = f"nested deeper than {DEEPEST} levels"
        raise NotPlainError(message)
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                message = f"a key that is no text: {key!r}"
                raise NotPlainError(message)
            _inspect_text(key)
            _inspect(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _inspect(item, depth + 1)
    else:
        _inspect_atom(value)


def _inspect_atom(value: object) -> None:
    if isinstance(value, str):
        _inspect_text(value)
    elif value is not None and not isinstance(value, bool | int):
        message = f"{type(value).__name__} has no one way to be written down: {value!r}"
        raise NotPlainError(message)


def _inspect_text(text: str) -> None:
    """Refuse what PostgreSQL cannot keep: the null character and halves of pairs."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        message = f"a character that no database keeps: {text!r}"
        raise NotPlainError(message)
