"""Named damage to a report, each with what the document still shows.

Harmless mutations change how a report is printed, not what it says. After a
harmful one a reader must answer right or flag: the gold says what stands in
each cell, and that nobody can place the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.trials.shapes import VANISHING, Rendered
from tests.trials.tables import (
    BLANK,
    MARK,
    NOTHING,
    Answer,
    Expect,
    Printed,
    Row,
    Sheet,
    Square,
    answer_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Mutation = "Callable[[Printed, Random], Printed | None]"
TABLES = ("disclosure", "requests", "disputes")


class Spot(NamedTuple):
    """A figure square: its table, its row's number and its number in the row."""

    table: str
    row: int
    at: int


def spots(printed: Printed) -> Iterator[tuple[Spot, Square]]:
    """Yield every figure square of the report's own tables."""
    for table in TABLES:
        for number, row in enumerate(printed.sheet(table).rows):
            for at, square in enumerate(row):
                if square.cell is not None:
                    yield Spot(table, number, at), square


def soft(square: Square) -> Square:
    """Return the square as arguable: right or flagged are as good."""
    if square.cell is None:
        return square
    return square._replace(expect=Expect(square.gold.answers, arguable=True))


def lost(square: Square) -> Square:
    """Return the square as one that nobody can place."""
    return square if square.cell is None else square._replace(expect=NOTHING)


def _rows(printed: Printed, table: str) -> list[Row]:
    return list(printed.sheet(table).rows)


def _with_row(printed: Printed, spot: Spot, row: Row) -> Printed:
    rows = _rows(printed, spot.table)
    rows[spot.row] = row
    return printed.replacing(spot.table, tuple(rows))


def _figure_rows(printed: Printed, table: str) -> list[int]:
    rows = _rows(printed, table)
    return [n for n, row in enumerate(rows) if any(square.cell for square in row)]


def _also(printed: Printed, cells: dict[str, Expect]) -> Printed:
    return printed._replace(also=(*printed.also, *cells.items()))


# ================================================================ harmless


def _each(
    printed: Printed, change: Callable[[Square], str], kinds: frozenset[str] | None = None
) -> Printed:
    """Change the text of squares; the gold stays what the old text said."""
    blocks: list[str | Sheet] = []
    for block in printed.blocks:
        if not isinstance(block, Sheet):
            blocks.append(block)
            continue
        rows = tuple(
            tuple(
                square._replace(
                    text=change(square), expect=square.gold if square.cell else None
                )
                if kinds is None or square.kind in kinds
                else square
                for square in row
            )
            for row in block.rows
        )
        blocks.append(block._replace(rows=rows))
    return printed._replace(blocks=tuple(blocks))


_FIGURE = frozenset(("figure",))
_LABELS = frozenset(("label", "group"))
_HEADS = frozenset(("label", "group", "header", "caption", "lead"))
_HALF = str.maketrans("（）：，", "():,")
_FULL = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


def half_width(printed: Printed, _: Random) -> Printed:
    made = _each(printed, lambda square: square.text.translate(_HALF))
    blocks = (
        block.translate(_HALF) if isinstance(block, str) else block for block in made.blocks
    )
    return made._replace(blocks=tuple(blocks))


def spaced_labels(printed: Printed, random: Random) -> Printed:
    def change(square: Square) -> str:
        if len(square.text) < 4 or random.random() < 0.4:
            return square.text
        at = random.randint(2, len(square.text) - 1)
        return square.text[:at] + random.choice((" ", "　", "\u00a0")) + square.text[at:]

    return _each(printed, change, _LABELS)


def spaced_headers(printed: Printed, _: Random) -> Printed:
    """商业 企业, 第二十条 第（一）项, 总 计: as narrow columns break them."""
    breaks = {"商业企业": "商业 企业", "科研机构": "科研 机构", "总计": "总 计"}
    breaks |= {"社会公益组织": "社会 公益 组织", "信息内容": "信 息 内 容"}

    def change(square: Square) -> str:
        if square.kind == "caption":
            return square.text.replace("条第", "条  第")
        return breaks.get(square.text, square.text)

    return _each(printed, change, _HEADS)


