"""Events as plain values and back, for whoever keeps a ledger of them.

The kind of an event is its class in words (``fee_notified``), a day is written
as 2026-03-02. What is read back is held to the same shape: a field too many, a
field too few or a value of another kind is refused, never put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from mingtang.case.events import EVENTS, Event

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Recorded = TypeVar("Recorded")
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


class InvalidEventError(ValueError):
    """A recorded event does not have the shape of its kind.

    ``faults`` says what is wrong by field: ``missing``, ``extra``, or the form that its
    value does not have: ``day``, ``text``, ``list``, ``whole``, ``flag``.
    """

    def __init__(self, message: str, faults: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.faults = dict(faults or {})


def kind_of(event: object) -> str:
    """Return the kind of an event in words.

    >>> from mingtang.case.events import FeeNotified
    >>> kind_of(FeeNotified)
    'fee_notified'
    """
    cls = event if isinstance(event, type) else type(event)
    return _HUMP.sub("_", cls.__name__).lower()


KINDS: Mapping[str, type[Event]] = {kind_of(cls): cls for cls in EVENTS}
"""Each kind of event by its name."""


def plain(event: DataclassInstance) -> dict[str, object]:
    """Return an event as strings, whole numbers, truths and lists, with its kind.

    >>> from mingtang.case.events import Confirmed
    >>> plain(Confirmed(on=date(2026, 3, 2)))
    {'kind': 'confirmed', 'on': '2026-03-02'}
    """
    return {"kind": kind_of(event)} | {
        name: _plain(value) for name, value in asdict(event).items()
    }


def parse(record: Mapping[str, object]) -> Event:
    """Return the event that `plain` wrote.

    Raises `InvalidEventError` for an unknown kind or any field that does not fit.

    >>> parse({"kind": "confirmed", "on": "2026-03-02"})
    Confirmed(on=datetime.date(2026, 3, 2))
    """
    return shaped(record, KINDS)


def shaped(record: Mapping[str, object], kinds: Mapping[str, type[Recorded]]) -> Recorded:
    """Return what `plain` wrote, as one of `kinds`; raises `InvalidEventError`."""
    cls = kinds.get(str(record.get("kind")))
    if cls is None:
        message = f"没有“{record.get('kind')}”这种办理记录"
        raise InvalidEventError(message, {"kind": "unknown"})
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    strange = [name for name in record if name not in {"kind", *known}]
    lacking = [
        name
        for name, field in known.items()
        if field.default is MISSING and name not in record
    ]
    if strange or lacking:
        message = f"“{record['kind']}”的记录缺少 {lacking}，多出 {strange}"
        faults = dict.fromkeys(lacking, "missing") | dict.fromkeys(strange, "extra")
        raise InvalidEventError(message, faults)
    values = {
        name: _READERS[str(field.type)](record[name], f"{record['kind']}.{name}")
        for name, field in known.items()
        if name in record
    }
    return cls(**values)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as fault:
        message = f"{where} 应为形如 2026-03-02 的日期，却是 {value!r}"
        raise InvalidEventError(message, _at(where, "day")) from fault


def _at(where: str, form: str) -> dict[str, str]:
    return {where.partition(".")[2]: form}


def _optional_day(value: object, where: str) -> date | None:
    return None if value is None else _day(value, where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        message = f"{where} 应为一段文字，却是 {value!r}"
        raise InvalidEventError(message, _at(where, "text"))
    return value


def _optional_text(value: object, where: str) -> str | None:
    return None if value is None else _text(value, where)


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        message = f"{where} 应为列表，却是 {value!r}"
        raise InvalidEventError(message, _at(where, "list"))
    return tuple(_text(each, where) for each in value)


def _whole(value: object, where: str) -> int:
    if type(value) is not int:
        message = f"{where} 应为整数，却是 {value!r}"
        raise InvalidEventError(message, _at(where, "whole"))
    return value


def _flag(value: object, where: str) -> bool:
    if type(value) is not bool:
        message = f"{where} 应为是或否，却是 {value!r}"
        raise InvalidEventError(message, _at(where, "flag"))
    return value


_READERS: Mapping[str, Callable[[object, str], object]] = {
    "date": _day,
    "date | None": _optional_day,
    "str": _text,
    "str | None": _optional_text,
    "tuple[str, ...]": _texts,
    "int": _whole,
    "bool": _flag,
}
