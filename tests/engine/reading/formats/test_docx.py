from __future__ import annotations

import io

import docx as python_docx
import pytest

from mingtang import reading
from mingtang.document import Grid
from mingtang.reading.formats import docx
from mingtang.reading.formats.docx import MAX_DEPTH, read
from mingtang.reading.limits import MAX_CELLS, MAX_LINES, MAX_TABLES
from mingtang.reading.source import UnreadableSourceError
from tests.trials.word import STRICT, document, package, root


def p(text: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inner: str, properties: str = "") -> str:
    """Return a cell of one paragraph or of the XML given."""
    inner = inner if inner.startswith("<") else p(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row."""
    inner = "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def texts(inner: str, **parts: str) -> list[object]:
    """Return paragraphs as they are and tables as lists of their cells' texts."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in read(document(inner, **parts)).blocks
    ]


def squares(inner: str) -> list[list[tuple[int, int, int]]]:
    """Return column, rowspan and colspan of every cell of the first table."""
    grid = next(read(document(inner)).grids())
    return [
        [(cell.column, cell.rowspan, cell.colspan) for cell in row] for row in grid.rows
    ]


def shown(inner: str, **parts: str) -> str:
    """Return the text of one paragraph that holds those runs."""
    return "|".join(map(str, texts(f"<w:p>{inner}</w:p>", **parts)))


def cell(inner: str) -> str:
    """Return the text of the first cell of a row of two that holds those runs."""
    (table,) = texts(tbl(tr(tc(f"<w:p>{inner}</w:p>"), "甲")))
    return table[0][0]


def refusal(data: bytes) -> str:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]") as refused:
        read(data)
    assert "\n" not in str(refused.value)
    return str(refused.value)


SPAN = '<w:gridSpan w:val="{}"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BOX = (
    "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