def spaced_figures(printed: Printed, random: Random) -> Printed:
    def change(square: Square) -> str:
        if not square.text:
            return square.text
        before = random.choice(("", " ", "　", "\u00a0", "\u200b"))
        return before + square.text + random.choice(("", " ", "　", "\u00a0"))

    return _each(printed, change, _FIGURE)


def full_digits(printed: Printed, _: Random) -> Printed:
    return _each(printed, lambda square: square.text.translate(_FULL))


def other_quotes(printed: Printed, random: Random) -> Printed:
    marks = random.choice(('""', "「」", "‘’", "《》", "''"))
    table = str.maketrans("“”", marks)
    return _each(printed, lambda square: square.text.translate(table), _LABELS)


def other_dots(printed: Printed, random: Random) -> Printed:
    dot = random.choice(("、", "．", ". "))
    return _each(
        printed, lambda square: re.sub(r"^(\d)\.", rf"\g<1>{dot}", square.text), _LABELS
    )


def thousands(printed: Printed, _: Random) -> Printed:
    def change(square: Square) -> str:
        return f"{int(square.text):,}" if square.text.isdigit() else square.text

    return _each(printed, change, _FIGURE)


def trailing_column(printed: Printed, _: Random) -> Printed:
    blocks = (
        block._replace(width=block.width + 1) if isinstance(block, Sheet) else block
        for block in printed.blocks
    )
    return printed._replace(blocks=tuple(blocks))


def empty_rows(printed: Printed, random: Random) -> Printed:
    made = printed
    for table in TABLES:
        sheet = made.sheet(table)
        blank: Row = (Square("", sheet.width, kind="extra"),)
        rows = [*sheet.rows, blank]
        if table == "disclosure":
            starts = [n for n, row in enumerate(rows) if row[0].kind == "caption"]
            rows.insert(random.choice(starts), blank)
        made = made.replacing(table, tuple(rows))
    return made


def table_notes(printed: Printed, _: Random) -> Printed:
    blocks: list[str | Sheet] = []
    for block in printed.blocks:
        if isinstance(block, Sheet):
            blocks += ["该部分以表格形式报告。表格如下：", block]
            blocks.append(
                f"注：数据统计截至{printed.year}年12月31日，含上年度结转数量3件。"
            )
        else:
            blocks.append(block)
    return printed._replace(blocks=tuple(blocks))


def title_year_first(printed: Printed, _: Random) -> Printed:
    title = f"{printed.year}年度{printed.body}政府信息公开工作年度报告"
    return printed._replace(title=title, blocks=(title, *printed.blocks[1:]))


HARMLESS: dict[str, Callable[[Printed, Random], Printed]] = {
    "half-width brackets": half_width,
    "spaces inside labels": spaced_labels,
    "spaces inside headers": spaced_headers,
    "spaces around figures": spaced_figures,
    "full-width digits": full_digits,
    "quotes": other_quotes,
    "dots after numerals": other_dots,
    "thousands separators": thousands,
    "extra empty trailing column": trailing_column,
    "extra empty rows": empty_rows,
    "notes under the table": table_notes,
    "year before body in the title": title_year_first,
}
# Where a space parts cells, a space inside a cell is no longer harmless; where
# nothing parts them, nothing is.
UNFAIR = {
    ("spaces inside labels", "SP"),
    ("spaces inside labels", "ONE"),
    ("spaces inside headers", "SP"),
    ("spaces inside headers", "ONE"),
    ("spaces inside labels", "RUN"),
    ("spaces inside headers", "RUN"),
    ("spaces around figures", "RUN"),
    ("thousands separators", "RUN"),
    # An empty cell with no row's end before it looks like one more cell of that row.
    ("extra empty rows", "LP"),
    ("extra empty rows", "CPS"),
}


# ================================================================ harmful: cells


def _pick(random: Random, found: list[tuple[Spot, Square]]) -> tuple[Spot, Square] | None:
    return random.choice(found) if found else None


def _figures(row: Row) -> list[int]:
    return [at for at, square in enumerate(row) if square.cell is not None]


