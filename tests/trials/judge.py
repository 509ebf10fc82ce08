"""Right, flagged, wrong or missing: what a reader's answers are worth.

Wrong is a number the source does not show in that cell, a blank given as a
number, or a number given as a blank. Flagging is never wrong.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tests.trials.tables import Answer, Expect, Gold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.report import Fact, Report


class Miss(NamedTuple):
    """A cell that is not right: what was expected, and what was said."""

    cell: str
    expected: tuple[Answer, ...] | None
    said: str
    raw: str

    def __str__(self) -> str:
        wanted = (
            "nothing here"
            if self.expected is None
            else " or ".join(answer.value or answer.state for answer in self.expected)
            or "nobody can place it"
        )
        return f"{self.cell}: shown {wanted}, said {self.said} ({self.raw!r})"


class Verdict(NamedTuple):
    """The count over all cells; ratios are over cells that are not arguable."""

    right: int = 0
    flagged: tuple[Miss, ...] = ()
    missing: tuple[Miss, ...] = ()
    wrong: tuple[Miss, ...] = ()
    stray: tuple[Miss, ...] = ()
    units: tuple[Miss, ...] = ()

    @property
    def judged(self) -> int:
        """Return how many cells count in the ratio."""
        return self.right + len(self.flagged) + len(self.missing) + len(self.wrong)

    @property
    def share(self) -> float:
        """Return the share of countable cells that are right."""
        return self.right / self.judged if self.judged else 1.0

    def __str__(self) -> str:
        head = (
            f"right {self.right}, flagged {len(self.flagged)}, "
            f"missing {len(self.missing)}, "
            f"wrong {len(self.wrong)}, stray {len(self.stray)}"
        )
        worst = (*self.wrong, *self.missing, *self.flagged, *self.stray, *self.units)
        return "\n".join((head, *map(str, worst[:6])))


def _same(answer: Answer, fact: Fact) -> bool:
    if answer.state != fact.state.value:
        return False
    if answer.state != "number":
        return True
    return _plain(fact) == (answer.value or "").replace(",", "")


def _plain(fact: Fact) -> str:
    return fact.state.value if fact.value is None else format(Decimal(fact.value), "f")


def _kind(expect: Expect | None, fact: Fact) -> str:
    state = fact.state.value
    if expect is None:
        return {"absent": "fine", "unreadable": "stray"}.get(state, "wrong")
    if any(_same(answer, fact) for answer in expect.answers):
        return "fine" if expect.arguable else "right"
    if state in ("unreadable", "absent"):
        if expect.arguable:
            return "fine"
        if not expect.answers:
            return "right"
        return "flagged" if state == "unreadable" else "missing"
    return "wrong"


def judge(gold: Gold, report: Report) -> Verdict:
    """Return what the report's answers are worth against the gold."""
    facts: Mapping[str, Fact] = report.facts
    heaps: dict[str, list[Miss]] = {
        name: []
        for name in ("right", "fine", "flagged", "missing", "wrong", "stray", "units")
    }
    for cell in dict.fromkeys((*gold, *facts)):
        expect = gold.get(cell)
        fact = facts.get(cell)
        answers = expect.answers if expect else None
        if fact is None:
            kind = "fine" if expect is None or expect.arguable else "missing"
            kind = "right" if kind == "missing" and not answers else kind
            heaps[kind].append(Miss(cell, answers, "no such cell", ""))
            continue
        miss = Miss(cell, answers, _plain(fact), fact.raw)
        kind = _kind(expect, fact)
        heaps[kind].append(miss)
        if kind == "right" and answers and answers[0].unit not in (None, fact.unit):
            heaps["units"].append(miss._replace(said=f"unit {fact.unit}"))
    return Verdict(
        len(heaps["right"]),
        *(tuple(heaps[name]) for name in ("flagged", "missing", "wrong", "stray", "units")),
    )


def total(verdicts: list[Verdict]) -> Verdict:
    """Return the verdicts added up."""
    return Verdict(
        sum(verdict.right for verdict in verdicts),
        *(
            tuple(miss for verdict in verdicts for miss in getattr(verdict, name))
            for name in Verdict._fields[1:]
        ),
    )
