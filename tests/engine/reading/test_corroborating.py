"""What a picture shows is held against the sums of the form: proved, refuted, or left."""

from __future__ import annotations

import pytest

from mingtang.document import Document, Grid
from mingtang.form.loading import edition
from mingtang.place import Place
from mingtang.reading import rules
from mingtang.reading.corroborating import NO_TABLE, corroborated
from mingtang.reading.facts import Facts
from mingtang.reading.remarks import remark
from mingtang.report import Fact, State

FORM = edition("2021")
DOUBT = "\ufffd"
REVIEW = "disputes/review/"
PARTS = tuple(REVIEW + name for name in ("upheld", "corrected", "other", "pending"))
WHOLE = REVIEW + "total"


def box(at):
    return (10.0 * at, 0.0, 10.0 * at + 9, 9.0)


def read(printed, trusts=(), findings=()):
    """What comes of cells printed so (nothing: 0), each as sure as said (nothing: 1)."""
    trusts = dict(trusts)
    cells, row = {}, []
    for at, cell in enumerate(FORM.cell_ids()):
        raw = printed.get(cell, "0")
        state = State.UNREADABLE if DOUBT in raw else State.NUMBER if raw else State.BLANK
        value = int(raw) if state is State.NUMBER else None
        cells[cell] = Fact(cell, state, value, raw, Place(page=1, box=box(at)))
        row.append(trusts.get(cell, 1.0))
    grid = Grid.plain([["" for _ in row]], 1)._replace(
        page=1, boxes=(tuple(map(box, range(len(row)))),), trusts=(tuple(row),)
    )
    return corroborated(Facts(FORM, cells, tuple(findings)), Document("image", (grid,)))


def doubtful(found):
    return {cell for cell, fact in found.cells.items() if fact.state is State.UNREADABLE}


def codes(found):
    return [finding.rule.code for finding in found.findings]


def test_a_sum_proves_an_unsure_figure():
    found = read({PARTS[0]: f"8{DOUBT}", PARTS[1]: "3", WHOLE: "11"}, {PARTS[0]: 0.6})
    fact = found.cells[PARTS[0]]
    assert (fact.state, fact.value, fact.raw) == (State.NUMBER, 8, "8")
    assert fact.confidence == 0.6
    assert codes(found) == ["R502"]


def test_a_sum_proves_an_unsure_whole():
    found = read({PARTS[0]: "8", PARTS[1]: "3", WHOLE: f"1{DOUBT}1"})
    assert found.cells[WHOLE].value == 11


def test_a_sum_that_does_not_hold_proves_nothing():
    found = read({PARTS[0]: f"6{DOUBT}", PARTS[1]: "3", WHOLE: "11"}, {PARTS[0]: 0.6})
    assert doubtful(found) == {PARTS[0]}


def test_noughts_prove_nothing():
    found = read({PARTS[0]: f"0{DOUBT}"}, {PARTS[0]: 0.6})
    assert doubtful(found) == {PARTS[0]}
    assert codes(found) == ["R502", "R105"]


def test_a_nought_beside_figures_that_add_up_is_not_proved():
    printed = {PARTS[0]: f"0{DOUBT}", PARTS[1]: "3", WHOLE: "3"}
    assert doubtful(read(printed)) == {PARTS[0]}


def test_ink_in_which_no_figure_is_seen_proves_nothing():
    printed = {PARTS[0]: DOUBT, PARTS[1]: "3", WHOLE: "3"}
    found = read(printed)
    assert doubtful(found) == {PARTS[0]}
    assert "有墨迹而认不出字" in found.findings[-1].message


def test_a_figure_read_not_very_surely_that_breaks_a_sum_is_refused():
    printed = {PARTS[0]: "3", PARTS[1]: "3", WHOLE: "11"}
    found = read(printed, {PARTS[0]: 0.97})
    fact = found.cells[PARTS[0]]
    assert (fact.state, fact.value) == (State.UNREADABLE, None)
    assert (fact.raw, fact.trouble) == ("3", "图上看不清")
    assert doubtful(found) == {PARTS[0]}
    assert codes(found) == ["R502", "R105"]