def _shortened(printed: Printed, spot: Spot) -> Printed:
    """Take a figure square out: what stood before may be read, the rest nobody places."""
    row = printed.sheet(spot.table).rows[spot.row]
    gone = row[spot.at]
    alone = len(_figures(row)) == 1
    last = spot.at == len(row) - 1
    kept = tuple(
        soft(square) if at < spot.at else lost(square)
        for at, square in enumerate(row)
        if at != spot.at
    )
    shown = Expect((BLANK,), arguable=True) if alone or last else NOTHING
    made = _with_row(printed, spot, kept)
    return _also(made, {str(gone.cell): shown})


def drop_cell(printed: Printed, random: Random) -> Printed | None:
    picked = _pick(random, [pair for pair in spots(printed) if pair[1].text])
    return picked and _shortened(printed, picked[0])


def drop_blank_cell(printed: Printed, random: Random) -> Printed | None:
    found = [
        pair for pair in spots(printed) if len(_figures(_row_of(printed, pair[0]))) > 1
    ]
    picked = _pick(random, found)
    if picked is None:
        return None
    spot, square = picked
    row = list(_row_of(printed, spot))
    row[spot.at] = square._replace(text="", expect=None)
    return _shortened(_with_row(printed, spot, tuple(row)), spot)


def _row_of(printed: Printed, spot: Spot) -> Row:
    return printed.sheet(spot.table).rows[spot.row]


def merge_cells(printed: Printed, random: Random) -> Printed | None:
    found = []
    for spot, square in spots(printed):
        row = _row_of(printed, spot)
        after = row[spot.at + 1] if spot.at + 1 < len(row) else None
        if square.text and after is not None and after.cell and after.text:
            found.append((spot, square))
    picked = _pick(random, found)
    if picked is None:
        return None
    spot, square = picked
    row = _row_of(printed, spot)
    after = row[spot.at + 1]
    one = square._replace(
        text=square.text + after.text,
        colspan=square.colspan + after.colspan,
        expect=NOTHING,
    )
    # Where merged cells keep their width the cells behind still stand in their
    # columns; elsewhere they cannot be placed. Flagging is right in both.
    behind = tuple(soft(each) for each in row[spot.at + 2 :])
    made = _with_row(printed, spot, (*map(soft, row[: spot.at]), one, *behind))
    return _also(made, {str(after.cell): NOTHING})


def split_cell(printed: Printed, random: Random) -> Printed | None:
    found = [
        pair for pair in spots(printed) if pair[1].text.isdigit() and len(pair[1].text) > 1
    ]
    picked = _pick(random, found)
    if picked is None:
        return None
    spot, square = picked
    row = _row_of(printed, spot)
    cut = random.randint(1, len(square.text) - 1)
    parts = (
        lost(square._replace(text=square.text[:cut])),
        Square(square.text[cut:], kind="extra"),
    )
    behind = map(lost, row[spot.at + 1 :])
    return _with_row(printed, spot, (*map(soft, row[: spot.at]), *parts, *behind))


def join_row(printed: Printed, random: Random) -> Printed | None:
    found = [
        pair for pair in spots(printed) if len(_figures(_row_of(printed, pair[0]))) > 1
    ]
    picked = _pick(random, found)
    if picked is None:
        return None
    row = _row_of(printed, picked[0])
    figures = [square for square in row if square.cell]
    text = random.choice(("", " ")).join(square.text for square in figures)
    one = Square(text, sum(square.colspan for square in figures), kind="extra")
    made = _with_row(printed, picked[0], (*(s for s in row if not s.cell), one))
    return _also(made, {str(square.cell): soft(square).gold for square in figures})


def _rewrite(
    printed: Printed, random: Random, change: Callable[[Square], tuple[str, Answer] | None]
) -> Printed | None:
    found = [
        (spot, square, change(square)) for spot, square in spots(printed) if square.text
    ]
    possible = [(spot, square, new) for spot, square, new in found if new is not None]
    if not possible:
        return None
    made = printed
    for spot, square, (text, answer) in random.sample(possible, min(4, len(possible))):
        row = list(_row_of(made, spot))
        row[spot.at] = square._replace(text=text, expect=Expect((answer,), arguable=True))
        made = _with_row(made, spot, tuple(row))
    return made


