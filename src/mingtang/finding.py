"""What is wrong, by which rule, where, and what might mend it.

A fault of a report is a value, never an exception. A finding carries its
rule, the cells and places it speaks of and, for a sum, the whole equation; it
accuses nobody of which cell is wrong.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mingtang.place import Place


class Weight(StrEnum):
    """How heavy a finding is (轻重), heaviest first."""

    BREACH = "breach"
    """违规: the form or the law is broken."""
    CONTRADICTION = "contradiction"
    """矛盾: the report's own figures or words disagree; nobody is accused."""
    DOUBT = "doubt"
    """存疑: improbable, a person should look."""
    NOTE = "note"
    """提示: worth knowing, nothing to mend."""

    @property
    def rank(self) -> int:
        """Return 0 for the heaviest weight, 3 for the lightest."""
        return list(Weight).index(self)

    @property
    def label(self) -> str:
        """Return the weight's Chinese name."""
        return ("违规", "矛盾", "存疑", "提示")[self.rank]


class Rule(NamedTuple):
    """A rule (规则): its identity, weight, basis and the page that explains it.

    `code` is a family letter and a number and never changes meaning; `name`
    states the fault; `message` is a template with named fields; `basis` is
    a citation of the law or form behind it; `page` is the rule's page in
    Chinese, with the sections that `CONTRIBUTING.md` names.
    """

    code: str
    name: str
    title: str
    weight: Weight
    basis: str
    message: str
    page: str
    since: str = "0.1"

    @property
    def advice(self) -> str:
        r"""Return what the rule's page says under 怎么改, the last of its sections.

        >>> Rule("F1", "x", "x", Weight.NOTE, "", "", "x。\n\n怎么改：补上序号。").advice
        '补上序号。'
        """
        _, found, last = self.page.rpartition("\n怎么改：")
        return "".join(last.splitlines()) if found else ""


class Change(NamedTuple):
    """A change that would make an equation agree: a cell, from what, to what."""

    cell: str
    before: str
    after: str


class Remedy(NamedTuple):
    """What might mend a finding (改法).

    `kind` is ``certain`` (typography of our own drafts only), ``likely`` (the
    figures would agree) or ``ask`` (a person must decide).
    """

    kind: str
    message: str
    changes: tuple[Change, ...] = ()


class Equation(NamedTuple):
    """Both sides of a sum as printed, and left minus right, exact decimals."""

    left: str
    right: str
    difference: str
    left_terms: tuple[tuple[str, str], ...] = ()
    right_terms: tuple[tuple[str, str], ...] = ()


class Finding(NamedTuple):
    """One fault (发现) of one report under one rule.

    `cells` are the ids of all cells concerned (the whole equation for a sum);
    `place` is the first place, `places` all of them; `quote` is the text
    meant, as printed; `assessed` is False for a rule that could not be judged.
    """

    rule: Rule
    message: str
    cells: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    quote: str | None = None
    equation: Equation | None = None
    remedy: Remedy | None = None
    assessed: bool = True
    subject: str = ""

    @property
    def weight(self) -> Weight:
        """Return the rule's weight; a finding that was not assessed is a note."""
        return self.rule.weight if self.assessed else Weight.NOTE

    @property
    def place(self) -> Place | None:
        """Return the first place, or None where the fault is an absence."""
        return self.places[0] if self.places else None

    @property
    def next_step(self) -> Remedy:
        """Return the remedy, or where none was found what the rule advises."""
        return self.remedy or Remedy("ask", self.rule.advice)

    @property
    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that stay while the fault stays.

        Made of the code, whether it was assessed, the cells, the equation, the
        quote and the subject: not of places or wording, which may move.
        """
        equation = self.equation[:3] if self.equation else ()
        parts = (
            self.rule.code,
            str(self.assessed),
            *self.cells,
            *equation,
            self.quote or "",
            self.subject,
        )
        return sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, object]:
        """Return the finding as the contract prints it."""
        remedy = self.next_step
        printed: dict[str, object] = {
            "code": self.rule.code,
            "name": self.rule.name,
            "weight": self.weight.value,
            "assessed": self.assessed,
            "message": self.message,
            "basis": self.rule.basis,
            "cells": list(self.cells),
            "equation": None
            if self.equation is None
            else {
                "left": self.equation.left,
                "right": self.equation.right,
                "difference": self.equation.difference,
                "left_terms": [list(term) for term in self.equation.left_terms],
                "right_terms": [list(term) for term in self.equation.right_terms],
            },
            "place": self.place.as_json() if self.place else None,
            "places": [place.as_json() for place in self.places],
            "quote": self.quote,
            "fingerprint": self.fingerprint,
            "remedy": {
                "kind": remedy.kind,
                "message": remedy.message,
                "changes": [
                    {"cell": change.cell, "from": change.before, "to": change.after}
                    for change in remedy.changes
                ],
            },
        }
        return printed
