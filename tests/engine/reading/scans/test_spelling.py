"""Labels the network all but read are put right; figures and sure characters never."""

from __future__ import annotations

from mingtang.reading.scans.inking import Strip
from mingtang.reading.scans.judging import Sign
from mingtang.reading.scans.spelling import labels, spelled

CELL, OTHER = (0, 3), (0, 4)
LABEL = "行政规范性文件"


def line(text, unsure="", cell=CELL, top=0, doubtful=""):
    """A line whose characters are sure but for those named."""
    box = (0, top, 20 * len(text), top + 20)
    signs = tuple(
        Sign(each, 10.0 + 20 * at, 0.6 if each in unsure else 0.999, each in doubtful)
        for at, each in enumerate(text)
    )
    return Strip(box, (), (0, 0, 900, 900), cell), signs


def texts(*lines):
    return ["".join(sign.text for sign in signs) for _, signs in spelled(lines)]


def test_an_unsure_character_becomes_the_labels():
    ((_, signs),) = spelled([line("行攻规范性文件", unsure="攻", doubtful="攻")])
    assert "".join(sign.text for sign in signs) == LABEL
    assert not any(sign.doubt for sign in signs)


def test_one_slip_in_a_long_label_is_put_right_however_sure():
    assert texts(line("行攻规范性文件")) == [LABEL]


def test_a_label_that_is_surely_printed_otherwise_stays():
    assert texts(line("行攻规范性丈件")) == ["行攻规范性丈件"]
    assert texts(line("白然人")) == ["白然人"]


def test_a_character_that_was_missed_is_put_in():
    assert texts(line("行政规范性件")) == [LABEL]


def test_more_than_a_character_missed_is_not_put_in():
    assert texts(line("行政规范文")) == ["行政规范文"]


def test_an_unsure_character_too_many_is_left_out():
    assert texts(line("行政规范性口文件", unsure="口")) == [LABEL]


def test_sure_characters_too_many_stay():
    assert texts(line("行政规范性的文件们")) == ["行政规范性的文件们"]


def test_a_figure_is_never_put_right():
    read = "8.重复申请"
    assert texts(line(read, unsure="8")) == [read]
    assert texts(line("318", unsure="318")) == ["318"]


def test_a_label_read_whole_stays():
    read = line(LABEL, unsure=LABEL)
    assert spelled([read]) == [read]


def test_a_label_over_two_lines_of_a_cell_is_put_right_on_its_lines():
    found = texts(line("行攻规范", unsure="攻"), line("性文件", top=24))
    assert found == ["行政规范", "性文件"]


def test_lines_of_other_cells_are_other_texts():
    upper, lower = line("行攻规范", unsure="攻"), line("性文件", cell=OTHER)
    assert texts(upper, lower) == ["行攻规范", "性文件"]


def test_headings_and_text_outside_tables_stay_as_they_were_read():
    heading = line("一、总休情况", unsure="休", cell=None)
    bare = line("主动公开政府信息情况", unsure="主", cell=None, top=30)
    assert texts(heading, bare) == ["一、总休情况", "主动公开政府信息情况"]


def test_what_is_like_two_labels_stays():
    found = "本年制发件教"
    assert "本年制发件数" in labels()
    assert texts(line(found, unsure="教")) == ["本年制发件数"]
    torn = "本年件数"
    assert texts(line(torn, unsure=torn)) == [torn]


def test_other_text_and_short_text_stay():
    prose = "全年公开信息三百条"
    assert texts(line(prose, unsure=prose, cell=None)) == [prose]
    assert texts(line("规", unsure="规")) == ["规"]


def test_labels_of_every_edition_are_known():
    assert {"规章", "总计"} & set(labels()) == set()  # too short to be told by likeness
    assert {LABEL, "自然人", "信息内容"} & set(labels()) >= {LABEL, "自然人"}
