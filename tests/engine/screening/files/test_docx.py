"""What a Word file hides is found in every part, and its place is told in words."""

from __future__ import annotations

import io

import docx
import pytest

from mingtang.screening import Kind
from mingtang.screening.files import screen_file
from tests.trials.hiding import p, r, related, story, word, zipped

PHONE = "13800007502"
NAMED = "<Properties><property name='经办'><v>甲</v></property></Properties>"
WHITE = '<w:color w:val="FFFFFF"/>'
BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    f"<w:txbxContent>{p('手机' + PHONE)}</w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r></w:p>"
)
TABLE = (
    "<w:tbl>"
    f"<w:tr><w:tc>{p('姓名')}</w:tc><w:tc>{p('手机')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p(PHONE)}</w:tc></w:tr></w:tbl>"
)
DELETED = f"<w:del w:author='甲'><w:r><w:delText>手机{PHONE}</w:delText></w:r></w:del>"
INSERTED = f"<w:ins w:author='甲'>{r('手机' + PHONE)}</w:ins>"


def found(data, name="a.docx"):
    return [(hit.kind, hit.where.words) for hit in screen_file(data, name).hits]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (p("甲") + p(f"手机{PHONE}"), {(Kind.PHONE, "第2段")}),
        (p("手机", r("1380"), r("000", "<w:b/>"), r("7502")), {(Kind.PHONE, "第1段")}),
        (TABLE, {(Kind.PHONE, "表1第2行第2列")}),
        (BOX, {(Kind.PHONE, "文本框")}),
        (
            p("甲", r(PHONE, "<w:vanish/>")),
            {
                (Kind.HIDDEN_TEXT, "第1段（隐藏的文字）"),
                (Kind.PHONE, "第1段（隐藏的文字）"),
            },
        ),
        (
            p("甲", r(PHONE, WHITE)),
            {(Kind.HIDDEN_TEXT, "第1段（白底白字）"), (Kind.PHONE, "第1段（白底白字）")},
        ),
        (
            p("甲", r("乙", '<w:sz w:val="2"/>')),
            {(Kind.HIDDEN_TEXT, "第1段（字号小得看不见）")},
        ),
        (p("甲", r("乙", f'{WHITE}<w:shd w:fill="0000FF"/>')), set()),
        (
            p("甲", DELETED),
            {
                (Kind.REVISION, "第1段的修订（已删除的文字）"),
                (Kind.PHONE, "第1段的修订（已删除的文字）"),
            },
        ),
        (
            p("甲", INSERTED),
            {(Kind.REVISION, "第1段的修订（新增的文字）"), (Kind.PHONE, "第1段")},
        ),
        (
            p("甲", "<w:r><w:rPr><w:rPrChange w:author='甲'/></w:rPr></w:r>"),
            {(Kind.REVISION, "正文的格式修订")},
        ),
    ],
)
def test_what_a_body_shows_and_hides_is_told_with_its_place(body, kinds):
    assert set(found(word(body))) == kinds


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("word/header1.xml", story("hdr", p(f"手机{PHONE}")), "页眉"),
        ("word/footer1.xml", story("ftr", p(f"手机{PHONE}")), "页脚"),
        (
            "word/footnotes.xml",
            story("footnotes", f"<w:footnote w:id='2'>{p('手机' + PHONE)}</w:footnote>"),
            "脚注2",
        ),
        (
            "word/comments.xml",
            story(
                "comments",
                f"<w:comment w:id='0' w:author='李'>{p('手机' + PHONE)}</w:comment>",
            ),
            "批注1（李）",
        ),
        (
            "word/charts/chart1.xml",
            f"<c:chart xmlns:c='urn:c'><c:v>手机{PHONE}</c:v></c:chart>",
            "图表（v）",
        ),
        (
            "word/other.xml",
            f"<a descr='手机{PHONE}'/>",
            "word/other.xml里看不见的说明（descr）",
        ),
    ],
)
def test_a_number_is_found_in_any_part(part, content, words):
    assert (Kind.PHONE, words) in found(word(p("甲"), **{part: content}))


@pytest.mark.parametrize(
    ("kind", "words", "parts"),
    [
        (
            Kind.COMMENT,
            "批注1（李）",
            {
                "word/comments.xml": story(
                    "comments", f"<w:comment w:id='0' w:author='李'>{p('改')}</w:comment>"
                )
            },
        ),
        (
            Kind.METADATA,
            "文档属性“作者”",
            {"docProps/core.xml": "<c xmlns:d='urn:d'><d:creator>甲</d:creator></c>"},
        ),
        (
            Kind.METADATA,
            "文档属性“单位”",
            {"docProps/app.xml": "<Properties><Company>某局</Company></Properties>"},
        ),
        (
            Kind.METADATA,
            "文档属性“经办”",
            {"docProps/custom.xml": NAMED},
        ),
        (Kind.METADATA, "自定义 XML 数据", {"customXml/item1.xml": "<a><b>甲</b></a>"}),
        (Kind.EMBEDDED, "嵌入的文件 o.bin", {"word/embeddings/o.bin": b"\xd0"}),
        (Kind.MACRO, "宏 vbaProject.bin", {"word/vbaProject.bin": b"\xd0"}),
        (
            Kind.EXTERNAL_LINK,
            "指向文件外面的链接",
            {
                "word/_rels/settings.xml.rels": related(
                    ("rId1", "attachedTemplate", "file:///甲/a.dotx", "External")
                )
            },
        ),
    ],
)
def test_what_hangs_on_a_file_is_a_hit_of_its_own(kind, words, parts):
    assert found(word(p("甲"), **parts)) == [(kind, words)]


def test_an_embedded_file_is_looked_into():
    inner = word(p(f"手机{PHONE}"))
    words = "嵌入的文件 a.docx里的第1段"
    outer = word(p("甲"), **{"word/embeddings/a.docx": inner})
    assert (Kind.PHONE, words) in found(outer)


def test_files_within_files_end_somewhere_and_it_is_said():
    data = word(p(f"手机{PHONE}"))
    for _ in range(5):
        data = word(p("甲"), **{"word/embeddings/a.docx": data})
    screening = screen_file(data, "a.docx")
    assert any("套得太深" in words for words in screening.not_looked)
    assert Kind.PHONE not in {hit.kind for hit in screening.hits}


def test_a_file_of_another_writer_is_looked_into():
    made = docx.Document()
    made.core_properties.author = "甲"
    made.add_paragraph("手机").add_run(PHONE)
    held = io.BytesIO()
    made.save(held)
    assert (Kind.PHONE, "第1段") in found(held.getvalue())


def test_a_text_box_said_twice_is_told_once():
    choice = BOX.replace("<w:pict>", "<w:drawing>").replace("</w:pict>", "</w:drawing>")
    both = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
        f"{choice}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )
    assert found(word(both)) == [(Kind.PHONE, "文本框")]


def test_a_zip_that_is_no_document_is_not_looked_into_and_it_is_said():
    screening = screen_file(zipped({"a.txt": "甲"}), "a.zip")
    assert screening.hits == ()
    assert "压缩包" in screening.not_looked[0]
