"""Both READMEs and the contract list every exit status that the command uses."""

from __future__ import annotations

import re

import pytest

from mingtang.cli import batch, program
from tests.docs.documents import ROOT

USED = {
    0,
    batch.FOUND,
    batch.UNREADABLE,
    batch.BUG,
    batch.STOPPED,
    program.WRONG,
    program.STOPPED,
    program.CUT_OFF,
}


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-CN.md", "docs/reference/contract.md"]
)
def test_every_exit_status_is_in_one_table(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    rows = [int(row) for row in re.findall(r"(?m)^\| (\d+) \|", text)]
    assert rows == sorted(USED)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_names_what_many_files_need(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "--jobs 4" in text
    assert "--jsonl --resume" in text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_says_how_the_command_is_found_before_it_is_used(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert text.index("\nsource .venv/bin/activate") < text.index("\nmingtang check")
