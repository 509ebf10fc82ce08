"""The floor that all apps stand on: clock, keys, environment, masks, logs, checks."""

from __future__ import annotations

import io
import logging
import sys
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.models import CheckConstraint

from mingtang_web import clock, environment, keys
from mingtang_web.desk import checks
from mingtang_web.ledger import guards
from mingtang_web.logs import MaskingFormatter, RefusalFilter
from mingtang_web.masking import masked, masked_name, masked_number, personal_data
from tests.web.people import District


def test_a_day_is_a_day_in_china():
    with clock.fixed(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 2)
    with clock.fixed(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 1)


def test_a_clock_held_still_goes_on_afterwards():
    moment = datetime(2001, 1, 1, tzinfo=UTC)
    with clock.fixed(moment):
        assert clock.now() == moment
    assert clock.now() > moment


def test_a_moment_without_a_zone_is_refused():
    moment = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault itself
    held = clock.fixed(moment)
    with pytest.raises(ValueError, match="without a zone"):
        held.__enter__()


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "new" / "master.key"
    made = keys.secret(file)
    assert len(bytes.fromhex(made)) == keys.MASTER_BYTES
    assert keys.secret(file) == made
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]
    assert not keys.readable_by_others(file)
    file.chmod(0o640)
    assert keys.readable_by_others(file)


def test_what_is_not_set_is_embedded_and_safe(monkeypatch, tmp_path):
    monkeypatch.delenv("MINGTANG_DATABASE", raising=False)
    words = environment.database(tmp_path)
    assert words["NAME"] == str(tmp_path / "mingtang.sqlite3")
    assert words["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert environment.flag("NOT_SET") is False


def test_an_address_of_postgresql_is_taken_apart(monkeypatch, tmp_path):
    address = "postgresql://ming%40tang:p%2Fw@db.example.cn:5433/xxgk?sslmode=require"
    monkeypatch.setenv("MINGTANG_DATABASE", address)
    words = environment.database(tmp_path)
    assert (words["USER"], words["PASSWORD"], words["HOST"]) == (
        "ming@tang", "p/w", "db.example.cn",
    )  # fmt: skip
    assert (words["PORT"], words["NAME"], words["OPTIONS"]) == (
        "5433", "xxgk", {"sslmode": "require"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "word", "read"),
    [
        ("DATABASE", "mysql://x/y", lambda: environment.database(environment.REPOSITORY)),
        ("DEBUG", "ture", lambda: environment.flag("DEBUG")),
        ("FAILURES", "five", lambda: environment.number("FAILURES", 5)),
        ("OIDC_ISSUER", "http://127.0.0.1:1", environment.openid_connect),
        ("OIDC_ISSUER", "http://sso.example.cn", environment.openid_connect),
    ],
)
def test_a_slip_in_the_environment_is_told(monkeypatch, name, word, read):
    monkeypatch.setenv(f"MINGTANG_{name}", word)
    with pytest.raises(ImproperlyConfigured, match=f"MINGTANG_{name}"):
        read()


def test_the_database_keeps_its_promises(db, database):  # noqa: ARG001 - asked for, not used
    from django.db import connection  # noqa: PLC0415 - the one of this test

    if database == "sqlite":
        with connection.cursor() as cursor:
            settings = {}
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete"):
                cursor.execute(f"PRAGMA {name}")
                settings[name] = cursor.fetchone()[0]
        assert settings == {
            "journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1,
        }  # fmt: skip
    else:
        assert connection.vendor == "postgresql"


def test_names_and_numbers_are_shown_in_part():
    assert (masked_name(""), masked_name("欧阳修")) == ("", "欧*")
    assert masked_number("11010119900307889X") == "1101**********889X"
    assert masked_number("13800138000") == "138****8000"
    assert masked_number("1234567") == "*******"
    assert masked_number("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "身份证号11010119900307889X。",
        "110101900307889 号",
        "+86 138-0013-8000",
        "+8613800138000",
        "电话：13800138000",
    ],
)
def test_a_number_is_masked_wherever_it_stands(text):
    hidden = masked(text)
    assert "*" in hidden
    assert "900307" not in hidden
    assert "0013" not in hidden


