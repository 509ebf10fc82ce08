"""How fast the search answers with very many entries, by either engine.

``python -m tests.trials.searching --entries 50000 --engine embedded``. Fills an index
with entries made up of official prose (1,000,000 take an hour and some gigabytes) and
prints what the top 20 cost: words of one, two and more characters, common and rare,
phrases, numbers, narrowed by facets. The exit status says whether p95 is within the
limit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.web.settings")
django.setup()

from mingtang_web.searching.entries import Asked, Entry, Key  # noqa: E402
from mingtang_web.searching.finding import find, suggested  # noqa: E402
from mingtang_web.searching.wanted import wanted  # noqa: E402
from tests.trials.desk import say  # noqa: E402
from tests.web.searching.shelves import EMBEDDED, SCALED, opened  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 50
"""Milliseconds in which 95 of 100 searches answer."""
BATCH = 1000
BODIES = 300
SIGNS = 700
"""Characters of an entry's text."""
WORDS = (
    "住房保障", "公租房", "配租", "排水管网", "改造工程", "行政许可", "行政处罚",
    "政府信息公开", "财政预算", "决算", "医疗保险", "义务教育", "招生", "土地征收",
    "补偿标准", "环境影响评价", "安全生产", "检查", "通知", "公告", "意见", "办法",
    "规定", "实施方案", "工作要点", "责任", "审批", "备案", "公示", "人员", "单位",
    "项目", "资金", "监督", "管理", "服务", "改革", "城市", "农村", "道路", "交通",
    "消防", "应急", "社会救助", "残疾人", "就业", "创业", "培训", "养老",
)  # fmt: skip
SYLLABLES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东南西北中春夏秋冬山河湖海林田"
JOINTS = (
    "的",
    "和",
    "，",
    "。",
    "、",
    "按照",
    "依照",
    "进一步加强",
    "做好",
    "现将",
    "如下：",
)
FIRST, DAYS = date(2008, 5, 1), 6500


def main() -> int:
    """Fill, ask, print a table; the exit status says whether all is within the limit."""
    parser = argparse.ArgumentParser(description="time the search with many entries")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=(EMBEDDED, SCALED), default=EMBEDDED)
    parser.add_argument("--searches", type=int, default=100, help="of each kind")
    parser.add_argument("--folder", type=Path, help="keep the index here, or find it")
    options = parser.parse_args()
    with ExitStack() as after:
        folder = options.folder or Path(after.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True)
        engine = opened(options.engine, folder)
        after.callback(engine.close)
        fill(engine, options.entries)
        say(f"{options.entries} entries, {options.engine}, {_size(folder):.0f} MB, load"
            f" {os.getloadavg()[0]:.1f}")  # fmt: skip
        say(f"{'search':36}{'p50 ms':>9}{'p95 ms':>9}{'found':>9}")
        return 0 if _timed(engine, options) else 1


def _timed(engine, options: argparse.Namespace) -> bool:
    every: list[float] = []
    for name, made in kinds(engine, options.entries):
        chance = Random(name)  # noqa: S311 - no secret
        times, found = [], 0
        for _ in range(options.searches):
            start = time.perf_counter()
            found = made(chance)
            times.append((time.perf_counter() - start) * 1000)
        every += times
        p95 = statistics.quantiles(times, n=20)[-1]
        slow = "" if p95 <= LIMIT else "  slow"
        say(f"{name:36}{statistics.median(times):9.1f}{p95:9.1f}{found:9}{slow}")
    p95 = statistics.quantiles(every, n=20)[-1]
    say(f"{'all':36}{statistics.median(every):9.1f}{p95:9.1f}")
    return p95 <= LIMIT


def kinds(engine, count: int) -> Iterator[tuple[str, Callable[[Random], int]]]:
    """Yield what is asked, and how; each returns how many were found of the last."""

    def asked(typed: Callable[[Random], str], **more: object) -> Callable[[Random], int]:
        def ask(chance: Random) -> int:
            held = {k: v(chance) if callable(v) else v for k, v in more.items()}
            return find(engine, Asked(wanted(typed(chance)), **held)).counted

        return ask

    def word(chance: Random) -> str:
        return chance.choice(WORDS)

    yield "a common word", asked(word)
    yield "a common word, newest first", asked(word, newest=True)
    yield "two common words", asked(lambda c: f"{word(c)} {word(c)}")
    yield "a rare word", asked(lambda c: _rare(c.randrange(count)))
    yield "a word that stands nowhere", asked(lambda _: "没有这样的词")
    yield "one character", asked(lambda c: c.choice(word(c)))
    yield "a phrase", asked(lambda c: f"“{word(c)}的{word(c)}”")
    yield "a number", asked(lambda c: _number(c.randrange(count)))
    narrowed = {"narrowed": lambda c: {"body": f"B{c.randrange(BODIES)}"}}
    yield "a common word in a body", asked(word, **narrowed)
    year = {"narrowed": lambda c: {"year": str(2009 + c.randrange(16)), "kind": "document"}}
    yield "a common word of a year", asked(word, **year)
    yield "in titles", asked(word, where="title")
    yield "suggestions", lambda c: len(suggested(engine, word(c)))


def fill(engine, count: int) -> None:
    """Put entries in until there are so many."""
    start, size = time.perf_counter(), engine.size()
    while size < count:
        last = min(size + BATCH, count)
        engine.write([_entry(number) for number in range(size, last)], (), {})
        size = last
        if size % (50 * BATCH) == 0 or size == count:
            say(f"{size} entries after {time.perf_counter() - start:.0f} s")


def _entry(number: int) -> Entry:
    chance = Random(number)  # noqa: S311 - no secret
    day = FIRST + timedelta(number * DAYS // 1_000_000 + chance.randrange(300))
    count = SIGNS // 5
    words, joints = chance.choices(WORDS, k=count), chance.choices(JOINTS, k=count)
    pairs = zip(words, joints, strict=True)
    parts = [_rare(number), *(part for pair in pairs for part in pair)]
    title = f"关于{chance.choice(WORDS)}{chance.choice(WORDS)}的{chance.choice(WORDS)}"
    body = chance.randrange(BODIES)
    return Entry(
        Key("document", number + 1), "1", "document", ("TOP", f"B{body}"), title, day,
        _number(number), f"XS/{number:09}", "".join(parts), topic="construction",
        genre=chance.choice(("notice", "measures")), year=day.year,
    )  # fmt: skip


def _rare(number: int) -> str:
    """Return a name that stands in one entry, as names of places do."""
    base = len(SYLLABLES)
    signs = [SYLLABLES[number // base**power % base] for power in range(4)]
    return f"{''.join(signs)}小区"


def _number(number: int) -> str:
    return f"西政发〔{2008 + number % 17}〕{number // 17 + 1}号"


def _size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
