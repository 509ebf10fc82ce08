"""The questions lead to every ground that is asked for, each by one way only."""

from __future__ import annotations

from mingtang.case.question import Question, question, questions
from mingtang.law.grounds import grounds


def _ways(asked: Question, seen: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    assert asked.id not in seen, "the questions go in a circle"
    found = []
    for reply in asked.replies:
        assert (reply.question is None) != (reply.ground is None)
        if reply.ground:
            found.append((reply.ground, asked.id))
        else:
            found += _ways(question(reply.question or ""), (*seen, asked.id))
    return found


def test_every_ground_is_reached_once() -> None:
    reached = [ground for ground, _ in _ways(questions()[0])]
    assert sorted(reached) == sorted(
        {known.code for known in grounds()} - {"O1", "O2", "X4"}
    )


def test_every_question_is_asked() -> None:
    led_to = {reply.question for known in questions() for reply in known.replies}
    assert led_to - {None} == {known.id for known in questions()[1:]}
