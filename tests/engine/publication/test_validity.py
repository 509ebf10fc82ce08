"""Where a normative document stands follows from its history, and from that alone."""

from __future__ import annotations

from datetime import date as D  # noqa: N812 - a day in a line

import pytest

from mingtang.law.citation import parse_citations
from mingtang.publication.events import (
    EVENT_KINDS,
    EVENT_NAMES,
    Amended,
    DeclaredVoid,
    Issued,
    Kept,
    Repealed,
)
from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import CITE, STATUS_NAMES, Status, admit, state_on

ISSUED = Issued(on=D(2024, 3, 1), effective_on=D(2024, 4, 1), expires_on=D(2026, 3, 31))


def told(history, day) -> str | None:
    state = state_on(history, day)
    return state and state.status.value


def test_every_event_and_status_has_its_name() -> None:
    assert set(EVENT_NAMES) == set(EVENT_KINDS.values())
    assert set(STATUS_NAMES) == set(Status)
    assert parse_citations(CITE)


def test_it_is_issued_comes_into_force_and_lapses_by_its_day() -> None:
    history = [ISSUED]
    assert told(history, D(2024, 2, 29)) is None
    assert told(history, D(2024, 3, 31)) == "not_yet_in_force"
    assert told(history, D(2024, 4, 1)) == "in_force"
    assert told(history, D(2026, 3, 31)) == "in_force"
    lapsed = state_on(history, D(2026, 4, 1))
    assert lapsed == (Status.LAPSED, D(2026, 4, 1), ISSUED)


def test_without_days_of_its_own_it_is_in_force_from_its_issue_for_good() -> None:
    assert told([Issued(on=D(2024, 3, 1))], D(2024, 3, 1)) == "in_force"
    assert told([Issued(on=D(2024, 3, 1))], D(2999, 1, 1)) == "in_force"


def test_an_amendment_is_in_force_from_its_own_day() -> None:
    change = Amended(on=D(2025, 1, 6), by="清政发〔2025〕1号", effective_on=D(2025, 2, 1))
    history = [ISSUED, change]
    assert told(history, D(2025, 1, 31)) == "in_force"
    assert state_on(history, D(2025, 2, 1)) == (Status.AMENDED, D(2025, 2, 1), change)
    assert told(history, D(2026, 4, 1)) == "lapsed"
    longer = Amended(on=D(2025, 1, 6), expires_on=D(2030, 3, 31))
    assert told([ISSUED, longer], D(2026, 4, 1)) == "amended"
    assert state_on([ISSUED, longer], D(2030, 4, 1)).event is longer


def test_it_is_repealed_from_the_day_the_repeal_names() -> None:
    repeal = Repealed(on=D(2025, 6, 2), by="清政发〔2025〕8号", effective_on=D(2025, 7, 1))
    history = [ISSUED, repeal]
    assert told(history, D(2025, 6, 30)) == "in_force"
    assert state_on(history, D(2025, 7, 1)) == (Status.REPEALED, D(2025, 7, 1), repeal)
    assert told([ISSUED, Repealed(on=D(2025, 6, 2))], D(2025, 6, 2)) == "repealed"
    late = Repealed(on=D(2026, 3, 2), effective_on=D(2026, 5, 1))
    assert told([ISSUED, late], D(2026, 4, 15)) == "lapsed"


def test_it_is_declared_void_or_kept_in_a_clean_up() -> None:
    void = DeclaredVoid(on=D(2025, 9, 1), campaign="2025年清理")
    assert state_on([ISSUED, void], D(2025, 9, 1)) == (Status.LAPSED, D(2025, 9, 1), void)
    kept = Kept(on=D(2026, 1, 5), expires_on=D(2031, 3, 31), campaign="2026年清理")
    assert state_on([ISSUED, kept], D(2026, 4, 1)) == (Status.IN_FORCE, D(2026, 1, 5), kept)
    assert told([ISSUED, kept], D(2031, 4, 1)) == "lapsed"
    assert told([ISSUED, Kept(on=D(2026, 1, 5))], D(2099, 1, 1)) == "in_force"


def test_what_happens_later_changes_nothing_today() -> None:
    later = [ISSUED, Repealed(on=D(2025, 6, 2))]
    for day in (D(2024, 3, 5), D(2024, 5, 1), D(2025, 6, 1)):
        assert state_on(later, day) == state_on([ISSUED], day)


@pytest.mark.parametrize(
    ("history", "event", "why"),
    [
        ([], Repealed(on=D(2025, 1, 2)), "第一条记录须是印发"),
        ([ISSUED], Issued(on=D(2025, 1, 2)), "已经印发过"),
        ([ISSUED], Amended(on=D(2024, 2, 1)), "早于前一条"),
        ([ISSUED], Amended(on=D(2026, 4, 1)), "已经失效"),
        ([ISSUED], Kept(on=D(2026, 4, 1)), "请重新印发"),
        ([ISSUED], Repealed(on=D(2026, 4, 1)), "补记“继续有效”"),
        ([ISSUED], Kept(on=D(2026, 1, 5), expires_on=D(2025, 1, 1)), "早于2026-01-05"),
        ([ISSUED], Repealed(on=D(2025, 1, 2), effective_on=D(2025, 1, 1)), "生效之日"),
        ([ISSUED], Amended(on=D(2025, 1, 2), effective_on=D(2025, 1, 1)), "生效之日"),
        (
            [ISSUED],
            Amended(on=D(2025, 1, 2), expires_on=D(2025, 1, 1)),
            "早于2025-01-02",
        ),
        ([ISSUED, Repealed(on=D(2025, 1, 2))], Amended(on=D(2025, 2, 2)), "印发废止"),
        (
            [ISSUED, DeclaredVoid(on=D(2025, 1, 2))],
            Repealed(on=D(2025, 2, 2)),
            "宣布失效；",
        ),
        ([], Issued(on=D(2025, 1, 2), expires_on=D(2025, 1, 1)), "请核对两个日期"),
        (
            [],
            Issued(
                on=D(2025, 1, 2), effective_on=D(2023, 1, 2), expires_on=D(2023, 12, 31)
            ),
            "早于2025-01-02",
        ),
    ],
)
def test_what_cannot_follow_is_refused_with_what_to_do(history, event, why) -> None:
    with pytest.raises(RefusedError, match=why) as refused:
        admit(history, event)
    assert refused.value.title == EVENT_NAMES[type(event)]
    assert refused.value.cite == CITE


def test_on_its_last_day_all_may_still_follow() -> None:
    last = ISSUED.expires_on
    for event in (
        Kept(on=last),
        Amended(on=last),
        Repealed(on=last),
        DeclaredVoid(on=last),
    ):
        admit([ISSUED], event)


def test_no_history_is_no_document() -> None:
    assert state_on([], D(2026, 1, 1)) is None
