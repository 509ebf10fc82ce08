"""A report as data, before it is printed: squares that know which cell they are.

What a document shows is written down where it is printed: every figure square
carries its cell id and what a careful reader may answer for it. Layouts and
mutations move squares about; the gold moves with them.
"""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from mingtang.form.loading import edition

FIGURES = ("zeros", "town", "city", "distinct")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Answer(NamedTuple):
    """What a reader may say of a cell: state and value as in the contract."""

    state: str
    value: str | None = None
    unit: str | None = None


BLANK = Answer("blank")
MARK = Answer("not_applicable")


class Expect(NamedTuple):
    """What may be answered for a cell of the gold.

    No answers: nobody can place it, so unreadable or absent is right.
    `arguable`: flagging is as good as answering, so it counts in no ratio.
    """

    answers: tuple[Answer, ...]
    arguable: bool = False


NOTHING = Expect(())
Gold = dict[str, Expect]


def answer_for(text: str) -> Answer:
    """Return what a plainly printed cell says."""
    plain = text.strip()
    if not plain:
        return BLANK
    return Answer("number", plain) if NUMBER.fullmatch(plain) else MARK


class Square(NamedTuple):
    """One printed cell of a table; `expect` overrides what its text says."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    kind: str = "label"  # caption lead header group label figure extra
    cell: str | None = None
    expect: Expect | None = None

    @property
    def gold(self) -> Expect:
        """Return what may be answered for this square's cell."""
        return self.expect or Expect((answer_for(self.text),))


Row = tuple[Square, ...]


class Sheet(NamedTuple):
    """A printed table."""

    table: str
    rows: tuple[Row, ...]
    width: int


class Printed(NamedTuple):
    """A report ready to be laid out; `also` overrides the gold of cells."""

    edition: str
    body: str
    year: int
    title: str
    blocks: tuple[str | Sheet, ...]
    also: tuple[tuple[str, Expect | None], ...] = ()

    def sheets(self) -> list[Sheet]:
        """Return the tables in order."""
        return [block for block in self.blocks if isinstance(block, Sheet)]

    def gold(self) -> Gold:
        """Return what the printed squares show; a cell printed twice is arguable."""
        gold: Gold = {}
        for sheet in self.sheets():
            for square in (square for row in sheet.rows for square in row):
                if square.cell is None:
                    continue
                new = square.gold
                if square.cell in gold and gold[square.cell] != new:
                    new = Expect((*gold[square.cell].answers, *new.answers), arguable=True)
                gold[square.cell] = new
        for cell, expect in self.also:
            if expect is None:
                gold.pop(cell, None)
            else:
                gold[cell] = expect
        return gold

    def replacing(self, table: str, rows: tuple[Row, ...]) -> Printed:
        """Return the report with the rows of its first such table replaced."""
        blocks, done = [], False
        for block in self.blocks:
            if isinstance(block, Sheet) and block.table == table and not done:
                width = max(block.width, max(map(row_width, rows), default=0))
                blocks.append(Sheet(table, rows, width))
                done = True
            else:
                blocks.append(block)
        return self._replace(blocks=tuple(blocks))

    def sheet(self, table: str) -> Sheet:
        """Return the first table of that id."""
        return next(sheet for sheet in self.sheets() if sheet.table == table)


def row_width(row: Row) -> int:
    """Return how many columns the row's own squares cover."""
    return sum(square.colspan for square in row)


# ---------------------------------------------------------------- the form's tables


def disclosure_rows(form_id: str, cells: dict[str, str]) -> tuple[Row, ...]:
    """Return table 二 as the form prints it, four columns wide."""
    rows: list[Row] = []
    for block in edition(form_id).table("disclosure").blocks:
        spans = {3: (1, 1, 1), 2: (1, 2), 1: (3,)}[len(block.columns)]
        rows.append((Square(block.caption or "", 4, kind="caption"),))
        heads = zip(block.columns, spans, strict=True)
        rows.append(
            (
                Square("信息内容", kind="lead"),
                *(Square(column.label, span, kind="header") for column, span in heads),
            )
        )
        for line in block.lines:
            ids = [f"disclosure/{line.id}/{column.id}" for column in block.columns]
            figures = (
                Square(cells[cell], span, kind="figure", cell=cell)
                for cell, span in zip(ids, spans, strict=True)
            )
            rows.append((Square(line.label), *figures))
    return tuple(rows)


