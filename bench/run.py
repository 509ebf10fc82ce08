"""``make bench``: ratios against other readers, taken in one run.

Absolute times belong to the machine; the ratios are the yardstick. Nothing
is written anywhere: the tables go to standard output.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import docx
import openpyxl
import pandas
import pdfplumber
import turbohtml
from selectolax.lexbor import LexborHTMLParser

import mingtang
from bench.compiling import compilings
from bench.measuring import race, resident, roomy_malloc, row
from bench.scans import scanned
from bench.screening import screenings
from bench.writing import writings
from mingtang.reading.formats import docx as docx_reader
from mingtang.reading.formats import pdf
from mingtang.reading.source import UnreadableSourceError
from tests.trials.corpus import CORPUS, samples
from tests.trials.pages import STYLES, page
from tests.trials.paper import source, typeset
from tests.trials.sheets import workbook
from tests.trials.tables import FIGURES, report
from tests.trials.word import HANDS, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD = ("word", "portal", "all at once")
TYPED = ("plain", "split", "everything")
START = [sys.executable, "-c", "pass"]
COMMAND = [str(Path(sys.executable).with_name("mingtang")), "--version"]


def one_page(seed: int, style: str, kind: str | None = None) -> bytes:
    """Return one page as generated pages are, with figures of a kind or of any."""
    edition = ("2021", "2021", "2021", "2019")[seed % 4]
    kind = kind or FIGURES[seed % len(FIGURES)]
    return page(report(seed, edition, kind), STYLES[style]).data.encode()


def generated(count: int, first: int = 0) -> Iterator[bytes]:
    """Yield pages one at a time: half of them pasted from Word, half plain."""
    styles = ("word", "clean", "portal", "chrome", "all at once", "metadata")
    for seed in range(first, first + count):
        yield one_page(seed, styles[seed % len(styles)])


def once(data: bytes) -> int:
    """Read and check one report; return the number of findings."""
    try:
        return len(mingtang.check(mingtang.read(data).report))
    except UnreadableSourceError:
        return 0


def several(pages: list[bytes]) -> int:
    """Read and check a handful, as a worker does."""
    return sum(map(once, pages))


def _parsed(data: bytes) -> object:
    return turbohtml.parse(data.decode()) if hasattr(turbohtml, "parse") else None


def ratios(rounds: int) -> None:
    """Print read and check against bare parsers, on the report of a city that balances."""
    print("## One page, read and checked\n")
    print(row("page", "KB", "read+check ms", "÷ lexbor", "÷ turbohtml", "pandas ÷ ours"))
    print(row(*("---",) * 6))
    for style in WORD:
        data = one_page(6, style, "city")
        text = data.decode()
        times = race(
            {
                "ours": lambda data=data: once(data),
                "lexbor": lambda data=data: LexborHTMLParser(data).root,
                "turbohtml": lambda data=data: _parsed(data),
                "pandas": lambda text=text: pandas.read_html(StringIO(text)),
            },
            rounds,
        )
        best = {name: each.best for name, each in times.items()}
        print(
            row(
                style,
                len(data) // 1000,
                f"{best['ours']:.2f} (middle {times['ours'].middle:.2f})",
                f"{best['ours'] / best['lexbor']:.2f}",
                f"{best['ours'] / best['turbohtml']:.2f}",
                f"{best['pandas'] / best['ours']:.1f}",
            )
        )
    print("\ngoals: ÷ lexbor ≤ 1.5 (dream ≤ 1.0), pandas ÷ ours ≥ 5\n")


def sheets(rounds: int) -> None:
    """Print how long a workbook takes to be read, against openpyxl on the same file."""
    print("## One workbook, read\n")
    print(row("sheets", "KB", "read ms", "openpyxl ÷ ours"))
    print(row(*("---",) * 4))
    for name in ("one sheet", "three sheets"):
        data = workbook(report(6, "2021", "city"), name)
        times = race(
            {
                "ours": lambda data=data: mingtang.read(data),
                "openpyxl": lambda data=data: _every_cell(data),
            },
            rounds,
        )
        best = {each: time.best for each, time in times.items()}
        ours = f"{best['ours']:.2f} (middle {times['ours'].middle:.2f})"
        print(row(name, len(data) // 1000, ours, f"{best['openpyxl'] / best['ours']:.1f}"))
    print("\ngoal: ≤ 5 ms\n")


def _every_cell(data: bytes) -> int:
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return sum(
        1 for page in book for line in page.iter_rows(values_only=True) for _ in line
    )


def word_tables(data: bytes) -> int:
    """Return how many characters python-docx finds in the tables of a document."""
    tables = docx.Document(BytesIO(data)).tables
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    return sum(len(cell.text) for cell in cells)


def documents(rounds: int) -> None:
    """Print the reading of Word documents against python-docx reading their tables."""
    print("## One Word document\n")
    print(row("typed", "KB", "to a document ms", "read+check ms", "python-docx ÷ ours"))
    print(row(*("---",) * 5))
    for name in TYPED:
        data = word(report(6, "2021", "city"), HANDS[name])
        times = race(
            {
                "ours": lambda data=data: docx_reader.read(data),
                "checked": lambda data=data: once(data),
                "python-docx": lambda data=data: word_tables(data),
            },
            rounds,
        )
        best = {key: each.best for key, each in times.items()}
        print(
            row(
                name,
                f"{len(data) / 1000:.0f}",
                f"{best['ours']:.2f} (middle {times['ours'].middle:.2f})",
                f"{best['checked']:.2f}",
                f"{best['python-docx'] / best['ours']:.1f}",
            )
        )
    print("\ngoal: read+check ≤ 10 ms (dream 4)\n")


def _plumbed(data: bytes) -> object:
    with pdfplumber.open(BytesIO(data)) as other:
        return [(page.extract_text(), page.extract_tables()) for page in other.pages]


def papers(rounds: int) -> None:
    """Print the reading of PDF against pdfplumber, on the same files."""
    made = {"typst": typeset(source(report(6, "2021", "city")))}
    found = sorted((CORPUS / "pdf").glob("*.pdf"))
    made |= {path.stem: path.read_bytes() for path in found}
    print("## One PDF with a text layer, read\n")
    print(row("file", "KB", "to grids ms", "read+check ms", "pdfplumber ÷ to grids"))
    print(row(*("---",) * 5))
    for name, data in made.items():
        times = race(
            {
                "grids": lambda data=data: pdf.read(data),
                "ours": lambda data=data: once(data),
                "other": lambda data=data: _plumbed(data),
            },
            rounds,
        )
        best = {contender: each.best for contender, each in times.items()}
        ratio = f"{best['other'] / best['grids']:.1f}"
        grids, ours = f"{best['grids']:.1f}", f"{best['ours']:.1f}"
        print(row(name, len(data) // 1000, grids, ours, ratio))
    print("\ngoal: pdfplumber ÷ to grids ≥ 5\n")


def _handfuls(pages: Iterable[bytes], size: int = 50) -> Iterator[list[bytes]]:
    left = iter(pages)
    while handful := list(islice(left, size)):
        yield handful


def one_process(count: int) -> tuple[float, list[float]]:
    """Return reports a second without the generating, and memory at 10, 50, 100 %."""
    marks, memory, spent = {count // 10, count // 2, count}, [], 0.0
    for number, data in enumerate(generated(count), 1):
        start = time.perf_counter()
        once(data)
        spent += time.perf_counter() - start
        if number in marks:
            memory.append(resident())
    return count / spent, memory


def two_processes(count: int) -> float:
    """Return reports a second on two processes, from pages made beforehand."""
    handfuls = list(_handfuls(generated(min(count, 1_000))))
    times = max(1, count // 1_000)
    with ProcessPoolExecutor(2, initializer=roomy_malloc) as pool:
        list(pool.map(several, handfuls[:4]))
        start = time.perf_counter()
        for _ in range(times):
            list(pool.map(several, handfuls))
        return times * sum(map(len, handfuls)) / (time.perf_counter() - start)


def corpus_rate() -> tuple[int, float]:
    """Return how many corpus texts there are and how many are read a second."""
    texts = [sample.path.read_bytes() for sample in samples()]
    if not texts:
        return 0, 0.0
    times = race({"all": lambda: several(texts)}, 5)
    return len(texts), len(texts) / times["all"].best * 1000


def rates(count: int) -> None:
    """Print reports a second and memory."""
    print("## Many reports, read and checked\n")
    print(row("what", "reports", "a second", "MB at 10 %, 50 %, 100 %"))
    print(row(*("---",) * 4))
    texts, rate = corpus_rate()
    if texts:
        print(row("corpus, one process", texts, f"{rate:.0f}", ""))
    rate, memory = one_process(count)
    held = ", ".join(f"{each:.0f}" for each in memory)
    print(row("generated, one process", count, f"{rate:.0f}", held))
    print(row("generated, two processes", count, f"{two_processes(count):.0f}", ""))
    print("\ngoal: memory flat\n")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - start


def starting(rounds: int = 20) -> None:
    """Print how long the command takes to start, against a bare interpreter."""
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(_seconds(COMMAND))
        bare.append(_seconds(START))
    ratio = median(ours) / median(bare)
    print("## Start of the command\n")
    print(row("mingtang --version ms", "python -c pass ms", "ratio"))
    print(row(*("---",) * 3))
    print(row(f"{median(ours) * 1000:.1f}", f"{median(bare) * 1000:.1f}", f"{ratio:.2f}"))
    print("\ngoal: ratio ≤ 4")


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description="compare speed and memory in one run")
    parser.add_argument("--quick", action="store_true", help="1,000 pages, not 10,000")
    parser.add_argument(
        "--malloc", action="store_true", help="let malloc keep freed memory"
    )
    options = parser.parse_args()
    if options.malloc:
        roomy_malloc()
    for each in (ratios, sheets, documents):
        each(5 if options.quick else 20)
    for each, rounds in ((papers, 4), (scanned, 3), (screenings, 5)):
        each(1 if options.quick else rounds)
    writings(2 if options.quick else 10)
    compilings(2_000 if options.quick else 100_000)
    rates(1_000 if options.quick else 10_000)
    starting()


if __name__ == "__main__":
    main()
