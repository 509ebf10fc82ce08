"""A place is told by the form's own names, never by counts of ours where it has one."""

from __future__ import annotations

import pytest

from mingtang.finding import Finding
from mingtang.place import Place
from mingtang.writing.whereabouts import Whereabouts
from tests.engine.writing.samples import STRAY, faulty_sheet

THREE = "表三（收到和处理政府信息公开申请情况）"
TWO = "表二（主动公开政府信息情况）"
FOUR = "表四（政府信息公开行政复议、行政诉讼情况）"


def where(*cells, **place):
    places = (Place(**place),) if place else ()
    return Whereabouts(faulty_sheet()).of(Finding(STRAY, "", tuple(cells), places))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            ["requests/unavailable_not_held/total"],
            f"{THREE}“（四）无法提供/1.本机关不掌握相关政府信息”行、“总计”列",
        ),
        (
            ["requests/carried_in/person", "requests/carried_in/total"],
            f"{THREE}“二、上年结转政府信息公开申请数量”行、“自然人”“总计”列",
        ),
        (["requests/granted/total", "requests/concluded/total"], f"{THREE}“总计”列"),
        (
            ["requests/granted/total", "requests/concluded/person"],
            f"{THREE}“（一）予以公开”行、“总计”列等2格",
        ),
        (["disputes/review/upheld"], f"{FOUR}“行政复议”栏的“结果维持”格"),
    ],
)
def test_cells_have_table_line_and_column(cells, words):
    assert where(*cells) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"paragraph": 1}, "题目"),
        ({"paragraph": 2}, "标题“一、总体情况”"),
        ({"paragraph": 4}, "“一、总体情况”下第2段"),
        ({"table": 1, "row": 2, "column": 3}, f"{TWO}列名“本年废止件数”"),
        ({"table": 9, "row": 9, "column": 1}, "第9个表第9行第1列"),
        ({"paragraph": 4, "page": 2}, "“一、总体情况”下第2段（第2页）"),
        ({"page": 3, "table": 9, "row": 9, "column": 1}, "第3页第9个表第9行第1列"),
    ],
)
def test_words_have_their_heading_and_labels_their_table(place, words):
    assert where(**place) == words


def test_a_row_that_the_form_lacks_stands_under_the_one_above():
    last = f"{TWO}“行政事业性收费”行"
    assert where(table=1, row=10, column=1) == last
    assert where(table=1, row=12, column=1) == f"{last}之下（文件里第1个表第12行）"


def test_the_lines_of_a_text_are_told_and_many_are_counted():
    sheet = faulty_sheet()
    text = "\n\n".join(word.text for word in sheet.report.paragraphs)
    found = Whereabouts(sheet._replace(text=text))
    places = tuple(Place(paragraph=number) for number in (3, 4, 6, 8, 10))
    told = found.of(Finding(STRAY, "", places=places))
    assert told == "“一、总体情况”下第1段等5处（文件第5、7、11等5行）"


def test_places_on_several_pages_name_each_once():
    places = tuple(Place(page=page, paragraph=4) for page in (3, 1, 2, 3, 7))
    told = Whereabouts(faulty_sheet()).of(Finding(STRAY, "", places=places))
    assert told == "“一、总体情况”下第2段等5处（第1至3、7页）"


def test_an_absence_stands_nowhere():
    assert where() is None
