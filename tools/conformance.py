"""Packs the sample reports with what must be read of them, for other programs to try.

``python -m tools.conformance OUT.zip`` writes the reports, for each a record of every cell
and of the equations it breaks, the dictionary of the cells, and a runner that needs
nothing but Python. The same bytes come out wherever it runs. The records are written from
the published figures by eye, not by what this engine reads.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mingtang.form.loading import edition, editions

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, RECORDS = ROOT / "samples", ROOT / "tests" / "golden" / "samples"
RUNNER = Path(__file__).with_name("conformance_runner.py")
DAY = (2026, 1, 1, 0, 0, 0)
"""The day of every file in the pack, so that it is the same each time."""
Cell = dict[str, str]


@cache
def records() -> tuple[dict[str, Any], ...]:
    """Return the records of all samples, in the order of their names."""
    paths = sorted(RECORDS.glob("*.yaml"))
    return tuple(yaml.safe_load(path.read_text("utf-8")) for path in paths)


def cells(record: dict[str, Any]) -> dict[str, Cell]:
    """Return what must be read of every cell of a report: state, value, unit."""
    ids = edition(record["edition"]).cell_ids()
    number = record["others"] == "number"
    rest = {"state": "number", "value": "0"} if number else {"state": "blank"}
    found: dict[str, Cell] = dict.fromkeys(ids, rest)
    for cell, text in record["numbers"].items():
        found[cell] = {"state": "number", "value": text}
    for cell, (text, unit) in record["units"].items():
        found[cell] = {"state": "number", "value": text, "unit": unit}
    for state in ("blank", "absent"):
        found |= {cell: {"state": state} for cell in record[state]}
    return {each: found[each] for each in ids}


def expected(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a program must say of a report, in the shape of `mingtang read`."""
    known = {key: record[key] for key in ("file", "body", "year", "edition", "signed_on")}
    return known | {"cells": cells(record), "findings": record["findings"]}


def tidy() -> str:
    """Return the figures of all samples as CSV, a line a cell."""
    heads = ("file", "body", "year", "edition", "cell", "state", "value", "unit")
    rows = [
        (
            *(record[key] for key in heads[:4]),
            *(name, cell["state"], cell.get("value", ""), cell.get("unit", "")),
        )
        for record in records()
        for name, cell in cells(record).items()
    ]
    return _csv(heads, rows)


def dictionary() -> str:
    """Return the dictionary of the cells as CSV: every edition's, with their labels."""
    heads = ("edition", "cell", "table", "line", "column", "label", "unit")
    rows = []
    for each in editions():
        for cell in each.cell_ids():
            line, column = each.labels(cell)
            table = cell.partition("/")[0]
            money = cell.endswith("/amount") and not each.has_open_unit(cell)
            unit = "万元" if money else ""
            label = each.cell_label(cell)
            rows.append((each.id, cell, table, line.label, column.label, label, unit))
    return _csv(heads, rows)


def pack() -> bytes:
    """Return the pack: the same bytes each time."""
    files = {
        "README.md": README,
        "run.py": RUNNER.read_text("utf-8"),
        "cells.csv": tidy(),
        "dictionary.csv": dictionary(),
    }
    data = {name: text.encode() for name, text in files.items()}
    for record in records():
        name = record["file"]
        data[f"reports/{name}"] = (SAMPLES / name).read_bytes()
        said = json.dumps(expected(record), ensure_ascii=False, indent=1)
        data[f"expected/{name}.json"] = said.encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(data):
            packed.writestr(zipfile.ZipInfo(name, DAY), data[name])
    return held.getvalue()


def _csv(heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    held = io.StringIO()
    sheet = csv.writer(held, lineterminator="\n")
    sheet.writerow(heads)
    sheet.writerows(rows)
    return held.getvalue()


README = """# 年度报告读取的一致性测试

`reports/` 是样例报告：数字是机关公布过的真实数字，文字由明堂项目自己写。
`expected/` 是每份报告应当读出的：机关、年度、表式版本、落款日期，每一格的状态和数，
以及对不上的等式各几处（明堂的规则代码，只供对照，不比较）。记录是照公布的数字写的，不是照哪个程序读出来的写的。
`cells.csv` 是同样的数，一格一行；`dictionary.csv` 是每一格的名字。

    python run.py COMMAND…

`COMMAND` 读一份报告、把 JSON 写到标准输出；文件名接在最后。JSON 须有 `body`、`year`、
`edition`、`signed_on` 和 `cells`，每格有 `state`（number 数字、blank 空白、
not_applicable 不适用、unreadable 读不出、absent 没有）和 `value`。例如：

    python run.py mingtang read --json

一格读不出而说读不出，不算读错；把空白读成零，把一个数读成另一个数，算读错。
退出状态：0 没有读错，1 有读错，2 命令不能用。
"""


def main(words: list[str]) -> int:
    """Write the pack to a file."""
    if len(words) != 1:
        sys.stderr.write("python -m tools.conformance OUT.zip\n")
        return 2
    Path(words[0]).write_bytes(pack())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
