"""One home for each tool's settings, and locks that name files, not places."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.engine import ROOT
from tools import tracked
from tools.endings import mend

OTHER_HOMES = {
    ".coveragerc", ".flake8", ".importlinter", ".mypy.ini", ".pylintrc",
    ".pytest.ini", ".pytest.toml", ".ruff.toml", "mypy.ini", "pip.conf",
    "pylintrc", "pytest.ini", "pytest.toml", "requirements.txt", "ruff.toml",
    "setup.cfg", "setup.py", "tox.ini", "uv.lock", "uv.toml",
}  # fmt: skip
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
each_lock = pytest.mark.parametrize("lock", ["run", "dev"])


def test_every_tool_is_set_up_in_pyproject_and_nowhere_else() -> None:
    others = [path for path in tracked.tracked(ROOT) if path.name in OTHER_HOMES]
    assert others == []


def test_there_is_one_pyproject() -> None:
    assert [path for path in tracked.tracked(ROOT) if path.name == "pyproject.toml"] == [
        ROOT / "pyproject.toml"
    ]


@each_lock
def test_each_locked_package_has_its_hashes(lock: str) -> None:
    for name, entry in _entries(lock).items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), name


@each_lock
def test_a_lock_names_no_place_to_look(lock: str) -> None:
    """Addresses, local folders and options of one machine stay out."""
    text = _lock(lock).read_text("utf-8")
    options = set(re.findall(r"--[a-z-]+", text)) - {"--hash"}
    assert options == set()
    assert not re.search(r"[a-z]+://|(?<!\w)/\w| @ ", re.sub(r"(?m)^\s*#.*$", "", text))


def test_the_tools_environment_holds_the_run_time_one() -> None:
    """The Makefile relies on it: the tools' stamp serves `make run` too.

    Markers may be wider there: a tool needs everywhere what the engine needs on
    one system alone.
    """
    run, dev = _pinned("run"), _pinned("dev")
    assert {name: dev.get(name) for name in run} == run


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    locked = {re.split(r"[=; ]", name)[0] for name in _entries("run")}
    asked = {
        re.split(r"[<>=~!\[; ]", need)[0].lower()
        for need in SETUP["project"]["dependencies"]
    }
    assert asked <= locked


def test_the_run_time_lock_holds_no_tool() -> None:
    locked = {re.split(r"[=; ]", name)[0] for name in _entries("run")}
    assert not {"pytest", "ruff", "mypy", "pandas", "playwright"} & locked


def test_no_tracked_file_is_tied_to_a_network_or_a_machine() -> None:
    assert list(tracked.faults(tracked.tracked(ROOT))) == []


@pytest.mark.parametrize(
    "line",
    [
        "see https" + "://pypi.org/simple",
        "https" + "://registry.npmjs" + ".org/x",
        "cd /wo" + "rk/main",
        "--index" + "-url somewhere",
        "-----BEGIN RSA PRIV" + "ATE KEY-----",
    ],
)
def test_what_ties_a_file_down_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "file.txt"
    file.write_text(f"first\n{line}\n", "utf-8")
    assert [fault.rsplit("file.txt:", 1)[1][:2] for fault in tracked.faults([file])] == [
        "2:"
    ]


@pytest.mark.parametrize(
    "line", ["a/work/b", "https" + "://www.gov.cn/zhengce", "requests/received"]
)
def test_plain_words_are_left_alone(tmp_path: Path, line: str) -> None:
    file = tmp_path / "file.txt"
    file.write_text(line, "utf-8")
    assert list(tracked.faults([file])) == []


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [("a", "a\n", True), ("a\n\n\n", "a\n", True), ("a\n", "a\n", False), ("", "", False)],
)
def test_a_text_ends_with_one_newline(
    tmp_path: Path, before: str, after: str, *, changed: bool
) -> None:
    file = tmp_path / "file.txt"
    file.write_text(before, "utf-8")
    assert (mend(file), file.read_text("utf-8")) == (changed, after)


@pytest.mark.parametrize(
    "script",
    [
        ".ci/run",
        "manage.py",
        "tools/apt-needs",
        "tools/first-check",
        "tools/fonts",
        "tools/lock",
    ],
)
def test_what_is_meant_to_be_started_can_be(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111


def test_every_word_of_the_makefile_is_explained() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.search(r"(?m)^\.PHONY: (.*)$", text)[1].split()) - {"browser"}
    assert phony == set(re.findall(r"(?m)^([a-z]+):.*## ", text))


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.lock"


def _pinned(name: str) -> dict[str, list[str]]:
    """Return ``package==version`` → its hashes, whatever its marker."""
    return {
        entry.split(" ;")[0]: re.findall(r"--hash=\S+", hashes)
        for entry, hashes in _entries(name).items()
    }


def _entries(name: str) -> dict[str, str]:
    """Return ``package==version`` with its marker → its hashes."""
    joined = _lock(name).read_text("utf-8").replace("\\\n", " ")
    lines = [
        line
        for line in joined.splitlines()
        if "==" in line and not line.lstrip().startswith("#")
    ]
    return {line.split("--hash")[0].strip(): line.split(" ", 1)[1] for line in lines}