LEAD = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
_OUTSIDE = ("received", "carried_in", "carried_out")


def request_rows(form_id: str, cells: dict[str, str]) -> tuple[Row, ...]:
    """Return table 三 as the form prints it, ten columns wide."""
    block = edition(form_id).table("requests").blocks[0]
    heads = {column.id: column.label for column in block.columns}
    inner = ("company", "research", "charity", "legal_service", "other")
    rows: list[Row] = [
        (Square(LEAD, 3, 3, "lead"), Square("申请人情况", 7, kind="header")),
        (
            Square(heads["person"], 1, 2, "header"),
            Square("法人或其他组织", 5, kind="header"),
            Square(heads["total"], 1, 2, "header"),
        ),
        tuple(Square(heads[name], kind="header") for name in inner),
    ]
    results = [line for line in block.lines if line.id not in _OUTSIDE]
    seen: set[str] = set()
    for line in block.lines:
        before: list[Square] = []
        if line is results[0]:
            before.append(Square(RESULTS, 1, len(results), "group"))
        if line.group and line.group not in seen:
            seen.add(line.group)
            size = sum(other.group == line.group for other in block.lines)
            before.append(Square(line.group, 1, size, "group"))
        wide = 3 if line.id in _OUTSIDE else 1 if line.group else 2
        label = Square(line.label, wide)
        ids = [f"requests/{line.id}/{name}" for name in heads]
        figures = (Square(cells[cell], kind="figure", cell=cell) for cell in ids)
        rows.append((*before, label, *figures))
    return tuple(rows)


def dispute_rows(form_id: str, cells: dict[str, str]) -> tuple[Row, ...]:
    """Return table 四 as the form prints it, fifteen columns wide."""
    block = edition(form_id).table("disputes").blocks[0]
    heads = [column.label for column in block.columns]
    first = tuple(Square(head, 1, 2, "header") for head in heads)
    second = tuple(Square(head, kind="header") for head in heads)
    ids = [
        f"disputes/{line.id}/{head.id}" for line in block.lines for head in block.columns
    ]
    return (
        (
            Square("行政复议", 5, kind="header"),
            Square("行政诉讼", 10, kind="header"),
        ),
        (
            *first,
            Square("未经复议直接起诉", 5, kind="header"),
            Square("复议后起诉", 5, kind="header"),
        ),
        (*second, *second),
        tuple(Square(cells[cell], kind="figure", cell=cell) for cell in ids),
    )


def sheets(form_id: str, cells: dict[str, str]) -> tuple[Sheet, Sheet, Sheet]:
    """Return the form's three tables filled in."""
    return (
        Sheet("disclosure", disclosure_rows(form_id, cells), 4),
        Sheet("requests", request_rows(form_id, cells), 10),
        Sheet("disputes", dispute_rows(form_id, cells), 15),
    )


# ---------------------------------------------------------------- figures

_RESULT_WEIGHTS = (40, 14, 1, 3, 1, 2, 2, 2, 2, 4, 20, 3, 1, 8, 2, 1, 1, 1, 4, 1, 5)


