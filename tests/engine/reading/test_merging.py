from __future__ import annotations

from mingtang.document import Document, Grid, Paragraph
from mingtang.reading.merging import is_filled, remerged

NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
NEXT = "四、结转下年度继续办理"


def table(*rows: str) -> Grid:
    return Grid.plain([row.split(",") for row in rows], 1)


FILLED = table(
    "申请人情况,申请人情况,自然人,总计",
    f"{NEW},{NEW},5,5",
    f"{CARRIED},{CARRIED},0,0",
    "三、本年度办理结果,（一）予以公开,0,0",
    "三、本年度办理结果,（七）总计,5,5",
    f"{NEXT},{NEXT},0,0",
)


def merged(*grids: Grid) -> list[Grid]:
    return list(remerged(Document("html", (Paragraph("一", 1), *grids))).grids())


def test_labels_side_by_side_show_a_filled_table() -> None:
    assert is_filled(FILLED)
    assert not is_filled(table(*(f"{name},5,5" for name in (NEW, CARRIED, NEXT))))


def test_a_block_of_one_label_becomes_one_cell() -> None:
    (grid,) = merged(FILLED)
    assert grid.spans
    assert grid.texts[1] == (NEW, "5", "5")
    assert [(each.column, each.colspan) for each in grid.squares[1]] == [
        (0, 2),
        (2, 1),
        (3, 1),
    ]
    assert grid.texts[3][0] == "三、本年度办理结果"
    assert grid.squares[3][0].rowspan == 2
    assert grid.texts[4] == ("（七）总计", "5", "5")


def test_equal_figures_side_by_side_stay_two_unless_one_header_covers_them() -> None:
    block = table(
        "信息内容,本年处理决定数量,本年处理决定数量",
        "行政许可,7,7",
        "行政处罚,7,8",
        "行政强制,,",
    )
    _, grid = merged(FILLED, block)
    assert grid.texts == (
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "7"),
        ("行政处罚", "7", "8"),
        ("行政强制", ""),
    )


def test_other_tables_are_left_as_they_are() -> None:
    plain = table("信息内容,本年处理决定数量,本年处理决定数量", "行政许可,7,7")
    assert merged(plain) == [plain]
    ragged = table("甲,乙", "丙")
    assert merged(FILLED, ragged)[1] == ragged