def note_in_cell(printed: Printed, random: Random) -> Printed | None:
    def change(square: Square) -> tuple[str, Answer] | None:
        if not square.text.isdigit() or int(square.text) < 2:
            return None
        part = random.randint(1, int(square.text))
        note = random.choice(
            (f"（其中修订{part}件）", f"（含自然失效{part}件）", f"(含结转{part})")
        )
        return square.text + note, Answer("number", square.text)

    return _rewrite(printed, random, change)


def unit_in_cell(printed: Printed, random: Random) -> Printed | None:
    def change(square: Square) -> tuple[str, Answer] | None:
        money = str(square.cell).endswith("/amount")
        unit = (
            random.choice(("元", "万元", "万"))
            if money
            else random.choice(("件", "条", "次"))
        )
        gap = random.choice(("", "", " "))
        return square.text + gap + unit, Answer("number", square.text, unit)

    return _rewrite(printed, random, change)


def sign_in_cell(printed: Printed, random: Random) -> Printed | None:
    def change(square: Square) -> tuple[str, Answer] | None:
        if not square.text.isdigit() or square.text == "0":
            return None
        sign = random.choice("+-减")
        value = square.text if sign == "+" else f"-{square.text}"
        return sign + square.text, Answer("number", value)

    return _rewrite(printed, random, change)


def marks_in_cells(printed: Printed, random: Random) -> Printed | None:
    def change(_: Square) -> tuple[str, Answer] | None:
        return random.choice(("/", "—", "-", "--", "无", "不适用", "不涉及")), MARK

    return _rewrite(printed, random, change)


def blanks_in_cells(printed: Printed, random: Random) -> Printed | None:
    return _rewrite(printed, random, lambda _: ("", BLANK))


# ================================================================ harmful: rows


def _tail(row: Row) -> Row:
    """Return the last label and the figures: the row without its groups."""
    start = next((at for at, square in enumerate(row) if square.kind == "label"), len(row))
    return row[start:]


def shuffle_rows(printed: Printed, random: Random) -> Printed | None:
    """Rows of one group change places, labels and figures together."""
    table = random.choice(("disclosure", "requests", "requests"))
    rows = _rows(printed, table)
    groups: dict[str, list[int]] = {}
    for number in _figure_rows(printed, table):
        cell = next(str(square.cell) for square in rows[number] if square.cell)
        stem = cell.split("/")[1].split("_")[0] if table == "requests" else ""
        size = len(rows[number])
        wide = next((s.colspan for s in rows[number] if s.kind == "label"), 0)
        key = f"{stem if wide == 1 else ''}/{wide}/{size if table == 'disclosure' else 0}"
        groups.setdefault(key, []).append(number)
    possible = [numbers for numbers in groups.values() if len(numbers) > 1]
    if table == "disclosure":
        possible = [n for n in ([2, 3],) if {2, 3} <= set(_figure_rows(printed, table))]
    if not possible:
        return None
    numbers = random.choice(possible)
    order = random.sample(numbers, len(numbers))
    tails = {number: tuple(map(soft, _tail(rows[number]))) for number in numbers}
    new = list(rows)
    for number, source in zip(numbers, order, strict=True):
        head = rows[number][: len(rows[number]) - len(_tail(rows[number]))]
        new[number] = (*head, *tails[source])
    return printed.replacing(table, tuple(new))


def drop_label(printed: Printed, random: Random) -> Printed | None:
    """Where cells vanish the figures then run on behind the row before: arguable too."""
    table = random.choice(("disclosure", "requests", "requests"))
    rows = _rows(printed, table)
    number = random.choice(_figure_rows(printed, table))
    rows[number] = tuple(
        square._replace(text="") if square.kind == "label" else soft(square)
        for square in rows[number]
    )
    rows[number - 1] = tuple(map(soft, rows[number - 1]))
    return printed.replacing(table, tuple(rows))


