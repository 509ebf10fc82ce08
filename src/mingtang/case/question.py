"""Plain questions that lead an officer to exactly one ground, as data.

Three grounds are not asked for: whoever did not correct, did not pay or gave no
sound reason for too many requests is met by the phase of the case itself
(O1, O2, X4).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.grounds import grounds

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "questions.yaml"


class Reply(NamedTuple):
    """One answer to a question: what it says, and the question or ground it leads to.

    Exactly one of `question` and `ground` is given; `hint` helps to judge.
    """

    say: str
    question: str | None
    ground: str | None
    hint: str | None


class Question(NamedTuple):
    """A question asked before a decision (问答)."""

    id: str
    ask: str
    replies: tuple[Reply, ...]


@cache
def questions() -> tuple[Question, ...]:
    """Return every question, the first one first; raises `InvalidDataError`."""
    rows = sheet.parse(FILE.read_text(encoding="utf-8"), f"case/{FILE.name}")
    known = frozenset(rows)
    return tuple(_question(name, row, known) for name, row in rows.entries())


def question(name: str) -> Question:
    """Return the question of that id; raises `KeyError` where there is none."""
    return sheet.by_id(questions, name, "问题")


def _question(name: str, row: Sheet, known: frozenset[str]) -> Question:
    row.allow("ask", "answers")
    replies = tuple(_reply(reply, known) for reply in row.sheets("answers"))
    return Question(name, row.text("ask"), replies)


def _reply(row: Sheet, known: frozenset[str]) -> Reply:
    row.allow("say", "then", optional=("hint",))
    then = row.text("then")
    asks = then in known
    if not asks and then not in {ground.code for ground in grounds()}:
        row.refuse(f"“{then}”既不是下一问，也不是办理结果")
    return Reply(
        say=row.text("say"),
        question=then if asks else None,
        ground=None if asks else then,
        hint=row.optional_text("hint"),
    )
