"""What a PDF hides is found: covered, uninked, off the page, and what hangs on it."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from mingtang.screening import Kind
from mingtang.screening.files import screen_file
from tests.trials.hiding import annotated, attached, line, pdf, scripted

PHONE = "13800007502"
BLUE = b"0 0 1 rg 60 690 300 30 re f\n"
TINY = line(PHONE, before="0.05 0 0 0.05 0 0 cm").replace(b"12 Tf", b".5 Tf")
COVER = b"0 g 70 695 200 20 re f\n"


def found(data):
    return [(hit.kind, hit.where.words) for hit in screen_file(data, "a.pdf").hits]


@pytest.mark.parametrize(
    ("content", "veil"),
    [
        (line(PHONE) + COVER, "被色块遮盖的文字"),
        (line(PHONE, before="3 Tr"), "不着墨的文字"),
        (line(PHONE, before="1 g"), "与底色相同的文字"),
        (
            b"0 0 1 rg 60 690 300 30 re f\n" + line(PHONE, before="0 0 1 rg"),
            "与底色相同的文字",
        ),
        (line(PHONE, x=900), "页面之外的文字"),
        (b"q 0 0 10 10 re W n " + line(PHONE) + b"Q", "裁掉的文字"),
        (
            line(PHONE, before="0.05 0 0 0.05 0 0 cm").replace(b"12 Tf", b".5 Tf"),
            "小得看不见的文字",
        ),
    ],
)
def test_text_that_nobody_sees_is_a_hit_and_so_is_what_it_says(content, veil):
    assert found(pdf(content)) == [
        (Kind.COVERED, f"第1页{veil}"),
        (Kind.PHONE, f"第1页{veil}"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        line("plain"),
        COVER + line("white on black", before="1 g"),
        line("plain") + b"0 g 70 600 200 20 re f",
        line("plain") + b"0 g 70 695 200 20 re S",
    ],
)
def test_text_that_is_seen_is_no_hit(content):
    assert found(pdf(content)) == []


def test_the_pages_of_numbers_are_told():
    assert found(pdf(line(f"Tel {PHONE}"))) == [(Kind.PHONE, "第1页")]


def field(made):
    entries = {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("a"), "V": String(PHONE)}
    annotated(made, **entries)
    made.Root.AcroForm = Dictionary(Fields=list(made.pages[0].Annots))


def layered(made):
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    made.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))


def linked(made):
    action = Dictionary(S=Name.URI, URI=String("http://example.org/"))
    annotated(made, Subtype=Name.Link, A=action)


def told(made):
    made.docinfo["/Author"] = "甲"


def telling(made):
    with made.open_metadata(update_docinfo=False) as meta:
        meta["dc:creator"] = ["甲"]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            attached,
            {(Kind.ATTACHMENT, "PDF附件 a.txt"), (Kind.PHONE, "PDF附件 a.txt里的第1行")},
        ),
        (scripted, {(Kind.SCRIPT, "脚本")}),
        (field, {(Kind.FORM_FIELD, "表单填写项“a”"), (Kind.PHONE, "表单填写项“a”")}),
        (layered, {(Kind.HIDDEN_TEXT, "隐藏的图层")}),
        (linked, {(Kind.EXTERNAL_LINK, "页面上的链接")}),
        (told, {(Kind.METADATA, "文档属性“作者”")}),
        (telling, {(Kind.METADATA, "XMP 元数据")}),
        (
            lambda made: annotated(made, Contents=String(f"手机{PHONE}"), T=String("李")),
            {(Kind.ANNOTATION, "第1页的注释（李）"), (Kind.PHONE, "第1页的注释（李）")},
        ),
    ],
)
def test_what_hangs_on_a_pdf_is_a_hit_of_its_own(step, told):
    assert set(found(pdf(line("plain"), step))) == told


def test_an_earlier_version_kept_in_the_file_is_a_hit():
    data = pdf(line("plain"))
    again = data + b"\nstartxref\n0\n%%EOF" + data[data.rindex(b"startxref") :]
    assert (Kind.REVISION, "以前保存的版本") in found(again)


def test_a_locked_pdf_is_refused_in_one_line():
    with pikepdf.open(io.BytesIO(pdf(line("a")))) as made:
        held = io.BytesIO()
        made.save(held, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValueError, match="设了打开密码"):
        screen_file(held.getvalue(), "a.pdf")