OLD_BOX = (
    "<w:pict><v:shape><v:textbox><w:txbxContent>{}"
    "</w:txbxContent></v:textbox></v:shape></w:pict>"
)
PICTURE = "<w:drawing><wp:{0}><a:graphic><pic:pic/></a:graphic></wp:{0}></w:drawing>"
CHOICE = (
    '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


class TestText:
    def test_blocks_come_in_reading_order(self) -> None:
        inner = p("甲") + p("乙") + tbl(tr("1", "2")) + p("丙")
        assert texts(inner) == ["甲", "乙", [["1", "2"]], "丙"]

    def test_paragraphs_and_tables_are_counted_apart_from_1(self) -> None:
        page = read(document((p("甲") + p("　") + tbl(tr("1", "2"))) * 2))
        assert [block.number for block in page.blocks] == [1, 1, 2, 2]
        assert (page.kind, page.title) == ("docx", None)

    def test_a_file_of_another_program_is_read(self) -> None:
        made, data = python_docx.Document(), io.BytesIO()
        made.core_properties.title = "未公开的题名"
        made.add_paragraph("甲", style="List Number")
        made.sections[0].header.add_paragraph("页眉")
        table = made.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(1, 1)).text = "乙"
        made.save(data)
        page = read(data.getvalue())
        assert [block.text for block in page.paragraphs()] == ["1. 甲"]
        assert next(page.grids()).texts == (("乙", ""), ("",))
        assert page.title is None

    def test_strict_documents_are_read(self) -> None:
        inner = p("甲") + tbl(tr(tc("1", SPAN.format(2)), "2"))
        assert next(read(document(inner, STRICT)).grids()).squares[0][1].column == 2

    def test_parts_in_utf_16_are_read(self) -> None:
        body = root("document", f"<w:body>{p('甲')}</w:body>").replace("UTF-8", "UTF-16")
        data = package({"word/document.xml": body.encode("utf-16")})
        assert [block.text for block in read(data).paragraphs()] == ["甲"]

    def test_the_main_part_is_where_the_package_says(self) -> None:
        body = root("document", f"<w:body>{p('甲')}</w:body>")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        related = (
            "<Relationships>"
            f'<Relationship Type="{kind}/officeDocument" Target="/word/document2.xml"/>'
            "</Relationships>"
        )
        data = package({"_rels/.rels": related, "word/document2.xml": body})
        assert [block.text for block in read(data).paragraphs()] == ["甲"]

    @pytest.mark.parametrize(
        ("runs", "text"),
        [
            (r("1") + '<w:proofErr w:type="spellStart"/>' + r("2"), "12"),
            (r("甲") + "<w:r><w:tab/></w:r>" + r("乙"), "甲\t乙"),
            (r("1") + "<w:r><w:noBreakHyphen/></w:r>" + r("2"), "1-2"),
            (r("1") + '<w:r><w:sym w:font="Wingdings" w:char="F031"/></w:r>', "1※"),
            (r("1") + r("2", '<w:rFonts w:ascii="Wingdings"/>'), "1※"),
            ('<w:hyperlink r:id="r9"><w:r><w:t>甲</w:t></w:r></w:hyperlink>', "甲"),
            (f"<w:smartTag>{r('甲')}</w:smartTag>", "甲"),
            (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>", "甲"),
            ("<w:r><w:t>\n  12\n  </w:t></w:r>", "12"),
            ("<w:r><w:softHyphen/><w:t>甲</w:t><w:lastRenderedPageBreak/></w:r>", "甲"),
            (
                f"<w:r><w:ruby><w:rt>{r('jiǎ')}</w:rt><w:rubyBase>{r('甲')}</w:rubyBase>"
                "</w:ruby></w:r>",
                "甲",
            ),
        ],
    )
    def test_runs_show_what_word_shows(self, runs: str, text: str) -> None:
        assert shown(runs) == text

    def test_a_line_break_parts_blocks(self) -> None:
        assert shown(f"{r('甲局')}<w:r><w:br/></w:r>{r('2024年')}") == "甲局|2024年"

    def test_controls_around_blocks_are_looked_through(self) -> None:
        inner = f"<w:sdt><w:sdtContent>{p('甲')}{tbl(tr('1', '2'))}</w:sdtContent></w:sdt>"
        assert texts(f"<w:customXml>{inner}</w:customXml>") == ["甲", [["1", "2"]]]

    def test_a_power_in_a_formula_is_no_digit_more(self) -> None:
        formula = "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
        formula += "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
        assert shown(formula) == "10 2"


class TestBoxes:
    def test_a_text_box_comes_after_the_paragraph_it_hangs_on(self) -> None:
        box = BOX.format(p("箱"))
        assert texts(f"<w:p>{r('甲')}<w:r>{box}</w:r>{r('乙')}</w:p>{p('丙')}") == [
            "甲乙",
            "箱",
            "丙",
        ]

    def test_of_an_alternative_one_branch_is_read(self) -> None:
        both = CHOICE.format(BOX.format(p("箱")), OLD_BOX.format(p("箱")))
        assert shown(f"<w:r>{both}</w:r>") == "箱"

    def test_what_a_newer_word_alone_knows_gives_way(self) -> None:
        both = CHOICE.format("<wps:new/>", "<w:t>甲</w:t>")
        assert shown(f"<w:r>{both}</w:r>") == "甲"

    def test_an_old_text_box_is_read(self) -> None:
        assert shown(f"<w:r>{OLD_BOX.format(p('箱') + tbl(tr('1', '2')))}</w:r>") == (
            "箱|[['1', '2']]"
        )

    def test_a_picture_in_a_cell_is_a_sign_and_elsewhere_nothing(self) -> None:
        picture = f"<w:r>{PICTURE.format('inline')}</w:r>"
        assert cell(r("3") + picture) == "3[图]"
        assert shown(r("甲") + picture) == "甲"

    def test_a_picture_that_floats_over_a_figure_leaves_it(self) -> None:
        seal = f"<w:r>{PICTURE.format('anchor')}</w:r>"
        assert (cell(r("3") + seal), cell(seal)) == ("3", "[图]")


class TestTracked:
    def test_insertions_are_read_and_deletions_are_not(self) -> None:
        gone = "<w:del><w:r><w:delText>1</w:delText><w:t>1</w:t></w:r></w:del>"
        assert shown(f"<w:ins>{r('2')}</w:ins>{gone}{r('3')}") == "23"

    def test_text_moved_away_is_read_where_it_went(self) -> None:
        moved = f"<w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}<w:moveTo>{r('甲')}</w:moveTo>"
        assert shown(moved) == "乙甲"

    def test_a_paragraph_whose_end_is_deleted_runs_on(self) -> None:
        first = p("甲", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>")
        assert texts(first + p("乙") + p("丙")) == ["甲乙", "丙"]
        assert texts(p("丙") + first) == ["丙", "甲"]

    def test_a_deleted_row_is_not_in_the_table(self) -> None:
        gone = tr("8", "9", properties="<w:del/>")
        new = tr("3", "4", properties="<w:ins/>")
        assert texts(tbl(tr("1", "2"), gone, new)) == [[["1", "2"], ["3", "4"]]]

    def test_a_deleted_cell_is_not_in_the_row(self) -> None:
        assert texts(tbl(tr("1", tc("9", "<w:cellDel/>"), "2"))) == [[["1", "2"]]]

    def test_former_formatting_says_nothing(self) -> None:
        former = "<w:rPrChange><w:rPr><w:vanish/><w:strike/></w:rPr></w:rPrChange>"
        assert shown(r("甲", former)) == "甲"


class TestHidden:
    STYLES = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="i"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )

    @pytest.mark.parametrize(
        "properties", ["<w:vanish/>", '<w:rStyle w:val="h"/>', '<w:rStyle w:val="i"/>']
    )
    def test_hidden_text_is_not_read(self, properties: str) -> None:
        assert shown(r("甲") + r("乙", properties), styles=self.STYLES) == "甲"

    @pytest.mark.parametrize(
        "properties",
        ['<w:vanish w:val="0"/>', '<w:rStyle w:val="h"/><w:vanish w:val="false"/>'],
    )
    def test_text_that_is_not_hidden_after_all_is_read(self, properties: str) -> None:
        assert shown(r("甲") + r("乙", properties), styles=self.STYLES) == "甲乙"

    def test_a_paragraph_style_hides_and_shows(self) -> None:
        inner = p("甲", '<w:pPr><w:pStyle w:val="P"/></w:pPr>') + p("乙")
        inner += p("丙", '<w:pPr><w:pStyle w:val="Q"/></w:pPr>')
        assert texts(inner, styles=self.STYLES) == ["乙", "丙"]

    def test_hiding_twice_by_styles_shows(self) -> None:
        style = '<w:pPr><w:pStyle w:val="P"/></w:pPr>'
        again = r("甲", '<w:rStyle w:val="h"/>')
        runs = f"<w:p>{style}{again}{r('乙')}</w:p>"
        assert texts(runs, styles=self.STYLES) == ["甲"]

    def test_a_paragraph_whose_end_is_hidden_runs_on(self) -> None:
        first = p("甲", "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>")
        assert texts(first + p("乙")) == ["甲乙"]

    def test_a_hidden_row_is_not_in_the_table(self) -> None:
        hidden = tr("8", "9", properties="<w:hidden/>")
        assert texts(tbl(tr("1", "2"), hidden)) == [[["1", "2"]]]

    def test_comments_are_not_read(self) -> None:
        runs = (
            '<w:commentRangeStart w:id="1"/>' + r("甲") + '<w:commentReference w:id="1"/>'
        )
        assert shown(runs, comments=f"<w:comment>{p('批注')}</w:comment>") == "甲"


class TestDressed:
    @pytest.mark.parametrize(
        ("properties", "text"),
        [
            ('<w:vertAlign w:val="superscript"/>', "3(12)"),
            ('<w:vertAlign w:val="subscript"/>', "3(12)"),
            ('<w:vertAlign w:val="baseline"/>', "312"),
            ("<w:strike/>", "3[删去：12]"),
            ("<w:dstrike/>", "3[删去：12]"),
            ('<w:strike w:val="0"/>', "312"),
        ],
    )
    def test_digits_beside_a_figure_do_not_run_into_it(
        self, properties: str, text: str
    ) -> None:
        assert cell(r("3") + r("1", properties) + r("2", properties)) == text
        assert shown(r("3") + r("1", properties) + r("2", properties)) == text

    def test_a_style_raises_text(self) -> None:
        style = '<w:style w:type="character" w:styleId="s"><w:rPr>'
        style += '<w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        assert shown(r("3") + r("1", '<w:rStyle w:val="s"/>'), styles=style) == "3(1)"

    def test_a_footnote_is_a_mark_and_a_text_after_its_paragraph(self) -> None:
        raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        mark = f'<w:r>{raised}<w:footnoteReference w:id="2"/></w:r>'
        notes = f'<w:footnote w:id="2">{p("含结转")}</w:footnote>'
        assert texts(f"<w:p>{r('22')}{mark}</w:p>{p('乙')}", footnotes=notes) == [
            "22(注1)",
            "注1：含结转",
            "乙",
        ]

    def test_a_note_in_a_cell_waits_for_the_end_of_the_table(self) -> None:
        mark = '<w:r><w:endnoteReference w:id="2"/></w:r>'
        table = tbl(tr(tc(f"<w:p>{r('22')}{mark}</w:p>"), "1"))
        notes = f'<w:endnote w:id="2">{p("含结转")}</w:endnote>'
        assert texts(table, endnotes=notes) == [[["22(尾注1)", "1"]], "尾注1：含结转"]

    def test_a_mark_of_the_authors_own_is_set_apart(self) -> None:
        mark = (
            '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>'
        )
        assert cell(r("22") + mark) == "22(3)"


class TestFields:
    @staticmethod
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def test_the_result_is_read_and_the_instruction_is_not(self) -> None:
        code = "<w:r><w:instrText>= 9</w:instrText></w:r>" + r("8")
        runs = self.field("begin") + code + self.field("separate") + r("3")
        assert shown(runs + self.field("end") + r("件")) == "3件"

    def test_a_field_inside_an_instruction_is_not_read(self) -> None:
        inner = self.field("begin") + self.field("separate") + r("8") + self.field("end")
        runs = self.field("begin") + inner + self.field("separate") + r("3")
        assert shown(runs + self.field("end")) == "3"

    def test_a_simple_field_shows_its_result(self) -> None:
        assert shown(f'<w:fldSimple w:instr="= 9">{r("3")}</w:fldSimple>') == "3"

    def test_a_field_that_is_never_closed_hides_nothing_below(self) -> None:
        assert texts(f"<w:p>{self.field('begin')}</w:p>" + p("甲")) == ["甲"]

    def test_the_chosen_entry_of_a_list_is_read(self) -> None:
        entries = '<w:result w:val="1"/><w:listEntry w:val="3"/><w:listEntry w:val="4"/>'
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}'
        begin += "</w:ddList></w:ffData></w:fldChar>"
        assert cell(f"<w:r>{begin}</w:r>" + self.field("end")) == "4"

    def test_a_box_to_tick_is_seen(self) -> None:
        tick = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
        begin = f'<w:r><w:fldChar w:fldCharType="begin">{tick}</w:fldChar></w:r>'
        assert cell(begin + self.field("end")) == "☑"