@pytest.mark.parametrize(
    "text",
    ["西政办〔2026〕12号", "110101199003071230", "a13800138000b", "2026-03-02 13:45"],
)
def test_what_is_no_persons_number_is_let_through(text):
    assert personal_data(text) is None


@pytest.mark.usefixtures("db")
def test_a_refusal_is_one_line_of_who_what_and_where(client):
    office = District()
    client.force_login(office.supervisor)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(MaskingFormatter("{levelname} {message}", style="{"))
    handler.addFilter(RefusalFilter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        assert client.get(f"/wording/{office.housing.pk}/").status_code == 403
    finally:
        logger.removeHandler(handler)
    [line] = stream.getvalue().splitlines()
    where = f"user {office.supervisor.pk}, GET /wording/{office.housing.pk}/: "
    assert line.startswith(f"WARNING Forbidden: {where}")
    assert "改写文书措辞" in line


def test_logs_hold_no_number_of_a_person():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(MaskingFormatter("{message}", style="{"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.info("申请人 %s 来电 %s", "11010119900307889X", 13800138000)
    try:
        raise ValueError("13900139000")  # noqa: EM101, TRY301 - the fault itself
    except ValueError:
        logger.exception("failed")
    said = stream.getvalue()
    for secret in ("19900307", "13800138000", "13900139000"):
        assert secret not in said
    assert "139****9000" in said


@pytest.mark.parametrize(
    ("today", "entered", "missing"),
    [
        (date(2026, 11, 30), {2026}, []),
        (date(2026, 12, 1), {2026}, [2027]),
        (date(2026, 12, 1), {2026, 2027}, []),
        (date(2027, 1, 1), {2026}, [2027]),
    ],
)
def test_holidays_are_asked_for_from_december_on(today, entered, missing):
    found = checks.missing_holidays(today, entered)
    assert [
        f"{year}年" in each.msg and each.id == "mingtang.E001"
        for year, each in zip(missing, found, strict=True)
    ] == [True] * len(missing)


def test_open_keys_and_open_doors_are_told(settings, tmp_path):
    settings.MASTER_KEY = tmp_path / "master.key"
    keys.secret(settings.MASTER_KEY)
    assert checks.keys_kept_close(None) == []
    settings.MASTER_KEY.chmod(0o644)
    assert [each.id for each in checks.keys_kept_close(None)] == ["mingtang.W001"]
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert checks.reached_safely(None) == []
    settings.ALLOWED_HOSTS, settings.DEBUG = ["xxgk.example.cn"], True
    assert [each.id for each in checks.reached_safely(None)] == [
        "mingtang.W002", "mingtang.W003",
    ]  # fmt: skip
    settings.HTTPS, settings.DEBUG = True, False
    assert checks.reached_safely(None) == []


def test_lost_guards_are_told_and_put_back(db):  # noqa: ARG001 - asked for, not used
    assert checks.ledger_guarded(None, ["default"]) == []
    guards.remove()
    assert [each.id for each in checks.ledger_guarded(None, ["default"])] == [
        "mingtang.E002"
    ]
    call_command("guard", stdout=io.StringIO())
    assert checks.ledger_guarded(None, ["default"]) == []


def test_our_checks_run_with_djangos(db):  # noqa: ARG001 - asked for, not used
    with clock.fixed(datetime(2026, 11, 1, tzinfo=UTC)):
        call_command(
            "check", databases=["default"], stdout=io.StringIO(), stderr=sys.stderr
        )


def test_every_check_of_the_database_is_told_in_words():
    checks_made = [
        each
        for model in apps.get_models()
        if model.__module__.startswith("mingtang_web")
        for each in model._meta.constraints
        if isinstance(each, CheckConstraint)
    ]
    assert checks_made
    unsaid = [
        each.name for each in checks_made if each.name in each.get_violation_error_message()
    ]
    assert unsaid == []
