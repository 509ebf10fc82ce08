"""A form out of a letter's particulars: each with its label, its help, its field.

What follows from the case is no field. ``ParticularsForm(kind, fixed)`` serves
any page on which a letter is ordered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from mingtang.case.choosing import WITHHELD
from mingtang.drafting import template
from mingtang.law.parts import part_title
from mingtang_web import typed
from mingtang_web.days import DayField
from mingtang_web.letters.orders import ADDRESSED
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.http import QueryDict

    from mingtang.drafting.particulars import Particular
    from mingtang_web.letters.composing import Problem

ADD = "add"
"""The button that asks for another row of a list."""
ROWS = 3
"""So many empty rows are offered for a list of records that is new."""
MOST_ROWS = 10
"""So many may be asked for, one after the other."""
_LONGEST = 20_000
_NUMBERS = frozenset(map(str, range(50)))
_SHORT_WORDS = ("号", "方式", "人", "时间", "限", "数", "地点", "种类", "机构")


class ParticularsForm(forms.Form):
    """The particulars of one kind of letter that a person fills in.

    ``fixed`` are those that nobody types, ``start`` what stands there already.
    """

    def __init__(
        self,
        kind: str,
        fixed: Collection[str],
        data: QueryDict | None = None,
        start: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data)
        made = template(kind)
        self.needed = {known.id for known in made.needs}
        self.asked = [
            known
            for known in (*made.needs, *made.may)
            if known.id not in {*ADDRESSED, *fixed} and known.type != "fee"
        ]
        self.rows: dict[str, int] = {}
        for known in self.asked:
            self._add(known, (start or {}).get(known.id))

    @property
    def wants_more(self) -> bool:
        """Whether another row was asked for, by the button below the form."""
        return ADD in self.data

    @property
    def may_grow(self) -> bool:
        """Whether a list has room for another row."""
        return any(rows < MOST_ROWS for rows in self.rows.values())

    def particulars(self) -> dict[str, object]:
        """Return what was typed, by the particulars' ids; blank ones are left out."""
        told: dict[str, object] = {}
        for known in self.asked:
            value = self._typed(known)
            if value not in (None, "", []):
                told[known.id] = value
        return told

    def tell(self, problems: Sequence[Problem]) -> None:
        """Put what a letter lacks at the fields that say it, the rest above all."""
        for problem in problems:
            name = f"{problem.id}-0" if problem.id in self.rows else problem.id
            own = next((field for field in self.fields if field.startswith(name)), None)
            where = own if problem.id and own else None
            self.add_error(where, spoken(problem.what) if where else str(problem))

    def _add(self, known: Particular, value: object) -> None:
        if known.type != "records":
            self.fields[known.id] = _field(known, value, needed=known.id in self.needed)
            return
        held = list(value) if isinstance(value, list | tuple) else []
        sent = self._sent(known) or len(held) or ROWS
        more = self.wants_more and sent < MOST_ROWS
        self.rows[known.id] = max(len(held), sent) + more
        for row in range(self.rows[known.id]):
            start = held[row] if row < len(held) else {}
            for part in known.parts:
                name = f"{known.id}-{row}-{part.id}"
                field = _field(part, start.get(part.id), needed=row == 0)
                field.label = _("%(what)s %(n)s：%(part)s") % {
                    "what": spoken(known.label), "n": row + 1, "part": spoken(part.label),
                }  # fmt: skip
                self.fields[name] = field

    def _sent(self, known: Particular) -> int:
        """Return how many rows of a list were sent: none of them is to be lost."""
        sent = f"{self.add_prefix(known.id)}-"
        rows = (name.removeprefix(sent).split("-")[0] for name in self.data)
        return len({row for row in rows if row.isdecimal()} & _NUMBERS)

    def _typed(self, known: Particular) -> object:
        if known.type == "records":
            rows = (
                {part.id: self._row(known, row, part) for part in known.parts}
                for row in range(self.rows[known.id])
            )
            return [row for row in rows if any(row.values())]
        value = self.cleaned_data.get(known.id)
        if known.type == "list" and isinstance(value, str):
            return [line.strip() for line in value.splitlines() if line.strip()]
        return value

    def _row(self, known: Particular, row: int, part: Particular) -> object:
        return self.cleaned_data.get(f"{known.id}-{row}-{part.id}") or ""


def _field(known: Particular, value: object, *, needed: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": spoken(known.label), "help_text": spoken(known.what),
        "required": needed, "initial": value,
    }  # fmt: skip
    if known.type == "day":
        return DayField(**common)
    if known.type in {"whole", "working_days", "yuan"}:
        return typed.Whole(min_value=1, **common)
    if known.type in {"choice", "ground"}:
        listed = known.choices if known.type == "choice" else _grounds()
        offered = [(value, spoken(label)) for value, label in listed]
        return forms.ChoiceField(choices=[("", _("请选择")), *offered], **common)
    if known.type == "list":
        if isinstance(value, list | tuple):
            common["initial"] = "\n".join(map(str, value))
        common["help_text"] += _("；一行一项")
        return typed.Text(max_length=_LONGEST, widget=_area(4), **common)
    if known.type == "cite" or known.label.endswith(_SHORT_WORDS):
        return typed.Text(max_length=_LONGEST, **common)
    return typed.Text(max_length=_LONGEST, widget=_area(3), **common)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _grounds() -> list[tuple[str, str]]:
    return [(code, spoken(part_title(code))) for code in WITHHELD]
