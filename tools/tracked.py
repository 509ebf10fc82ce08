"""Finds in tracked files what ties them to one network or one machine.

A registry's address in a lock file makes every reader of the repository ask
that registry; a path of one machine is right on that machine alone; a secret key
handed on is none. ``make lint`` runs this, and so does a test.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each is written so that it does not find itself.
FAULTS = {
    "a package registry's address": re.compile(
        r"https?://[^\s\"'<>)]*"
        r"(pypi|pythonhosted|npmjs|registry\.npm|debian\.org|mirror|artifactory|nexus)"
    ),
    "a path of one machine": re.compile(
        r"(?<![A-Za-z0-9_.])/(work|farm|root|home)/[A-Za-z.]"
    ),
    "a secret key": re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(AKIA|ghp_|glpat-)[A-Za-z0-9]{16,}"
    ),
    "a place to look for packages": re.compile(
        r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)[ =]\S", re.MULTILINE
    ),
}


def tracked(root: Path) -> list[Path]:
    """Return the files that git tracks under ``root``, or would if asked to."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - fixed words
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return [root / name for name in names if (root / name).is_file()]


def faults(files: list[Path]) -> Iterator[str]:
    """Yield ``file:line: what stands there`` for each fault in text files."""
    for file in files:
        content = file.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", errors="replace")
        for what, pattern in FAULTS.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{file}:{line}: {what}: {found.group().strip()}"


def main() -> int:
    """Print each fault of the repository that is the current folder."""
    found = list(faults(tracked(Path())))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
