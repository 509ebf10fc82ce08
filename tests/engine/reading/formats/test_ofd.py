"""OFD: what a person sees is read, the rest refused or in doubt."""

from __future__ import annotations

import pytest

from mingtang.reading import ofd as room
from mingtang.reading.formats import ofd
from mingtang.reading.formats.ofd import read
from mingtang.reading.ofd import OfdError
from mingtang.reading.paper.legibility import ScannedError
from mingtang.text import parse_figure
from tests.trials.ofd import Sheet, alone, package, page


def text(words, x, y, more="", held=""):
    steps = " ".join("4" if sign > "\u2000" else "2" for sign in words[1:])
    return (
        f'<ofd:TextObject Boundary="{x} {y - 4} 60 5" Size="4" {more}>{held}'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def line(x0, y0, x1, y1):
    return (
        f'<ofd:PathObject Boundary="0 0 100 60" LineWidth="0.2"><ofd:AbbreviatedData>'
        f"M {x0} {y0} L {x1} {y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def box(edges, colour="255 255 255", more=""):
    x0, y0, x1, y1 = edges
    return (
        f'<ofd:PathObject Boundary="0 0 100 60" Stroke="false" Fill="true">'
        f'<ofd:FillColor Value="{colour}" {more}/><ofd:AbbreviatedData>'
        f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )


LINES = "".join(
    [
        *(line(10, y, 90, y) for y in (10, 20)),
        *(line(x, 10, x, 20) for x in (10, 50, 70, 90)),
    ]
)


def row(cell="", first="7"):
    """A row 规章, 7, 8; more may be drawn after it."""
    return LINES + text("规章", 12, 17) + text(first, 55, 17) + text("8", 75, 17) + cell


def figures(drawn, **more):
    (grid,) = read(alone(drawn, **more)).grids()
    return grid.texts[0][1:]


def test_a_table_has_texts_page_and_boxes_in_points():
    (grid,) = read(alone(row())).grids()
    assert grid.texts == (("规章", "7", "8"),)
    assert grid.page == 1
    assert grid.boxes[0][1] == pytest.approx((141.7, 28.3, 198.4, 56.7), abs=0.1)


WHITE = '<ofd:FillColor Value="255 255 255"/>'
CLEAR = '<ofd:FillColor Value="0 0 0" Alpha="0"/>'


@pytest.mark.parametrize(
    "hidden",
    [
        text("99", 60, 17, 'Visible="false"'),
        text("99", 60, 17, 'Alpha="0"'),
        text("99", 60, 17, 'Fill="false"'),
        text("99", 60, 17, 'CTM="0.01 0 0 0.01 0 0"'),
        text("99", 60, 17, held=WHITE),
        text("99", 60, 17, held=CLEAR),
        text("99", 160, 17),
        text("99", 60, 17) + box((58, 11, 69, 19)),
    ],
)
def test_text_that_nobody_sees_is_not_read(hidden):
    assert figures(row(hidden)) == ("7", "8")


def test_white_text_on_a_dark_ground_is_seen():
    dark = box((50, 10, 70, 20), "0 0 0")
    assert figures(dark + row(text("1", 57, 17, held=WHITE), "")) == ("1", "8")


def test_a_ground_one_sees_through_covers_nothing():
    assert figures(row(box((50, 10, 70, 20), "255 255 0", 'Alpha="60"'))) == ("7", "8")


@pytest.mark.parametrize(
    "odd",
    [
        text("7", 55, 17, held='<ofd:FillColor Value="200 200 200"/>'),
        text("7", 55, 17, 'CharDirection="20"'),
        text("7", 55, 17, held='<ofd:CGTransform CodeCount="1" GlyphCount="2"/>'),
        text("¤", 55, 17),
        text("7", 55, 17) + text("5", 55.2, 17),
        '<ofd:ImageObject Boundary="55 12 5 5"/>',
        '<ofd:CompositeObject ResourceID="404" Boundary="55 12 5 5"/>',
        text("7", 55, 17)
        .replace('Boundary="55 13', 'Boundary="55 53')
        .replace('Y="4"', 'Y="-36"'),
    ],
)
def test_what_is_drawn_and_no_sure_figure_is_unreadable(odd):
    first, second = figures(row(odd, ""))
    assert parse_figure(first).kind == "unreadable"
    assert second == "8"


def test_a_blank_cell_stays_blank():
    assert figures(row("", "")) == ("", "8")


def test_a_templates_lines_and_text_are_read_with_the_page():
    template = page(Sheet(100, 60, (), ()), LINES + text("规章", 12, 17))
    common = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>'
    use = '<ofd:Template TemplateID="9" ZOrder="Background"/>'
    parts = {"Doc_0__Tpls__T": template}
    drawn = text("7", 55, 17) + text("8", 75, 17)
    assert figures(drawn, use=use, common=common, **parts) == ("7", "8")


@pytest.mark.parametrize(("depth", "seen"), [("Background", "7"), ("Foreground", "")])
def test_a_template_lies_under_the_page_or_over_it(depth, seen):
    template = page(Sheet(100, 60, (), ()), box((51, 11, 69, 19)))
    common = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>'
    use = f'<ofd:Template TemplateID="9" ZOrder="{depth}"/>'
    parts = {"Doc_0__Tpls__T": template}
    assert figures(row(), use=use, common=common, **parts) == (seen, "8")


def test_a_template_is_read_once_for_all_its_pages(monkeypatch):
    template = page(Sheet(100, 60, (), ()), LINES + " " * 30_000)
    monkeypatch.setattr("mingtang.packages.archives.MAX_EXPANDED", 100_000)
    listed = '<ofd:Page ID="1" BaseLoc="P.xml"/>' * 9
    use = '<ofd:Template TemplateID="9"/>'
    parts = {"T.xml": template, "P.xml": page(Sheet(100, 60, (), ()), row(), use)}
    common = '<ofd:TemplatePage ID="9" BaseLoc="/T.xml"/>'
    assert len(list(read(package(parts, listed, common)).grids())) == 9


def test_layers_are_drawn_by_their_depth():
    cover = f'</ofd:Layer><ofd:Layer Type="Background">{box((51, 11, 69, 19))}'
    assert figures(row(cover)) == ("7", "8")


def test_parameters_of_the_page_itself_are_known():
    shared = (
        '<Res><DrawParams><DrawParam ID="5"><FillColor Value="255 255 255"/></DrawParam>'
        "</DrawParams></Res>"
    )
    parts = {"Doc_0__Pages__Page_0__PageRes": shared}
    hidden = text("99", 60, 17, 'DrawParam="5"')
    use = "<ofd:PageRes>PageRes.xml</ofd:PageRes>"
    assert figures(row(hidden), use=use, **parts) == ("7", "8")


def test_a_turned_page_is_read_upright():
    upright = page(Sheet(60, 100, (), ()), row())
    turned = upright.replace('<ofd:Layer ID="2">', '<ofd:Layer ID="2"><ofd:PageBlock '
                             'CTM="0 1 -1 0 60 0">')  # fmt: skip
    turned = turned.replace("</ofd:Layer>", "</ofd:PageBlock></ofd:Layer>")
    (grid,) = read(package({"Doc_0/Pages/Page_0/Content.xml": turned})).grids()
    assert grid.texts == (("规章", "7", "8"),)
    x0, y0, x1, y1 = grid.boxes[0][1]
    assert y1 - y0 > x1 - x0


def test_a_seal_over_a_cell_leaves_it_in_doubt():
    body = (
        "<DocBody><DocRoot>Doc_0/Document.xml</DocRoot>"
        "<Signatures>S.xml</Signatures></DocBody>"
    )
    parts = {
        "OFD": f"<OFD>{body}</OFD>",
        "S": '<Signatures><Signature BaseLoc="T.xml"/></Signatures>',
        "T": '<Signature><StampAnnot PageRef="1" Boundary="55 10 8 8"/></Signature>',
    }
    first, second = figures(row(), **parts)
    assert parse_figure(first).kind == "unreadable"
    assert second == "8"


def test_a_page_that_is_a_picture_is_said_to_be_scanned():
    picture = '<ofd:ImageObject Boundary="0 0 100 60" ResourceID="3"/>'
    with pytest.raises(ScannedError, match="扫描件或图片做成的 OFD"):
        read(alone(picture))
    behind = text("规章", 10, 17) + picture
    with pytest.raises(ScannedError, match="扫描件"):
        read(alone(behind))


def test_more_pages_than_a_report_has_are_refused(monkeypatch):
    monkeypatch.setattr(ofd, "MAX_PAGES", 1)
    listed = '<ofd:Page ID="1" BaseLoc="A.xml"/><ofd:Page ID="2" BaseLoc="B.xml"/>'
    with pytest.raises(OfdError, match="有 2 页，超过 1 页"):
        read(package({}, listed))


def test_a_missing_page_is_named():
    with pytest.raises(OfdError, match=r"第 1 页读不出：文件不完整，缺少 Pages/Page_0"):
        read(package({}))


def test_a_file_that_lists_no_pages_is_refused():
    with pytest.raises(OfdError, match="没有列出页面"):
        read(package({}, ""))


@pytest.mark.parametrize("size", ["0 0 0 0", "0 0 -5 9", "0 0 99999 9"])
def test_a_page_of_no_size_is_refused(size):
    data = package({"Doc_0/Pages/Page_0/Content.xml": page(Sheet(1, 1, (), ()), "").replace(
        "0 0 1 1", size)})  # fmt: skip
    with pytest.raises(OfdError, match="页面大小"):
        read(data)


def test_a_page_without_a_size_is_as_large_as_the_document_says():
    content = "<Page><Content><Layer>" + row() + "</Layer></Content></Page>"
    content = content.replace("ofd:", "")
    (shown,) = room.pages(package({"Doc_0/Pages/Page_0/Content.xml": content}), 9)
    assert shown.frame.size == pytest.approx((595.3, 841.9), abs=0.1)


def test_broken_numbers_are_refused_with_their_page():
    with pytest.raises(OfdError, match="第 1 页读不出：数字“nan”无效；请重新导出"):
        read(alone(text("1", 10, 10, 'CTM="1 0 0 nan 0 0"')))
