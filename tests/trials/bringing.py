"""How fast and in how much memory a large catalogue comes in, killed once on the way.

``python -m tests.trials.bringing --documents 100000 --database postgresql``. The command
`import_documents` runs in a process of its own: it stages, tries, is agreed to by another
person, brings in, is killed in the middle (SIGKILL) and goes on. Its memory is read from
the kernel as it tells how far it is. In the end every row is one document, no more and
no less, in its order, and the ledger's chain holds.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.trials.desk import say, site

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FLAT = 48
"""Megabytes by which the memory of a run may grow from its first tenth to its end."""
TELLING, LARGE = 10_000, 10**9
_AT = re.compile(r"已到第 (\d+) 行")


class At(NamedTuple):
    """How far a run is: its row, seconds since it began, megabytes it holds."""

    row: int
    seconds: float
    memory: float


def main() -> int:
    """Bring in, kill, go on, print; the exit status says whether all is as it must be."""
    parser = argparse.ArgumentParser(description="time a large import")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    with ExitStack() as after:
        folder = Path(after.enter_context(tempfile.TemporaryDirectory()))
        after.enter_context(site(folder, options.database))
        code = founded()
        file = folder / "旧站.csv"
        written(file, options.documents)
        size = file.stat().st_size / 1e6
        say(f"{options.documents} rows, {size:.0f} MB, {options.database}, {load()}")
        words = ["import_documents", str(file), "--body", code, "--by", "fabu"]
        good = told("staged and tried", run([*words, "--reason", "旧站数据库导出"]))
        agreed()
        again = [*words, "--resume", "1"]
        good &= told("brought in, killed", run(again, options.documents // 2))
        say(f"  after the kill {documents()} documents")
        good &= told("brought in, going on", run(again))
        faults = list(judged(options.documents))
        say("\n".join(faults) or "every row once, in its order; the ledger's chain holds")
        say(load())
    return 0 if good and not faults else 1


def load() -> str:
    """Return how busy the machine is."""
    return f"load of this machine {os.getloadavg()[0]:.1f}"


def founded() -> str:
    """Found the district and return the code of the body that brings in."""
    from mingtang_web.bodies.models import Body  # noqa: PLC0415 - after the set-up
    from mingtang_web.demonstration.district import WHERE, found_district  # noqa: PLC0415
    from tests.trials.filling import PASSWORD  # noqa: PLC0415

    found_district(PASSWORD)
    return Body.objects.get(short_name=WHERE).code


def written(file: Path, rows: int) -> None:
    """Write an old site's catalogue."""
    from mingtang_web import clock  # noqa: PLC0415 - after the set-up
    from tests.trials.publishing import table  # noqa: PLC0415

    file.write_text(table(rows, clock.today()), encoding="utf-8-sig")


def run(words: list[str], kill_at: int = 0) -> list[At]:
    """Run the command; return how far it was when, killed once it is at some row."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    known = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    begun, found, said = time.perf_counter(), [], []
    at_before = LARGE
    with subprocess.Popen(  # noqa: S603 - our own words
        command, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout
        for line in running.stdout:
            said.append(line)
            at = _AT.search(line)
            if not at:
                continue
            row = int(at[1])
            at_now = At(row, time.perf_counter() - begun, _memory(running.pid))
            found.append(at_now)
            if row // TELLING > at_before // TELLING:
                say(f"  {row} rows, {at_now.seconds:.0f} s, {at_now.memory:.0f} MB")
            at_before = row
            if kill_at and row >= kill_at:
                os.kill(running.pid, signal.SIGKILL)
                break
    if not found:
        raise SystemExit("".join(said))
    return found


def _memory(pid: int) -> float:
    """Return the megabytes that a process holds, 0 where it has ended."""
    try:
        held = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    known = re.search(r"VmRSS:\s+(\d+) kB", held)
    return int(known[1]) / 1024 if known else 0


def told(name: str, found: list[At]) -> bool:
    """Print how a run went; return whether its memory stayed flat."""
    first, last = found[0], max(found)  # at the end of a trial the row is 0 again
    rate = (last.row - first.row) / max(0.001, last.seconds - first.seconds)
    held = [at.memory for at in found if at.memory]
    tenth = max(held[: max(1, len(held) // 10)])
    say(
        f"{name:24}{first.row:>8} to {last.row:<8}{last.seconds:7.0f} s, "
        f"{rate:6.0f} rows a second, {tenth:.0f} MB in its first tenth, "
        f"{max(held):.0f} at most"
    )
    return max(held) - tenth <= FLAT


def agreed() -> None:
    """Let another person agree."""
    from mingtang_web.accounts.models import User  # noqa: PLC0415 - after the set-up
    from mingtang_web.bringing import signing  # noqa: PLC0415
    from mingtang_web.bringing.models import Catalogue  # noqa: PLC0415

    made = Catalogue.objects.select_related("body").get()
    approver = User.objects.get(username="shenpi")
    signing.agree(made, signing.hash_of(made), approver)


def documents() -> int:
    """Return how many documents there are."""
    from mingtang_web.publication.models import Document  # noqa: PLC0415

    return Document.objects.count()


def judged(rows: int) -> Iterator[str]:
    """Yield what is not as it must be after an import of so many rows."""
    from mingtang_web.bringing.models import Catalogue, Origin  # noqa: PLC0415
    from mingtang_web.bringing.running import IMPORTED  # noqa: PLC0415
    from mingtang_web.ledger.models import Entry  # noqa: PLC0415
    from mingtang_web.ledger.queries import faults  # noqa: PLC0415
    from mingtang_web.publication.models import Document, Revision, Step  # noqa: PLC0415

    made = Catalogue.objects.select_related("body").get()
    for model in (Document, Revision, Step, Origin):
        count = model._default_manager.count()
        if count != rows:
            yield f"{count} rows of {model.__name__}, not {rows}"
    order = Origin.objects.order_by("document_id").values_list("row", flat=True)
    if list(order) != sorted(set(order)):
        yield "documents are not in the order of their rows"
    lost = set(made.staged.values_list("number", flat=True)) - set(order)
    if lost:
        yield f"lost: {sorted(lost)[:5]}"
    entries = Entry.objects.filter(body=made.body, kind=IMPORTED).count()
    if entries != rows:
        yield f"{entries} entries of the ledger, not {rows}"
    yield from (str(fault) for fault in faults(made.body))
    if made.found.get("public") != rows:
        yield f"told of {made.found}"


if __name__ == "__main__":
    sys.exit(main())
