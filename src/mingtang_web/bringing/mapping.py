"""How a catalogue's columns and values are read as ours: guessed, edited, kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.bringing.fields import BY_ID, FIELDS, Form, choices, named, recognised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIXED = "="
"""What a column's place begins with where one value stands for all rows."""
LEFT_OUT = "-"
"""What a word of a cell is mapped to that is not brought in."""


class MappingError(ValueError):
    """A mapping that names what is not there; says what and what to do."""


@dataclass(frozen=True)
class Reading:
    """Which column each field is in, and which value each word of a field means.

    A column's place may be a fixed value instead: ``=proactive``. A word mapped to
    `LEFT_OUT` is brought in as nothing.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def dump(self) -> dict[str, object]:
        """Return the mapping as a file holds it."""
        words = {name: dict(known) for name, known in self.values.items() if known}
        return {"columns": dict(self.columns), "values": words}

    def cell(self, name: str, cells: Mapping[str, str]) -> str:
        """Return what a row says of a field; blank where it says nothing."""
        place = self.columns.get(name, "")
        if place.startswith(FIXED):
            return place.removeprefix(FIXED)
        return cells.get(place, "").strip()

    def shown(self, name: str) -> str:
        """Return the column of a field as a report names it."""
        place = self.columns.get(name, "")
        return place if place and not place.startswith(FIXED) else str(BY_ID[name].label)

    def meaning(self, name: str, text: str) -> str | None:
        """Return the value that a cell means, blank: left out, None: not known."""
        said = self.values.get(name, {}).get(text)
        if said is None:
            return named(name, text)
        return "" if said == LEFT_OUT else said


def guess(headers: Iterable[str], kept: Mapping[str, object] | None = None) -> Reading:
    """Return the mapping that the headers name; what was kept of the body goes before.

    A catalogue without a column of the way of disclosure (公开方式) was one of what is
    public: that is said as a fixed value, to be seen and changed.
    """
    known = list(dict.fromkeys(headers))
    found: dict[str, tuple[int, str]] = {}
    for header in known:
        meant = recognised(header)
        if meant and meant[1] < found.get(meant[0], (len(FIELDS), ""))[0]:
            found[meant[0]] = (meant[1], header)
    columns = {name: header for name, (_place, header) in found.items()}
    columns.setdefault("attribute", f"{FIXED}proactive")
    before = kept or {}
    for name, place in _part(before, "columns").items():
        if place in known or str(place).startswith(FIXED):
            columns[name] = str(place)
    values = _part(before, "values")
    return load({"columns": columns, "values": values}, known)


def load(said: object, headers: Iterable[str]) -> Reading:
    """Return the mapping that a file or a form says; raises `MappingError`."""
    known = set(headers)
    columns: dict[str, str] = {}
    for name, place in _part(said, "columns").items():
        if name not in BY_ID or not isinstance(place, str):
            names = "、".join(each.id for each in FIELDS)
            told = {"name": name, "names": names}
            raise MappingError(_("没有“%(name)s”这一项；可用：%(names)s") % told)
        _check(name, place, known)
        columns[name] = place
    words = {}
    for name, each in _part(said, "values").items():
        words[name] = _words(name, each)
    return Reading(columns, words)


def lacking(reading: Reading) -> list[str]:
    """Return the names of the fields that every row needs and no column gives."""
    return [
        str(each.label) for each in FIELDS if each.needed and each.id not in reading.columns
    ]


def _part(said: object, name: str) -> dict[str, object]:
    found = said.get(name, {}) if isinstance(said, dict) else None
    if not isinstance(found, dict):
        raise MappingError(_("对应关系应为 JSON 对象；“%(name)s”不是") % {"name": name})
    return found


def _check(name: str, place: str, headers: set[str]) -> None:
    label = str(BY_ID[name].label)
    if not place.startswith(FIXED):
        if place not in headers:
            told = {"place": place, "label": label}
            raise MappingError(
                _("目录里没有“%(place)s”这一列（对应“%(label)s”）；请改正或者删去") % told
            )
        return
    said = place.removeprefix(FIXED)
    choice = BY_ID[name].form is Form.CHOICE
    if BY_ID[name].form is Form.DAY or not said or (choice and said not in choices(name)):
        told = {"said": said, "label": label}
        raise MappingError(_("“%(label)s”不能固定为“%(said)s”") % told)


def _words(name: str, said: object) -> dict[str, str]:
    if not choices(name) or not isinstance(said, dict):
        raise MappingError(_("“%(name)s”没有可以对应的值") % {"name": name})
    for word, meant in said.items():
        if not isinstance(meant, str) or meant not in {*choices(name), LEFT_OUT}:
            told = {"label": str(BY_ID[name].label), "word": word, "meant": meant}
            raise MappingError(
                _("“%(label)s”的“%(word)s”对应到“%(meant)s”，没有这个值") % told
            )
    return dict(said)
