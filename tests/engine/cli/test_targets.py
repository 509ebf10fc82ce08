"""Nothing is written over what is not ours: pages, lines, empty names, pipes."""

from __future__ import annotations

import json
import os

import pytest

from mingtang.cli import batch
from mingtang.cli.targets import refused, why
from tests.engine.cli.conftest import report

FOREIGN = [
    ("年报", report().encode()),
    ("空", b""),
    ("图", b"\x89PNG\r\n"),
    ("像", b"<p>mingtang findings</p>"),
]


@pytest.mark.parametrize("content", [c for _, c in FOREIGN], ids=[n for n, _ in FOREIGN])
def test_a_page_is_never_written_over_a_file_that_is_not_ours(
    mingtang, tmp_path, good, content
):
    other = tmp_path / "另一份.html"
    other.write_bytes(content)
    status, out, err = mingtang("check", good, "--html", other)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "没有覆盖" in err
    assert "请给 --html 另写一个文件名" in err
    assert other.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["另一份.html", "甲.html"]


def test_a_glob_behind_html_leaves_the_first_report_alone(mingtang, tmp_path):
    names = [tmp_path / f"{letter}.html" for letter in "abc"]
    for name in names:
        name.write_text(report(), encoding="utf-8")
    status, out, err = mingtang("check", "--html", *names)
    assert (status, out) == (2, "")
    assert "请写在 --html 之前" in err
    assert {name.read_text(encoding="utf-8") for name in names} == {report()}


@pytest.mark.parametrize("name", ["结果.docx", "结果"])
def test_a_page_is_not_written_under_another_ending(mingtang, tmp_path, good, name):
    status, out, err = mingtang("check", good, "--html", tmp_path / name)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "请让它以 .html 结尾" in err
    assert not (tmp_path / name).exists()


def test_a_page_of_ours_may_be_written_anew(mingtang, tmp_path, good, bad):
    page = tmp_path / "结果.html"
    mingtang("check", good, "--html", page)
    first = page.read_bytes()
    assert mingtang("check", bad, "--html", page)[0] == 1
    assert page.read_bytes() != first


def test_a_page_never_takes_the_place_of_a_report_a_folder_or_a_device(
    mingtang, tmp_path, good
):
    before = good.read_bytes()
    status, out, err = mingtang("check", good, "--html", good)
    assert (status, out) == (2, "")
    assert "正是要读的报告" in err
    assert good.read_bytes() == before
    assert "是文件夹" in mingtang("check", good, "--html", tmp_path)[2]
    os.mkfifo(tmp_path / "pipe")
    status, _, err = mingtang("check", good, "--html", tmp_path / "pipe")
    assert status == 2
    assert "不是普通文件" in err


def test_a_draft_of_another_run_is_not_touched(mingtang, tmp_path, good):
    draft = tmp_path / ".结果.html.draft"
    draft.write_text("别人的", encoding="utf-8")
    mingtang("check", good, "--html", tmp_path / "结果.html")
    assert draft.read_text(encoding="utf-8") == "别人的"


@pytest.mark.parametrize(
    "content",
    [
        report(),
        report() + "\n",
        '{"a": 1}\n',
        '{"a": 1}',
        "[1]\n",
        "1\n2",
        '{"schema": 1}\n',
    ],
)
def test_resume_leaves_a_file_of_something_else_as_it_is(mingtang, tmp_path, good, content):
    other = tmp_path / "别的.html"
    other.write_text(content, encoding="utf-8")
    status, out, err = mingtang("check", good, "--jsonl", "--resume", other)
    assert (status, out) == (2, "")
    assert "不是 --jsonl 写出的行" in err
    assert "文件没有动" in err
    assert other.read_text(encoding="utf-8") == content


def test_resume_refuses_a_report_that_shall_be_read_and_a_folder(mingtang, tmp_path, good):
    assert "正是要读的报告" in mingtang("read", good, "--jsonl", "--resume", good)[2]
    assert "是文件夹" in mingtang("read", good, "--jsonl", "--resume", tmp_path)[2]


def test_the_folder_of_the_lines_is_made(mingtang, tmp_path, good):
    lines = tmp_path / "新" / "层" / "全部.jsonl"
    assert mingtang("read", good, "--jsonl", "--resume", lines)[0] == 0
    assert len(lines.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("flag", ["--resume", "--html"])
def test_why_nothing_can_be_written_is_told_in_chinese(mingtang, good, flag):
    lines = ["--jsonl"] if flag == "--resume" else []
    status, _, err = mingtang("check", good, *lines, flag, good / "x.html")
    assert status == 2
    assert "不是文件夹；请换一个位置" in err


def test_an_unknown_trouble_of_the_system_is_passed_on():
    assert why(OSError(5, "Input/output error")) == "系统的说法：Input/output error"
    assert str(refused("a", OSError(28, "x"))) == "写不了 a：磁盘已满；请换一个位置"


@pytest.mark.parametrize(
    "words",
    [
        ("check", ""),
        ("read", ""),
        ("check", "a.html", "--html", ""),
        ("check", "a.html", "--before", ""),
        ("check", "a.html", "--parts", " "),
        ("check", "a.html", "--jsonl", "--resume", ""),
    ],
)
def test_an_empty_name_is_a_wrong_call(mingtang, words):
    status, out, err = mingtang(*words)
    assert (status, out) == (2, "")
    assert "写的是空的" in err


def test_a_report_comes_from_standard_input(command):
    said = command("check", "-", "--json", input=report(7).encode())
    assert said.returncode == 1
    assert json.loads(said.stdout)["source"]["name"] == "标准输入"
    assert (
        "文件：标准输入（html）"
        in command("read", "-", input=report().encode()).stdout.decode()
    )
    assert command("check", "-", input=b"").returncode == 2


def test_standard_input_stands_alone(mingtang, good, tmp_path):
    assert "只能是一份报告" in mingtang("check", "-", good)[2]
    words = ("check", "-", "--jsonl", "--resume", tmp_path / "a.jsonl")
    assert "不能与 --resume 同用" in mingtang(*words)[2]
    assert "不能是标准输入" in mingtang("check", good, "--before", "-")[2]


def test_a_page_goes_to_standard_output_alone(mingtang, good, bad, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    status, out, err = mingtang("check", good, bad, "--html", "-")
    assert (status, err) == (1, "")
    assert out.startswith("<!DOCTYPE html>")
    assert out.endswith("</html>\n")
    assert not (tmp_path / "-").exists()


def test_a_page_is_not_poured_over_a_terminal(mingtang, good, monkeypatch):
    monkeypatch.setattr(batch, "is_terminal", lambda _: True)
    status, out, err = mingtang("check", good, "--html", "-")
    assert (status, out) == (2, "")
    assert "标准输出是终端" in err
