"""A guarded room for dangerous input: one process, with a memory limit and a watchdog.

``python -m tests.trials.ward FILE`` reads FILE and prints what became of it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 3 << 30
PATIENCE = 60


class Outcome(NamedTuple):
    """What became of an input: ``read``, ``unreadable``, ``crash`` or ``hang``."""

    kind: str
    message: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    numbers: int = 0


def watch(path: Path | str, patience: float = PATIENCE) -> Outcome:
    """Return what becomes of a file, without being harmed by it."""
    command = [sys.executable, "-m", "tests.trials.ward", str(path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, cwd=ROOT, capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome("hang", f"nothing after {patience} s", patience)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [f"status {done.returncode}"]
        return Outcome("crash", last[0])
    return Outcome(**json.loads(done.stdout))


def peak() -> float:
    """Return the most memory this process ever held, in MB.

    Not `getrusage`: there a process inherits the peak of the one that started it.
    """
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    (line,) = (line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Read the file named on the command line and print the outcome."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from mingtang.reading import read  # noqa: PLC0415 - under the limit
    from mingtang.reading.source import UnreadableSourceError  # noqa: PLC0415

    start = time.perf_counter()
    kind, message, numbers = "read", "", 0
    try:
        report = read(Path(sys.argv[1])).report
        numbers = sum(fact.state.value == "number" for fact in report.facts.values())
    except UnreadableSourceError as trouble:
        kind, message = "unreadable", str(trouble)
    outcome = Outcome(kind, message, time.perf_counter() - start, peak(), numbers)
    sys.stdout.write(json.dumps(outcome._asdict()))


if __name__ == "__main__":
    main()
