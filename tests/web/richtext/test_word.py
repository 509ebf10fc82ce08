"""A Word file becomes a document, and a dangerous one is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from mingtang.packages import archives
from mingtang_web.richtext import word
from mingtang_web.richtext.limits import TooLargeError
from mingtang_web.richtext.word import WordError, docx_to_html


def saved(document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def packed(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return held.getvalue()


@pytest.fixture
def notice() -> bytes:
    file = docx.Document()
    title = file.add_paragraph("关于收费的通知")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = file.add_paragraph("根据")
    body.add_run("条例").bold = True
    body.add_run("。")
    body.paragraph_format.first_line_indent = Pt(32)
    file.add_heading("一、范围", 1)
    file.add_heading("（一）对象", 2)
    file.add_paragraph("登记", style="List Bullet")
    table = file.add_table(2, 2)
    for n, said in enumerate(("项目", "标准", "甲", "10元")):
        table.rows[n // 2].cells[n % 2].text = said
    signed = file.add_paragraph("2026年3月20日")
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return saved(file)


def test_a_notice_keeps_its_structure(notice):
    assert docx_to_html(notice) == (
        '<p class="align-center">关于收费的通知</p>'
        '<p class="indent">根据<strong>条例</strong>。</p>'
        "<h2>一、范围</h2><h3>（一）对象</h3><ul><li>登记</li></ul>"
        "<table><tbody><tr><td>项目</td><td>标准</td></tr>"
        "<tr><td>甲</td><td>10元</td></tr></tbody></table>"
        '<p class="align-right">2026年3月20日</p>'
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不完整或已损坏"),
        (b"%PDF-1.7", "不完整或已损坏"),
        (packed({"xl/workbook.xml": "<a/>"}), "不是Word文件"),
        (packed({"word/document.xml": "<a"}), "已损坏"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "声明"),
    ],
)
def test_what_is_no_word_file_is_refused(data, said):
    with pytest.raises(WordError, match=said):
        docx_to_html(data)


def test_a_file_that_unfolds_is_refused(notice, monkeypatch):
    monkeypatch.setattr(word, "_HEAVIEST", 1000)
    with pytest.raises(TooLargeError, match="文字太多"):
        docx_to_html(notice)
    monkeypatch.setattr(archives, "MAX_EXPANDED", 1000)
    with pytest.raises(WordError, match="展开后超过"):
        docx_to_html(notice)


def test_a_file_nested_too_deep_is_refused(notice):
    held = zipfile.ZipFile(io.BytesIO(notice))
    parts = {name: held.read(name).decode("utf-8", "replace") for name in held.namelist()}
    deep = "<w:sdt><w:sdtContent>" * 5000, "</w:sdtContent></w:sdt>" * 5000
    whole = parts["word/document.xml"]
    parts["word/document.xml"] = whole.replace("<w:body>", f"<w:body>{deep[0]}{deep[1]}")
    with pytest.raises(WordError, match="套得太深"):
        docx_to_html(packed(parts))


def test_words_deleted_in_word_and_pictures_do_not_come_along(notice):
    held = zipfile.ZipFile(io.BytesIO(notice))
    parts = {name: held.read(name).decode("utf-8", "replace") for name in held.namelist()}
    gone = (
        '<w:p><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>新</w:t></w:r></w:ins></w:p>'
    )
    whole = parts["word/document.xml"].replace("<w:body>", f"<w:body>{gone}")
    found = docx_to_html(packed(parts | {"word/document.xml": whole}))
    assert found.startswith("<p>新</p>")
    assert "旧" not in found
