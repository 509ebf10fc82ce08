"""A line is told where it is sure, and what stands on it is what is meant."""

from __future__ import annotations

import re

import pytest

from mingtang.document import Document, Grid, Paragraph
from mingtang.place import Place
from mingtang.reading import read
from mingtang.reading.source import content
from mingtang.writing.lines import lines
from mingtang.writing.sheet import Sheet
from tests.engine.cli.conftest import SAMPLES
from tests.engine.writing.samples import clean_sheet

TEXTS = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])


def plain(text):
    return re.sub(r"[\s|*#]", "", text)


def sheet_of(path):
    made = read(path)
    text = content(made.source).text
    return Sheet(path.name, "", made.document, made.report, (), text), text.split("\n")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_line_told_begins_what_stands_there(path):
    sheet, file = sheet_of(path)
    found = lines(sheet)
    for word in sheet.report.paragraphs:
        line = found.paragraphs[word.number]
        assert plain(word.text).startswith(plain(file[line - 1])[:6])
    told = 0
    for fact in sheet.report.facts.values():
        line = found.of(fact.place) if fact.place else None
        if line is not None:
            told += 1
            assert plain(fact.raw) in plain(file[line - 1]), fact
    assert told > 180


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_lines_of_figures_never_go_back(path):
    sheet, _ = sheet_of(path)
    found = lines(sheet)
    for name in ("disclosure", "requests", "disputes"):
        facts = [fact for cell, fact in sheet.report.facts.items() if name in cell]
        placed = sorted(fact.place for fact in facts if fact.place)
        told = [line for place in placed if (line := found.of(place)) is not None]
        assert told == sorted(told)


def made(text, *blocks):
    document = Document("text", blocks)
    return lines(clean_sheet()._replace(document=document, text=text))


def test_a_dropped_page_number_is_passed_by():
    grid = Grid.plain([["规章", "0"], ["行政许可", "3"]], 1)
    found = made("规章 | 0\n- 3 -\n行政许可 | 3\n", grid)
    assert found.squares == {(1, 1, 1): 1, (1, 1, 2): 1, (1, 2, 1): 3, (1, 2, 2): 3}


def test_a_short_text_is_not_looked_for_beyond_other_words():
    grid = Grid.plain([["规章", "7"]], 1)
    found = made("规章 甲\n行政许可 | 7\n", grid)
    assert found.squares == {(1, 1, 1): 1}


def test_a_long_text_is_not_looked_for_without_end():
    far = "字" * 30_000
    found = made(
        f"{far}\n本年度没有收取信息处理费。", Paragraph("本年度没有收取信息处理费。", 1)
    )
    assert found.paragraphs == {}


def test_a_long_text_is_found_again_after_one_that_is_lost():
    lost, kept = Paragraph("改写过的一句", 1), Paragraph("本年度没有收取信息处理费。", 2)
    found = made("另外的一句\n\n本年度没有收取信息处理费。", lost, kept)
    assert found.paragraphs == {2: 3}


def test_a_blank_cell_has_the_line_before_it_nearby():
    found = made("规章\n0\n\n", Grid.plain([["规章", "0", ""]], 1))
    assert found.of(Place(table=1, row=1, column=3)) is None
    assert found.near(Place(table=1, row=1, column=3)) == 2


def test_a_file_without_lines_has_none():
    assert made("", Paragraph("一、总体情况", 1)) == ({}, {})
