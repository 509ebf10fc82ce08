"""The data files of the law, read strictly and asked by key.

A typing slip in a legal value must stop the program, not change a deadline.
So a file with an unknown key, a key given twice, a missing citation or a
floating number is refused, with a message that says where and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from mingtang.law.citation import CitationError, parse_citations
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent

_Kind = TypeVar("_Kind")
_Row = TypeVar("_Row", bound=tuple[Any, ...])


class InvalidDataError(ValueError):
    """A data file of the law does not say what such a file must say."""


@cache
def _index(listed: Callable[[], tuple[_Row, ...]]) -> dict[str, _Row]:
    return {row[0]: row for row in listed()}


def by_id(
    listed: Callable[[], tuple[_Row, ...]],
    name: str,
    what: str,
    error: type[Exception] = KeyError,
) -> _Row:
    """Return the row of that id, which is its first field.

    ``what`` is what the rows are called. Raises ``error``, which says what there is.
    """
    rows: dict[str, _Row] = _index(listed)
    if name not in rows:
        message = f"没有“{name}”这种{what}，现有：{'、'.join(rows)}"
        raise error(message)
    return rows[name]


class Sheet:
    """One mapping of a data file, with its address for messages.

    Every question raises `InvalidDataError` when the answer is missing or of
    another kind.
    """

    def __init__(self, value: object, where: str) -> None:
        self.where = where
        self._value = value

    def __contains__(self, key: str) -> bool:
        return key in self._mapping

    def __iter__(self) -> Iterator[str]:
        return map(str, self._mapping)

    @cached_property
    def _mapping(self) -> Mapping[str, object]:
        if not isinstance(self._value, Mapping):
            self.refuse("此处应为“键: 值”的对照表")
        return self._value

    def refuse(self, problem: str) -> NoReturn:
        """Raise the error that says what is wrong at this address."""
        message = f"{self.where}：{problem}。请改正该数据文件后重试"
        raise InvalidDataError(message)

    def allow(self, *required: str, optional: tuple[str, ...] = ()) -> None:
        """Check that the keys are the required ones and at most the optional ones."""
        for key in required:
            if key not in self:
                self.refuse(f"缺少“{key}”")
        unknown = [str(k) for k in self._mapping if k not in (*required, *optional)]
        if unknown:
            self.refuse(f"不认识的键“{'”“'.join(unknown)}”")

    def text(self, key: str) -> str:
        """Return the non-empty text under a key."""
        line = self._get(key, str, "一段文字")
        if not line.strip():
            self.refuse(f"“{key}”不得为空")
        return line

    def optional_text(self, key: str) -> str | None:
        """Return the text under a key, or None where the key is not given."""
        return self.text(key) if key in self else None

    def day(self, key: str) -> date:
        """Return the date under a key."""
        return self._get(key, date, "形如 2019-05-15 的日期")

    def optional_day(self, key: str) -> date | None:
        """Return the date under a key, or None where the key is not given."""
        return self.day(key) if key in self else None

    def days(self, key: str) -> tuple[date, ...]:
        """Return the dates listed under a key, none where the key is not given."""
        listed = self._list(key) if key in self else []
        days = tuple(day for day in listed if type(day) is date)
        if len(days) < len(listed):
            self.refuse(f"“{key}”应为日期的列表，形如 [2024-09-29]")
        return days

    def whole(self, key: str) -> int:
        """Return the whole number under a key."""
        return self._get(key, int, "整数")

    def flag(self, key: str) -> bool:
        """Return the true or false under a key."""
        return self._get(key, bool, "true 或 false")

    def raw(self, key: str) -> object:
        """Return whatever stands under a key, which must be there."""
        if key not in self:
            self.refuse(f"缺少“{key}”")
        return self._mapping[key]

    def sheet(self, key: str) -> Sheet:
        """Return the mapping under a key."""
        return Sheet(self.raw(key), f"{self.where} > {key}")

    def sheets(self, key: str) -> tuple[Sheet, ...]:
        """Return the mappings listed under a key, at least one."""
        rows = tuple(
            Sheet(row, f"{self.where} > {key}[{place}]")
            for place, row in enumerate(self._list(key), start=1)
        )
        if not rows:
            self.refuse(f"“{key}”不得为空")
        return rows

    def entries(self) -> Iterator[tuple[str, Sheet]]:
        """Yield each key with the mapping under it."""
        for key in self:
            yield key, self.sheet(key)

    def cite(self, key: str = "cite") -> str:
        """Return the sources under a key, checked to be ones that can be looked up."""
        line = self.text(key)
        try:
            parse_citations(line)
        except CitationError as problem:
            self.refuse(str(problem))
        return line

    def _list(self, key: str) -> list[object]:
        return self._get(key, list, "列表")

    def _get(self, key: str, kind: type[_Kind], called: str) -> _Kind:
        """Return the value under a key; true is no number, a moment no date."""
        value = self.raw(key)
        if type(value) is not kind or not isinstance(value, kind):
            self.refuse(f"“{key}”应为{called}，却是 {value!r}")
        return value


def parse(text: str, where: str) -> Sheet:
    """Return the sheet written in a YAML text; `where` names it in messages.

    >>> parse("answer: 20.5", "期限")
    Traceback (most recent call last):
        ...
    mingtang.law.sheet.InvalidDataError: 期限：第1行的小数 20.5 须加引号写成文字，以免失真
    """
    try:
        return Sheet(load("law.notation").value(text), where)
    except InvalidDataError as fault:
        message = f"{where}：{fault}"
        raise InvalidDataError(message) from fault


def read(path: Path) -> Sheet:
    """Return the sheet of a data file, named in messages by its path in the engine.

    Raises `InvalidDataError` when it is not strict YAML, and `FileNotFoundError`.
    """
    inside = path.is_relative_to(FOLDER)
    where = f"law/{path.relative_to(FOLDER).as_posix()}" if inside else str(path)
    return parse(path.read_text(encoding="utf-8"), where)
