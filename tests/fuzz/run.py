"""``python -m tests.fuzz.run --seconds N``: look for input that breaks the reader.

Half of the trials are damaged reports whose gold is known: a wrong cell is a
find. The other half are bytes broken at random, a quarter of them PDF: any
exception but `UnreadableSourceError`, and anything slow, is a find. What breaks is made
small and kept under ``kept/``; the next run goes on where this one stopped.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import signal
import time
import zipfile
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from mingtang.checking import check
from mingtang.reading import read
from mingtang.reading.source import UnreadableSourceError
from tests.fuzz.papers import broken_paper
from tests.trials.cases import (
    CUTS,
    EDITIONS,
    LAYOUTS,
    NONE,
    SCRIPTS,
    Recipe,
    make,
    possible,
    try_out,
)
from tests.trials.mutations import HARMFUL, HARMLESS
from tests.trials.ofd import DIALECTS, ofd, sheets
from tests.trials.pages import ENCODINGS
from tests.trials.paper import source, typeset
from tests.trials.scans import drawn, jpeg, png, scanned_pdf, tiff
from tests.trials.tables import FIGURES, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

KEPT = Path(__file__).with_name("kept")
PROGRESS = KEPT / "progress.json"
PATIENCE = 30
SLOW = 2.0
MEMORY = 3 << 30
_TOKENS = (
    *(
        b"<table>",
        b"</table>",
        b"<td>",
        b"</td>",
        b"<tr>",
        b"</tr>",
        b"<p>",
        b"<!--",
        b"-->",
    ),
    *(
        b'<td colspan="9">',
        b'<td rowspan="0">',
        b"<script>",
        b"&nbsp;",
        b"&#",
        b"\0",
        b"\xff",
    ),
    *(
        b"|",
        b" | ",
        b"|||",
        b"\t",
        b"\n",
        b"\r",
        b"\n\n",
        b" ",
        b"0",
        b"1",
        b"999",
        b"-",
        b"/",
    ),
    *(
        word.encode()
        for word in ("规章", "总计", "其他", "三、", "（七）总计", "2019年", "　", "，")
    ),
    *(word.encode("gbk") for word in ("规章", "总计")),
)
_NUMBER = re.compile(rb"-?\d+\.?\d*")
_WILD = (b"nan", b"1e308", b"-1", b"0", b"999999", b"g 9999999999 1", b"", b"1 1", b"M")


class HangError(Exception):
    """An input took longer than the watchdog waits."""


def _alarm(_signal: int, _frame: FrameType | None) -> None:
    message = f"nothing after {PATIENCE} s"
    raise HangError(message)


def judge_bytes(data: bytes) -> str:
    """Return what is wrong with how the bytes are read, or nothing."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        check(read(data).report)
    except UnreadableSourceError as refusal:
        return "refused in two lines" if "\n" in str(refusal) else ""
    except Exception as trouble:  # noqa: BLE001 - finding them is the purpose
        return f"{type(trouble).__name__}: {trouble}"[:200]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def judge_recipe(recipe: Recipe) -> str:
    """Return what is wrong with how a recipe's trial is read, or nothing."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        tried = try_out(recipe)
    except Exception as trouble:  # noqa: BLE001 - finding them is the purpose
        return f"{type(trouble).__name__}: {trouble}"[:200]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if tried is None:
        return ""
    verdict = tried[2]
    if verdict.wrong:
        return f"wrong {verdict.wrong[0]}"
    plain = recipe.damage == NONE or recipe.damage in HARMLESS
    if plain and verdict.share < 0.98:
        return f"only {verdict.share:.3f} of a harmless trial read"
    return ""


def any_recipe(random: Random) -> Recipe:
    """Return some recipe that makes a fair trial."""
    while True:
        damage = random.choice((NONE, "cut", *HARMLESS, *HARMFUL, *HARMFUL))
        recipe = Recipe(
            random.randrange(1 << 30),
            random.choice(EDITIONS),
            random.choice(FIGURES),
            random.choice((0.0, 0.0, 0.1, 0.3)) if damage != "cut" else 0.0,
            damage,
            random.choice(
                LAYOUTS if damage != "cut" else [one for one in CUTS if one != "RUN"]
            ),
            random.choice(list(ENCODINGS)) if damage != "cut" else "utf-8",
            random.choice(("", "", "", *SCRIPTS)) if damage == NONE else "",
        )
        gbk = "gb" in ENCODINGS[recipe.encoding][1]
        if possible(recipe) and not (gbk and recipe.script):
            return recipe


def _edit(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    size = random.choice((1, 1, 3, 10, 100, 2000))
    piece = bytes(data[start : start + size])
    deed = random.randrange(6)
    if deed == 0:
        del data[start : start + size]
    elif deed == 1:
        data[start:start] = random.choice(_TOKENS)
    elif deed == 2:
        data[start:start] = piece * random.choice((1, 2, 5))
    elif deed == 3 and start < len(data):
        data[start] = random.randrange(256)
    elif deed == 4:
        token = random.choice(_TOKENS)
        data[:] = data.replace(token, random.choice(_TOKENS), random.choice((1, 5, -1)))
    else:
        other = random.randrange(len(data) + 1)
        del data[start : start + size]
        data[other:other] = piece


def broken(random: Random) -> bytes:
    """Return a report's bytes, broken in a few places."""
    case = make(any_recipe(random))
    data = bytearray(case.data if case else b"")
    for _ in range(random.choice((1, 2, 5, 20))):
        _edit(data, random)
        del data[400_000:]
    return bytes(data)


