"""The command as a process: pipes that close, Ctrl-C, crashes of a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import islice

import pytest

from mingtang.cli import batch, crew, main
from mingtang.cli.outcome import Outcome, Task
from mingtang.writing.tally import Tally
from tests.engine.cli.conftest import SAMPLES, report

COMMAND = [sys.executable, "-m", "mingtang.cli"]


def test_a_reader_that_goes_away_is_no_crash(tmp_path):
    for number in range(40):
        (tmp_path / f"{number}.html").write_text(report(), encoding="utf-8")
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "check", str(tmp_path), "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read().decode()
    assert process.wait(60) == 141
    assert said == ""
    process.stderr.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_cleanly_and_says_how_far(tmp_path, jobs):
    for number in range(3000):
        (tmp_path / f"{number}.html").write_text(report(), encoding="utf-8")
    lines = tmp_path / "全部.jsonl"
    words = ["check", str(tmp_path), "--jsonl", "--jobs", jobs, "--resume", str(lines)]
    # Whoever runs the tests in the background has Ctrl-C ignored, and so would the command.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (lines.exists() and lines.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    text = said.decode()
    assert process.returncode == 130
    assert "已停止：3000 个文件中处理了" in text
    assert f"--resume {lines}" in text
    assert "Traceback" not in text
    assert lines.read_bytes().endswith(b"\n")


def watch(master, screen):
    """Take in what appears on a pretended terminal until nobody holds it."""
    try:
        while said := os.read(master, 4096):
            screen.append(said)
    except OSError:
        return


def on_a_terminal(*words):
    """Run the command with its errors on a pretended terminal: output, screen."""
    master, slave = os.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, *map(str, words)], stdout=subprocess.PIPE, stderr=slave
    )
    os.close(slave)
    screen: list[bytes] = []
    watcher = threading.Thread(target=watch, args=(master, screen))
    watcher.start()
    out = process.stdout.read()
    process.stdout.close()
    process.wait(60)
    watcher.join(60)
    os.close(master)
    return out, b"".join(screen).decode()


needs_a_terminal = pytest.mark.skipif(
    not hasattr(os, "openpty"), reason="needs a terminal to pretend"
)


@needs_a_terminal
def test_the_bar_leaves_the_lines_alone(tmp_path):
    for number in range(20):
        (tmp_path / f"{number}.html").write_text(report(), encoding="utf-8")
    (tmp_path / "空.html").write_bytes(b"")
    out, shown = on_a_terminal("read", tmp_path, "--jsonl")
    assert [json.loads(line)["schema"] for line in out.splitlines()] == [1] * 20
    assert "/21" in shown
    assert "空.html" in shown


@needs_a_terminal
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_bar_of_a_resumed_run_counts_what_was_done_before(tmp_path, jobs):
    folder, lines = tmp_path / "年报", tmp_path / "全部.jsonl"
    folder.mkdir()
    for number in range(12):
        text = report(body=f"第{number}局")
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    main(
        [
            "read",
            *map(str, sorted(folder.iterdir())[:11]),
            "--jsonl",
            "--resume",
            str(lines),
        ]
    )
    out, shown = on_a_terminal("read", folder, "--jsonl", "--resume", lines, "--jobs", jobs)
    assert out == b""
    assert "12/12" in shown
    assert "共 12 个文件：跳过上次已有的 11 个，这次写入 1 个。" in shown
    assert len(lines.read_text(encoding="utf-8").splitlines()) == 12


def deadly(_task, order, name):
    """Stand in for a file that kills the process which reads it."""
    if name == "deadly":
        os._exit(9)
    return Outcome(Tally(order, name), {})


def test_a_dead_worker_takes_only_its_file(monkeypatch):
    monkeypatch.setattr(crew, "outcome", deadly)
    names = [*"abcdefghij", "deadly", *"klmnopqrst"]
    found = list(crew.outcomes(Task("read", ()), names, 2))
    assert [one.name for one in found] == names
    assert [one.name for one in found if one.trouble] == ["deadly"]


def test_colour_only_for_a_terminal(command):
    said = command("check", SAMPLES / "muye-2023.txt", env={"FORCE_COLOR": "1"})
    assert b"\x1b" not in said.stdout


def test_the_command_is_a_module_too():
    said = subprocess.run(
        [sys.executable, "-m", "mingtang", "rule", "S303"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert said.stdout.decode().startswith("S303 ")


def test_a_device_is_not_read(command):
    said = command("check", "/dev/zero")
    assert said.returncode == 2
    assert "不是普通文件" in said.stderr.decode()


def test_ctrl_c_leaves_a_page_of_what_was_done(mingtang, monkeypatch, tmp_path):
    def interrupted(task, names, jobs):
        yield from islice(whole(task, names, jobs), 2)
        raise KeyboardInterrupt

    whole = batch.outcomes
    monkeypatch.setattr(batch, "outcomes", interrupted)
    page = tmp_path / "结果.html"
    status, out, err = mingtang("check", SAMPLES, "--html", page)
    assert status == 130
    assert f"个文件中处理了 2 个。网页 {page} 只有已处理的 2 个。" in err
    assert "--jsonl --resume" in err
    assert "共2个文件" in out
    shown = page.read_text(encoding="utf-8")
    assert "这一页不全：检查中途停止。" in shown
    assert shown.endswith("</html>\n")
    assert list(tmp_path.iterdir()) == [page]


def test_ctrl_c_before_the_first_report_writes_no_page(mingtang, monkeypatch, tmp_path):
    def interrupted(*_):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(batch, "outcomes", interrupted)
    page = tmp_path / "结果.html"
    status, _, err = mingtang("check", SAMPLES, "--html", page)
    assert status == 130
    assert f"没有写出网页 {page}" in err
    assert list(tmp_path.iterdir()) == []
