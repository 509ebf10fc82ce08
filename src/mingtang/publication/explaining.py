"""Why a year's effective count is not last year's plus issued minus repealed (V12).

What differs is told with the clean-ups, the expiries and the documents entered later
that explain it; what they do not explain is told too. No figure is ever repaired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.publication.effective import KIND_NAMES, WHY_NAMES, Move, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.publication.effective import Counts


_NO_YEAR_BEFORE = "请接入上年报告，或者在报告中写明"
_UNEXPLAINED = "其余{:+}件可能是上年报告公布以后补记、更正的，请核对登记簿并在报告中写明"


class Explanation(NamedTuple):
    """The effective count held against last year's (现行有效件数的说明).

    `expected` is last year's published count plus issued minus repealed, `difference`
    what this year's is more or less; both None where last year's is not known, which is
    not assessed. `moves` explain it, `unexplained` is what they leave; `told` says it in
    words for the report, `advice` what whoever keeps the register should do, if anything.
    """

    found: int
    expected: int | None
    difference: int | None
    moves: tuple[Move, ...]
    unexplained: int | None
    told: str
    advice: str

    @property
    def holds(self) -> bool:
        """Return whether nothing differs; false where it could not be assessed."""
        return self.difference == 0


def explain(counts: Counts, before: int | None) -> Explanation:
    """Return what explains a year's effective count against last year's as published.

    `before` is what last year's report printed, None where that is blank or there is
    none. Where 现行有效 is not 上年现行有效 + 制发 − 废止, the report owes a word of why.
    What was entered later explains only what the other moves leave, and never more:
    whether last year's report counted it already, no record says. Always
    ``difference = moves + unexplained``.
    """
    found = counts.in_force.number
    if before is None:
        told = f"{KIND_NAMES[counts.kind]}：没有上年公布的现行有效件数，不能与上年核对"
        moves = counts.moves
        return Explanation(found, None, None, moves, None, told, _NO_YEAR_BEFORE)
    expected = before + counts.issued.number - counts.repealed.number
    difference = found - expected
    left = difference - sum(each.by for each in counts.moves)
    late = max(0, min(left, len(counts.late)))
    entered = (Move(Why.ENTERED_LATER, late, counts.late),) if late else ()
    moves, left = (*counts.moves, *entered), left - late
    told = "".join(_told(counts, before, moves, left))
    advice = _UNEXPLAINED.format(left) if left else ""
    return Explanation(found, expected, difference, moves, left, told, advice)


def _told(counts: Counts, before: int, moves: tuple[Move, ...], left: int) -> Iterator[str]:
    issued, repealed, found = (
        each.number for each in (counts.issued, counts.repealed, counts.in_force)
    )
    expected = before + issued - repealed
    name = KIND_NAMES[counts.kind]
    yield (
        f"{name}：上年现行有效{before}件，本年制发{issued}件、废止{repealed}件，"
        f"推得{expected}件，本年现行有效{found}件"
    )
    if found == expected and not moves:
        yield "，相符"
        return
    yield f"，相差{found - expected:+}件" if found != expected else "，相符"
    for each in moves:
        campaign = f"（{each.campaign}）" if each.campaign else ""
        yield f"；{WHY_NAMES[each.why]}{campaign}{each.by:+}件"
        if each.why is Why.ENTERED_LATER and each.by < len(each.ids):
            yield f"（共补登{len(each.ids)}件，其余上年已经计入）"
    if left:
        yield f"；其余{left:+}件没有记录可以说明"
