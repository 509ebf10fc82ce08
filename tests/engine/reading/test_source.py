from __future__ import annotations

import io
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

import mingtang
from mingtang.reading import read
from mingtang.reading.source import MAX_BYTES, Source, UnreadableSourceError, content
from tests.builders import report

OLD = Path(__file__).parent / "formats" / "old.xls"
PAGE = "<html><body><p>某市某局政府信息公开工作年度报告</p></body></html>"


def refusal(data: bytes, name: str = "report.html") -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        content(Source(data, name))
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{name}：")
    return message


class TestOpen:
    def test_a_file_is_its_bytes_and_its_path(self, tmp_path: Path) -> None:
        path = tmp_path / "年报.html"
        path.write_bytes(b"<p>1</p>")
        assert Source.open(path) == (b"<p>1</p>", str(path))
        assert Source.open(str(path)).sha256 == sha256(b"<p>1</p>").hexdigest()

    def test_bytes_without_a_name_are_called_so(self) -> None:
        assert Source(b"1").name == "（未命名）"

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableSourceError, match="这是文件夹"):
            Source.open(tmp_path)

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableSourceError, match="没有这个文件"):
            Source.open(tmp_path / "没有.html")

    def test_a_device_is_refused(self) -> None:
        with pytest.raises(UnreadableSourceError, match="不是普通文件"):
            Source.open("/dev/zero")

    def test_a_name_no_file_can_have_is_refused(self) -> None:
        with pytest.raises(UnreadableSourceError, match=r"文件名无效|打不开"):
            Source.open("a\0b")

    def test_a_file_past_the_limit_is_not_read_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "大.html"
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        with pytest.raises(UnreadableSourceError, match="超过 32 MB 的上限"):
            Source.open(path)


class TestKind:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            (PAGE, "html"),
            ("<TABLE><TR><TD>规章</TD></TR></TABLE>", "html"),
            ("一、总体情况\n全年平稳。", "text"),
            ("规章 | 0 | 0 | 2 |", "text"),
            ("# 年度报告\n\n一、总体情况", "markdown"),
            ("| 规章 | 0 |\n| --- | --- |\n", "markdown"),
            ("a < b，c > d", "text"),
        ],
    )
    def test_the_kind_is_told_from_the_content(self, text: str, kind: str) -> None:
        assert content(Source(text.encode(), "report.pdf")).kind == kind


class TestTorn:
    @pytest.mark.parametrize("size", [60, 700, 0.5, 0.9])
    @pytest.mark.parametrize("kind", ["xls", "docx", "xlsx"])
    def test_a_file_that_breaks_off_is_told_as_such_with_what_to_do(
        self, kind: str, size: float
    ) -> None:
        whole = OLD.read_bytes() if kind == "xls" else mingtang.write(report(), kind)
        data = whole[: int(size if size > 1 else len(whole) * size)]
        with pytest.raises(UnreadableSourceError) as caught:
            read(Source(data, "年报"))
        assert "不完整或已损坏" in str(caught.value)
        assert "请重新下载" in str(caught.value)
        assert "还读不了" not in str(caught.value)


class TestEncoding:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("gbk", "gb18030"),
            ("gb18030", "gb18030"),
            ("utf-16", "utf-16-le"),
            ("utf-32", "utf-32-le"),
        ],
    )
    def test_the_content_tells_the_encoding(self, encoding: str, name: str) -> None:
        assert content(Source(PAGE.encode(encoding))) == ("html", PAGE, name, 0)

    def test_a_meta_tag_that_lies_is_not_believed(self) -> None:
        page = '<meta charset="utf-8">' + PAGE
        assert content(Source(page.encode("gbk"))).text == page
        page = '<meta charset="gb2312">' + PAGE
        assert content(Source(page.encode())).text == page

    @pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
    def test_a_last_character_cut_in_two_is_no_damage(self, encoding: str) -> None:
        found = content(Source("<p>某市某局".encode(encoding)[:-1]))
        assert (found.text, found.damage) == ("<p>某市某", 0)

    def test_every_byte_that_is_no_character_is_counted(self) -> None:
        found = content(Source("<p>某市".encode() + b"\xff" + "某局</p>".encode()))
        assert (found.text, found.damage) == ("<p>某市\ufffd某局</p>", 1)

    def test_utf_8_that_was_saved_as_gbk_is_restored(self) -> None:
        saved = "政府信息公开工作年报".encode().decode("gb18030").encode()
        found = content(Source(saved))
        assert (found.text, found.encoding) == ("政府信息公开工作年报", "utf-8+mojibake")

    @pytest.mark.parametrize("before", ["", "某", "某市", "甲某市"])
    def test_what_taking_it_for_gbk_lost_is_counted_and_figures_are_kept(
        self, before: str
    ) -> None:
        printed = f"{before}局2024年政府信息公开工作年度报告，收到申请1308件。"
        found = content(Source(printed.encode().decode("gb18030", "replace").encode()))
        assert found.encoding == "utf-8+mojibake"
        assert "2024" in found.text
        assert "1308" in found.text
        assert found.damage == found.text.count("\ufffd")

    def test_a_text_about_mojibake_is_left_as_it_is(self) -> None:
        text = "乱码举例：鏀垮簻。"
        assert content(Source(text.encode())).text == text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


