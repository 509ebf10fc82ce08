"""How an old ledger's columns and values are read as ours: guessed, shown, edited, kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mingtang_web.importing import values
from mingtang_web.importing.fields import BY_ID, FIELDS, Form, Key, key_of, recognised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang_web.importing.tables import Table

FIXED = "="
"""What a column's place begins with where one value stands for all rows."""
_RELATIVE = re.compile(r"\+\d{1,3}")


class Undispatched(StrEnum):
    """How a row is read that says when a decision was made and not when it was sent.

    Refused until somebody chose: read as not sent, a case that was answered long ago
    would stand overdue.
    """

    REFUSED = ""
    SAME_DAY = "same_day"
    WAITING = "waiting"


class MappingError(ValueError):
    """A mapping that names what is not there; says what and what to do, in Chinese."""


@dataclass(frozen=True)
class Reading:
    """Which column each field is in, and which value each word of a field means.

    A column's place may be a fixed value instead: ``=in_person``, or for a day
    ``=+30``, so many days after the day of its group.
    """

    columns: Mapping[Key, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    undispatched: Undispatched = Undispatched.REFUSED

    def dump(self) -> dict[str, object]:
        """Return the mapping as a file holds it."""
        columns: dict[str, object] = {
            str(key): place for key, place in self.columns.items()
        }
        said: dict[str, object] = {
            "columns": columns,
            "values": {name: dict(known) for name, known in self.values.items()},
        }
        chosen = {"undispatched": self.undispatched.value} if self.undispatched else {}
        return said | chosen

    def meaning(self, name: str, text: str) -> str | None:
        """Return the value of a field that a cell means, None where none for certain."""
        return self.values.get(name, {}).get(text) or values.named(name, text)


def guess(table: Table) -> Reading:
    """Return the mapping that the headers name; what they do not name stays open."""
    found: dict[Key, str] = {}
    for header in table.headers:
        key = recognised(header)
        if key and key not in found:
            found[key] = header
    return Reading(found)


def load(said: object, headers: Iterable[str]) -> Reading:
    """Return the mapping that a file or a form says; raises `MappingError`."""
    columns, meanings = _part(said, "columns"), _part(said, "values")
    known = set(headers)
    found: dict[Key, str] = {}
    for name, place in columns.items():
        key = key_of(name)
        if key is None or not isinstance(place, str):
            message = f"没有“{name}”这一项；可用：{'、'.join(f.id for f in FIELDS)}"
            raise MappingError(message)
        _check_place(key, place, known)
        found[key] = place
    known_words = {name: _meanings(name, each) for name, each in meanings.items()}
    return Reading(found, known_words, _undispatched(said))


def open_values(table: Table, made: Reading) -> dict[str, list[str]]:
    """Return the words of each field with values that mean nothing yet, each once.

    At most fifty a field: who has more has chosen the wrong column.
    """
    found: dict[str, list[str]] = {}
    for key, place in made.columns.items():
        if BY_ID[key.field].form is not Form.CHOICE or place.startswith(FIXED):
            continue
        column = table.headers.index(place)
        words = dict.fromkeys(row.cells[column] for row in table.rows)
        unknown = [word for word in words if word and not made.meaning(key.field, word)]
        if unknown:
            listed = found.setdefault(key.field, [])
            listed += [word for word in unknown if word not in listed]
    return {name: words[:50] for name, words in found.items()}


def _part(said: object, name: str) -> dict[str, object]:
    found = said.get(name, {}) if isinstance(said, dict) else None
    if not isinstance(found, dict):
        message = f"对应关系应为 JSON 对象，含“columns”和“values”；“{name}”不是"
        raise MappingError(message)
    return found


def _undispatched(said: object) -> Undispatched:
    chosen = said.get("undispatched", "") if isinstance(said, dict) else ""
    try:
        return Undispatched(chosen)
    except ValueError as problem:
        message = (
            f"“undispatched”没有“{chosen}”这一种；可用：same_day（视同决定当日发出）、"
            "waiting（按未发出导入），不写的，没有发出日期的行不导入"
        )
        raise MappingError(message) from problem


def _meanings(name: str, said: object) -> dict[str, str]:
    known = BY_ID.get(name)
    if known is None or known.form is not Form.CHOICE or not isinstance(said, dict):
        message = f"“{name}”没有可以对应的值"
        raise MappingError(message)
    offered = values.choices(name)
    for word, meant in said.items():
        if meant not in offered:
            message = (
                f"“{known.label}”的“{word}”对应到“{meant}”，可用：{'、'.join(offered)}"
            )
            raise MappingError(message)
    return dict(said)


def _check_place(key: Key, place: str, headers: set[str]) -> None:
    if place.startswith(FIXED):
        _check_fixed(key, place)
        return
    if place not in headers:
        message = f"台账里没有“{place}”这一列（对应“{key.label}”）；请改正或者删去"
        raise MappingError(message)
    meant = recognised(place)
    if meant and BY_ID[meant.field].personal and not BY_ID[key.field].personal:
        message = f"“{place}”一列是个人信息，不能对应到会公开显示的“{key.label}”"
        raise MappingError(message)


def _check_fixed(key: Key, place: str) -> None:
    """Refuse a fixed value that the field cannot hold."""
    said, form = place.removeprefix(FIXED), BY_ID[key.field].form
    fits = {
        Form.TEXT: bool(said),
        Form.DAY: bool(_RELATIVE.fullmatch(said)),
        Form.NUMBER: values.number(said) is not None,
        Form.CHOICE: form is Form.CHOICE and values.named(key.field, said) is not None,
    }
    if not fits[form]:
        message = f"“{key.label}”不能固定为“{said}”；日期只能写成 +天数"
        raise MappingError(message)
