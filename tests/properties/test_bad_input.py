"""Input that no reader can read, or that was made to hurt one.

Each is read in a process of its own, with a memory limit and a generous
watchdog: the answer is a reading or one clear line, never a crash or a hang.
"""

from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trials import scans
from tests.trials.cases import Recipe, make
from tests.trials.objects import BOX, long, nested, sheet, tiled
from tests.trials.ofd import Sheet, alone, package, page, resources
from tests.trials.ward import watch
from tests.trials.word import document

MINGTANG = Path(sys.executable).with_name("mingtang")
GOOD = make(Recipe(7)).data


def table(rows: str) -> bytes:
    return f"<html><body><p>三、收到和处理</p><table>{rows}</table></body></html>".encode()


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 - not a secret


def bomb(path: Path) -> None:
    """A zip that unpacks to 1 GB, which somebody called report.html."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        block = bytes(1 << 20)
        for _ in range(1024):
            member.write(block)


def workbook(sheet: bytes, **parts: bytes) -> bytes:
    """A workbook with that XML of its one sheet."""
    held = {
        "xl/workbook.xml": b'<workbook xmlns:r="http://x/relationships"><sheets>'
        b'<sheet name="a" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<x><y Id="a" Type="x/worksheet" '
        b'Target="sheet.xml"/></x>',
        "xl/sheet.xml": sheet,
        **{f"xl/{name}.xml": part for name, part in parts.items()},
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in held.items():
            archive.writestr(name, part)
    return data.getvalue()


def rows(*held: bytes) -> bytes:
    return workbook(
        b"<worksheet><sheetData>" + b"".join(held) + b"</sheetData></worksheet>"
    )


WIDE = b'<c s="1"/>' * 16_384
CELL = b"<c><v>1</v></c>"
SHEETS = {
    "a sheet of a million rows": rows(b'<row><c s="1"/></row>' * (1 << 20)),
    "a sheet of a million figures": rows(
        b"<row>" + CELL * 2 + b"</row>", *[b"<row>" + CELL * 100 + b"</row>"] * 10_000
    ),
    "a far cell": rows(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "16,384 columns": rows(*[b"<row>" + WIDE + b"</row>"] * 100),
    "16,384 columns of figures": rows(b"<row>" + CELL * 16_384 + b"</row>"),
    "a part of 100 MB": rows(b" " * (100 << 20)),
    "a part of 200 MB": rows(b" " * (200 << 20)),
    "a million texts": workbook(
        b"<x/>", sharedStrings=b"<x>" + b"<si><t>a</t></si>" * 10**6 + b"</x>"
    ),
    "nested elements": rows(b"<row>" * 100_000),
    "entities in a sheet": workbook(
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
        )
        + b"]><x><sheetData><row><c><v>&j;</v></c></row></sheetData></x>"
    ),
    "a thousand huge merges": workbook(
        b"<x><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>"
        + b'<mergeCell ref="A1:XFD1048576"/>' * 1_000
        + b"</mergeCells></x>"
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_made_to_hurt_is_read_or_refused(name, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(SHEETS[name])
    outcome = watch(path)
    assert outcome.kind in ("read", "unreadable"), outcome
    assert "\n" not in outcome.message
    assert outcome.megabytes < 1_500, outcome


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return (
            struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
        )

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\0\0\0")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


# What says nothing at all: there is no reading of it.
HOPELESS = {
    "empty": b"",
    "one mark": b"\xef\xbb\xbf",
    "spaces": b" \t\r\n" * 500,
    "ideographic spaces": "　\u00a0\u200b".encode() * 500,
    "noise": noise(50_000),
    "zeros": bytes(10_000),
    "a picture called html": png(),
    "an executable": b"\x7fELF\x02\x01\x01" + noise(20_000),
    "a cut zip": b"PK\x03\x04" + noise(400),
}
# What may be read or refused, but harms nobody.
HOSTILE = {
    "10,000 nested tables": b"<table><tr><td>" * 10_000
    + b"1"
    + b"</td></tr></table>" * 10_000,
    "10,000 unclosed tables": "<table><tr><td>规章".encode() * 10_000,
    "100,000 nested spans": b"<p>" + b"<span>" * 100_000 + b"1" + b"</span>" * 100_000,
    "100,000 nested divs": b"<div>" * 100_000 + b"1",
    "a cell in 10,000 fonts": table("<tr><td>" + "<font><b>" * 10_000 + "1</td></tr>"),
    "1,000,000 cells": table("<tr>" + "<td>1</td>" * 1_000_000 + "</tr>"),
    "1,000 by 1,000 cells": table(("<tr>" + "<td>1</td>" * 1_000 + "</tr>") * 1_000),
    "colspan bomb": table('<tr><td colspan="100000000">规章</td><td>1</td></tr>' * 100),
    "rowspan bomb": table('<tr><td rowspan="100000000">规章</td><td>1</td></tr>' * 100),
    "both bombs": table('<tr><td colspan="65534" rowspan="65534">1</td></tr>' * 1_000),
    "colspans of 1000": table(("<tr>" + '<td colspan="1000">1</td>' * 100 + "</tr>") * 200),
    "strange spans": table(
        '<tr><td colspan="-3" rowspan="0">规章</td><td colspan="\uff11">1</td>'
        '<td rowspan="1e9">2</td><td colspan="99999999999999999999999">3</td></tr>'
    ),
    "one line of digits": b"1" * 2_000_000,
    "one line of labels": "规章行政许可总计其他".encode() * 50_000,
    "one line of brackets": "（（（（(((([[[[".encode() * 50_000,
    "a million pipes": b"|" * 1_000_000,
    "a million tabs": b"\t" * 1_000_000 + b"\n" + b"\t" * 1_000_000,
    "a million lines": b"0\n" * 1_000_000,
    "pipes and labels": "规章 | 0 | 0 | 0 |\n".encode() * 60_000,
    "a number of 100,000 digits": table(f"<tr><td>规章</td><td>{'9' * 100_000}</td></tr>"),
    "200,000 headings": "一、总体情况\n".encode() * 200_000,
    "200,000 dates": "2024年1月20日\n".encode() * 200_000,
    "a title of a megabyte": f"<title>{'某' * 300_000}年度报告</title><p>1</p>".encode(),
    "comments": b"<!--" * 200_000 + b"<p>1",
    "attributes": b"<p " + b'a="1" ' * 300_000 + b">1</p>",
    "entities": b"<p>" + b"&nbsp;&#49;&#x110000;&#0;" * 100_000,
    "NUL bytes inside": GOOD.replace(b"<td>", b"<td>\0"),
    "lone surrogates": "政府信息公开\ud800年度报告".encode("utf-8", "surrogatepass") * 100,
    "cut inside a character": GOOD[: GOOD.index("规".encode()) + 1],
    "cut inside a tag": GOOD[: GOOD.index(b"colspan") + 3],
    "wrong encoding": GOOD.decode().encode("utf-16-be"),
    "twice encoded": GOOD.decode().encode("utf-8").decode("latin-1").encode("utf-8"),
    "half one encoding": GOOD[: len(GOOD) // 2]
    + GOOD[len(GOOD) // 2 :].decode("utf-8", "ignore").encode("gbk", "replace"),
    "gloss brackets": "開(kāi)".encode() * 100_000,
}
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)
RUN = "<w:r><w:t>1</w:t>{}</w:r>"
GONE = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1</w:t></w:r></w:p>"
MARK = '<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>1</w:t>'
BEGIN = '<w:fldChar w:fldCharType="begin"/>'
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="199"/></w:tcPr><w:p/></w:tc>'
HOSTILE |= {
    f"Word: {name}": document(inner)
    for name, inner in {
        "10,000 nested tables": "<w:tbl><w:tr><w:tc>" * 10_000,
        "100,000 runs": f"<w:p>{RUN.format('') * 100_000}</w:p>",
        "50,000 deleted ends": GONE * 50_000,
        "150,000 marks": f"<w:p><w:r>{MARK * 150_000}</w:r></w:p>",
        "marks in a cell": "<w:tbl><w:tr><w:tc/><w:tc><w:p><w:r>"
        f"{MARK * 150_000}</w:r></w:p></w:tc></w:tr></w:tbl>",
        "99,000 fields": f"<w:p>{RUN.format(BEGIN) * 99_000}</w:p>",
        "nested controls": "<w:p>" + "<w:sdt><w:sdtContent>" * 120,
        "nested alternatives": "<mc:AlternateContent><mc:Choice>" * 120
        + "<mc:a/>" * 100_000
        + "</mc:Choice></mc:AlternateContent>" * 120,
        "a drawing of 200,000 shapes": f"<w:p><w:r><w:drawing>{'<v:a/>' * 200_000}"
        "</w:drawing></w:r></w:p>",
        "wide cells": f"<w:tbl><w:tr>{WIDE * 199}</w:tr></w:tbl>" * 99,
    }.items()
}
SIGN = (
    '<ofd:TextObject Size="4"><ofd:TextCode X="1" Y="9">1</ofd:TextCode></ofd:TextObject>'
)
AGAIN = '<ofd:CompositeObject ResourceID="700"/>'
UNIT = (
    '<ofd:CompositeGraphicUnit ID="700"><ofd:Content>{}</ofd:Content>'
    "</ofd:CompositeGraphicUnit>"
)
HOSTILE |= {
    f"OFD: {name}": data
    for name, data in {
        "39,000 characters an object each": alone(SIGN * 39_000),
        "80,000 objects": alone(SIGN * 80_000),
        "a text of a million characters": alone(SIGN.replace("1<", "1" * 10**6 + "<")),
        "a step repeated without end": alone(
            SIGN.replace('Y="9"', 'Y="9" DeltaX="g 999999999999999999 1"').replace(
                "1<", "12<"
            )
        ),
        "a path of 500,000 corners": alone(
            "<ofd:PathObject><ofd:AbbreviatedData>M 0 0 "
            f"{'L 9 9 ' * 500_000}</ofd:AbbreviatedData></ofd:PathObject>"
        ),
        "20,000 lines across and down": alone(
            "".join(
                f"<ofd:PathObject><ofd:AbbreviatedData>M {at % 90} 0 L {at % 90} 60 M 0 "
                f"{at % 60} L 90 {at % 60}</ofd:AbbreviatedData></ofd:PathObject>"
                for at in range(10_000)
            )
        ),
        "nested blocks": alone("<ofd:PageBlock>" * 240 + "</ofd:PageBlock>" * 240),
        "composites of themselves": alone(AGAIN, shared=resources(UNIT.format(AGAIN * 9))),
        "10,000 pages": package(
            {"A.xml": page(Sheet(9, 9, (), ()), "")},
            '<ofd:Page BaseLoc="/A.xml"/>' * 10_000,
        ),
        "a page of 30 MB": alone(" " * (30 << 20)),
        "entities in a page": package(
            {"Doc_0/Pages/Page_0/Content.xml": LAUGHS + "<Page>&j;</Page>"}
        ),
    }.items()
}
HOSTILE["Word: cut short"] = HOSTILE["Word: 100,000 runs"][:-400]


def picture(wide, high, mode="L", kind="PNG", **how):
    data = io.BytesIO()
    Image.new(mode, (wide, high), "white").save(data, kind, **how)
    return data.getvalue()


def lined(step):
    """A page ruled across and down at every step, as no form is."""
    dots = np.full((2339, 1654), 255, np.uint8)
    dots[::step] = dots[:, ::step] = 0
    return dots


def halftone():
    """Twenty thousand dots of ink, each high enough for a character."""
    dots = np.full((2339, 1654), 255, np.uint8)
    for row, y in enumerate(range(20, 2300, 14)):
        for x in range(20 + row * 5 % 14, 1630, 14):
            dots[y : y + 11, x : x + 11] = 0
    return dots


GRAIN = np.random.default_rng(1).integers(0, 256, (2339, 1654)).astype(np.uint8)
HOSTILE_PICTURES = {
    "20,000 by 20,000 dots": picture(20_000, 20_000, "1"),
    "59 million dots in colour": picture(7_700, 7_700, "RGBA"),
    "58 million dots of a ribbon": picture(2_700, 21_500, "1"),
    "a ribbon of 200,000 dots": picture(300, 200_000, "1"),
    "a chessboard of dots": scans.png(lined(2)),
    "halftone": scans.png(halftone()),
    "forty thousand cells": scans.png(lined(10)),
    "a cut PNG": scans.png(GRAIN)[:-50_000],
    "a cut JPEG": scans.jpeg(GRAIN)[:-50_000],
    "a PDF of grain": scans.scanned_pdf([GRAIN]),
    "a PDF of a cut JPEG": scans.scanned_pdf([GRAIN]).replace(b"\xff\xda", b"\xff\xd9"),
}


@pytest.mark.parametrize("name", HOSTILE_PICTURES)
def test_a_picture_made_to_hurt_is_read_or_refused(name, tmp_path):
    path = tmp_path / "report.png"
    path.write_bytes(HOSTILE_PICTURES[name])
    outcome = watch(path)
    assert outcome.kind in ("read", "unreadable"), outcome
    assert "\n" not in outcome.message
    assert outcome.numbers == 0, outcome
    assert outcome.megabytes < 2_000, outcome


HOSTILE_PDFS = {
    "forms that draw one another tenfold": nested(10, 10),
    "a form drawn a million times": nested(1, 10**6),
    "30,000 marks within marks": sheet(b"/a<<>>BDC " * 30_000),
    "content of 300 MB": long(BOX, 300),
    "content of 300 MB of nothing": long(b" ", 300),
    "content of 15 MB": long(BOX, 15),
    "a pattern of a hundred-thousandth of a point": tiled(b".00001"),
}


@pytest.mark.parametrize("name", HOSTILE_PDFS)
def test_a_pdf_made_to_hurt_is_refused_in_one_line(name, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(HOSTILE_PDFS[name])
    outcome = watch(path)
    assert outcome.kind == "unreadable", outcome
    assert "\n" not in outcome.message
    assert outcome.megabytes < 600, outcome


@pytest.mark.parametrize("name", HOPELESS)
def test_what_says_nothing_is_refused_in_one_line(name, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(HOPELESS[name])
    outcome = watch(path)
    assert outcome.kind == "unreadable", outcome
    assert outcome.message.strip()
    assert "\n" not in outcome.message


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_hurt_is_read_or_refused(name, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(HOSTILE[name])
    outcome = watch(path)
    assert outcome.kind in ("read", "unreadable"), outcome
    assert "\n" not in outcome.message


def test_a_file_of_100_megabytes_is_refused_or_read(tmp_path):
    path = tmp_path / "report.html"
    with path.open("wb") as file:
        file.write(GOOD)
        file.truncate(100 << 20)  # sparse: zeros that take no room
    outcome = watch(path)
    assert outcome.kind in ("read", "unreadable"), outcome


def test_100_megabytes_of_page_are_refused_or_read(tmp_path):
    path = tmp_path / "report.html"
    with path.open("wb") as file:
        file.write(GOOD)
        for _ in range(1 << 10):
            file.write("<p>主动公开政府信息情况</p>\n".encode() * 2_600)
    outcome = watch(path)
    assert outcome.kind in ("read", "unreadable"), outcome


def test_a_zip_bomb_called_html_is_refused(tmp_path):
    path = tmp_path / "report.html"
    bomb(path)
    outcome = watch(path)
    assert outcome.kind == "unreadable", outcome
    assert outcome.megabytes < 1_000, outcome


def test_a_folder_is_no_report(tmp_path):
    assert watch(tmp_path).kind == "unreadable"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert watch(tmp_path / "nothing.html").kind == "unreadable"


def test_a_link_to_itself_is_refused(tmp_path):
    path = tmp_path / "report.html"
    path.symlink_to(path)
    assert watch(path).kind == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(GOOD)
    path.chmod(0)
    assert watch(path).kind == "unreadable"


def test_a_device_without_end_is_refused():
    assert watch("/dev/zero").kind == "unreadable"


def test_a_pipe_that_nobody_writes_to_is_refused(tmp_path):
    path = tmp_path / "report.html"
    os.mkfifo(path)
    assert watch(path, patience=30).kind == "unreadable"


def test_one_bad_file_does_not_stop_a_batch(tmp_path):
    names = []
    for number, data in enumerate((GOOD, b"", noise(5_000), bytes(100), GOOD)):
        path = tmp_path / f"{number}.html"
        path.write_bytes(data)
        names.append(str(path))
    command = [str(MINGTANG), "read", *names, str(tmp_path / "nothing.html"), "--jsonl"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(bool(each.get("cells")) for each in read) == 2
    complaints = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(complaints) == 4, done.stderr
