"""Where recognition is not installed, one line says so; who watches is told of pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mingtang.reading.recogniser import recogniser
from mingtang.reading.watching import tell, watched
from tests.engine.reading.scans.drawings import set_page
from tests.trials.scans import png, scanned_pdf

BLOCKED = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from mingtang.__main__ import main
sys.argv = ["mingtang", "read", {path!r}]
raise SystemExit(main())
"""


def without(names, path):
    """Run our command on a file in a process in which some packages are missing."""
    program = BLOCKED.format(names=names, path=str(path))
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def page():
    return set_page("一、总体情况")


@pytest.mark.parametrize("missing", ["cv2", "onnxruntime", "PIL", "numpy"])
def test_a_picture_is_refused_in_one_chinese_line(missing, page, tmp_path):
    path = tmp_path / "report.png"
    path.write_bytes(png(page))
    done = without([missing], path)
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert f"缺 {missing}" in line
    assert "pip install 'mingtang[ocr]'" in line
    assert "report.png" in line


def test_a_scanned_pdf_is_refused_as_a_picture_is(page, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(scanned_pdf([page]))
    done = without(["onnxruntime"], path)
    assert done.returncode == 2
    assert "缺 onnxruntime" in done.stderr


def test_what_is_no_picture_needs_no_recognition(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("某局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n", "utf-8")
    done = without(["cv2", "onnxruntime", "PIL", "numpy", "rapidocr"], path)
    assert done.returncode in (0, 1), done.stderr
    assert "pip install" not in done.stderr


def test_where_the_network_itself_is_missing_one_line_says_so(page, tmp_path):
    path = tmp_path / "report.png"
    path.write_bytes(png(page))
    program = (
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'rapidocr' else find(name, *a)\n"
        + BLOCKED.format(names=[], path=str(path))
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert "请重新安装 rapidocr" in line


def test_where_recognition_is_installed_its_room_is_given():
    assert recogniser().__name__ == "mingtang.reading.scans"


def test_who_watches_is_told_of_each_page_and_no_longer():
    told = []
    with watched(recognised=lambda page, count: told.append((page, count))):
        tell("recognised", 1, 2)
        tell("laid", 1, 2)
        tell("recognised", 2, 2)
    tell("recognised", 1, 1)
    assert told == [(1, 2), (2, 2)]
