from __future__ import annotations

from mingtang.document import Square
from mingtang.reading.paper.glyphs import DOUBT, Glyph, cell_text, printed_once
from mingtang.reading.paper.lattice import Table, lattices, lengthened, table
from mingtang.reading.paper.pieces import alike, rejoined
from mingtang.reading.paper.rulings import Rule
from mingtang.reading.paper.seeing import Ground
from mingtang.reading.paper.tiles import tiles


def across(y, x0, x1, thick=0.5):
    return Rule(x0, y - thick / 2, x1, y + thick / 2)


def down(x, y0, y1, thick=0.5):
    return Rule(x - thick / 2, y0, x + thick / 2, y1)


def word(text, x, y, size=10.0, **more):
    """Characters beside each other, digits half as wide, their baseline at y."""
    made = []
    for sign in text:
        wide = size / 2 if sign.isascii() else size
        made.append(
            Glyph(sign, x, y - size * 0.8, x + wide, y + size * 0.2, y, size, **more)
        )
        x += wide
    return made


def grid(columns=(0, 100, 200), rows=(0, 20, 40)):
    return [
        *(across(y, columns[0], columns[-1]) for y in rows),
        *(down(x, rows[0], rows[-1]) for x in columns),
    ]


WORDS = [
    *word("规章", 10, 15),
    *word("12", 110, 15),
    *word("许可", 10, 35),
    *word("7", 110, 35),
]
TEXTS = (("规章", "12"), ("许可", "7"))


def only(rules, glyphs=WORDS, marks=()):
    found, _ = lattices(rules)
    assert len(found) == 1
    return table(found[0], glyphs, marks)


def test_plain_lines_make_cells_with_boxes():
    made = only(grid())
    assert made.texts == TEXTS
    assert made.boxes[1][1] == (100, 20, 200, 40)


def test_characters_are_read_by_place_whatever_their_order():
    assert only(grid(), WORDS[::-1]).texts == TEXTS


def test_doubled_and_slightly_shifted_lines_are_one():
    again = [Rule(r.x0 + 1.5, r.y0 + 1.5, r.x1 + 1.5, r.y1 + 1.5) for r in grid()]
    assert only([*grid(), *again]).texts == TEXTS


def test_lines_in_pieces_with_gaps_are_whole():
    pieces = []
    for rule in grid():
        if rule.x1 - rule.x0 > rule.y1 - rule.y0:
            pieces += [Rule(x, rule.y0, x + 7, rule.y1) for x in range(0, 200, 10)]
        else:
            pieces.append(rule)
    assert only(pieces).texts == TEXTS


def test_cells_drawn_one_by_one_make_a_table():
    boxes = [(x, y) for x in (0, 101) for y in (0, 21)]
    rules = [rule for x, y in boxes for rule in grid((x, x + 99), (y, y + 19))]
    assert only(rules).texts == TEXTS


def test_a_square_without_a_line_to_its_neighbour_is_one_cell_with_it():
    rules = [across(y, 0, 200) for y in (0, 20, 40)]
    rules += [down(0, 0, 40), down(200, 0, 40), down(100, 20, 40)]
    made = only(rules, word("规章12", 60, 15))
    assert made.texts[0] == ("规章12",)
    assert made.squares[0][0] == (0, 1, 2)


def test_a_table_open_at_its_sides_ends_where_its_lines_end():
    rules = [across(y, 0, 200) for y in (0, 20, 40)] + [down(100, 0, 40)]
    assert only(rules).texts == TEXTS


def test_a_region_that_is_no_rectangle_is_in_doubt():
    rules = [across(y, 0, 200) for y in (0, 40)] + [across(20, 0, 100)]
    rules += [down(0, 0, 40), down(200, 0, 40), down(100, 0, 20)]
    made = only(rules)
    assert made.texts[0][1] == "12" + DOUBT
    assert made.texts[1] == ("许可" + DOUBT, "7" + DOUBT)


def test_a_frame_and_an_underline_are_no_tables():
    found, left = lattices([*grid((0, 100), (0, 50)), across(200, 0, 80)])
    assert not found
    assert len(left) == 3


def test_a_missing_cell_at_the_edge_is_no_blank_cell():
    rules = [r for r in grid(rows=(0, 20, 40, 60)) if r.x0 < 150 or r.x1 - r.x0 > 10]
    rules += [down(200, 0, 40)]
    made = only(rules)
    assert [len(row) for row in made.texts] == [2, 2, 1]


def test_a_number_across_a_line_is_in_doubt_on_both_sides():
    made = only(grid(), word("123456", 85, 15))
    assert all(text.endswith(DOUBT) for text in made.texts[0])


def test_a_picture_or_field_leaves_its_cell_in_doubt():
    made = only(grid(), WORDS[:2], [(120, 2, 130, 18)])
    assert made.texts[0] == ("规章", DOUBT)


BOX = (0.0, 0.0, 60.0, 40.0)


def test_a_small_raised_digit_is_a_mark_in_brackets():
    raised = word("1", 20, 10, size=6.0)
    assert cell_text([*word("22", 10, 14), *raised], BOX) == "22（1）"


def test_digits_far_apart_are_two_numbers():
    assert cell_text([*word("1", 10, 14), *word("2", 30, 14)], BOX) == "1 2"


def test_digits_under_digits_are_one_number_only_in_a_full_cell():
    glyphs = [*word("1234", 5, 14), *word("56", 5, 28)]
    assert cell_text(glyphs, BOX) == "1234\n56"
    assert cell_text(glyphs, (0.0, 0.0, 31.0, 40.0)) == "123456"


