"""A trial: every row read and weighed as if it were taken over, and nothing written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.counting import place
from mingtang.case.deadlines import Timeliness
from mingtang.case.judging import round_timeliness
from mingtang.case.replaying import replay
from mingtang.case.state import Phase
from mingtang_web.applicants.sealing import index
from mingtang_web.importing import weighing
from mingtang_web.importing.cells import Refused, RefusedError
from mingtang_web.importing.histories import taken
from mingtang_web.importing.models import ImportedRow
from mingtang_web.importing.tallying import table_three

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.case.counting import Place
    from mingtang_web.bodies.models import Body
    from mingtang_web.importing.histories import By, Taken
    from mingtang_web.importing.tables import Row, Table
    from mingtang_web.importing.weighing import Weighed

_UNDECIDED = frozenset({Timeliness.OPEN, Timeliness.OVERDUE, Timeliness.UNSETTLED})


class Trial(NamedTuple):
    """What an import would do.

    ``phases`` counts the rows that can be taken over by where their cases stand;
    ``tables`` is table three of each year they touch, of these rows alone; ``refused``
    names every row that cannot, with what stands against it. ``unsent`` are rows with a
    decision and no day of sending, read as the mapping chose; ``unarrived`` those sent in
    a way that is timely only by its arrival, whose day they do not say. ``weighed`` are
    the rows that can be taken over, each with what a second person would look at.
    """

    rows: int
    phases: Mapping[str, int]
    tables: Mapping[int, Mapping[tuple[str, str], int]]
    refused: tuple[tuple[int, Refused], ...]
    unsent: tuple[int, ...]
    unarrived: tuple[int, ...]
    weighed: tuple[Weighed, ...]

    @property
    def fit(self) -> int:
        """Return how many rows can be taken over."""
        return sum(self.phases.values())


def attempt(table: Table, by: By, body: Body) -> Trial:
    """Try every row of a table: two queries, nothing written."""
    phases: Counter[str] = Counter()
    places: list[Place] = []
    refused: list[tuple[int, Refused]] = []
    unsent: list[int] = []
    unarrived: list[int] = []
    weighed: list[Weighed] = []
    for row, found in _tried(table, by, body):
        if isinstance(found, RefusedError):
            refused += [(row.number, each) for each in found.refused]
            continue
        unsent += [row.number] if found.unsent else []
        case = replay(found.history)
        phases[case.phase] += 1
        weighed.append(weighing.weighed(row.number, found.old_number, case, by))
        kept = round_timeliness(case, by.today, by.rules)
        if case.phase is Phase.DISPATCHED and kept in _UNDECIDED:
            unarrived.append(row.number)
        stands = place(case, by.rules)
        places += [stands] if stands else []
    years = {year for each in places for year in (each.received, each.done) if year}
    tables = {year: table_three(places, year) for year in sorted(years)}
    return Trial(
        *(len(table.rows), phases, tables, tuple(refused)),
        *(tuple(unsent), tuple(unarrived), tuple(weighed)),
    )


def _tried(table: Table, by: By, body: Body) -> Iterator[tuple[Row, Taken | RefusedError]]:
    before = _Before(body)
    for row in table.rows:
        mark = fingerprint(table, row, body)
        try:
            before.check("row", mark)
            found = taken(table, row, by)
            name = (found.old_number, found.history[0].on.year)
            before.check("name", name)
        except RefusedError as problem:
            yield row, problem
            continue
        before.note("row", mark, Refused("整行", f"与第{row.number}行完全相同", _ONCE))
        if found.old_number:
            why = f"原编号“{found.old_number}”与第{row.number}行相同，内容不同"
            before.note("name", name, Refused("原编号", why, _OTHER))
        yield row, found


class _Before:
    """What was taken over before, or stands above in the same file."""

    def __init__(self, body: Body) -> None:
        self._known: dict[object, Refused] = {}
        for row in ImportedRow.objects.filter(body=body).select_related("case"):
            self.note("row", row.fingerprint, twin(row))
            if row.old_number:
                year = row.case.submitted.year
                self.note("name", (row.old_number, year), namesake(row))

    def note(self, what: str, value: object, why: Refused) -> None:
        self._known.setdefault((what, value), why)

    def check(self, what: str, value: object) -> None:
        """Raise `RefusedError` where the value was met before."""
        if (what, value) in self._known:
            raise RefusedError(self._known[what, value])


_ONCE = "已有一行，不必再导；确是另一件的，请补上原编号"
_OTHER = "确是同一件的，请在该案件里登记；不是的，请改原编号"


def twin(row: ImportedRow) -> Refused:
    """Return why a row that was taken over before is not taken over again."""
    why = f"已经导入为案件{row.case.number}（{row.source_id}号文件第{row.row}行）"
    return Refused("整行", why, "不必再导；之后的办理请在该案件里登记")


def namesake(row: ImportedRow) -> Refused:
    """Return why a row with a known old number of the same year is not taken over."""
    why = f"原编号“{row.old_number}”同年已导入为案件{row.case.number}，内容不同"
    return Refused("原编号", why, _OTHER)


def fingerprint(table: Table, row: Row, body: Body) -> str:
    """Return a row's keyed hash within a body: equal rows, equal hashes, nothing told."""
    said = dict(zip(table.headers, row.cells, strict=True))
    filled = {header: cell for header, cell in said.items() if cell}
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True)
    return index("imported", hashlib.sha256(text.encode()).hexdigest(), body.pk)
