"""What was chosen is gone from every part, the rest is as it was, and files still open."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from mingtang.screening import HIDDEN, Kind
from mingtang.screening.files import UnscreenableError, screen_file
from mingtang.screening.redacting import Redacted, StillThereError, redact
from mingtang.screening.redacting.back import UnsureError, still_there
from mingtang.screening.redacting.needles import MARK, Needles, masked
from tests.trials.hiding import added, p, r, related, story, word, workbook

PHONE = "13800007502"
WIDE = "".join(chr(ord(each) + 0xFEE0) for each in PHONE)
CARD = "110101199003070134"
NOTED = story(
    "comments", f"<w:comment w:id='0' w:author='李'>{p('手机' + PHONE)}</w:comment>"
)
REVISED = (
    f"<w:ins w:author='甲'>{r('新')}</w:ins>"
    f"<w:del w:author='甲'><w:r><w:delText>手机{PHONE}</w:delText></w:r></w:del>"
)
PARTS = {
    "word/_rels/document.xml.rels": related(
        ("rId1", "header", "header1.xml"),
        ("rId2", "comments", "comments.xml"),
        ("rId3", "package", "embeddings/a.docx"),
        ("rId4", "hyperlink", f"mailto:{PHONE}@139.com", "External"),
        ("rId5", "vbaProject", "vbaProject.bin"),
    ),
    "word/header1.xml": story("hdr", p(f"手机{PHONE}")),
    "word/comments.xml": NOTED,
    "word/embeddings/a.docx": word(p(f"手机{PHONE}")),
    "word/vbaProject.bin": b"\xd0" + PHONE.encode("utf-16-le"),
    "docProps/core.xml": "<c xmlns:d='urn:d'><d:creator>甲</d:creator></c>",
    "_rels/.rels": related(
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", "core-properties", "docProps/core.xml"),
    ),
}
BODY = (
    p("甲乙丙")
    + p("手机", r("138 0", "<w:b/>"), r("000"), r(" 7502"), "完")
    + p("看", r(PHONE, "<w:vanish/>"))
    + p("改", REVISED)
    + p('<w:hyperlink r:id="rId4"><w:r><w:t>链接</w:t></w:r></w:hyperlink>')
)
FULL = word(BODY, **PARTS)


def private(data, name):
    return [hit for hit in screen_file(data, name).hits if hit.kind not in HIDDEN]


def everything(data, name):
    return screen_file(data, name).hits


def raw(data):
    """Return all parts unpacked, with the digits of all runs of a part in a row."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def paragraphs(data):
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_text_is_masked_across_its_runs_in_every_part():
    made = redact(FULL, "a.docx", private(FULL, "a.docx"))
    assert not still_there(made.data, Needles([PHONE]))
    assert paragraphs(made.data)[:2] == ["甲乙丙", f"手机{MARK * 13}完"]
    assert all(PHONE.encode() not in part for part in raw(made.data).values())
    assert b"<w:b/>" in raw(made.data)["word/document.xml"]
    assert made.replaced >= 4


def test_hidden_content_is_taken_out_and_the_rest_stays():
    made = redact(FULL, "a.docx", everything(FULL, "a.docx"))
    assert screen_file(made.data, "a.docx").hits == ()
    assert paragraphs(made.data) == ["甲乙丙", f"手机{MARK * 13}完", "看", "改新", "链接"]
    assert set(raw(made.data)) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/header1.xml",
    }
    assert {each.split(" ")[0] for each in made.removed} == {
        "批注",
        "修订痕迹",
        "隐藏的文字",
        "文档属性",
        "指向外部的链接",
        "嵌入的文件",
        "宏",
    }


@pytest.mark.parametrize(
    "kind", sorted({hit.kind for hit in everything(FULL, "a.docx")} & HIDDEN)
)
def test_only_the_kinds_that_were_chosen_go(kind):
    hits = [hit for hit in everything(FULL, "a.docx") if hit.kind is kind]
    left = {hit.kind for hit in screen_file(redact(FULL, "a.docx", hits).data, "a").hits}
    assert left & HIDDEN == {hit.kind for hit in everything(FULL, "a.docx")} & HIDDEN - {
        kind
    }


def test_nothing_chosen_leaves_the_file_as_it_was():
    assert redact(FULL, "a.docx", []) == Redacted(FULL, 0)


def register(book):
    sheet = book.active
    sheet.append(["姓名", "手机", "身份证号", "数"])
    sheet.append(["甲", int(PHONE), CARD, 7])
    sheet["D3"] = "=名册!A1+D2"
    sheet["B12"] = "13900001111"
    sheet.row_dimensions[12].hidden = True
    sheet["A5"] = "白"
    sheet["A5"].font = Font(color="FFFFFFFF")
    sheet["A1"].comment = Comment(f"手机{PHONE}", "李")
    book.create_sheet("名册").sheet_state = "veryHidden"
    book["名册"]["A1"] = 3
    book["名册"]["A2"] = CARD
    book.create_sheet("末")["A1"] = "=D3"


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_number_in_a_cell_becomes_marks_and_other_cells_stay():
    data = workbook(register)
    made = redact(data, "a.xlsx", private(data, "a.xlsx"))
    assert not still_there(made.data, Needles([PHONE, CARD, "13900001111"]))
    sheet = opened(made.data)["公开表"]
    assert [cell.value for cell in sheet[2]] == ["甲", MARK * 11, MARK * 18, 7]
    assert sheet["D3"].value == "=名册!A1+D2"
    assert opened(made.data)["名册"]["A2"].value == MARK * 18


