"""What could run when somebody opens it stays out, however it is folded up."""

from __future__ import annotations

import time

import pytest

from mingtang_web.files import dangers, unfolding
from mingtang_web.files.examining import examine
from tests.web.files.suspects import (
    OLD_WORKBOOK,
    packed_stream,
    pdf,
    word,
    workbook_with_macro_sheet,
    wrapped,
    zipped,
    zipped_parts,
)

SCRIPT = b"<< /S /J#61vaScript /JS (app.alert(1)) >>"
MACRO_TYPES = b'<Override ContentType="application/vnd.ms-excel.intlmacrosheet+xml"/>'
FETCHED = (
    b'<Relationship Id="r1" Type="http://schemas.example/attachedTemplate"'
    b' Target="\\\\far\\away.dotm" TargetMode="External"/>'
)
LINK = FETCHED.replace(b"attachedTemplate", b"hyperlink")
LOCKED = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (%s) /U (%s) >>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<w/>"}

HONEST = {
    "纸面": ("a.pdf", pdf()),
    "打开时翻到一页": ("a.pdf", pdf(b"/OpenAction [3 0 R /Fit]")),
    "旧工作簿": ("a.xls", OLD_WORKBOOK.read_bytes()),
    "有超链接的文书": ("a.docx", word(**{"word/_rels/document.xml.rels": LINK})),
    "带图表数据的文书": ("a.docx", word(word__embeddings__a=zipped(**WORKBOOK))),
    "金额为负的表": ("a.csv", "项目,金额\n退费,-380\n".encode()),
}
DANGEROUS = {
    "压缩对象里的脚本": ("a.pdf", pdf(b"/OpenAction 4 0 R", _4=SCRIPT), "自动运行"),
    "压缩对象里的启动": (
        "a.pdf", pdf(b"/OpenAction 4 0 R", _4=b"<< /S /Launch /F (calc) >>"), "自动运行"),
    "名字树里的脚本": (
        "a.pdf", pdf(b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", _4=SCRIPT),
        "自动运行"),
    "夹带的附件": (
        "a.pdf", pdf(_4=packed_stream(b"/Type /EmbeddedFile", b"MZ")), "夹带"),
    "要口令的": (
        "a.pdf", pdf(trailer=LOCKED % (b"o" * 32, b"u" * 32) + b" /ID [(a) (b)]"), "密码"),
    "打不开的": ("a.pdf", b"%PDF-1.7\n" + bytes(200), "打不开"),
    "旧工作簿的宏表": ("a.xls", workbook_with_macro_sheet(), "宏"),
    "改了名的宏表": (
        "a.xlsx", zipped(**WORKBOOK | {"[Content_Types].xml": MACRO_TYPES}), "宏"),
    "二进制工作簿的宏表": (
        "a.xlsx", zipped(xl__workbook_bin=b"", **{
            "xl/workbook.bin": b"", "xl/macrosheets/sheet1.bin": b""}), "宏"),
    "从外面取模板": ("a.docx", word(**{"word/_rels/settings.xml.rels": FETCHED}), "从外面"),
    "会取数的域": (
        "a.docx", word(**{"word__document.xml": b'<w:fldSimple w:instr=" DDEAUTO c"/>'}),
        "自动运行"),
    "夹带的压缩包": ("a.docx", word(word__embeddings__a=zipped(a=b"1")), "夹带了压缩包"),
    "夹带的宏": (
        "a.docx", word(word__embeddings__a=zipped(
            **WORKBOOK, xl__vbaProject_bin=b"", **{"xl/vbaProject.bin": b""})), "宏"),
    "夹带的程序": ("a.docx", word(word__media__a=b"MZ\x90"), "程序"),
    "装在旧文书里的文件": (
        "a.doc", OLE + "WordDocument\x01Ole10Native".encode("utf-16-le"), "夹带"),
    "层层夹带": ("a.docx", wrapped(word(), 6), "层层"),
    "又是图片又是压缩包": ("a.png", PNG + zipped(a=b"1"), "又是一个压缩包"),
    "又是纸面又是压缩包": ("a.pdf", pdf() + zipped(a=b"1"), "又是一个压缩包"),
    "重名的部分": (
        "a.docx", zipped_parts([("word/document.xml", b"1"), ("word/Document.xml", b"2")]),
        "重名"),
    "会运行的公式": ("a.csv", b"a,=cmd|'/c calc'!A0\n", "公式"),
}  # fmt: skip


@pytest.mark.parametrize("what", HONEST)
def test_honest_papers_come_in(what: str) -> None:
    assert examine(*HONEST[what]).fault == ""


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_could_run_stays_out(what: str) -> None:
    name, data, why = DANGEROUS[what]
    assert why in examine(name, data).fault


def test_a_bomb_stays_out_quickly() -> None:
    start = time.monotonic()
    bomb = word(word__media__a=bytes(200 * 1024 * 1024))
    assert "上限" in examine("a.docx", bomb).fault
    assert time.monotonic() - start < 10


def test_what_takes_too_long_stays_out(monkeypatch) -> None:
    monkeypatch.setattr(dangers, "SECONDS", -1)
    assert "查不完" in examine("a.docx", word()).fault
    monkeypatch.setattr(unfolding, "BY_THE_CLOCK", 0.01)
    assert "打不开" in examine("a.pdf", pdf()).fault
