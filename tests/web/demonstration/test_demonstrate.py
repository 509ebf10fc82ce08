"""The demonstration: founded once, served, looked at, stopped."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.annual.actions import start
from mingtang_web.annual.models import Stage
from mingtang_web.annual.staffing import short_of
from mingtang_web.bodies.models import Body, Kind, Membership
from mingtang_web.bodies.policy import SEE_BODY
from mingtang_web.bodies.queries import below, may
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.models import Case
from mingtang_web.demonstration.district import ACCOUNTS, found_district
from mingtang_web.demonstration.founding import found_cases
from mingtang_web.ledger.models import Entry
from tests.conftest import ROOT
from tests.web.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.django_db
@pytest.mark.usefixtures("db")
def test_the_district_is_founded_once():
    for _ in range(2):
        found_district(PASSWORD)
    assert Body.objects.count() == 13
    office = Body.objects.get(kind=Kind.OFFICE)
    assert below(office).filter(kind=Kind.TOWNSHIP).count() == 4
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == {each.role for each in ACCOUNTS}
    assert len(roles) == 8
    may_sign_in = [user for user in User.objects.all() if user.has_usable_password()]
    assert len(may_sign_in) == len(ACCOUNTS) == 9
    supervisor = User.objects.get(username="jiandu")
    assert all(
        may(supervisor, SEE_BODY, body, clock.today()) for body in Body.objects.all()
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("db")
def test_the_accounts_that_are_told_bring_a_report_to_its_signature():
    """Whoever writes of them, and whoever of the others takes a stage before another."""
    found_district(PASSWORD)
    body = Body.objects.get(short_name="区住建局")
    for name in ("dengji", "chengban"):
        who = User.objects.get(username=name)
        annual = start(body, clock.today().year - 1, Doing(who, 0))
        assert short_of(annual, who.pk) is None
        annual.state, annual.stage = "in_review", "section"
        lawyer = User.objects.get(username="fazhi")
        assert short_of(annual, lawyer.pk) is None
    Membership.objects.filter(user__username="fenguan").delete()
    assert short_of(annual, lawyer.pk) == Stage.LEADER


@pytest.mark.django_db
@pytest.mark.usefixtures("db")
def test_cases_broken_off_leave_nothing_and_are_founded_anew():
    def broken(line: str) -> None:
        if "2/13" in line:
            raise KeyboardInterrupt

    found_district(PASSWORD)
    with pytest.raises(KeyboardInterrupt):
        found_cases(share=0.001, told=broken)
    assert not Case.objects.exists()
    assert not Entry.objects.exists()
    assert found_cases(share=0.001) == Case.objects.count() > 0


def test_at_a_terminal_people_are_reminded_and_nothing_is_left_running(tmp_path):
    """As `make run` at a terminal: the jobs run beside the site and stop with it."""
    words = {name: word for name, word in os.environ.items() if "MINGTANG" not in name}
    words |= {"MINGTANG_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    words |= {"MINGTANG_SERVE": "1", "PYTHONUNBUFFERED": "1"}
    words.pop("DJANGO_SETTINGS_MODULE", None)
    begun = started(words, tmp_path)
    try:
        assert_reminded(f"file:{tmp_path}/mingtang.sqlite3?mode=ro")
        assert waited(lambda: any((tmp_path / "mail").glob("*")))
    finally:
        begun.terminate()
        begun.communicate(timeout=30)
    assert begun.returncode == 0
    assert gone(begun)
    if sys.platform == "linux":
        killed = started(words, tmp_path)
        killed.kill()
        killed.communicate(timeout=30)
        assert killed.returncode == -signal.SIGKILL
        assert waited(lambda: gone(killed))


def started(words: dict[str, str], where: Path) -> subprocess.Popen[str]:
    """Begin a demonstration in a group of its own and return it once it serves."""
    begun = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, str(ROOT / "manage.py"), "demonstrate", "--few"],
        env=words, stdout=subprocess.PIPE, text=True, cwd=where, start_new_session=True,
    )  # fmt: skip
    assert begun.stdout
    assert any("按 Ctrl-C 停止" in line for line in begun.stdout)
    return begun


def gone(begun: subprocess.Popen[str]) -> bool:
    """Whether nothing of a demonstration's group is left."""
    try:
        os.killpg(begun.pid, 0)
    except ProcessLookupError:
        return True
    return False


def waited(until: Callable[[], bool]) -> bool:
    """Wait for something, half a minute at most, and say whether it came."""
    for _ in range(300):
        if until():
            return True
        time.sleep(0.1)
    return False


def assert_reminded(database: str) -> None:
    """Wait until the terms were looked at without a fault, and somebody told of one."""
    looked = "SELECT count(*) FROM notices_run WHERE job = 'terms' AND failed = 0"
    with closing(sqlite3.connect(database, uri=True)) as known:
        assert waited(lambda: known.execute(looked).fetchone()[0])
        assert known.execute("SELECT count(*) FROM notices_notice").fetchone()[0]


def test_make_run_serves_once_where_nobody_watches(tmp_path):
    """As `make run` without a terminal: it starts, answers, tells the accounts, stops."""
    words = {name: word for name, word in os.environ.items() if "MINGTANG" not in name}
    words |= {"MINGTANG_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    words.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, str(ROOT / "manage.py"), "demonstrate", "--few"],
        env=words, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"网站已启动：http://127\.0\.0\.1:80\d\d/", ran.stdout)
    assert "dengji" in ran.stdout
    assert "MINGTANG_SERVE=1" in ran.stdout
    password = (tmp_path / "demonstration.password").read_text().strip()
    assert password in ran.stdout
    for file in ("secret.key", "master.key", "index.key", "demonstration.password"):
        assert (tmp_path / file).stat().st_mode & 0o777 == 0o600