def test_figures_read_very_surely_are_given_though_they_break_a_sum():
    printed = {PARTS[0]: "3", PARTS[1]: "3", WHOLE: "11"}
    found = read(printed, dict.fromkeys((*PARTS, WHOLE), 0.995))
    assert doubtful(found) == set()
    assert found.cells[WHOLE].value == 11


def test_a_figure_read_not_very_surely_that_breaks_no_sum_is_given():
    printed = {PARTS[0]: "8", PARTS[1]: "3", WHOLE: "11"}
    assert doubtful(read(printed, {PARTS[0]: 0.95})) == set()


@pytest.mark.parametrize("missing", ["", DOUBT])
def test_a_blank_or_an_empty_doubt_leaves_the_sum_unjudged(missing):
    printed = {PARTS[0]: "3", PARTS[1]: missing, WHOLE: "11"}
    found = read(printed, {PARTS[0]: 0.97})
    assert found.cells[PARTS[0]].value == 3
    assert found.cells[PARTS[1]].value is None


def test_a_blank_is_never_filled_in_by_a_sum():
    found = read({PARTS[0]: "", PARTS[1]: "3", WHOLE: "3"})
    assert found.cells[PARTS[0]].state is State.BLANK


def test_each_cell_in_doubt_is_told_once_with_its_place_and_what_it_looks_like():
    printed = {"disclosure/regulations/issued": f"7{DOUBT}"}
    of_reader = remark(
        rules.CELL_UNREADABLE,
        (),
        {"line": "规章", "column": "本年制发件数", "seen": "7"},
        ["disclosure/regulations/issued"],
        "7",
    )
    found = read(printed, findings=[of_reader])
    summary, told = found.findings
    assert "1格看不清" in summary.message
    assert (told.rule.code, told.cells) == ("R105", ("disclosure/regulations/issued",))
    assert "像是“7”" in told.message
    assert told.places[0].page == 1


def test_a_table_with_many_cells_in_doubt_is_told_once_with_all_of_them():
    hidden = [cell for cell in FORM.cell_ids() if cell.startswith("disputes/")]
    printed = dict.fromkeys(hidden, DOUBT) | {hidden[1]: f"5{DOUBT}"}
    found = read(printed | {"disclosure/regulations/issued": f"7{DOUBT}"})
    assert codes(found) == ["R502", "R105", "R105"]
    alone, told = found.findings[1:]
    assert alone.cells == ("disclosure/regulations/issued",)
    assert told.cells == tuple(hidden)
    assert len(told.places) == len(hidden)
    assert f"表四另有 {len(hidden) - 1} 格也看不清" in told.message
    assert "像是“5”" in told.message
    assert told.message.endswith(" 等")
    assert doubtful(found) == {*hidden, "disclosure/regulations/issued"}


def test_a_document_that_is_no_picture_is_left_as_it_is():
    grid = Grid.plain([["1"]], 1)
    cells = {cell: Fact(cell, State.ABSENT) for cell in FORM.cell_ids()}
    facts = Facts(FORM, cells, ())
    assert corroborated(facts, Document("pdf", (grid,))) is facts


def test_a_picture_without_a_table_of_the_form_is_said_to_be_one():
    found = corroborated(Facts(None, {}, ()), Document("image", ()))
    assert codes(found) == ["R502"]
    assert "本件是扫描件" in found.findings[0].message
    assert NO_TABLE in found.findings[0].message


def test_pages_recognised_among_others_are_named():
    document = Document("pdf", (), (("recognised", "第 2、5 页"),))
    (finding,) = corroborated(Facts(None, {}, ()), document).findings
    assert finding.message.startswith("第 2、5 页是扫描件或图片")