def duplicate_row(printed: Printed, random: Random) -> Printed | None:
    table = random.choice(("disclosure", "requests", "requests"))
    rows = _rows(printed, table)
    number = random.choice(_figure_rows(printed, table))
    again = tuple(map(soft, _tail(rows[number])))
    if random.random() < 0.5:
        again = tuple(
            square._replace(text=str(random.randint(0, 99)), expect=None)
            if square.cell
            else square
            for square in again
        )
        again = tuple(map(soft, again))
    head = rows[number][: len(rows[number]) - len(again)]
    rows[number] = (*head, *map(soft, _tail(rows[number])))
    return printed.replacing(table, _taller(rows, number, again))


def _taller(rows: list[Row], after: int, new: Row) -> tuple[Row, ...]:
    """Insert a row behind another; tall squares that span the place grow."""
    made = []
    for number, row in enumerate(rows):
        made.append(
            tuple(
                square._replace(rowspan=square.rowspan + 1)
                if number <= after < number + square.rowspan - 1
                or (number <= after and square.kind == "group" and number == after)
                or (square.kind == "group" and number <= after < number + square.rowspan)
                else square
                for square in row
            )
        )
        if number == after:
            made.append(new)
    return tuple(made)


_STRANGERS = (
    "其他主动公开文件",
    "发布总数量",
    "其中：网上申请数量",
    "上一年度同期",
    "备注说明",
)


def unknown_row(printed: Printed, random: Random) -> Printed | None:
    table = random.choice(("disclosure", "requests"))
    rows = _rows(printed, table)
    number = random.choice(_figure_rows(printed, table))
    like = _tail(rows[number])
    label = like[0]._replace(text=random.choice(_STRANGERS))
    figures = (
        Square(str(random.randint(1000, 9999)), square.colspan, kind="extra")
        for square in like[1:]
    )
    return printed.replacing(table, _taller(rows, number, (label, *figures)))


def rows_of_other_bodies(printed: Printed, random: Random) -> Printed | None:
    rows: tuple[Row, ...] = tuple(_rows(printed, "requests"))
    for body in random.sample(
        ("区教育局", "区公安分局", "城关镇人民政府", "区卫生健康局"), 2
    ):
        number = random.choice((3, 4))
        figures = (Square(str(random.randint(1000, 9999)), kind="extra") for _ in range(7))
        label = random.choice((f"其中：{body}", body))
        rows = _taller(list(rows), number, (Square(label, 3), *figures))
    return printed.replacing("requests", rows)


def _without(rows: list[Row], gone: int) -> tuple[Row, ...]:
    """Take a row out; tall squares that span it shrink, those that start in it go."""
    return tuple(
        tuple(
            square._replace(rowspan=square.rowspan - 1)
            if number < gone < number + square.rowspan
            else square
            for square in row
        )
        for number, row in enumerate(rows)
        if number != gone
    )


def collapse_other(printed: Printed, random: Random) -> Printed | None:
    """（六）其他处理 as one row in the 2021 form, as three in the 2019 form."""
    rows = _rows(printed, "requests")
    if printed.edition == "2019":
        return _explode_other(printed, rows, random)
    first = next(
        n
        for n, row in enumerate(rows)
        if any("other_uncorrected/" in str(s.cell) for s in row)
    )
    texts = [
        [square.text for square in rows[first + down] if square.cell] for down in range(3)
    ]
    sums = [
        str(sum(int(text) for text in column if text.isdigit()))
        for column in zip(*texts, strict=True)
    ]
    one: Row = (
        Square("（六）其他处理", 2),
        *(Square(text, kind="extra") for text in sums),
    )
    made = _without(_without(rows, first + 2), first + 1)  # type: ignore[arg-type]
    made = (*made[:first], one, *made[first + 1 :])
    return printed.replacing("requests", made)


