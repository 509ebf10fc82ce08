"""The pack for other programs: this engine passes it, and one that misreads does not."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.conformance import dictionary, pack, records, tidy

MISREADING = """import json, subprocess, sys
said = json.loads(subprocess.check_output([sys.executable, "-m", "mingtang", "read",
    "--json", sys.argv[-1]]))
cell = said["cells"]["requests/received/total"]
{fault}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pack")
    with zipfile.ZipFile(io.BytesIO(pack())) as packed:
        packed.extractall(made)
    for record in sorted((made / "expected").glob("*.json"))[2:]:
        record.unlink()  # a program is started once a report
    return made


def tried(folder: Path, *command: str) -> tuple[int, str]:
    words = [sys.executable, str(folder / "run.py"), *command]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - our own
    return done.returncode, (done.stdout + done.stderr).decode()


def test_this_engine_passes(folder: Path) -> None:
    code, said = tried(folder, sys.executable, "-m", "mingtang", "read", "--json")
    assert (code, said.count("200 cells, 0 wrong, 0 unreadable")) == (0, 2), said


@pytest.mark.parametrize(
    ("fault", "ends", "words"),
    [
        ("cell['value'] = '123456'", 1, "1 wrong, 0 unreadable"),
        ("cell['state'] = 'unreadable'", 0, "0 wrong, 1 unreadable"),
        ("said['year'] += 1", 1, "1 wrong"),
        ("said = []", 2, "no JSON"),
    ],
)
def test_one_that_misreads_is_told_of(
    folder: Path, tmp_path: Path, fault: str, ends: int, words: str
) -> None:
    program = tmp_path / "other.py"
    fault = fault.replace("said = []", "raise SystemExit('broken')")
    program.write_text(MISREADING.format(fault=fault), "utf-8")
    code, said = tried(folder, sys.executable, str(program))
    assert code == ends, said
    assert words in said


def test_it_is_the_same_each_time_and_has_every_cell() -> None:
    assert pack() == pack()
    rows = list(csv.DictReader(io.StringIO(tidy())))
    names = {(row["edition"], row["cell"]) for row in rows}
    known = list(csv.DictReader(io.StringIO(dictionary())))
    assert names <= {(row["edition"], row["cell"]) for row in known}
    assert len({row["file"] for row in rows}) == len(records()) == 9
    assert {row["value"] for row in rows if row["state"] != "number"} == {""}