def test_characters_printed_twice_in_place_count_once():
    once = word("11", 10, 14)
    again = [glyph._replace(x0=glyph.x0 + 0.4, x1=glyph.x1 + 0.4) for glyph in once]
    assert cell_text(printed_once([*once, *again]), BOX) == "11"


def test_different_characters_on_one_spot_are_in_doubt():
    glyphs = printed_once([*word("1", 10, 14), *word("7", 10, 14)])
    assert DOUBT in cell_text(glyphs, BOX)


def test_pale_slanted_and_oversized_characters_are_in_doubt():
    assert cell_text(word("5", 10, 14, doubt=True), BOX) == "5" + DOUBT
    assert cell_text(word("5", 10, 14, turn=4), BOX) == "5" + DOUBT
    assert cell_text(word("5", 10, 40, size=60.0), BOX) == "5" + DOUBT


def test_lines_drawn_dot_by_dot_are_lines():
    dots = []
    for rule in grid():
        wide = rule.x1 - rule.x0 > rule.y1 - rule.y0
        steps = range(0, 200 if wide else 40, 2)
        x, y = (rule.x0 + rule.x1) / 2, (rule.y0 + rule.y1) / 2
        dots += [
            Rule(at, y - 0.4, at + 0.8, y + 0.4) if wide else Rule(x, at, x + 0.8, at + 0.8)
            for at in steps
        ]
    assert only(dots).texts == TEXTS


def test_a_frame_around_tables_is_no_part_of_them():
    page = grid((-4, 204), (-50, 400))
    assert only([*page, *grid()]).texts == TEXTS


def test_tables_that_share_a_line_are_two():
    below = grid((0, 70, 130, 200), (40, 60))
    found, _ = lattices([*grid((0, 50, 100, 160, 200)), *below])
    assert [lattice.xs for lattice in found] == [
        (0, 50, 100, 160, 200),
        (0, 70, 130, 200),
    ]


def test_rows_that_merge_and_divide_cells_are_one_table():
    rules = [*grid((0, 200)), down(100, 0, 20), *(down(x, 20, 40) for x in (50, 100, 150))]
    found, _ = lattices(rules)
    assert len(found) == 1


def test_a_column_as_high_as_its_page_belongs_to_the_table_beside_it():
    rules = [*grid((40, 100, 200)), down(0, 0, 40)]
    glyphs = [*word("三", 10, 15), *word("果", 10, 35), *word("甲", 50, 35)]
    assert only(rules, glyphs).texts == (("三果", "", ""), ("甲", ""))


def test_text_under_an_open_end_is_the_cells_above_it():
    rules = [
        across(0, 0, 200),
        across(20, 0, 200),
        across(40, 100, 200),
        *(down(x, 0, 40) for x in (0, 100, 200)),
    ]
    (lattice,), _ = lattices(rules)
    under = word("证", 10, 50)
    assert lengthened(lattice, under).ys == (0, 20, 52)
    assert lengthened(lattice, word("页脚", 110, 50)) == lattice
    assert lengthened(lattice, word("证", 10, 90)) == lattice


def test_a_number_that_runs_over_the_edge_of_its_table_is_in_doubt():
    glyphs = [*WORDS[:4], *word("135", 188, 35)]
    (lattice,), _ = lattices(grid())
    inside = [glyph for glyph in glyphs if lattice.cell_at(*glyph.middle) is not None]
    outside = [glyph for glyph in glyphs if glyph not in inside]
    assert outside
    made = table(lattice, inside, (), outside)
    assert made.texts[1][1].endswith(DOUBT)
    assert made.texts[0][1] == "12"


def test_grounds_in_every_square_make_a_table_without_lines():
    boxes = [(x, y, x + 99, y + 19) for x in (0, 100) for y in (0, 20)]
    grounds = [Ground(at, 0.8, box) for at, box in enumerate(boxes)]
    (lattice,) = tiles(grounds, [])
    assert table(lattice, WORDS).texts == TEXTS
    assert tiles(grounds[:3], []) == []
    assert tiles([ground._replace(light=1.0) for ground in grounds], []) == []


def test_a_page_of_many_lines_is_a_drawing():
    rules = [across(y * 5, 0, 9) for y in range(3_000)]
    rules += [down(x * 5, 0, 9) for x in range(3_000)]
    assert lattices(rules) == ([], [])


def piece(*rows):
    """A part of a table of plain columns on one page."""
    boxes = tuple(
        tuple((at * 100, y * 20, at * 100 + 100, y * 20 + 20) for at in range(len(row)))
        for y, row in enumerate(rows)
    )
    squares = tuple(tuple(Square(at) for at in range(len(row))) for row in rows)
    return Table((0, 0, len(rows[0]) * 100, len(rows) * 20), rows, squares, boxes)


def test_words_of_a_head_that_look_whole_above_a_pages_end_are_made_whole():
    above = piece(("结果维持", "其他"))
    below = piece(("", "结果"), ("0", "1"))
    joined, rest = rejoined(above, below)
    assert joined.texts == (("结果维持", "其他结果"),)
    assert rest.texts[-1] == ("0", "1")


def test_the_words_of_a_corner_are_put_together_again():
    words = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    above = piece((words[:22], "申请人情况"))
    below = piece((words[22:], "自然人"))
    joined, rest = rejoined(above, below)
    assert joined.texts == ((words, "申请人情况"),)
    assert rest.texts == (("", "自然人"),)
    assert rejoined(piece((words, "申请人情况")), below)[1].texts[0][0] == words[22:]


def test_tables_of_other_columns_are_no_pieces_of_one():
    one = piece(("规章", "1", "2", "3"))
    moved = tuple(tuple((a + 37, b, c + 37, d) for a, b, c, d in row) for row in one.boxes)
    assert alike(one, one)
    assert not alike(one, one._replace(boxes=moved))
