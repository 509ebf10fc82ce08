"""Makes the named text files end with exactly one newline; 1 if any did not."""

from __future__ import annotations

import sys
from pathlib import Path


def mend(file: Path) -> bool:
    """Return whether ``file`` had to be changed to end with one newline."""
    before = file.read_bytes()
    after = before.rstrip(b"\r\n") + b"\n" if before.strip() else b""
    if before == after:
        return False
    file.write_bytes(after)
    return True


def main(names: list[str]) -> int:
    """Mend every named file and name those that needed it."""
    mended = [name for name in names if mend(Path(name))]
    for name in mended:
        print(f"ended with one newline now: {name}")
    return 1 if mended else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
