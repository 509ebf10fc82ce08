"""What a second person looks at in an import: received when, answered how, in time or not.

The figures hold nobody's name; the rows named are those that a person must see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.deadlines import Timeliness
from mingtang.case.judging import timeliness
from mingtang.law.grounds import ground

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingtang.case.state import Case as History
    from mingtang_web.importing.histories import By
    from mingtang_web.ledger.canonical import Plain

SHOWN = 50
"""So many rows are named to whoever consents."""
LATE = frozenset({Timeliness.LATE, Timeliness.OVERDUE})


class Weighed(NamedTuple):
    """A row that can be taken over.

    ``came`` is the day of receipt, of arrival where it was not confirmed. ``result`` is
    the ground of its first answer, or how it ended, blank where it has neither;
    ``ended`` that day, ``told`` the day on which the answer went out or, where only that
    is said, arrived. ``kept`` is the engine's word for whether it is in time.
    """

    row: int
    old_number: str
    came: date
    result: str
    ended: date | None
    told: date | None
    kept: Timeliness

    @property
    def concluded(self) -> bool:
        """Whether it brings a result that nobody here signed."""
        return bool(self.result)

    @property
    def denied(self) -> bool:
        """Whether its result is a refusal (不予公开)."""
        return self.result[:1].isupper() and ground(self.result).line.startswith("denied")

    def reaches(self, live: date | None) -> bool:
        """Return whether it would reach into a register that is in use since a day."""
        return live is not None and (self.concluded or self.came >= live)

    def dump(self) -> list[Plain]:
        """Return it as a trial keeps it."""
        days = (self.came, self.ended, self.told)
        came, ended, told = (day.isoformat() if day else "" for day in days)
        return [self.row, self.old_number, came, self.result, ended, told, self.kept.value]


def weighed(row: int, old_number: str, case: History, by: By) -> Weighed:
    """Return a row's case as a second person would look at it."""
    answer, closing = case.first_answer, case.closing
    result, ended = (answer.ground, answer.on) if answer else ("", None)
    if answer is None and closing:
        result, ended = closing.how, closing.on
    told = (answer.dispatched or answer.delivered) if answer else None
    kept = timeliness(case, by.today, by.rules)
    came = case.received or case.submitted
    return Weighed(row, old_number, came, result, ended, told, kept)


def figures(rows: Sequence[Weighed], live: date | None) -> dict[str, Plain]:
    """Return what rows come to, and the first of those that a person must see.

    ``since`` counts those received since the register is in use, ``needing`` those that
    would reach into it.
    """
    over = [row for row in rows if row.concluded]
    days = sorted(row.came for row in rows)
    asked = [row for row in rows if row.reaches(live)]
    asked.sort(key=lambda row: (live is not None and row.came < live, row.row))
    return {
        "concluded": len(over),
        "in_time": sum(row.kept is Timeliness.IN_TIME for row in over),
        "late": sum(row.kept in LATE for row in over),
        "denied": sum(row.denied for row in over),
        "since": sum(live is not None and row.came >= live for row in rows),
        "needing": len(asked),
        "first": days[0].isoformat() if days else "",
        "last": days[-1].isoformat() if days else "",
        "named": [row.dump() for row in asked[:SHOWN]],
    }