class TestTables:
    def test_cells_stand_in_their_true_columns(self) -> None:
        table = tbl(tr(tc("甲", SPAN.format(2)), "乙"), tr("1", "2", "3"))
        assert squares(table) == [[(0, 1, 2), (2, 1, 1)], [(0, 1, 1), (1, 1, 1), (2, 1, 1)]]

    def test_cells_merged_downwards_are_one(self) -> None:
        table = tbl(tr(tc("甲", DOWN), "1"), tr(tc("x", ON), "2"), tr(tc("乙", DOWN), "3"))
        assert texts(table) == [[["甲", "1"], ["2"], ["乙", "3"]]]
        assert squares(table)[:2] == [[(0, 2, 1), (1, 1, 1)], [(1, 1, 1)]]

    def test_a_cell_that_carries_on_nothing_is_its_own(self) -> None:
        assert texts(tbl(tr("甲", "1"), tr(tc("乙", ON), "2")))[0][1] == ["乙", "2"]

    def test_a_merged_cell_of_another_width_is_its_own(self) -> None:
        table = tbl(tr(tc("甲", DOWN), "1", "2"), tr(tc("乙", ON + SPAN.format(2)), "3"))
        assert texts(table)[0][1] == ["乙", "3"]

    def test_columns_left_out_at_the_start_are_counted(self) -> None:
        late = tr("1", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
        assert squares(tbl(tr("甲", "乙", "丙", "丁"), late))[1] == [(2, 1, 1)]

    def test_cells_joined_sideways_in_the_old_way_are_one(self) -> None:
        first, then = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
        table = tbl(tr(tc("甲", first), tc(p(), then), "乙"), tr("1", "2", "3"))
        assert squares(table)[0] == [(0, 1, 2), (2, 1, 1)]
        assert texts(table)[0][0] == ["甲", "乙"]

    def test_spans_past_all_reason_are_no_spans(self) -> None:
        table = tbl(tr(tc("甲", SPAN.format(99999)), tc("乙", SPAN.format("x"))))
        assert squares(table) == [[(0, 1, 1), (1, 1, 1)]]

    def test_the_paragraphs_of_a_cell_stand_below_one_another(self) -> None:
        assert texts(tbl(tr(tc(p("社会") + p() + p("组织")), "1"))) == [
            [["社会\n组织", "1"]]
        ]

    def test_controls_around_rows_and_cells_are_looked_through(self) -> None:
        held = f"<w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>"
        row = f"<w:sdt><w:sdtContent><w:tr>{held}{tc('2')}</w:tr></w:sdtContent></w:sdt>"
        assert texts(tbl(row)) == [[["1", "2"]]]

    def test_a_table_of_one_cell_is_text(self) -> None:
        assert texts(tbl(tr(tc(p("甲") + p("乙"))))) == ["甲", "乙"]

    def test_a_table_that_holds_a_table_is_taken_apart(self) -> None:
        inside = tc(p("甲") + tbl(tr("1", "2")) + p("乙"))
        assert texts(tbl(tr(inside, "丙"))) == ["甲", [["1", "2"]], "乙", "丙"]

    def test_a_table_of_one_cell_inside_a_cell_is_its_text(self) -> None:
        assert texts(tbl(tr(tc(tbl(tr("3")) + p()), "丙"))) == [[["3", "丙"]]]

    def test_a_table_that_holds_prose_is_text(self) -> None:
        prose = "本机关认真贯彻条例。" * 40
        assert texts(tbl(tr("附", prose))) == ["附", prose]

    def test_a_number_that_word_puts_into_a_cell_is_read(self) -> None:
        listed = p("", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        lists = (
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="5"/>'
            '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        assert texts(tbl(tr(tc(listed), tc(listed))), numbering=lists) == [[["5", "6"]]]


class TestBadInput:
    GOOD = document(p("甲") * 500)

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
    def test_a_torn_file_is_refused(self, share: float) -> None:
        assert "不完整或已损坏" in refusal(self.GOOD[: int(len(self.GOOD) * share)])

    def test_a_file_with_a_password_is_refused(self) -> None:
        locked = bytearray(self.GOOD)
        for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = self.GOOD.index(sign)
            locked[at + flags] |= 1
        assert "加了密码" in refusal(bytes(locked))

    def test_a_zip_of_no_known_version_is_refused(self) -> None:
        odd = bytearray(self.GOOD)
        odd[self.GOOD.index(b"PK\x01\x02") + 6] = 110
        with pytest.raises(UnreadableSourceError, match="已损坏"):
            reading.read(bytes(odd))

    def test_a_file_that_word_locked_is_named(self) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        ole += "EncryptedPackage".encode("utf-16-le") + bytes(600)
        with pytest.raises(UnreadableSourceError, match="加了打开密码的 Word"):
            reading.read(ole)

    def test_a_damaged_part_is_refused(self) -> None:
        at = self.GOOD.index(b"word/document.xml") + 40
        damaged = self.GOOD[:at] + b"\x00\xff" * 8 + self.GOOD[at + 16 :]
        assert "损坏" in refusal(damaged)

    def test_xml_that_breaks_off_is_refused(self) -> None:
        assert "不是完好的 XML" in refusal(package({"word/document.xml": "<w:document>"}))

    def test_a_zip_of_something_else_is_refused(self) -> None:
        assert "没有 Word 文档的正文" in refusal(package({"a.txt": "甲"}))
        nothing = package({"word/document.xml": root("document", "")})
        assert "没有 Word 文档的正文" in refusal(nothing)

    def test_a_document_without_text_is_refused(self) -> None:
        picture = f"<w:p><w:r>{PICTURE.format('inline')}</w:r></w:p>"
        assert "没有文字" in refusal(document(picture))

    def test_a_file_inside_the_file_is_said_not_to_be_read(self) -> None:
        chunk = '<w:altChunk r:id="r9"/>'
        assert "另存一份再试" in refusal(document(chunk))
        assert [code for code, _ in read(document(p("甲") + chunk)).notes] == ["embedded"]

    def test_a_bomb_of_zeros_is_refused(self) -> None:
        assert "上限" in refusal(package({"word/document.xml": b" " * (129 << 20)}))

    def test_a_bomb_of_entities_is_refused(self) -> None:
        lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE w [<!ENTITY e0 "1">{lines}]><w>&e9;</w>'
        assert "文档类型声明" in refusal(package({"word/document.xml": bomb}))
        assert "文档类型声明" in refusal(
            package({"word/document.xml": bomb.encode("utf-16")})
        )

    def test_nothing_outside_the_file_is_fetched(self, tmp_path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("机密", "utf-8")
        body = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w>&e;</w>'
        assert "机密" not in refusal(package({"word/document.xml": body}))

    def test_10_000_nested_tables_are_refused(self) -> None:
        nested = "<w:tbl><w:tr><w:tc>" * 10_000 + p("1") + "</w:tc></w:tr></w:tbl>" * 10_000
        assert "不是完好的 XML" in refusal(document(nested))

    def test_tables_nested_past_the_limit_are_refused(self) -> None:
        assert texts(self.nested(MAX_DEPTH - 1)) == ["1"]
        assert "嵌套" in refusal(document(self.nested(MAX_DEPTH)))

    @staticmethod
    def nested(depth: int) -> str:
        return "<w:tbl><w:tr><w:tc>" * depth + p("1") + "</w:tc></w:tr></w:tbl>" * depth

    @pytest.mark.parametrize(
        ("inner", "count"),
        [
            ("<w:tbl/>" * (MAX_TABLES + 1), MAX_TABLES),
            (f"<w:tbl><w:tr>{'<w:tc/>' * (MAX_CELLS + 1)}</w:tr></w:tbl>", MAX_CELLS),
            (f"<w:p><w:r>{'<w:t>1</w:t><w:br/>' * (MAX_LINES + 1)}</w:r></w:p>", MAX_LINES),
        ],
    )
    def test_more_than_any_report_holds_is_refused(self, inner: str, count: int) -> None:
        assert f"超过 {count} " in refusal(document(inner))

    def test_more_tags_than_any_report_holds_are_refused(self) -> None:
        assert "标记超过" in refusal(document("<w:p/>" * 600_001))

    def test_fields_never_closed_cost_no_time(self) -> None:
        begin = '<w:fldChar w:fldCharType="begin"/>'
        assert texts(f"<w:p><w:r>{begin * 50_000}</w:r></w:p>" + p("甲")) == ["甲"]

    def test_the_reader_says_docx_whatever_is_inside(self) -> None:
        assert docx.read(self.GOOD).kind == "docx"