@cache
def _ofds() -> tuple[bytes, ...]:
    """Return one report as every writer of OFD puts it."""
    pages = sheets(typeset(source(report(5, "2021", "distinct"))))
    return tuple(ofd(pages, dialect) for dialect in DIALECTS.values())


def broken_ofd(random: Random) -> bytes:
    """Return an OFD, one of its parts broken in a few places, or its numbers wild."""
    with zipfile.ZipFile(io.BytesIO(random.choice(_ofds()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(list(parts))
    data = bytearray(parts[name])
    for _ in range(random.choice((1, 2, 5))):
        numbers = [found.span() for found in _NUMBER.finditer(data)]
        if numbers and random.random() < 0.7:
            start, end = random.choice(numbers)
            data[start:end] = random.choice(_WILD)
        else:
            _edit(data, random)
    parts[name] = bytes(data)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, held in parts.items():
            archive.writestr(each, held)
    return made.getvalue()


@cache
def _pictures() -> tuple[bytes, ...]:
    """Return a small table as every file of pictures that is read."""
    head = "#set page(width: 300pt, height: 200pt, margin: 20pt)\n"
    cells = ", ".join(f"[{each}]" for each in ("规章", 12, 8, "行政许可", 0, 7))
    (page,) = drawn(typeset(f"{head}#table(columns: 3, {cells})"))
    return png(page), jpeg(page), tiff([page, page]), scanned_pdf([page])


def broken_picture(random: Random) -> bytes:
    """Return a picture of a table, broken in a few places."""
    data = bytearray(random.choice(_pictures()))
    for _ in range(random.choice((1, 2, 5))):
        _edit(data, random)
    return bytes(data)


def _broken(number: int, random: Random) -> bytes:
    """Return what is tried in a trial of broken bytes; pictures take seconds."""
    if number % 10 == 0:
        return broken_ofd(random)
    if number % 8 == 0:
        return broken_paper(random, _edit)
    return broken_picture(random) if number % 40 == 2 else broken(random)


def smaller(data: bytes, still: Callable[[bytes], bool], seconds: float = 20) -> bytes:
    """Return the smallest input found in the time that still fails."""
    end = time.monotonic() + seconds
    size = len(data) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            less = data[:at] + data[at + size :]
            if still(less):
                data = less
            else:
                at += size
        size //= 2
    return data


@dataclass
class Progress:
    """What all runs together have done."""

    trials: int = 0
    finds: int = 0
    seconds: float = 0.0
    slowest: float = 0.0

    @classmethod
    def load(cls) -> Progress:
        """Return what was done before."""
        return cls(**json.loads(PROGRESS.read_text())) if PROGRESS.exists() else cls()

    def save(self) -> None:
        """Remember it for the next run."""
        PROGRESS.write_text(json.dumps(asdict(self), indent=1) + "\n")


def keep_bytes(data: bytes, trouble: str) -> None:
    """Keep an input as a small file."""
    kind = trouble.split(":", maxsplit=1)[0]
    small = smaller(data, lambda less: judge_bytes(less).split(":")[0] == kind)
    name = sha256(small).hexdigest()[:12]
    (KEPT / f"{name}.bin").write_bytes(small)
    print(f"  kept {name}.bin, {len(small)} bytes: {trouble}")


def keep_recipe(recipe: Recipe, trouble: str) -> None:
    """Keep a recipe as a small file."""
    words = json.dumps(recipe._asdict(), ensure_ascii=False, indent=1)
    name = sha256(words.encode()).hexdigest()[:12]
    (KEPT / f"{name}.json").write_text(words + "\n", encoding="utf-8")
    print(f"  kept {name}.json, {recipe}: {trouble}")


def _one(number: int, seen: set[str]) -> tuple[bool, float]:
    random = Random(f"fuzz {number}")  # noqa: S311 - not a secret
    start = time.monotonic()
    if number % 2:
        recipe = any_recipe(random)
        trouble = judge_recipe(recipe)
        key = f"{recipe.damage} {trouble.split(' ')[0]}"
    else:
        data = _broken(number, random)
        start = time.monotonic()
        trouble = judge_bytes(data)
        key = trouble
    took = time.monotonic() - start
    if took > SLOW and not trouble:
        print(f"  slow: trial {number} took {took:.1f} s")
    if trouble and key not in seen:
        seen.add(key)
        if number % 2:
            keep_recipe(recipe, trouble)
        else:
            keep_bytes(data, trouble)
    return bool(trouble), took


def main() -> None:
    """Try until the time is over."""
    parser = argparse.ArgumentParser(description="look for input that breaks the reader")
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _alarm)
    KEPT.mkdir(exist_ok=True)
    progress = Progress.load()
    seen: set[str] = set()
    start = shown = time.monotonic()
    first = progress.trials
    while time.monotonic() - start < seconds:
        found, took = _one(progress.trials, seen)
        progress.trials += 1
        progress.finds += found
        progress.slowest = max(progress.slowest, took)
        if time.monotonic() - shown > 10:
            shown = time.monotonic()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{shown - start:6.0f} s  {progress.trials - first} trials, "
                f"{progress.finds} finds in all, {peak} MB",
                flush=True,
            )
    progress.seconds += time.monotonic() - start
    progress.save()
    print(
        f"{progress.trials - first} trials; {progress.finds} finds in all, kept in {KEPT}"
    )


if __name__ == "__main__":
    main()
