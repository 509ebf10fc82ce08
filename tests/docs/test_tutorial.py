"""What the documents show at a prompt is run, and must print what they promise.

A ``console`` block holds commands after ``$`` and, below each, what it prints.
A line ``…`` stands for any number of lines; everything else must be there as
written, one line after the other. Where nothing is promised, nothing is
compared. Only the running number of a finding may differ: it changes with every
rule that is added.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.documents import ROOT, documents, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

GAP = "…"
# What `make run` does once its environment stands; the Makefile is held to it below.
MAKE_RUN = "sh tools/first-check"
STORIES = [path for path in documents() if any(samples(path, "console"))]


def steps(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of a document in order, each with the lines it promises."""
    for sample in samples(path, "console"):
        command = ""
        for prompt, lines in groupby(
            sample.body.splitlines(), lambda line: line[:2] == "$ "
        ):
            if prompt:
                *before, command = [line.removeprefix("$ ") for line in lines]
                yield from ((earlier, []) for earlier in before)
            else:
                yield command, list(lines)
                command = ""
        if command:
            yield command, []


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder that looks like a clone after ``make run`` has set up .venv."""
    for folder in ("samples", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "out").mkdir()
    return tmp_path


def run(command: str, folder: Path) -> list[str]:
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
    }
    words = MAKE_RUN if command == "make run" else command
    done = subprocess.run(  # noqa: S602 - our own documents
        words,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return [line.rstrip() for line in (done.stdout + done.stderr).decode().splitlines()]


def unnumbered(line: str) -> str:
    return re.sub(r"^  \d+\. (?=[A-Z]\d{3} )", "  ", line.rstrip())


def missing(promised: list[str], printed: list[str]) -> str | None:
    """Return the first promised line that does not stand where it should."""
    at, loose = 0, False
    printed = [unnumbered(line) for line in printed]
    for line in map(unnumbered, promised):
        if line == GAP:
            loose = True
            continue
        places = [i for i in range(at, len(printed)) if printed[i] == line]
        if not places or not (loose or places[0] == at):
            return line
        at, loose = places[0] + 1, False
    return None if loose or at == len(printed) else f"(and then) {printed[at]}"


def test_the_tutorial_writes_into_one_folder_that_git_ignores(clone: Path) -> None:
    before = {path for path in clone.rglob("*") if path.is_file()}
    for command, _ in steps(ROOT / "docs/tutorials/first-check.md"):
        run(command, clone)
    made = {path for path in clone.rglob("*") if path.is_file()} - before
    assert made
    assert {path.relative_to(clone).parts[0] for path in made} == {"out"}
    assert "/out/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_every_command_prints_what_the_document_promises(path: Path, clone: Path) -> None:
    for command, promised in steps(path):
        printed = run(command, clone)
        lost = missing(promised, printed) if promised else None
        shown = "\n".join(printed)
        assert lost is None, f"$ {command}\npromised: {lost}\nprinted:\n{shown}"


def test_the_tutorial_runs_the_main_job() -> None:
    commands = [command for command, _ in steps(ROOT / "docs/tutorials/first-check.md")]
    assert commands[0] == "make run"
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"(?m)^run:.*\n((?:\t.*\n)+)", makefile)
    assert recipe is not None
    assert MAKE_RUN in recipe[1]


@pytest.mark.parametrize(
    ("promised", "printed", "lost"),
    [
        (["a", "b"], ["a", "b"], None),
        (["a"], ["a", "b"], "(and then) b"),
        (["a", GAP], ["a", "b"], None),
        ([GAP, "b"], ["a", "b"], None),
        (["a", "c"], ["a", "b", "c"], "c"),
        (["a", GAP, "c"], ["a", "b", "c"], None),
        ([GAP, "d", GAP], ["a", "b"], "d"),
        (["  2. F102 x"], ["  11. F102 x"], None),
    ],
)
def test_promises_are_compared_line_by_line(
    promised: list[str], printed: list[str], lost: str | None
) -> None:
    assert missing(promised, printed) == lost
