"""Our layouts print what the corpus prints, character by character."""

from __future__ import annotations

import json

import pytest

from tests.trials.corpus import CORPUS, rendered
from tests.trials.mutations import half_width
from tests.trials.shapes import render
from tests.trials.tables import Printed, Sheet, assemble

pytestmark = pytest.mark.shared

TEXTS = [sample for sample in rendered() if sample.path.suffix == ".txt"]
BROKEN = {"商业企业": "商业 企业", "科研机构": "科研 机构"}


def printed_like_the_corpus(name: str) -> Printed:
    data = json.loads((CORPUS / "reports" / f"{name}.json").read_text(encoding="utf-8"))
    cells = {
        cell: value.get("value") or value.get("raw") or ""
        for cell, value in data["cells"].items()
    }
    printed = assemble(data["edition"], data["body"], data["year"], cells)
    printed = half_width(printed, None)
    if data["edition"] == "2019":
        return printed
    blocks = []
    for block in printed.blocks:
        if isinstance(block, Sheet):
            rows = tuple(
                tuple(
                    square._replace(text=BROKEN.get(square.text, square.text))
                    for square in row
                )
                for row in block.rows
            )
            blocks.append(block._replace(rows=rows))
        else:
            blocks.append(block)
    return printed._replace(blocks=tuple(blocks))


def tables(text: str) -> list[str]:
    """The lines from the heading of table 二 to that of section 五."""
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("二、主动公开"))
    end = next(n for n, line in enumerate(lines) if line.startswith("五、存在的"))
    return [line.removeprefix("1.申请") for line in lines[start:end]]


@pytest.mark.parametrize(
    "sample", [pytest.param(s, id=s.name) for s in TEXTS] or [pytest.param(None, id="none")]
)
def test_a_shape_is_printed_as_the_corpus_prints_it(sample):
    ours = render(printed_like_the_corpus(sample.name.split(".")[0]), sample.layout).data
    assert tables(ours) == tables(sample.path.read_text(encoding="utf-8"))
