"""The data files of this room, read as strictly as those of the law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.law import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.law.sheet import Sheet

FOLDER = Path(__file__).parent


def read(name: str) -> Sheet:
    """Return the data file of that name in this room; raises `InvalidDataError`."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return sheet.parse(text, f"drafting/{name}")


def letters() -> Iterator[tuple[str, Sheet]]:
    """Yield the id of each kind of letter with its data file."""
    for path in sorted((FOLDER / "letters").glob("*.yaml")):
        yield path.stem, read(f"letters/{path.name}")


def words(row: Sheet, key: str) -> tuple[str, ...]:
    """Return the texts listed under a key, none where the key is not given.

    Raises `InvalidDataError` where something else is listed.
    """
    listed = row.raw(key) if key in row else []
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        row.refuse(f"“{key}”应为文字的列表")
    return tuple(listed)


def grid(row: Sheet, key: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of texts under a key; raises `InvalidDataError`."""
    listed = row.raw(key)
    if not isinstance(listed, list) or not all(isinstance(line, list) for line in listed):
        row.refuse(f"“{key}”应为行的列表，每行是文字的列表")
    return tuple(tuple(map(str, line)) for line in listed)


def prose(row: Sheet, key: str = "text") -> str:
    """Return a text that the file breaks into lines as the one line it is."""
    return "".join(line.strip() for line in row.text(key).splitlines())
