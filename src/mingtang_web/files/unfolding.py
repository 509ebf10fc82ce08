"""A PDF written anew with nothing folded up in it, in a process of its own.

What a PDF does by itself can be hidden in compressed objects, behind escaped names or
a blank password. PDFium, which reads all that as any viewer does, writes the same
document with every object in the open. It runs apart, with limits on time and memory:
a file that breaks it breaks nothing else. Whoever uploads waits for it, for what may be
dangerous is refused before anything keeps it; so the time is short: of a PDF of 32 MB a
second or two is used.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECONDS, BY_THE_CLOCK = 8, 15
"""Of work, and by the clock where the machine is laden."""
MEMORY = 2 * 1024**3
LARGEST = 256 * 1024 * 1024
"""What comes out may be so large."""
_LOCKED, _TORN, _LARGE = 3, 4, 5
_PASSWORD = 4
"""PDFium's number for a document that asks for a password."""


class UnfoldError(ValueError):
    """A PDF that cannot be looked into."""


class LockedError(UnfoldError):
    """A PDF that opens only with a password."""


def unfolded(data: bytes) -> bytes:
    """Return a PDF with every object in the open.

    Raises `LockedError` where it wants a password, `UnfoldError` where it is damaged or
    takes more time or room than it may.
    """
    words = [sys.executable, "-I", str(Path(__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell
            words, input=data, capture_output=True, timeout=BY_THE_CLOCK, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise UnfoldError from late
    if done.returncode == _LOCKED:
        raise LockedError
    if done.returncode:
        raise UnfoldError
    return done.stdout


def _write_anew() -> int:
    """Read a PDF from the input and write it to the output; say how it went."""
    import io  # noqa: PLC0415 - the parent needs none of it
    import resource  # noqa: PLC0415

    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415
    from pypdfium2 import raw  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    written = io.BytesIO()
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        document.save(written, flags=raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError:
        return _LOCKED if raw.FPDF_GetLastError() == _PASSWORD else _TORN
    except MemoryError:
        return _LARGE
    if written.tell() > LARGEST:
        return _LARGE
    sys.stdout.buffer.write(written.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(_write_anew())
