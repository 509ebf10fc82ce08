"""The first administrator, the way back in, and two who would remove each other at once."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Role
from mingtang_web.bodies.queries import standing
from mingtang_web.keeping import appointing
from mingtang_web.keeping.policy import KeepingError
from mingtang_web.keeping.recording import By
from mingtang_web.ledger.models import Entry
from tests.web.people import appointed, person, unified_code

FIRST = {
    "code": unified_code(1), "name": "西山区人民政府办公室", "short": "区政府办",
    "letter": "西政办", "region": "990101", "person": "王管理", "username": "first",
}  # fmt: skip


def ran(command: str, *words: str, **options: str) -> str:
    said = io.StringIO()
    call_command(command, *words, stdout=said, **options)
    return said.getvalue()


@pytest.mark.usefixtures("db")
def test_the_first_administrator_comes_by_a_command_and_once():
    said = ran("first_administrator", **FIRST)
    user = User.objects.get(username="first")
    assert said.split("一次性口令：")[1][:19] in said
    assert user.one_time_until is not None
    assert standing(user, clock.today()).manages(Body.objects.get())
    kinds = list(Entry.objects.values_list("kind", "actor"))
    assert kinds == [
        ("body.founded", None), ("account.opened", None), ("role.given", None),
    ]  # fmt: skip
    with pytest.raises(CommandError, match="已有管理员"):
        ran("first_administrator", **FIRST | {"username": "second"})
    gone = clock.today() - timedelta(days=1)
    user.memberships.update(since=gone, until=gone)
    assert "second" in ran("first_administrator", **FIRST | {"username": "second"})


@pytest.mark.usefixtures("db")
def test_until_when_is_told_by_the_clock_in_china():
    with clock.fixed(datetime(2026, 3, 1, 17, 30, tzinfo=UTC)):
        said = ran("first_administrator", **FIRST)
    assert "有效至 2026-03-09 01:30（北京时间）" in said


@pytest.mark.usefixtures("db")
def test_a_wrong_answer_leaves_nothing_and_says_what():
    for wrong, said in (
        ({"code": "1"}, "应为18位"),
        ({"region": "99"}, "行政区划代码"),
        ({"username": ""}, "缺少 --username"),
    ):
        with pytest.raises(CommandError, match=said):
            ran("first_administrator", **FIRST | wrong)
    assert not Body.objects.exists()
    assert not User.objects.exists()


def test_the_server_lets_the_last_administrator_in_again(district):
    Authenticator.objects.create(user=district.administrator, type="totp", data={})
    said = ran("reset_account", "administrator")
    password = said.split("一次性口令：")[1][:19]
    district.administrator.refresh_from_db()
    assert district.administrator.check_password(password)
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="没有“ghost”"):
        ran("reset_account", "ghost")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one(district):
    today = clock.today()
    pair = [person("one", "甲"), person("two", "乙")]
    held = [appointed(user, district.elsewhere, Role.ADMINISTRATOR) for user in pair]
    refused, together = [], threading.Barrier(2)

    def work(mine: int) -> None:
        together.wait()
        try:
            appointing.end(held[1 - mine], today - timedelta(days=1), By(pair[mine]))
        except (KeepingError, PermissionError):
            refused.append(mine)
        except Exception as other:  # noqa: BLE001 - told below
            refused.append(repr(other))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = [user for user in pair if standing(user, today).manages(district.elsewhere)]
    assert len(left) == 1, refused
    assert len(refused) == 1
