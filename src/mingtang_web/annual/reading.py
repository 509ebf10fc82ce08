"""The process that reads one report, apart from the site: it knows no database.

Whatever the file makes of it, it stays within its limits and dies alone.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

SECONDS, MEMORY = 60, 4 * 1024**3
"""A file is given so long, and so much."""
UNREADABLE = 3
"""The status with which the process ends that could make nothing of its file."""
_SOURCES = Path(__file__).parents[2]
_START = """import sys
sys.path[:] = {}
from mingtang_web.annual.reading import main
sys.exit(main())
"""


class UnreadableError(ValueError):
    """A file of which no report was read; says why."""

    field = "file"


def read_apart(data: bytes, name: str) -> bytes:
    """Return the report in a file, as the engine's own JSON; raises `UnreadableError`."""
    path = [str(_SOURCES), *filter(None, sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-c", _START.format(path), name],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        said = _("%(n)s秒内没有读完，没有保存；请换成 Word、网页或者本系统的 JSON")
        raise UnreadableError(said % {"n": SECONDS}) from late
    if done.returncode == UNREADABLE:
        raise UnreadableError(done.stderr.decode())
    if done.returncode:
        raise UnreadableError(
            _("这份文件没有读出来，没有保存；请换成 Word、网页或者本系统的 JSON")
        )
    return done.stdout


def main() -> int:
    """Read what comes in, write what was read; the exit status says whether it could."""
    _limit()
    from mingtang.reading import read  # noqa: PLC0415 - after the limits
    from mingtang.reading.source import Source, UnreadableSourceError  # noqa: PLC0415
    from mingtang.writing import write  # noqa: PLC0415

    try:
        given = Source(sys.stdin.buffer.read(), sys.argv[1])
        sys.stdout.buffer.write(write(read(given).report, "json"))
    except UnreadableSourceError as why:
        sys.stderr.buffer.write(str(why).encode())
        return UNREADABLE
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 2, SECONDS * 2))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
