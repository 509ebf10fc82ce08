"""A run that goes on: whose lines, which of them stay, and what the run comes to."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.engine.cli.conftest import SAMPLES, report


@pytest.fixture
def lines(tmp_path):
    return tmp_path / "全部.jsonl"


@pytest.fixture
def resume(mingtang, lines):
    """Run a command with --jsonl --resume: status, errors."""

    def run(verb, *words):
        status, out, err = mingtang(verb, *words, "--jsonl", "--resume", lines)
        assert out == ""
        return status, err

    return run


def names(lines):
    text = lines.read_text(encoding="utf-8")
    return [json.loads(line)["source"]["name"][-6:] for line in text.splitlines()]


def test_it_goes_on_where_it_stopped(resume, lines, good, bad):
    resume("check", good)
    whole = lines.read_text(encoding="utf-8")
    # A run that was killed in the middle of a line leaves half of it.
    lines.write_text(whole + whole[: len(whole) // 2], encoding="utf-8")
    assert resume("check", good, bad)[0] == 1
    assert names(lines) == ["甲.html", "乙.html"]


def test_half_a_first_line_is_done_again(resume, lines, good):
    resume("check", good)
    whole = lines.read_text(encoding="utf-8")
    lines.write_text(whole[:30], encoding="utf-8")
    resume("check", good)
    assert lines.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(("first", "then"), [("read", "check"), ("check", "read")])
def test_lines_of_the_other_command_are_refused(resume, lines, good, first, then):
    resume(first, good)
    before = lines.read_bytes()
    status, err = resume(then, good)
    assert status == 2
    assert len(err.splitlines()) == 1
    assert f"是 mingtang {first} 写的" in err
    assert lines.read_bytes() == before


def test_lines_that_do_not_say_their_command_are_refused(resume, lines, good):
    resume("check", good)
    said = json.loads(lines.read_text(encoding="utf-8"))
    del said["command"]
    lines.write_text(f"{json.dumps(said)}\n", encoding="utf-8")
    status, err = resume("check", good)
    assert status == 2
    assert "没有写明是哪个命令写的" in err


def test_the_status_is_that_of_all_the_file_holds(resume, lines, good, bad):
    assert resume("check", bad)[0] == 1
    status, err = resume("check", bad)
    assert status == 1
    assert err.splitlines() == [
        f"mingtang：共 1 个文件：跳过上次已有的 1 个，这次写入 0 个。{lines} 现有 1 行，"
        "退出状态按全部行算。"
    ]
    assert resume("check", good)[0] == 1
    # What counts is told by this run: the same lines weigh differently.
    contradicts = {"contradiction"}
    found = [
        finding["weight"]
        for line in lines.read_text(encoding="utf-8").splitlines()
        for finding in json.loads(line)["findings"]
    ]
    assert contradicts <= set(found)
    breached = "breach" in found
    assert resume("check", good, bad, "--fail-on", "breach")[0] == int(breached)


def test_a_file_that_cannot_be_read_is_tried_again_and_gives_status_two(
    resume, lines, good, empty
):
    assert resume("check", good, empty)[0] == 2
    status, err = resume("check", good, empty)
    assert status == 2
    assert "空.html" in err
    assert names(lines) == ["甲.html"]


def test_a_changed_file_replaces_its_line(resume, lines, good, bad):
    assert resume("check", good, bad)[0] == 1
    bad.write_text(report(), encoding="utf-8")
    good.write_text(report(body="改名局"), encoding="utf-8")
    status, err = resume("check", bad)
    assert names(lines) == ["甲.html", "乙.html"]
    assert "其中 1 个内容变了，旧行已去掉；" in err
    said = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    # Only what this run was asked about is looked at: the other line stays.
    assert said[0]["body"] == "某区某局"
    assert said[1]["cells"]["requests/received/total"]["value"] == "3"
    assert status == 1
    assert [path.name for path in lines.parent.iterdir() if "draft" in path.name] == []


def test_a_file_that_was_mended_gives_status_zero(resume, lines, bad):
    assert resume("check", bad)[0] == 1
    shutil.copy(SAMPLES / "suqian-2023.html", bad)
    assert resume("check", bad)[0] == 0
    assert names(lines) == ["乙.html"]


def test_a_copy_under_another_name_has_its_own_line(resume, lines, good, tmp_path):
    copy = tmp_path / "丙.html"
    shutil.copy(good, copy)
    resume("check", good)
    resume("check", good, copy)
    assert names(lines) == ["甲.html", "丙.html"]
    resume("check", copy, good, copy)
    assert names(lines) == ["甲.html", "丙.html"]


def test_a_file_named_twice_has_one_line(resume, lines, good):
    resume("check", good, good)
    assert names(lines) == ["甲.html"]


def test_the_line_of_a_file_that_is_gone_stays(resume, lines, good, bad):
    resume("read", good, bad)
    good.unlink()
    assert resume("read", good, bad)[0] == 2
    assert names(lines) == ["甲.html", "乙.html"]


def test_lines_that_were_written_twice_become_one(resume, lines, good):
    resume("check", good)
    whole = lines.read_text(encoding="utf-8")
    lines.write_text(whole * 2, encoding="utf-8")
    resume("check", good)
    assert lines.read_text(encoding="utf-8") == whole


def test_plain_lines_do_not_ask_what_was_done_before(mingtang, good):
    status, _, err = mingtang("read", good, "--jsonl")
    assert (status, err) == (0, "")
