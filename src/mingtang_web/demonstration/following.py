"""``python -m mingtang_web.demonstration.following MODULE …``: a module that ends with us.

The system tells it to end when the process that began it is gone, killed ones too.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Run a module, with its words, as `python -m` would; Linux alone ends it."""
    began, sys.argv = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == began:  # else it was gone before the system was asked
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