def reading_refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        read(Source(data, "年报"))
    return str(caught.value)


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"PK\x03\x04" + b"\0" * 22 + b"a.txt", "zip 压缩包"),
            (OLE + bytes(1024), "旧版的办公文件"),
            (b"\x1f\x8b\x08", "gzip 压缩包"),
            (b"Rar!\x1a\x07", "rar 压缩包"),
            (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
        ],
    )
    def test_other_kinds_are_named_whatever_the_file_is_called(
        self, data: bytes, what: str
    ) -> None:
        message = refusal(data)
        assert "：这是" in message
        assert f"{what}，此版本还读不了" in message
        assert "请另存为网页、Word 或文本后再试" in message

    def test_a_locked_office_file_is_named_with_what_to_do(self) -> None:
        message = refusal(OLE + "EncryptedPackage".encode("utf-16-le"))
        assert "这是加了打开密码的 Word 或 Excel 文件" in message
        assert message.endswith("请在原来的程序里去掉密码后再试")

    def test_a_program_is_not_taken_for_text_of_two_bytes_a_letter(self) -> None:
        program = Path(sys.executable).resolve().read_bytes()[: MAX_BYTES // 2]
        assert "不是文字" in refusal(program)

    @pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "OFD.xml"])
    def test_an_office_document_that_is_torn_is_refused(self, part: str) -> None:
        assert "不完整或已损坏" in reading_refusal(zipped(part)[:-30])

    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (zipped("word/document.xml"), "docx"),
            (zipped("xl/workbook.xml"), "xlsx"),
            (OLE + "WordDocument".encode("utf-16-le"), "doc"),
            (OLE + "Workbook".encode("utf-16-le"), "xls"),
            (b"%PDF-1.7\n", "pdf"),
        ],
    )
    def test_the_kind_is_told_from_the_content(self, data: bytes, kind: str) -> None:
        assert content(Source(data, "年报.html")).kind == kind

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ('{"schema": 1, "cells": {}}', "json"),
            ('{"cells": ', "json"),
            ("表,行,列\n三,新收,自然人\n三,新收,总计", "csv"),
            ("全年收到申请，办结，无结转。", "text"),
            ("附件{一}全年收到申请。", "text"),
        ],
    )
    def test_the_kind_of_a_text_is_told_from_it(self, text: str, kind: str) -> None:
        assert content(Source(text.encode())).kind == kind

    @pytest.mark.parametrize(
        "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", bytes(100), "\u3000\u200b\xa0".encode()]
    )
    def test_what_says_nothing_is_empty(self, data: bytes) -> None:
        assert "文件是空的" in refusal(data)

    def test_what_is_no_text_is_refused(self) -> None:
        assert "内容不是文字" in refusal(b"\x7fELF" + bytes(range(256)) * 40)

    @pytest.mark.parametrize(
        "data",
        [
            b"MZ\x90\x00fake",
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
            b"MZ\x90\x00" + b"This program cannot be run in DOS mode." * 3,
            b"\x7fELF\x02\x01\x01\x00",
            b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
            b"\x01\x02abc",
        ],
    )
    def test_a_program_however_short_is_no_text(self, data: bytes) -> None:
        assert "不是能读的文件" in refusal(data)

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
    def test_a_stray_control_character_keeps_no_report_from_being_read(
        self, encoding: str
    ) -> None:
        text = "某市某局政府信息公开工作年度报告\n\x0b新收 3\x01\x00 件，办结 3 件\n" * 3
        found = content(Source(text.encode(encoding)))
        assert (found.text, found.encoding) == (text, encoding)
        torn = "某市政府\x00信息".encode() + b"\xff" + "公开年度报告，没有申请。".encode()
        assert content(Source(torn)).damage == 1

    def test_where_the_zero_bytes_stand_tells_which_byte_comes_first(self) -> None:
        text = "全年新收申请 30 件，\u3000一并办结 30 件。\n"
        for encoding in ("utf-16-le", "utf-16-be"):
            assert content(Source(text.encode(encoding))).text == text

    def test_bytes_past_the_limit_are_refused(self) -> None:
        assert "超过 32 MB 的上限" in refusal(b"1" * (MAX_BYTES + 1))

    def test_a_source_words_its_own_refusal(self) -> None:
        assert str(Source(b"", "甲.html").refuse("读不出")) == "甲.html：读不出"
