"""A calendar entered late, or another choice, moves what is due, on record."""

from __future__ import annotations

import importlib
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from mingtang_web.cases import rules
from mingtang_web.cases.models import Case, Choice
from mingtang_web.cases.recounting import RECOUNTED, outdated, recounted, waiting
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

D = date
TODAY = D(2026, 12, 14)
# The package's own `calendar` is a function.
law = importlib.import_module("mingtang.law.calendar")
NOTICE = """\
year: 2027
notices:
  example: {title: 关于2027年部分节假日安排的通知, number: null, verified: false}
festivals:
  - {name: 元旦, notice: example, from: 2027-01-01, until: 2027-01-03, days: 3}
"""


@pytest.fixture
def next_year_entered(tmp_path, monkeypatch) -> Iterator[Callable[[], None]]:
    """Enter the notice of 2027, as an operator does, and start anew."""

    def forget() -> None:
        for known in (law.holiday_year, law.holiday_years, rules._calendar_stamp):
            known.cache_clear()

    def enter() -> None:
        folder = tmp_path / "holidays"
        shutil.copytree(law.FOLDER, folder)
        (folder / "2027.yaml").write_text(NOTICE, encoding="utf-8")
        monkeypatch.setattr(law, "FOLDER", folder)
        forget()

    yield enter
    monkeypatch.undo()
    forget()


def test_next_years_calendar_settles_what_was_open(office, next_year_entered) -> None:
    case = office.registered(arrived=D(2026, 12, 14))
    settled = office.registered(arrived=D(2026, 11, 16))
    assert (case.due, case.running) == (None, "unsettled")
    next_year_entered()
    assert outdated(office.housing, rules.rulebook(office.housing)) == 2
    call_command("recount")
    case.refresh_from_db()
    assert (case.due, case.running) == (D(2027, 1, 12), "running")
    entry = Entry.objects.get(kind=RECOUNTED)
    assert entry.case_id == case.pk
    assert entry.content == {
        "before": [None, "unsettled", "unsettled"],
        "after": ["2027-01-12", "running", "open"],
        "why": "放假安排已录入",
    }
    assert outdated(office.housing, rules.rulebook(office.housing)) == 0
    assert Case.objects.get(pk=settled.pk).due == settled.due
    assert list(faults(office.housing)) == []


def test_another_choice_of_the_office_counts_anew_and_goes_on_where_it_stopped(
    office, capsys
) -> None:
    cases = [office.registered(arrived=D(2026, 11, 16)) for _ in range(5)]
    Choice.objects.create(body=office.office, option="start_day", choice="included")
    some = next(waiting(at_a_time=2))
    assert len(recounted(some, "县里统一口径").moved) == 2
    assert outdated(office.housing, rules.rulebook(office.housing)) == 3
    call_command("recount", at_a_time=2, why="县里统一口径")
    said = capsys.readouterr().out
    assert "已重算 3 件" in said
    assert Entry.objects.filter(kind=RECOUNTED).count() == 5
    assert {c.due for c in Case.objects.all()} == {D(2026, 12, 11)}
    call_command("recount")
    assert "无须重算" in capsys.readouterr().out
    assert cases[0].due == D(2026, 12, 14)