def _explode_other(printed: Printed, rows: list[Row], random: Random) -> Printed:
    at = next(
        n
        for n, row in enumerate(rows)
        if any("other_handling/" in str(s.cell) for s in row)
    )
    labels = (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    )

    def figures() -> list[Square]:
        return [Square(str(random.randint(1000, 9999)), kind="extra") for _ in range(7)]

    new = list(rows)
    new[at] = (Square("（六）其他处理", 1, 1, "group"), Square(labels[0]), *figures())
    made = _taller(new, at, (Square(labels[1]), *figures()))
    made = _taller(list(made), at + 1, (Square(labels[2]), *figures()))
    return printed.replacing("requests", made)


# ================================================================ harmful: columns


def _columns(
    printed: Printed, random: Random
) -> tuple[str, int, int, int, list[int]] | None:
    """Choose two columns: table, header row, the two header places, figure rows."""
    table = random.choice(TABLES)
    rows = _rows(printed, table)
    if table == "requests":
        first, second = random.sample(range(5), 2)
        return table, 2, first, second, _figure_rows(printed, table)
    if table == "disputes":
        first, second = random.sample(range(5), 2)
        return table, 1, first, second, _figure_rows(printed, table)
    heads = [
        number for number, row in enumerate(rows) if row[0].kind == "lead" and len(row) == 4
    ]
    header = random.choice(heads)
    first, second = random.sample((1, 2, 3), 2)
    below = []
    for number in range(header + 1, len(rows)):
        if rows[number][0].kind == "caption":
            break
        below.append(number)
    return table, header, first, second, below


def _figure_place(row: Row, table: str, head: int) -> int:
    figures = _figures(row)
    offset = {"requests": 1, "disputes": 0, "disclosure": -1}[table]
    return figures[head + offset]


def _swapped(row: Row, first: int, second: int) -> Row:
    squares = list(row)
    squares[first], squares[second] = squares[second], squares[first]
    return tuple(squares)


def swap_columns(printed: Printed, random: Random) -> Printed | None:
    """Two columns change places, headers and figures together."""
    chosen = _columns(printed, random)
    if chosen is None:
        return None
    table, header, first, second, numbers = chosen
    rows = _rows(printed, table)
    rows[header] = _swapped(rows[header], first, second)
    for number in numbers:
        row = rows[number]
        places = (_figure_place(row, table, first), _figure_place(row, table, second))
        rows[number] = tuple(map(soft, _swapped(row, *places)))
    return printed.replacing(table, tuple(rows))


def swap_headers(printed: Printed, random: Random) -> Printed | None:
    """Two headers change places: their figures now belong to the other cell."""
    chosen = _columns(printed, random)
    if chosen is None:
        return None
    table, header, first, second, numbers = chosen
    rows = _rows(printed, table)
    rows[header] = _swapped(rows[header], first, second)
    for number in numbers:
        row = list(rows[number])
        one, two = (_figure_place(rows[number], table, head) for head in (first, second))
        cells = row[one].cell, row[two].cell
        row[one] = row[one]._replace(cell=cells[1])
        row[two] = row[two]._replace(cell=cells[0])
        rows[number] = tuple(map(soft, row))
    return printed.replacing(table, tuple(rows))


def drop_header_row(printed: Printed, random: Random) -> Printed | None:
    table = random.choice(TABLES)
    rows = _rows(printed, table)
    if table == "disclosure":
        heads = [number for number, row in enumerate(rows) if row[0].kind == "lead"]
        gone = random.choice(heads)
        for number in range(gone + 1, len(rows)):
            if rows[number][0].kind == "caption":
                break
            rows[number] = tuple(map(soft, rows[number]))
    else:
        gone = 2 if table == "requests" or random.random() < 0.5 else 0
        rows = [tuple(map(soft, row)) for row in rows]
    return printed.replacing(table, _without(rows, gone))


def drop_header_cell(printed: Printed, random: Random) -> Printed | None:
    """One header's words are gone; whether its square is, too, is chosen by lot."""
    table = random.choice(TABLES)
    rows = [tuple(map(soft, row)) for row in _rows(printed, table)]
    places = [
        (number, at)
        for number, row in enumerate(rows)
        for at, square in enumerate(row)
        if square.kind == "header"
    ]
    number, at = random.choice(places)
    row = list(rows[number])
    if (
        random.random() < 0.5
        or row[at].rowspan > 1
        or (number < 2 and table != "disclosure")
    ):
        row[at] = row[at]._replace(text="")
    else:
        del row[at]
    rows[number] = tuple(row)
    return printed.replacing(table, tuple(rows))


