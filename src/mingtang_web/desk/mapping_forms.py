"""The form of a mapping: for each field its column, for each unknown word its meaning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from mingtang.case.counting import CARRIED_IN, CARRIED_OUT, NEW
from mingtang.form.loading import edition_for
from mingtang_web.importing import mapping, values
from mingtang_web.importing.fields import BY_ID, FIELDS, REQUEST, Form, Key, key_of
from mingtang_web.importing.mapping import Undispatched
from mingtang_web.importing.opening import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField

    from mingtang_web.importing.models import Source

GROUPS = {
    REQUEST: "申请",
    "correction": "补正",
    "reason": "说明理由",
    "consultation": "征求意见",
    "extension": "延期",
    "fee": "收费",
    "refund": "退付",
    "decision": "决定和送达",
    "reopening": "重新处理",
    "closing": "终结",
    "archiving": "归档",
}
NEEDED = frozenset({"received", "channel", "kind", "subject"})
"""The fields without which no row, or hardly any, can be taken over."""
ANSWER = frozenset({"ground", "dispatched", "mode"})
"""What is wanted beside the day of a decision."""
_WORD = "word-"
_UNDISPATCHED = "undispatched"


class MappingForm(forms.Form):
    """Where each field stands, and what the words that are not known mean."""

    def __init__(self, source: Source, data: Any = None) -> None:  # noqa: ANN401
        """Offer the file's headers for every field, and meanings for every open word."""
        super().__init__(data)
        self.table = table_of(source)
        self.reading = mapping.load(source.mapping, self.table.headers)
        headers = [(header, header) for header in self.table.headers if header]
        keys = dict.fromkeys([Key(field.id) for field in FIELDS] + [*self.reading.columns])
        for key in keys:
            at = self.reading.columns.get(key, "")
            fixed = at if at.startswith(mapping.FIXED) else ""
            self.fields[str(key)] = forms.ChoiceField(
                label=key.label,
                required=False,
                choices=[("", "—"), *headers, *_offered(key, fixed)],
                initial=at,
            )
        self.fields[_UNDISPATCHED] = forms.ChoiceField(
            label=_("有决定日期、没有发出日期的"),
            required=False,
            choices=[
                (Undispatched.REFUSED, _("不导入，写明原因")),
                (Undispatched.SAME_DAY, _("视同决定当日发出（推定，记入案件来源和台账）")),
                (Undispatched.WAITING, _("按未发出导入：期限已过的会列为逾期")),
            ],
            initial=self.reading.undispatched,
        )
        self._add_words()

    def _add_words(self) -> None:
        self.words: dict[str, tuple[str, str]] = {}
        opened = mapping.open_values(self.table, self.reading)
        known = self.reading.values
        for name in dict.fromkeys([*opened, *known]):
            choices = [("", "—"), *values.choices(name).items()]
            meant = known.get(name, {})
            for word in dict.fromkeys([*meant, *opened.get(name, ())]):
                field = f"{_WORD}{len(self.words)}"
                self.words[field] = (name, word)
                self.fields[field] = forms.ChoiceField(
                    label=f"{BY_ID[name].label}“{word}”",
                    required=False,
                    choices=choices,
                    initial=meant.get(word, ""),
                )

    def mapped(self) -> list[BoundField]:
        """Return the fields that a column stands for, and those no row goes without."""
        return [self[str(key)] for key in self._keys() if self._comes_first(key)]

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Return the other fields, by the names of their groups."""
        found: dict[str, list[BoundField]] = {}
        for key in self._keys():
            if not self._comes_first(key):
                named = GROUPS[BY_ID[key.field].group]
                found.setdefault(named, []).append(self[str(key)])
        return list(found.items())

    def unmapped(self) -> int:
        """Return how many fields no column stands for."""
        return sum(len(fields) for _, fields in self.groups())

    def _keys(self) -> list[Key]:
        """Return the keys in the order of the groups."""
        found = [key for field in self.fields if (key := key_of(field))]
        order = list(GROUPS)
        return sorted(found, key=lambda key: order.index(BY_ID[key.field].group))

    def _comes_first(self, key: Key) -> bool:
        if key in self.reading.columns:
            return True
        decided = Key("decided") in self.reading.columns
        wanted = NEEDED | ANSWER if decided else NEEDED
        return key.turn == 1 and key.field in wanted

    def undispatched(self) -> BoundField:
        """Return the choice for rows that do not say when a decision was sent."""
        return self[_UNDISPATCHED]

    def asked_words(self) -> list[BoundField]:
        """Return the fields that ask for the meaning of a word."""
        return [self[field] for field in self.words]

    def said(self) -> dict[str, object]:
        """Return the mapping as a file would say it."""
        columns = {
            field: self.cleaned_data[field]
            for field in self.fields
            if key_of(field) and self.cleaned_data[field]
        }
        meanings: dict[str, dict[str, str]] = {}
        for field, (name, word) in self.words.items():
            if self.cleaned_data[field]:
                meanings.setdefault(name, {})[word] = self.cleaned_data[field]
        chosen = self.cleaned_data[_UNDISPATCHED]
        return {"columns": columns, "values": meanings, _UNDISPATCHED: chosen}


def _offered(key: Key, fixed: str) -> list[tuple[str, str]]:
    """Return the fixed values that can be chosen for a field."""
    found: dict[str, str] = {}
    form = BY_ID[key.field].form
    if form is Form.CHOICE and key.field != "ground":
        found = {f"={id_}": name for id_, name in values.choices(key.field).items()}
    elif key.field in {"correction_until", "reason_until"}:
        found = {f"=+{days}": _("告知后%(n)s日") % {"n": days} for days in (7, 15, 30)}
    elif key.field == "extension_days":
        found = {"=20": _("20个工作日")}
    if fixed:
        found.setdefault(fixed, fixed.removeprefix(mapping.FIXED))
    said = _("全部固定为：")
    return [(value, f"{said}{name}") for value, name in found.items()]


def line_name(line: str) -> str:
    """Return what a line of table three is called."""
    ours = {NEW: _("本年新收"), CARRIED_IN: _("上年结转"), CARRIED_OUT: _("结转下年度")}
    return ours.get(line) or _lines().get(line, line)


def in_order(lines: Iterable[str]) -> list[str]:
    """Return lines of table three in the form's order."""
    order = {name: place for place, name in enumerate((NEW, CARRIED_IN, *_lines()))}
    return sorted(lines, key=lambda line: order.get(line, len(order)))


@cache
def _lines() -> dict[str, str]:
    found: dict[str, str] = {}
    for year in (2020, 2021):
        for table in edition_for(year).tables:
            found |= {line.id: line.label for block in table.blocks for line in block.lines}
    return found
