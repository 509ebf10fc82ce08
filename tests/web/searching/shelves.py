"""Engines, entries and a plain reader of texts, for tests of the search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from importlib.util import find_spec

import pytest

from mingtang_web.searching.entries import Asked, Entry, Key
from mingtang_web.searching.finding import find
from mingtang_web.searching.wanted import wanted

EMBEDDED, SCALED = "embedded", "scaled"
ENGINES = [
    EMBEDDED,
    pytest.param(
        SCALED,
        marks=pytest.mark.skipif(not find_spec("tantivy"), reason="tantivy is not here"),
    ),
]
SIMPLE = Entry(
    Key("document", 1), "1", "document", ("A", "B"), "关于公租房的通知", date(2024, 1, 2),
    "西政发〔2024〕3号", "X/2024-00001", "正文：申请条件。\n联系电话见附件。",
    (("附表", "住房补贴标准"),), topic="construction", genre="notice", year=2024,
)  # fmt: skip


def opened(kind: str, folder):
    """Open an engine of a kind in a folder."""
    if kind == EMBEDDED:
        from mingtang_web.searching.engines.embedded import EmbeddedEngine  # noqa: PLC0415

        return EmbeddedEngine(folder / "index")
    from mingtang_web.searching.engines.scaled import ScaledEngine  # noqa: PLC0415

    return ScaledEngine(folder / "index")


def entry(ref: int, **more) -> Entry:
    """Return an entry like any other, with what is said of it."""
    held = {"number": "", "index_number": f"X/2024-{ref:05}", "attachments": ()}
    return replace(SIMPLE, key=Key("document", ref), **{**held, **more})


def refs(engine, typed: str, **more) -> list[int]:
    """Return the numbers of what is found, in its order."""
    found = find(engine, Asked(wanted(typed), **{"most": 50, **more}))
    return [each.key.ref for each in found.entries]


def runs_of(text: str) -> list[tuple[str, bool]]:
    """Return the runs of a text, told letter by letter: an oracle for the folding.

    Knows the few traditional characters that the tests write.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.translate(str.maketrans("開辦關補貼發號條", "开办关补贴发号条"))
    plain = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", plain)
    found: list[tuple[str, bool]] = []
    joined = False
    for sign in plain:
        if not sign.isalnum():
            joined = False
            continue
        wide = "\u4e00" <= sign <= "\u9fff"
        if joined and found[-1][1] == wide:
            found[-1] = found[-1][0] + sign, wide
        else:
            found.append((sign, wide))
        joined = True
    return found


def stands(phrase: str, text: str) -> bool:
    """Return whether a phrase stands in a text."""
    sought, there = runs_of(phrase), runs_of(text)
    places = range(len(there) - len(sought) + 1)
    return any(_fits(sought, there[at : at + len(sought)]) for at in places)


def _fits(sought: list[tuple[str, bool]], there: list[tuple[str, bool]]) -> bool:
    last = len(sought) - 1
    for at, ((part, wide), (whole, is_wide)) in enumerate(zip(sought, there, strict=True)):
        if wide != is_wide:
            return False
        if not wide or 0 < at < last:
            good = part == whole
        elif at == last:
            good = part in whole if last == 0 else whole.startswith(part)
        else:
            good = whole.endswith(part)
        if not good:
            return False
    return True
