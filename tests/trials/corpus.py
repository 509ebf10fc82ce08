"""``python -m tests.trials.corpus``: the shared corpus, read and judged by layout.

The gold is the project's (../shared/corpus); where it calls a cell ambiguous,
unreadable is the right answer, and a cell it does not list is not in the text.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from tests.trials.cases import answer
from tests.trials.judge import Verdict, judge, total
from tests.trials.tables import BLANK, MARK, NOTHING, Answer, Expect, Gold

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"


class Sample(NamedTuple):
    """A text of the corpus, and what must be read from it."""

    name: str
    path: Path
    layout: str
    edition: str | None
    year: int
    gold: Gold
    ambiguous: frozenset[str]


def _expect(cell: dict[str, Any]) -> Expect:
    if cell["state"] == "ambiguous":
        return NOTHING
    if cell["state"] == "blank":
        return Expect((BLANK,))
    if cell["state"] == "not_applicable":
        return Expect((MARK,))
    if cell["state"] == "other":  # 251000元: a number with its unit, as the contract has it
        digits = cell["raw"].rstrip("万元")
        return Expect((Answer("number", digits, cell["raw"][len(digits) :]),))
    return Expect((Answer("number", cell["value"], cell.get("unit")),))


def _sample(name: str, path: Path, data: dict[str, Any], layout: str) -> Sample:
    cells: dict[str, dict[str, Any]] = data["cells"]
    return Sample(
        name,
        path,
        layout,
        data["edition"],
        data["year"],
        {cell: _expect(value) for cell, value in cells.items()},
        frozenset(cell for cell, value in cells.items() if value["state"] == "ambiguous"),
    )


def _load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def pages() -> list[Sample]:
    """Return the real texts in part."""
    made = []
    for path in sorted((CORPUS / "pages").glob("*.json")):
        data = _load(path)
        made.append(_sample(path.stem, path.with_suffix(".txt"), data, data["layout"]))
    return made


_VANISH = ("NB", "NL", "SP", "RUN")


def rendered() -> list[Sample]:
    """Return the three gold tables in their text shapes, and the one web page."""
    made = []
    for path in sorted((CORPUS / "rendered").glob("*.txt")):
        name, layout, _ = path.name.split(".")
        made.append(
            _sample(path.name, path, _load(CORPUS / "reports" / f"{name}.json"), layout)
        )
    page = CORPUS / "reports" / "sh2019_office.html"
    if page.exists():
        made.append(_sample(page.name, page, _load(page.with_suffix(".json")), "html"))
    return made


def of_pdf(name: str) -> Sample:
    """Return one of the official PDF reports."""
    data = _load(CORPUS / "reports" / f"{name}.json")
    return _sample(name, CORPUS / "pdf" / f"{name}.pdf", data, "pdf")


def samples() -> list[Sample]:
    """Return everything there is, nothing where the shared folder is not there."""
    return [*pages(), *rendered()]


def verdict(sample: Sample) -> Verdict:
    """Return what the reader makes of a sample."""
    return judge(sample.gold, answer(sample.path.read_bytes()))


def tabulate(found: dict[str, Verdict]) -> str:
    """Return the verdicts by layout as a table."""
    by_layout: dict[str, list[Verdict]] = defaultdict(list)
    for sample in samples():
        by_layout[sample.layout].append(found[sample.name])
    lines = [
        "| layout | texts | right | flagged | missing | wrong | stray |",
        "|" + "---|" * 7,
    ]
    rows = [*sorted(by_layout.items()), ("all", list(found.values()))]
    for layout, verdicts in rows:
        one = total(verdicts)
        counts = (len(heap) for heap in (one.flagged, one.missing, one.wrong, one.stray))
        numbers = (len(verdicts), one.right, *counts)
        lines.append(f"| {layout} | {' | '.join(map(str, numbers))} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table, and each cell that is not right."""
    found = {sample.name: verdict(sample) for sample in samples()}
    for name, one in found.items():
        if one.wrong or one.flagged or one.missing or one.stray or one.units:
            sys.stdout.write(f"{name}: {one}\n")
    sys.stdout.write(tabulate(found) + "\n")


if __name__ == "__main__":
    main()
