"""Tries a program that reads annual reports against what must be read of them.

Needs nothing but Python. ``python run.py COMMAND…`` runs the command once a report, with
the report's path last, and reads JSON from its output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Said = dict[str, Any]
HERE = Path(__file__).resolve().parent
WHOLE = ("body", "year", "edition", "signed_on")
SAID = "unreadable"


def number(text: object) -> Decimal | None:
    """Return a figure as a number, so that 1.50 and 1.5 are one; None where it is none."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def same(want: Said, got: Said) -> bool:
    """Return whether a cell says what it must."""
    if want["state"] != got.get("state") or want.get("unit") != got.get("unit"):
        return False
    return want["state"] != "number" or number(want["value"]) == number(got.get("value"))


def compare(want: Said, got: Said) -> tuple[list[str], int]:
    """Return what is wrong of a report, and how many cells were said to be unreadable."""
    wrong = [
        f"{key}: {got.get(key)!r}, not {want[key]!r}"
        for key in WHOLE
        if got.get(key) != want[key]
    ]
    cells, unread = got.get("cells") or {}, 0
    for name, cell in want["cells"].items():
        found = cells.get(name) or {}
        if found.get("state") == SAID:
            unread += 1
        elif not same(cell, found):
            wrong.append(f"{name}: {found or 'nothing'}, not {cell}")
    return wrong, unread


def told(command: list[str], path: Path) -> Said:
    """Return what a command says of a report; raises `ValueError` where it says nothing."""
    words = [*command, str(path)]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - theirs
    try:
        return json.loads(done.stdout)
    except ValueError as none:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        why = f"no JSON (exit {done.returncode}): {said}"
        raise ValueError(why) from none


def main(command: list[str]) -> int:
    """Try every report and say how it went."""
    if not command:
        sys.stderr.write(__doc__)
        return 2
    failed = 0
    for record in sorted((HERE / "expected").glob("*.json")):
        want = json.loads(record.read_text("utf-8"))
        try:
            got = told(command, HERE / "reports" / want["file"])
        except (OSError, ValueError) as none:
            sys.stderr.write(f"{want['file']}: {none}\n")
            return 2
        wrong, unread = compare(want, got)
        failed += bool(wrong)
        cells = len(want["cells"])
        print(f"{want['file']}: {cells} cells, {len(wrong)} wrong, {unread} unreadable")
        for each in wrong[:20]:
            print(f"  {each}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
