"""Pictures of pages as documents: tables with places and how sure each text is."""

from __future__ import annotations

import pytest

from mingtang.reading.formats.image import read
from mingtang.reading.kinds import binary_kind
from mingtang.reading.scans import PictureError
from tests.engine.reading.scans.drawings import set_page, white
from tests.trials.scans import jpeg, png, scanned_pdf, tiff

TABLE = """#table(columns: (90pt, 60pt, 60pt), [规章], [12], [8], [行政许可], [0], [])
以上数字经核对无误，报送机关为青石县自然资源局。
"""


@pytest.fixture(scope="module")
def document():
    return read(tiff([set_page("一、总体情况"), set_page(TABLE)]))


def test_a_document_has_the_tables_and_the_text_of_its_pages(document):
    assert document.kind == "image"
    (grid,) = document.grids()
    assert grid.texts == (("规章", "12", "8"), ("行政许可", "0", ""))
    assert grid.page == 2
    assert next(block.text for block in document.paragraphs()) == "一、总体情况"


def test_every_cell_has_a_box_in_points_and_a_trust(document):
    (grid,) = document.grids()
    assert grid.boxes[0][0] == pytest.approx((56.7, 56.7, 146.7, 72), abs=3)
    assert [len(row) for row in grid.trusts] == [len(row) for row in grid.texts]
    assert all(0.9 < trust <= 1 for row in grid.trusts for trust in row)


def test_a_figure_that_hardly_looks_like_one_is_trusted_less():
    (grid,) = read(png(set_page(TABLE.replace("[8]", "[#rotate(50deg)[4]]")))).grids()
    assert grid.trusts[0][2] < 0.9 < min(grid.trusts[0][:2])


def test_a_picture_without_text_is_refused():
    with pytest.raises(PictureError, match="没有认出文字"):
        read(png(white()))


def test_pictures_are_told_by_what_they_are_and_not_by_their_names():
    page = set_page("甲")
    assert {binary_kind(made) for made in (png(page), jpeg(page), tiff([page]))} == {
        "image"
    }
    assert binary_kind(scanned_pdf([page])) == "pdf"
