"""What the operator sets wrongly is told in one line, by the commands and by the server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def ran(folder: Path, *words: str, **wrong: str) -> subprocess.CompletedProcess[str]:
    known = {
        k: v for k, v in os.environ.items() if not k.startswith(("MINGTANG_", "DJANGO_"))
    }
    known["PYTHONPATH"] = str(ROOT / "src")
    given = {f"MINGTANG_{name}": value for name, value in wrong.items()}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *words],
        cwd=ROOT,
        env=known | {"MINGTANG_DATA": str(folder)} | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAILURES", "five"),
        ("DEBUG", "maybe"),
        ("DATABASE", "mysql://a@b/c"),
        ("DATABASE", "postgresql://a@b:port/c"),
        ("DATABASE", "postgresql://a@b/"),
        ("ADDRESS", "xxgk.example.gov.cn"),
        ("SITE_CODE", "1101"),
        ("PREFIX", "xxgk"),
        ("LOG_LEVEL", "LOUD"),
        ("SENDER", "nobody.knows.Gateway"),
        ("SEAL", "PlaceForSeal"),
        ("EMAIL_URL", "http://mail"),
        ("DATA", "/dev/null/here"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(tmp_path, name, value):
    made = ran(tmp_path, "manage.py", "check", **{name: value})
    assert made.returncode == 1
    (line,) = made.stderr.strip().splitlines()
    assert f"MINGTANG_{name}" in line
    assert "Traceback" not in made.stderr


def test_the_server_tells_it_in_one_line_and_is_not_started_again(tmp_path):
    made = ran(tmp_path, "-m", "mingtang_web.wsgi", FAILURES="five")
    assert made.returncode == 4
    (line,) = made.stderr.strip().splitlines()
    assert "MINGTANG_FAILURES" in line


def test_a_command_before_migrate_says_what_to_run_first(tmp_path):
    made = ran(
        tmp_path, "manage.py", "first_administrator", "--code", "1", "--name", "a",
        "--short", "a", "--letter", "a",
        "--region", "1", "--person", "a", "--username", "a",
    )  # fmt: skip
    assert made.returncode == 1
    assert "请先运行 manage.py migrate" in made.stderr
    assert "Traceback" not in made.stderr


def test_the_embedded_database_is_its_owners_alone(tmp_path):
    file = tmp_path / "mingtang.sqlite3"
    assert ran(tmp_path, "manage.py", "check").returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert ran(tmp_path, "manage.py", "check").returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
