"""Who waits at a terminal for a scan sees how long it takes and how far it has come."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.engine.reading.scans.drawings import set_page
from tests.trials.scans import tiff


def watched(*words):
    """Run the command with a terminal for standard error; return what that shows."""
    above, below = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "mingtang.cli", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=below,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ):
        os.close(below)
        shown = b""
        try:
            while part := os.read(above, 4096):
                shown += part
        except OSError:  # Linux ends a terminal so when its last user has gone
            pass
    os.close(above)
    return shown.decode()


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """Write scans of so many pages, and say where each lies."""
    folder, page = (
        tmp_path_factory.mktemp("scans"),
        set_page("#v(120pt)\n全年主动公开信息若干条。"),
    )

    def make(name, pages):
        path = folder / name
        path.write_bytes(tiff([page] * pages))
        return path

    return make


def test_a_scan_shows_its_pages_and_takes_them_back(scan):
    shown = watched("read", scan("a.tif", 2), "--json")
    assert "正在识别扫描的第 2 页，共 2 页" in shown
    assert shown.endswith("\r\x1b[K")
    assert "每页约" not in shown


def test_before_a_long_scan_its_length_is_told_once(scan):
    shown = watched("read", scan("long.tif", 10), "--json")
    assert shown.count("要识别 10 页扫描的图像，每页约 2 至 3 秒") == 1


def test_of_several_files_the_page_of_the_present_one_is_shown(scan):
    shown = watched("read", scan("a.tif", 2), scan("b.tif", 3), "--jsonl")
    assert "共 2 页" in shown or "共 3 页" in shown
