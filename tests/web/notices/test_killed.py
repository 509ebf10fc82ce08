"""A process killed in the middle of a job, and two at once: every notice exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, time
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from mingtang_web.cases.models import Case
from mingtang_web.notices import jobs
from mingtang_web.notices.models import Notice, Preference, Run, Sending
from tests.conftest import ROOT
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 130
LATE = "2026-03-31"


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    """An office with many overdue cases, whose people may be written to at any hour."""
    with at(date(2026, 3, 20)):
        office = Office()
        for name in ("handler", "approver"):
            user = getattr(office, name)
            user.email = f"{name}@example.cn"
            user.save()
            Preference.objects.create(user=user, quiet_from=time(0), quiet_until=time(0))
        with transaction.atomic():
            for count in range(CASES):
                office.registered(subject=f"第{count}件")
        Case.objects.update(handler=office.handler)
        yield office


def process(folder: Path, *words: str) -> subprocess.Popen[str]:
    """The jobs, run once in a process of their own, on the database of this test."""
    return command(folder, "jobs", "run", "--once", *words)


def command(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A command in a process of its own, on the database of this test."""
    known = connection.settings_dict
    address = (
        f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}"
        f"?host={known['OPTIONS'].get('host') or known['HOST']}"
    )
    given = {
        "MINGTANG_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "mingtang_web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    if connection.vendor == "sqlite":
        (folder / "mingtang.sqlite3").unlink(missing_ok=True)
        (folder / "mingtang.sqlite3").symlink_to(known["NAME"])
    else:
        given["MINGTANG_DATABASE"] = address
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, str(ROOT / "manage.py"), *words],
        env={**os.environ, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(running: subprocess.Popen[str]) -> str:
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 0, said
    return said


def killed_after(running: subprocess.Popen[str], words: str) -> None:
    """Kill a process, without a warning, as soon as it has said something."""
    assert running.stdout
    said = next((line for line in running.stdout if words in line), None)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert said, "it ended without saying so"
    assert running.returncode == -signal.SIGKILL


def leases_ran_out() -> None:
    Run.objects.filter(ended_at=None).update(held_until="2020-01-01T00:00:00Z")


def names(folder: Path) -> list[str]:
    """The Message-ID of each letter in a folder of letters."""
    files = sorted(folder.iterdir())
    return [message_from_bytes(file.read_bytes())["Message-ID"] for file in files]


def assert_each_once() -> None:
    told = Counter(Notice.objects.values_list("case", "user__username", "kind"))
    expected = {(pk, name) for pk in Case.objects.values_list("pk", flat=True)
                for name in ("handler", "approver")}  # fmt: skip
    cases = {key[:2]: count for key, count in told.items() if key[2] == "overdue"}
    assert set(cases) == expected
    assert set(cases.values()) == {1}
    assert Sending.objects.count() == len(expected)


def test_a_job_killed_in_the_middle_tells_and_sends_everything_once(office, tmp_path):
    assert 2 * jobs.AT_A_TIME < CASES
    terms = ("--only", "terms", "--on", LATE)
    killed_after(process(tmp_path, *terms), "已完成")
    before, held = Notice.objects.count(), Run.objects.get()
    assert 0 < before < 2 * CASES
    assert (held.ended_at, held.done, before % 2) == (None, before, 0)
    leases_ran_out()
    both = [process(tmp_path, *terms) for _ in range(2)]
    assert any("完成" in said for said in list(map(finished, both)))
    assert_each_once()
    killed_after(process(tmp_path, "--only", "sending"), "已完成")
    assert Sending.objects.filter(state="sent").count() == CASES
    leases_ran_out()
    finished(process(tmp_path, "--only", "sending"))
    assert set(Sending.objects.values_list("state", flat=True)) == {"sent"}
    # Only a letter that was on its way may go out again, and is known by its name.
    letters = names(tmp_path / "mail")
    assert len(set(letters)) == 2
    assert len(letters) <= 3
    assert office.handler.notices.count() == CASES
