"""What a file must hold for each result (证据包), and what it lacks.

A lacking piece is a warning, not a refusal: the officer may have it on paper.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import sheets
from mingtang.law.grounds import ground

if TYPE_CHECKING:
    from collections.abc import Iterable


class Evidence(NamedTuple):
    """One piece of evidence: what it is, for which results, and what says so.

    `when` names what must have happened besides, None where nothing must.
    """

    id: str
    label: str
    grounds: tuple[str, ...]
    basis: str
    when: str | None = None


OVER_OBJECTION = "over_objection"
"""A third party objected and the information is disclosed all the same (条例第三十二条)."""


@cache
def evidence() -> tuple[Evidence, ...]:
    """Return every piece, in the order of the data; raises `InvalidDataError`."""
    found = []
    for name, row in sheets.read("evidence.yaml").entries():
        row.allow("label", "grounds", "basis", optional=("when",))
        when = row.optional_text("when")
        if when not in (None, OVER_OBJECTION):
            row.refuse(f"“when”只能是 {OVER_OBJECTION}")
        codes = sheets.words(row, "grounds")
        for code in codes:
            ground(code)
        label, basis = row.text("label"), row.text("basis")
        found.append(Evidence(name, label, codes, basis, when))
    return tuple(found)


def evidence_for(
    code: str, withheld: Iterable[str] = (), happened: Iterable[str] = ()
) -> tuple[Evidence, ...]:
    """Return the pieces that a result needs; raises `KeyError` for no such result.

    A partial answer also needs what each ground of the parts left out needs;
    ``happened`` says what else has happened, such as `OVER_OBJECTION`.

    >>> [piece.id for piece in evidence_for("U1a")]
    ['delivery_proof', 'search_record']
    """
    codes = {ground(each).code for each in (code, *withheld)}
    there = {None, *happened}
    return tuple(
        piece for piece in evidence() if piece.when in there and codes & set(piece.grounds)
    )


def missing(
    code: str, held: Iterable[str], withheld: Iterable[str] = ()
) -> tuple[Evidence, ...]:
    """Return the pieces a result needs that are not among the ids held.

    >>> [piece.label for piece in missing("U1a", ["delivery_proof"])]
    ['检索记录（范围、方式、时间、人员）']
    """
    there = set(held)
    return tuple(piece for piece in evidence_for(code, withheld) if piece.id not in there)


def warning(code: str, lacking: Iterable[Evidence]) -> str | None:
    """Return the warning about lacking pieces in one line, None where none lacks."""
    labels = "、".join(piece.label for piece in lacking)
    if not labels:
        return None
    return f"“{ground(code).title}”归档时还缺：{labels}；复议、诉讼中须由本机关举证，请补齐"
