"""The numbers given out before the series had an app of their own go on from there."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.architecture.engine import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = """
from django.db import connection
from mingtang_web.bodies.models import Body
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO bodies_body (code, name, short_name, letter_code, kind, region, path,"
        " address, telephone, fax, online_channel, office_hours, review_organ, court)"
        " VALUES ('1', '局', '局', '西', 'office', '990101', '/1/',"
        " '', '', '', '', '', '', '')"
    )
    cursor.execute(
        "INSERT INTO cases_numberseries (series, year, last, body_id)"
        " SELECT 'case', 2026, 41, id FROM bodies_body"
    )
"""
NEXT = """
from django.db import transaction
from mingtang_web.bodies.models import Body
from mingtang_web.cases.numbering import case_number
with transaction.atomic():
    print(case_number(Body.objects.get(), 2026))
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_series_goes_on_where_it_stood(kind: str, tmp_path: Path, request) -> None:
    words = {"MINGTANG_DATA": str(tmp_path)}
    if kind == "postgresql":
        words["MINGTANG_DATABASE"] = fresh_database(request.getfixturevalue("server"))
    manage(words, "migrate", "cases", "0001")
    manage(words, "shell", "--no-imports", "-c", GIVEN)
    manage(words, "migrate")
    assert manage(words, "shell", "--no-imports", "-c", NEXT).strip() == "2026-0042"


def fresh_database(address: str) -> str:
    import psycopg  # noqa: PLC0415 - only where PostgreSQL runs

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS moved")
        connection.execute("CREATE DATABASE moved")
    parts = urlsplit(address)
    return parts._replace(path="/moved").geturl()


def manage(words: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **words, "PYTHONPATH": str(ROOT / "src"),
             "DJANGO_SETTINGS_MODULE": "mingtang_web.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
