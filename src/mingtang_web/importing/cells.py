"""One row of an old ledger as it is mapped: values asked for, and what was wrong noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.importing import values
from mingtang_web.importing.fields import BY_ID, Key
from mingtang_web.importing.mapping import FIXED
from mingtang_web.masking import masked
from mingtang_web.typed import bare, unseen

if TYPE_CHECKING:
    from mingtang_web.importing.mapping import Reading
    from mingtang_web.importing.tables import Row, Table

_QUOTED = 20


class Refused(NamedTuple):
    """Why a row is not taken over: the column, the reason, what to do; no personal data."""

    column: str
    reason: str
    advice: str


class RefusedError(Exception):
    """A row that is not taken over, with everything that stands against it."""

    def __init__(self, *refused: Refused) -> None:
        super().__init__("；".join(f"{each.column}：{each.reason}" for each in refused))
        self.refused = refused


class Cells:
    """The values of one row, by field; whatever cannot be read gathers in `refused`.

    `unsent` gathers the days of sending that the row does not say of its decisions.
    """

    def __init__(self, table: Table, reading: Reading, row: Row) -> None:
        """Look up each field's cell once."""
        at = {header: place for place, header in enumerate(table.headers)}
        self._columns = reading.columns
        self._reading = reading
        self._cells = {
            key: bare(row.cells[at[place]])
            for key, place in reading.columns.items()
            if not place.startswith(FIXED)
        }
        self.refused: list[Refused] = []
        self.unsent: list[Key] = []
        self.undispatched = reading.undispatched
        for key, said in self._cells.items():
            self._see(key, said)
        self._turns: dict[str, set[int]] = {}
        for key in self._columns:
            self._turns.setdefault(BY_ID[key.field].group, set()).add(key.turn)

    def turns(self, group: str) -> list[int]:
        """Return which times of a group the table has columns for, in order."""
        return sorted(self._turns.get(group, ()))

    def raw(self, key: Key) -> str:
        """Return what the row itself says, blank where it says nothing."""
        return self._cells.get(key, "")

    def text(self, key: Key) -> str:
        """Return the words of a field, those fixed for all rows where the row has none."""
        return self.raw(key) or self._fixed(key)

    def day(self, key: Key, since: date | None = None) -> date | None:
        """Return the day of a field; a fixed one is so many days after `since`."""
        said = self.raw(key)
        if not said:
            after = self._fixed(key)
            return since + timedelta(days=int(after)) if after and since else None
        found = values.day(said)
        if found is None:
            never = values.no_such_day(said)
            why = f"“{_quoted(said)}”{never or '不是有年月日的日期'}"
            advice = "请核对这一格" if never else "请写成 2026-03-02 的样子，年份不能少"
            self.refuse(key, why, advice)
        return found

    def number(self, key: Key) -> int | None:
        """Return the whole number of a field."""
        said = self.text(key)
        found = values.number(said) if said else None
        if said and found is None:
            self.refuse(key, f"“{_quoted(said)}”不是整数", "请只写数字")
        return found

    def choice(self, key: Key) -> str | None:
        """Return the value that a field's words mean."""
        said = self.text(key)
        found = self._reading.meaning(key.field, said) if said else None
        if said and found is None:
            why = f"不能确定“{_quoted(said)}”是哪一种"
            self.refuse(key, why, "请在“值的对应”里指定它的含义")
        return found

    def needed(self, key: Key, value: object) -> None:
        """Note that a field is missing, unless something else is wrong with it."""
        blank = not self.text(key)
        if value is None and blank:
            why = f"没有“{key.label}”"
            self.refuse(key, why, "请在台账里补上，或者在对应关系里指定固定值")

    def _see(self, key: Key, said: str) -> None:
        """Note what nobody sees in a cell; nothing of the cell is quoted."""
        found = unseen(said)
        if found:
            where = f"第{found.after}个字后面" if found.after else "最前面"
            why = f"{where}有看不见的字符：{found.name}（{found.code}）"
            self.refuse(key, why, "请在台账里删去这个字符，或者把这一格重新输入一遍")

    def refuse(self, key: Key, reason: str, advice: str) -> None:
        """Note what is wrong with a field."""
        self.refused.append(Refused(self.column(key), reason, advice))

    def column(self, key: Key) -> str:
        """Return the header under which a field stands, or the field's own name."""
        place = self._columns.get(key, "")
        return place if place and not place.startswith(FIXED) else key.label

    def _fixed(self, key: Key) -> str:
        place = self._columns.get(key, "")
        return place.removeprefix(FIXED) if place.startswith(FIXED) else ""


def _quoted(text: str) -> str:
    """Return the beginning of a cell, persons' numbers masked: columns may have slipped."""
    short = masked(text)
    return short if len(short) <= _QUOTED else f"{short[:_QUOTED]}…"
