"""LibreOffice is other people's program: it opens what we write, we read what it saves."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections import Counter

import pypdfium2
import pytest

import mingtang
from mingtang.reading.legacy import LegacyError, turned
from mingtang.reading.source import Source, UnreadableSourceError
from mingtang.writing.typography import BOTTOM, PAGE, POINTS, TOP
from tests.builders import SECTIONS, report
from tests.trials.essence import essence

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
CELLS = {
    "requests/received/person": "12",
    "requests/carried_in/person": "",
    "requests/granted/person": "/",
    "requests/denied_process/other": "-3",
    "disputes/review/upheld": "4",
}
KINDS = {
    "docx": ("docx", "doc", "pdf", "odt", "rtf"),
    "xlsx": ("xlsx", "xls", "ods"),
}
"""What LibreOffice saves of which file of ours."""
AMOUNTS = {
    "2021": "disclosure/administrative_fees/amount",
    "2019": "disclosure/procurement/amount",
}


def made(edition):
    year = 2024 if edition == "2021" else 2020
    title = f"清河市东湖区档案局{year}年政府信息公开工作年度报告"
    overview = f"{SECTIONS[0]}\n负责人：张镕、李喆、王堃。"
    cells = {**CELLS, AMOUNTS[edition]: "1139.89"}
    words = {"title": title, "preface": None, "signed": f"{year + 1}年1月15日"}
    return report(edition, cells, sections=(overview, *SECTIONS[1:]), **words)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """What LibreOffice makes of our files: by edition and format asked for."""
    folder = tmp_path_factory.mktemp("office")
    results = {}
    for edition in ("2021", "2019"):
        for to, others in KINDS.items():
            given = folder / f"{edition}.{to}"
            given.write_bytes(mingtang.write(made(edition), to))
            for other in others:
                out = folder / f"{edition}-{other}"
                words = [OFFICE, "--headless", "--norestore", "--convert-to", other]
                words += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
                words += ["--outdir", str(out), str(given)]
                subprocess.run(words, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
                results[edition, other] = (out / f"{edition}.{other}").read_bytes()
    return results


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The pages LibreOffice prints of a workbook with long words and long figures."""
    folder = tmp_path_factory.mktemp("printed")
    given = folder / "report.xlsx"
    given.write_bytes(mingtang.write(crowded(), "xlsx"))
    words = [OFFICE, "--headless", "--norestore", "--convert-to", "pdf"]
    words += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    words += ["--outdir", str(folder), str(given)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    return list(pypdfium2.PdfDocument(folder / "report.pdf"))


def crowded():
    story = "全年更新栏目1,204次，答复来信315件，没有逾期；工作人员逐件核对，并逐月汇总。"
    overview = f"{SECTIONS[0]}\n{story * 12}\n{story * 50}"
    cells = {**CELLS, "requests/received/total": "12345678"}
    return report(cells=cells, sections=(overview, *SECTIONS[1:]))


def boxes(page):
    """The boxes of a page's characters in the type area: left, bottom, right, top."""
    text = page.get_textpage()
    signs = [at for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    low, high = BOTTOM * POINTS, (PAGE[1] - TOP) * POINTS
    found = map(text.get_charbox, signs)
    return sorted(box for box in found if low < box[1] and box[3] < high)


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("to", ["docx", "doc", "odt", "rtf", "xlsx", "xls", "ods"])
def test_what_it_saves_again_is_the_same_report(saved, edition, to):
    reading = mingtang.read(Source(saved[edition, to]))
    assert reading.document.kind == to
    assert essence(reading.report) == essence(made(edition))


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_it_prints_our_pages_without_losing_or_tearing_anything(saved, edition):
    """Body of 22 lines, big table whole with its heading, no empty page at the end."""
    document = pypdfium2.PdfDocument(saved[edition, "pdf"])
    pages = [page.get_textpage().get_text_bounded() for page in document]
    (whole,) = (page for page in pages if "一、本年新收" in page)
    assert "四、结转下年度继续办理" in whole
    assert "三、收到和处理" in whole
    assert all(len(page) > 40 for page in pages)
    printed = Counter("".join("".join(pages).split()))
    words = "".join(part.text for part in made(edition).paragraphs)
    assert not Counter("".join(words.split())) - printed


def test_a_workbook_prints_on_a4_with_its_big_table_on_one_page(printed):
    assert {tuple(map(round, page.get_size())) for page in printed} == {(595, 842)}
    pages = [page.get_textpage().get_text_bounded() for page in printed]
    (whole,) = (page for page in pages if "一、本年新收" in page)
    assert "三、收到和处理" in whole
    assert "四、结转下年度继续办理" in whole


def test_a_workbook_prints_all_of_its_words_and_none_over_another(printed):
    told = Counter()
    for page in printed:
        text = page.get_textpage()
        told += Counter("".join(text.get_text_bounded().split()))
        found = boxes(page)
        for at, (left, low, right, high) in enumerate(found):
            for other in found[at + 1 : at + 400]:
                wide = min(right, other[2]) - max(left, other[0])
                deep = min(high, other[3]) - max(low, other[1])
                assert min(wide, deep) < 2
    words = "".join(part.text for part in crowded().paragraphs)
    assert not Counter("".join(words.split())) - told
    assert "#" not in told


def test_without_it_a_library_turns_old_word_files(saved, monkeypatch):
    monkeypatch.setattr("mingtang.reading.legacy.shutil.which", lambda _: None)
    reading = mingtang.read(Source(saved["2021", "doc"]))
    assert essence(reading.report) == essence(made("2021"))


@pytest.mark.parametrize("kind", ["odt", "rtf", "ods"])
def test_without_it_an_open_document_is_refused_with_what_to_do(saved, monkeypatch, kind):
    monkeypatch.setattr("mingtang.reading.legacy.shutil.which", lambda _: None)
    with pytest.raises(UnreadableSourceError, match="请安装 LibreOffice，或把文件另存为"):
        mingtang.read(Source(saved["2021", kind], f"年报.{kind}"))


@pytest.mark.parametrize("kind", ["odt", "ods"])
def test_a_torn_open_document_is_refused_in_one_line(saved, kind):
    with pytest.raises(UnreadableSourceError, match="不完整或已损坏") as caught:
        mingtang.read(Source(saved["2021", kind][:3000], f"年报.{kind}"))
    assert "\n" not in str(caught.value)


def test_an_open_document_that_grows_too_large_is_given_to_no_program(saved):
    held = io.BytesIO(saved["2021", "odt"])
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"Pictures/{number}.bmp", bytes(50 * 1024 * 1024))
    with pytest.raises(UnreadableSourceError, match="超过 128 MB 的上限"):
        mingtang.read(Source(held.getvalue(), "年报.odt"))


@pytest.mark.parametrize("there", [True, False])
def test_a_torn_old_file_is_refused_in_one_line(saved, monkeypatch, there):
    if not there:
        monkeypatch.setattr("mingtang.reading.legacy.shutil.which", lambda _: None)
    torn = saved["2021", "doc"][:9000]
    with pytest.raises(UnreadableSourceError) as caught:
        mingtang.read(Source(torn, "年报.doc"))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("年报.doc：")


def test_a_conversion_that_hangs_is_given_up(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr("mingtang.reading.legacy.shutil.which", lambda _: str(slow))
    monkeypatch.setattr("mingtang.reading.legacy.SECONDS", 1)
    with pytest.raises(LegacyError, match="已放弃"):
        turned(b"any", "doc")
