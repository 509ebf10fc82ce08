"""One act with its letter and proof, in a process of its own that dies at a named point.

Started as ``python -m tests.web.letters.killed``; the database, the folder and the
case are told as JSON on the first line of its input, a point on each that follows.
"""

from __future__ import annotations

import json
import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

DEAD = 9
POINTS = (
    "before number", "after number", "before compose", "after compose", "before seal",
    "after seal", "before record", "after record", "before commit", "after commit",
)  # fmt: skip
SIGN_POINTS = ("before consent", "after consent", *POINTS)
FILE_POINTS = ("before write", "after write", "before rename", "after rename", *POINTS[6:])


def main() -> None:
    """Do what each line of the input tells in a process of its own; say how each ended.

    This process itself touches no database: it is there so that Django is
    loaded once.
    """
    told = json.loads(sys.stdin.readline())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"
    # The parent's keys open what the parent sealed.
    settings.DATABASES["default"] = told["database"]
    settings.MEDIA_ROOT = Path(told["media"])
    settings.MASTER_KEY = Path(told["master"])
    settings.INDEX_KEY = Path(told["index"])
    django.setup()
    from tests.web.letters import killed_acts  # noqa: PLC0415 - models wait for setup

    done = getattr(killed_acts, told["act"])
    for point in sys.stdin:
        child = os.fork()
        if not child:
            die_at(point.strip())
            done(told)
            os._exit(0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def die_at(point: str) -> None:
    """Put the end of the process before or after one step."""
    from django.db import connections  # noqa: PLC0415 - models wait for setup

    from mingtang_web.cases import actions as cases  # noqa: PLC0415
    from mingtang_web.cases import waiting  # noqa: PLC0415
    from mingtang_web.files import storing  # noqa: PLC0415
    from mingtang_web.letters import actions, composing, delivering  # noqa: PLC0415

    places: dict[str, list[tuple[object | ModuleType, str]]] = {
        "number": [(actions, "next_number")],
        "compose": [(composing, "compose")],
        "seal": [(actions, "seal_text")],
        "record": [(cases, "append"), (delivering, "append")],
        "consent": [(waiting, "append")],
        "commit": [(type(connections["default"]), "_commit")],
        "write": [(storing, "put")],
        "rename": [(Path, "replace")],
    }
    when, _, what = point.partition(" ")
    for place, name in places[what]:
        setattr(place, name, dying(getattr(place, name), when))


def dying(step: Callable[..., object], when: str) -> Callable[..., object]:
    """Return a step that ends the process before or after itself."""

    @wraps(step)
    def done(*args: object, **named: object) -> object:
        if when == "before":
            os._exit(DEAD)
        step(*args, **named)
        os._exit(DEAD)

    return done


if __name__ == "__main__":
    main()
