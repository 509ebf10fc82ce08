"""What is known of a year's publications beside the tables: what section one may tell.

Counts of what was disclosed, interpreted, cleaned up, and of the small registers. A
count that nobody kept is None, and no sentence is made of it: it is not a zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mingtang.publication.explaining import Explanation
    from mingtang.publication.interpreting import Interpretations

Parts = tuple[tuple[str, int], ...]
"""Names with their counts, in the order in which they are told."""


class Interpreted(NamedTuple):
    """How many documents owed an interpretation (解读), had one, and had it in time.

    `in_time` counts those interpreted within three working days (国办发〔2016〕80号, as
    remembered); None where no days were kept.
    """

    owed: int
    done: int
    in_time: int | None = None

    @classmethod
    def of(cls, told: Interpretations) -> Interpreted:
        """Return the figures of documents; in time is not known where some cannot be."""
        in_time = None if told.unsettled else len(told.in_time)
        return cls(len(told.owed), len(told.done), in_time)


class CleanUp(NamedTuple):
    """How many documents were looked at in clean-ups (清理), and what became of them.

    `over` were no longer in force when the clean-up was signed: of them nothing became.
    """

    looked_at: int
    kept: int
    repealed: int
    declared_void: int
    over: int = 0


class Publications(NamedTuple):
    """A year's publications in figures (主动公开和登记簿的数字); None is not known.

    `disclosed` in pieces of information (条), `columns` the same by column, where one
    piece may stand in several; `interpretations` in pieces (件), `means` the same by
    means; `reviewed` what was looked through before it went out; `accounts` of new
    media at the year's end; `trained` in attendances (人次); `explanations` of an
    effective count that is not last year's plus issued minus repealed.
    """

    disclosed: int | None = None
    columns: Parts = ()
    interpretations: int | None = None
    means: Parts = ()
    interpreted: Interpreted | None = None
    budgets: int | None = None
    meetings: int | None = None
    activities: int | None = None
    reviewed: int | None = None
    cleaned: CleanUp | None = None
    accounts: int | None = None
    trainings: int | None = None
    trained: int | None = None
    checks: int | None = None
    explanations: tuple[Explanation, ...] = ()