def _scatter(random: Random, total: int, weights: list[int]) -> list[int]:
    counts = [0] * len(weights)
    if total > 400:
        whole = sum(weights)
        counts = [total * weight // whole for weight in weights]
        total -= sum(counts)
    for place in random.choices(range(len(weights)), weights, k=total):
        counts[place] += 1
    return counts


def _request_figures(random: Random, form_id: str, scale: int) -> dict[str, int]:
    block = edition(form_id).table("requests").blocks[0]
    results = [line.id for line in block.lines if line.id not in (*_OUTSIDE, "concluded")]
    weights = [*_RESULT_WEIGHTS][: len(results)]
    columns = [column.id for column in block.columns if column.id != "total"]
    shares = (80, 8, 1, 1, 4, 2)
    cells: dict[str, int] = {}
    for column, share in zip(columns, shares, strict=True):
        handled = random.randint(0, max(0, scale * share // 50)) if scale else 0
        for line, count in zip(results, _scatter(random, handled, weights), strict=True):
            cells[f"requests/{line}/{column}"] = count
        carried_out = random.randint(0, handled // 10 + 1) if handled else 0
        carried_in = random.randint(0, (handled + carried_out) // 10 + 1) if handled else 0
        cells[f"requests/concluded/{column}"] = handled
        cells[f"requests/carried_out/{column}"] = carried_out
        cells[f"requests/carried_in/{column}"] = min(carried_in, handled + carried_out)
        cells[f"requests/received/{column}"] = (
            handled + carried_out - cells[f"requests/carried_in/{column}"]
        )
    for line in block.lines:
        cells[f"requests/{line.id}/total"] = sum(
            cells[f"requests/{line.id}/{column}"] for column in columns
        )
    return cells


def _dispute_figures(random: Random, scale: int) -> dict[str, int]:
    cells: dict[str, int] = {}
    for line in ("review", "suit_direct", "suit_after_review"):
        parts = [
            random.randint(0, scale // 3 + 1) if scale and random.random() < 0.5 else 0
            for _ in range(4)
        ]
        for column, value in zip(
            ("upheld", "corrected", "other", "pending", "total"),
            (*parts, sum(parts)),
            strict=True,
        ):
            cells[f"disputes/{line}/{column}"] = value
    return cells


def _disclosure_figure(random: Random, cell: str, scale: int) -> str:
    if scale == 0:
        return "0"
    if cell.endswith("/amount"):
        return random.choice(
            ("0", f"{random.randint(1, 99999)}", f"{random.random() * 1e5:.4f}")
        )
    if cell.endswith("/decisions"):
        top = 10 ** random.choice((1, 3, 5, 6, 7)) if scale > 50 else 100
        return str(random.randint(0, top))
    return str(random.randint(0, 12 if scale <= 50 else 700))


def figures(random: Random, form_id: str, kind: str) -> dict[str, str]:
    """Return balanced figures by cell id (``distinct``: no two the same, unbalanced)."""
    ids = edition(form_id).cell_ids()
    if kind == "distinct":
        pool = random.sample(range(101, 1000), len(ids))
        return {cell: str(value) for cell, value in zip(ids, pool, strict=True)}
    scale = {
        "zeros": 0,
        "town": random.choice((1, 3, 12)),
        "city": random.choice((60, 900)),
    }[kind]
    counts = _request_figures(random, form_id, scale) | _dispute_figures(random, scale)
    return {
        cell: str(counts[cell])
        if cell in counts
        else _disclosure_figure(random, cell, scale)
        for cell in ids
    }


def with_blanks(random: Random, cells: dict[str, str], share: float) -> dict[str, str]:
    """Return the figures with some zeros and some other cells left empty."""
    return {
        cell: "" if random.random() < (share * 2 if text == "0" else share / 4) else text
        for cell, text in cells.items()
    }


# ---------------------------------------------------------------- words around

_BODIES = (
    "临河市人民政府办公室",
    "青石县自然资源局",
    "白塔镇人民政府",
    "南屏区政务服务和数据管理局",
    "云岭市市场监督管理局",
    "松溪区柳林街道办事处",
)
_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def assemble(form_id: str, body: str, year: int, cells: dict[str, str]) -> Printed:
    """Return a report of our own words around the given figures."""
    tables = sheets(form_id, cells)
    blocks: list[str | Sheet] = [
        f"{body}{year}年政府信息公开工作年度报告",
        _HEADINGS[0],
        f"本报告统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"（一）主动公开。全年在网站发布信息318条，解读政策12件。",
        "（二）依申请公开。畅通受理渠道，答复均在20个工作日内作出。",
        _HEADINGS[1],
        tables[0],
        _HEADINGS[2],
        tables[1],
        _HEADINGS[3],
        tables[2],
        _HEADINGS[4],
        "公开的及时性有待提高，下一步将加强培训，全年计划开展2次。",
        _HEADINGS[5],
        "本年度未发出收费通知，发出收费通知的件数和总金额以及实际收取的总金额均为0。",
        body,
        f"{year + 1}年1月20日",
    ]
    return Printed(form_id, body, year, str(blocks[0]), tuple(blocks))


def report(seed: int, form_id: str, kind: str = "city", blanks: float = 0.0) -> Printed:
    """Return a made-up report, the same for the same arguments."""
    random = Random(f"{seed}/{form_id}/{kind}/{blanks}")  # noqa: S311 - not a secret
    cells = figures(random, form_id, kind)
    if blanks:
        cells = with_blanks(random, cells, blanks)
    year = random.randint(2021, 2025) if form_id == "2021" else random.randint(2019, 2020)
    return assemble(form_id, random.choice(_BODIES), year, cells)