def unknown_column(printed: Printed, random: Random) -> Printed | None:
    rows = [tuple(map(soft, row)) for row in _rows(printed, "requests")]
    after = random.randint(0, 4)
    name = random.choice(("境外人员", "新闻媒体", "备注", "律师"))
    rows[0] = (rows[0][0], rows[0][1]._replace(colspan=8))
    rows[1] = (rows[1][0], rows[1][1]._replace(colspan=6), rows[1][2])
    rows[2] = (*rows[2][: after + 1], Square(name, kind="header"), *rows[2][after + 1 :])
    for number in range(3, len(rows)):
        place = _figures(rows[number])[after + 1]
        new = Square(str(random.randint(1000, 9999)), kind="extra")
        rows[number] = (*rows[number][: place + 1], new, *rows[number][place + 1 :])
    return printed.replacing("requests", tuple(rows))


# ================================================================ harmful: words


def damage_label(printed: Printed, random: Random) -> Printed | None:
    table = random.choice(TABLES)
    rows = [tuple(map(soft, row)) for row in _rows(printed, table)]
    places = [
        (number, at)
        for number, row in enumerate(rows)
        for at, square in enumerate(row)
        if square.kind in _HEADS and len(square.text) > 1
    ]
    number, at = random.choice(places)
    text = rows[number][at].text
    where = random.randrange(len(text))
    new = random.choice(("", random.choice("度行公大办一之口曰木")))
    row = list(rows[number])
    row[at] = row[at]._replace(text=text[:where] + new + text[where + 1 :])
    rows[number] = tuple(row)
    return printed.replacing(table, tuple(rows))


# ================================================================ harmful: tables


def _other_figures(sheet: Sheet, random: Random) -> Sheet:
    rows = tuple(
        tuple(
            square._replace(
                text=str(random.randint(1000, 9999)), cell=None, expect=None, kind="extra"
            )
            if square.cell
            else square
            for square in row
        )
        for row in sheet.rows
    )
    return sheet._replace(rows=rows)


def _beside(printed: Printed, random: Random, *, first: bool) -> Printed:
    table = random.choice(TABLES)
    own = printed.sheet(table)
    words = {
        "disclosure": "主动公开政府信息情况",
        "requests": "收到和处理政府信息公开申请情况",
    }
    name = words.get(table, "政府信息公开行政复议、行政诉讼情况")
    other = [
        f"附：{printed.year - 1}年{name}（上年数据，供对照）",
        _other_figures(own, random),
    ]
    mine = [
        f"{printed.year}年{name}",
        own._replace(rows=tuple(tuple(map(soft, r)) for r in own.rows)),
    ]
    blocks: list[str | Sheet] = []
    for block in printed.blocks:
        if block is own:
            blocks += [*other, *mine] if first else [mine[1], *other]
        else:
            blocks.append(block)
    return printed._replace(blocks=tuple(blocks))


def last_year_after(printed: Printed, random: Random) -> Printed | None:
    return _beside(printed, random, first=False)


def last_year_before(printed: Printed, random: Random) -> Printed | None:
    return _beside(printed, random, first=True)


def table_of_other_bodies(printed: Printed, random: Random) -> Printed | None:
    heads = ("单位名称", "本年新收", "上年结转", "予以公开", "总计", "结转下年度继续办理")
    rows: list[Row] = [tuple(Square(head, kind="extra") for head in heads)]
    for body in ("区教育局", "区公安分局", "城关镇人民政府"):
        figures = (Square(str(random.randint(1000, 9999)), kind="extra") for _ in heads[1:])
        rows.append((Square(body, kind="extra"), *figures))
    extra = Sheet("bodies", tuple(rows), len(heads))
    blocks: list[str | Sheet] = []
    for block in printed.blocks:
        blocks.append(block)
        if isinstance(block, Sheet) and block.table == random.choice(TABLES[1:]):
            blocks += ["各单位办理情况如下：", extra]
    return printed._replace(blocks=tuple(blocks))


