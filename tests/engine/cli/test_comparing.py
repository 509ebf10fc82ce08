"""Reports to compare with are looked at before a rule needs them."""

from __future__ import annotations

import pytest

from tests.engine.cli.conftest import report


@pytest.fixture
def last_year(tmp_path):
    path = tmp_path / "上年.html"
    path.write_text(report().replace("2024年", "2023年"), encoding="utf-8")
    return path


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "各份"
    folder.mkdir()
    (folder / "丙.html").write_text(report(body="丙局"), encoding="utf-8")
    return folder


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("关于放假的通知。\n各单位：\n明天放假。\n", encoding="utf-8")
    return path


def test_the_right_reports_are_taken_without_a_word(mingtang, good, last_year, parts):
    words = ("check", good, "--jsonl", "--before", last_year, "--parts", parts)
    assert mingtang(*words)[2] == ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_another_year_is_said_and_the_run_goes_on(mingtang, good, bad, jobs):
    status, out, err = mingtang(
        "check", good, "--jsonl", "--before", bad, "--jobs", jobs, "--fail-on", "breach"
    )
    assert status in {0, 1}
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 1
    assert "它是 2024 年度的，要检查的是 2024 年度的，上一年度应是 2023；照常检查" in err


def test_another_body_is_said(mingtang, good, tmp_path):
    other = tmp_path / "上年.html"
    other.write_text(report(body="别局").replace("2024年", "2023年"), encoding="utf-8")
    err = mingtang("check", good, "--before", other)[2]
    assert "它的机关是“别局”，要检查的是“某区某局”" in err
    assert len(err.splitlines()) == 1


def test_what_the_report_does_not_say_cannot_be_compared(mingtang, tmp_path, last_year):
    bare = tmp_path / "无.html"
    bare.write_text(report().replace("某区某局2024年", ""), encoding="utf-8")
    err = mingtang("check", bare, "--before", last_year)[2]
    assert "没有都写明年度，无法核对" in err


def test_last_years_report_must_be_readable_and_a_report(mingtang, good, empty, notice):
    status, out, err = mingtang("check", good, "--before", empty)
    assert (status, out) == (2, "")
    assert "--before 的报告读不了" in err
    status, out, err = mingtang("check", good, "--before", notice)
    assert (status, out) == (2, "")
    assert "不像政府信息公开工作年度报告" in err


@pytest.mark.parametrize("flag", ["--before", "--parts"])
def test_several_reports_are_not_compared_at_once(mingtang, good, bad, parts, flag):
    status, out, err = mingtang("check", good, bad, flag, parts)
    assert (status, out) == (2, "")
    assert f"{flag} 只用于检查一份报告，却有 2 份" in err


def test_parts_are_a_folder_that_holds_reports(mingtang, tmp_path, good):
    assert f"{good} 是文件；" in mingtang("check", good, "--parts", good)[2]
    assert "不存在；" in mingtang("check", good, "--parts", tmp_path / "没有")[2]
    (tmp_path / "空").mkdir()
    status, out, err = mingtang("check", good, "--parts", tmp_path / "空")
    assert (status, out) == (2, "")
    assert "没有可用的年报" in err


def test_one_bad_part_is_named_and_the_rest_is_used(mingtang, good, parts, notice):
    (parts / "坏.html").write_bytes(b"")
    notice.rename(parts / "通知.txt")
    status, out, err = mingtang("check", good, "--jsonl", "--parts", parts)
    assert len(out.splitlines()) == 1
    unreadable, unlike = sorted(err.splitlines())
    assert "坏.html：文件是空的" in unreadable
    assert "通知.txt 不像年报，没有用" in unlike
    # One of the files named could not be read.
    assert status == 2