def test_hidden_sheets_rows_and_cells_are_taken_out():
    data = workbook(register)
    made = redact(data, "a.xlsx", everything(data, "a.xlsx"))
    assert screen_file(made.data, "a.xlsx").hits == ()
    book = opened(made.data)
    assert book.sheetnames == ["公开表", "末"]
    assert book["公开表"]["B12"].value is None
    assert book["公开表"]["A5"].value is None
    assert book["公开表"]["A1"].comment is None
    assert book["末"]["A1"].value == "=D3"
    assert "名册" not in str(book["公开表"]["D3"].value)


def test_what_marks_cannot_reach_is_an_error_that_says_where():
    parts = {
        "word/_rels/document.xml.rels": related(("rId1", "image", f"media/{PHONE}.png")),
        f"word/media/{PHONE}.png": b"\x89PNG",
    }
    data = word(p(f"手机{PHONE}"), **parts)
    with pytest.raises(StillThereError, match=r"一个部分的名字 word/media/"):
        redact(data, "a.docx", private(data, "a.docx"))


def test_a_part_that_cannot_be_read_back_is_not_taken_for_clean():
    """Not found is not gone: a torn file within the file may hold anything."""
    torn = {
        "word/_rels/document.xml.rels": related(("rId1", "font", "fonts/a.bin")),
        "word/fonts/a.bin": b"PK\x03\x04" + bytes(40),
    }
    data = word(p(f"手机{PHONE}"), **torn)
    with pytest.raises(UnsureError, match="嵌入的文件"):
        still_there(data, Needles([CARD]))
    with pytest.raises(UnscreenableError, match="打不开"):
        redact(data, "a.docx", private(data, "a.docx"))


def test_a_part_that_is_no_text_and_holds_it_goes_whole():
    data = added(FULL, **{"word/vbaProject.bin": PHONE.encode("utf-16-le")})
    made = redact(data, "a.docx", private(data, "a.docx"))
    assert "word/vbaProject.bin" not in raw(made.data)
    assert any("vbaProject.bin" in each for each in made.removed)


def test_a_kind_of_file_that_cannot_be_masked_is_refused():
    hit = private(FULL, "a.docx")[0]
    with pytest.raises(UnscreenableError, match="不能遮盖"):
        redact(b"\x89PNG\r\n", "a.png", [hit])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_masked_in_its_encoding(encoding):
    data = f"甲\n手机{PHONE}".encode(encoding)
    made = redact(data, "a.txt", private(data, "a.txt"))
    assert made.data.decode(encoding) == f"甲\n手机{MARK * 11}"


@pytest.mark.parametrize("text", ["138 0000 7502", "138-0000-7502", WIDE, "138\n00007502"])
def test_a_text_is_found_however_it_is_spaced(text):
    needles = Needles([PHONE])
    assert needles.in_string(f"甲{text}乙")
    assert not Needles.in_string(needles, masked(f"甲{text}乙", needles).text)


@st.composite
def scattered(draw):
    """A number cut into runs anywhere, in some of the parts of a file."""
    number = (
        "1"
        + draw(st.sampled_from("3589"))
        + draw(st.text("0123456789", min_size=9, max_size=9))
    )
    cuts = sorted(draw(st.sets(st.integers(1, 10), max_size=4)))
    pieces = [number[a:b] for a, b in zip([0, *cuts], [*cuts, 11], strict=True)]
    looks = draw(
        st.lists(st.sampled_from(["", "<w:b/>", "<w:vanish/>"]), min_size=5, max_size=5)
    )
    runs = [r(piece, look) for piece, look in zip(pieces, looks, strict=False)]
    places = draw(
        st.sets(
            st.sampled_from(["body", "header", "comment", "cell", "deleted"]), min_size=1
        )
    )
    return number, runs, places


@given(scattered())
def test_no_chosen_number_remains_in_any_part(case):
    number, runs, places = case
    spread = p("手机", *runs)
    body = p("甲") + (spread if "body" in places else "")
    if "cell" in places:
        body += f"<w:tbl><w:tr><w:tc>{spread}</w:tc></w:tr></w:tbl>"
    if "deleted" in places:
        gone = "".join(runs).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        body += p("乙", f"<w:del>{gone}</w:del>")
    parts = {
        "word/_rels/document.xml.rels": related(
            ("rId1", "header", "header1.xml"), ("rId2", "comments", "comments.xml")
        ),
        "word/header1.xml": story("hdr", spread if "header" in places else p("页")),
        "word/comments.xml": story(
            "comments",
            f"<w:comment w:id='0'>{spread if 'comment' in places else p('批')}</w:comment>",
        ),
    }
    data = word(body, **parts)
    hits = [hit for hit in screen_file(data, "a.docx").hits if hit.kind is Kind.PHONE]
    made = redact(data, "a.docx", hits)
    assert hits
    for part in raw(made.data).values():
        digits = "".join(c for c in _without_tags(part.decode()) if c.isdigit())
        assert number not in digits
    assert paragraphs(made.data)[0] == "甲"


def _without_tags(text):
    kept, inside = [], False
    for sign in text:
        inside = (inside or sign == "<") and sign != ">"
        if not inside:
            kept.append(sign)
    return "".join(kept)