HARMFUL: dict[str, Callable[[Printed, Random], Printed | None]] = {
    "drop a cell": drop_cell,
    "drop a blank cell": drop_blank_cell,
    "merge two cells": merge_cells,
    "split a cell": split_cell,
    "join a row": join_row,
    "note in a cell": note_in_cell,
    "unit in a cell": unit_in_cell,
    "sign in a cell": sign_in_cell,
    "marks in cells": marks_in_cells,
    "blanks in cells": blanks_in_cells,
    "shuffle rows": shuffle_rows,
    "drop a row label": drop_label,
    "duplicate a row": duplicate_row,
    "unknown row": unknown_row,
    "rows of other bodies": rows_of_other_bodies,
    "（六） collapsed or exploded": collapse_other,
    "swap two columns": swap_columns,
    "swap two headers": swap_headers,
    "drop a header row": drop_header_row,
    "drop a header cell": drop_header_cell,
    "unknown column": unknown_column,
    "damage a label": damage_label,
    "last year's table behind": last_year_after,
    "last year's table before": last_year_before,
    "table of other bodies": table_of_other_bodies,
}
CELLS = frozenset(list(HARMFUL)[:10])
"""Damage to single cells: meaningless where nothing parts the cells (RUN)."""

_GRIDS = ("GRID", "FILLED", "SEED2")
_TRAILED = ("page: trailing", "page: trailing two")
_UNSEEN = {
    # Tabs alone cannot tell a lost cell from a blank last one: what such a
    # text shows is the shifted row, and nobody can see it.
    **dict.fromkeys(("drop a cell", "drop a blank cell"), ("TAB", *_GRIDS, *_TRAILED)),
    **dict.fromkeys(("merge two cells", "join a row"), ("TAB", *_GRIDS)),
    "drop a header cell": _GRIDS,
    "unknown column": ("RUN", "SEED2"),
    "duplicate a row": ("RUN",),
}


def fair(name: str, layout: str) -> bool:
    """Return whether the damage still shows in that layout, so that it can be judged."""
    if layout == "RUN" and name in CELLS:
        return False
    return layout not in _UNSEEN.get(name, ())


_SHORTER = ("drop a cell", "drop a blank cell", "merge two cells", "join a row")
_PADDED = ("RPS", "CPS", "LPC", "MD", "MDN", "MDR")


def visible(before: Printed, after: Printed, name: str, layout: str) -> bool:
    """Return whether a shortened row can be told from one whose last cell is blank.

    Padded shapes fill up short rows; in a row that filled the whole width
    before, one lone filler looks like a blank cell.
    """
    if name not in _SHORTER or layout not in _PADDED:
        return True
    for old, new in zip(before.sheets(), after.sheets(), strict=True):
        for one, two in zip(old.rows, new.rows, strict=True):
            if len(one) != len(two) and len(one) == old.width:
                return False
    return True


# ================================================================ cutting


def cut(rendered: Rendered, at: int, layout: str) -> Rendered:
    """Cut the text off; what is not fully printed is not there."""
    gold = dict(rendered.gold)
    row = next((mark.row for mark in reversed(rendered.marks) if mark.start <= at), None)
    partial = next((mark for mark in rendered.marks if mark.end >= at), None)
    for mark in rendered.marks:
        if mark.cell not in gold:
            continue
        if mark is partial:
            shown = rendered.data[mark.start : at]
            answers = [*gold[mark.cell].answers] if mark.end == at else []
            if shown or layout not in VANISHING:
                answers.append(answer_for(shown))
            gold[mark.cell] = Expect(tuple(answers), arguable=True)
        elif mark.end >= at:
            del gold[mark.cell]
        elif mark.row in (row, partial.row if partial else row):
            gold[mark.cell] = gold[mark.cell]._replace(arguable=True)
    return rendered._replace(data=rendered.data[:at], gold=gold)
