"""Reading and checking files from the command: outputs, status, trouble."""

from __future__ import annotations

import json
import os

import pytest

from mingtang import reading
from mingtang.cli import crew
from mingtang.cli.outcome import outcome
from tests.engine.cli.conftest import SAMPLES, report


def test_json_is_one_object_of_the_contract(mingtang, good):
    status, out, err = mingtang("read", good, "--json")
    said = json.loads(out)
    assert (status, err) == (0, "")
    assert said["schema"] == 1
    assert said["year"] == 2024
    assert said["cells"]["requests/received/person"]["value"] == "3"
    assert said["source"]["name"].endswith("甲.html")
    assert all(finding["code"].startswith("R") for finding in said["findings"])


def test_a_contradiction_gives_status_one(mingtang, bad):
    status, out, _ = mingtang("check", bad, "--json")
    codes = {finding["code"] for finding in json.loads(out)["findings"]}
    assert status == 1
    assert "S303" in codes


def test_reading_alone_judges_nothing(mingtang, bad):
    status, out, _ = mingtang("read", bad, "--json")
    assert "S303" not in out
    assert status == 0


def test_fail_on_moves_the_limit(mingtang, bad):
    assert mingtang("check", bad, "--jsonl", "--fail-on", "note")[0] == 1
    codes = [
        (finding["weight"], finding["assessed"])
        for line in mingtang("check", bad, "--jsonl")[1].splitlines()
        for finding in json.loads(line)["findings"]
    ]
    breached = ("breach", True) in codes
    assert mingtang("check", bad, "--jsonl", "--fail-on", "breach")[0] == int(breached)


def test_json_takes_exactly_one_file(mingtang, good, bad):
    status, out, err = mingtang("check", good, bad, "--json")
    assert (status, out) == (2, "")
    assert "--json 只用于一个文件" in err


def test_jsonl_keeps_the_order_given(mingtang, good, bad):
    _, out, _ = mingtang("read", bad, good, "--jsonl")
    names = [json.loads(line)["source"]["name"] for line in out.splitlines()]
    assert [name[-6:] for name in names] == ["乙.html", "甲.html"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_does_not_stop_the_others(mingtang, good, bad, empty, jobs):
    status, out, err = mingtang("check", good, empty, bad, "--jsonl", "--jobs", jobs)
    assert status == 2
    assert len(out.splitlines()) == 2
    assert len(err.splitlines()) == 1
    assert "空.html" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.html", b""),
        ("二进制.html", bytes(range(256)) * 64),
        ("图.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        ("断.pdf", b"%PDF-1.4"),
    ],
)
def test_an_unreadable_file_is_one_line_and_status_two(mingtang, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    status, out, err = mingtang("check", tmp_path / name)
    assert (status, out) == (2, "")
    assert name in err
    assert len(err.splitlines()) == 1


def test_a_missing_file_is_one_line(mingtang, tmp_path):
    status, _, err = mingtang("check", tmp_path / "没有.html")
    assert status == 2
    assert "没有.html" in err


def test_names_with_odd_characters_steer_nothing(mingtang, tmp_path):
    path = tmp_path / "a\x1b[2J\nb.html"
    path.write_text(report(), encoding="utf-8")
    (tmp_path / "c\x1b]0;x\x07.html").write_bytes(b"")
    _, out, err = mingtang("check", tmp_path)
    assert "\x1b" not in out + err
    assert "␛[2J" in out


def test_a_folder_is_walked_in_order_without_companions(mingtang, tmp_path, good):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "丙.html").write_text(report(body="丙局"), encoding="utf-8")
    (tmp_path / ".hidden.html").write_text(report(), encoding="utf-8")
    (tmp_path / "style.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "丙_files").mkdir()
    (tmp_path / "丙_files" / "seal.png").write_bytes(b"\x89PNG")
    status, out, err = mingtang("read", tmp_path, "--jsonl")
    assert (status, err) == (0, "")
    bodies = [json.loads(line)["body"] for line in out.splitlines()]
    assert len(bodies) == 2
    assert good.exists()


def test_what_programs_leave_in_a_folder_is_passed_over(mingtang, tmp_path, good):
    for name in ("~$甲.docx", ".~lock.甲.docx#", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (tmp_path / name).write_bytes(b"\x00\x01")
    status, out, err = mingtang("read", tmp_path, "--jsonl")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 1
    assert good.exists()


def test_a_lock_file_that_is_named_is_tried(mingtang, tmp_path):
    path = tmp_path / "~$甲.docx"
    path.write_bytes(b"\x05user" + bytes(150))
    status, _, err = mingtang("check", path)
    assert status == 2
    assert "~$甲.docx：" in err


def test_pictures_in_a_folder_are_passed_over_and_said_once(mingtang, tmp_path, good):
    for name in ("1.jpg", "2.PNG"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff")
    status, out, err = mingtang("check", tmp_path)
    assert status != 2
    assert err.count("mingtang：") == 1
    assert "2 个图片" in err
    assert "PDF 或多页 TIFF" in err
    assert "共3个文件" in out
    assert good.exists()


def test_several_pictures_are_said_to_be_several_reports(mingtang, tmp_path):
    names = [tmp_path / f"{number}.jpg" for number in (1, 2, 3)]
    for name in names:
        name.write_bytes(b"\xff\xd8\xff")
    _, _, err = mingtang("check", *names)
    assert err.count("3 个图片文件各当作一份年报") == 1
    _, _, err = mingtang("check", names[0])
    assert "各当作" not in err


def test_an_empty_folder_is_a_wrong_call(mingtang, tmp_path):
    status, _, err = mingtang("check", tmp_path)
    assert status == 2
    assert "没有年报文件" in err
    assert "Word" in err


def test_numbered_files_come_in_the_order_of_their_numbers(mingtang, tmp_path):
    for name in ("10.html", "2.html", "2024年第1号.html", "第10批/a.html", "第9批/a.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(report(), encoding="utf-8")
    _, out, _ = mingtang("read", tmp_path, "--jsonl")
    names = [json.loads(line)["source"]["name"] for line in out.splitlines()]
    assert [name.removeprefix(f"{tmp_path}/") for name in names] == [
        *("2.html", "10.html", "2024年第1号.html", "第9批/a.html", "第10批/a.html")
    ]


def test_our_own_page_in_a_folder_is_passed_by_and_said(mingtang, tmp_path, good):
    page = tmp_path / "结果.html"
    mingtang("check", good, "--html", page)
    status, out, err = mingtang("check", tmp_path, "--jsonl")
    assert (status, len(out.splitlines())) == (1, 1)
    assert err.splitlines() == [f"mingtang：跳过 {page}：这是明堂写出的结果网页，不是年报"]
    # A second run may write it anew: it is none of the reports to be checked.
    assert "网页已写到" in mingtang("check", tmp_path, "--html", page)[1]


def test_a_link_to_a_pipe_in_a_folder_is_refused_not_waited_for(mingtang, tmp_path, good):
    os.mkfifo(tmp_path / "pipe")
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "a.html").symlink_to(good)
    (folder / "b.html").symlink_to(tmp_path / "pipe")
    status, out, err = mingtang("read", folder, "--jsonl")
    assert (status, len(out.splitlines())) == (2, 1)
    assert "不是普通文件" in err


def test_our_own_page_given_by_name_is_one_clear_line(mingtang, tmp_path, good):
    page = tmp_path / "结果.html"
    mingtang("check", good, "--html", page)
    status, out, err = mingtang("check", page)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "明堂写出的结果网页，不是年报" in err


def test_the_terminal_shows_tables_and_findings_of_one_file(mingtang, bad):
    status, out, _ = mingtang("check", bad)
    assert status == 1
    assert "自然" in out
    assert "≠ 矛盾" in out
    assert "\x1b" not in out


def test_several_files_end_with_a_table(mingtang, good, bad, empty):
    _, out, _ = mingtang("check", good, bad, empty)
    assert "共3个文件：" in out
    assert "── 第1个，共3个 ──" in out
    assert "空.html　读不了" in out.replace("\n", "")


def test_many_files_give_the_table_alone(mingtang, tmp_path):
    for number in range(12):
        (tmp_path / f"{number:02}.html").write_text(report(7), encoding="utf-8")
    assert "S303" not in mingtang("check", tmp_path)[1]
    assert "S303" in mingtang("check", tmp_path, "--verbose")[1]


def test_html_writes_the_page_beside_the_terminal(mingtang, tmp_path, good, bad, empty):
    out_file = tmp_path / "结果.html"
    status, out, _ = mingtang("check", good, bad, empty, "--html", out_file)
    text = out_file.read_text(encoding="utf-8")
    assert status == 2
    assert "网页已写到" in out
    assert "各份报告的发现" in text
    assert 'id="r1"' in text
    assert 'id="r2"' in text
    assert "空.html" in text
    assert [path.name for path in tmp_path.iterdir() if "draft" in path.name] == []


def test_a_page_that_cannot_be_written_is_said_first(mingtang, tmp_path, good):
    (tmp_path / "不是文件夹").write_text("1", encoding="utf-8")
    status, out, err = mingtang("check", good, "--html", tmp_path / "不是文件夹" / "a.html")
    assert (status, out) == (2, "")
    assert "写不了" in err


def test_the_folder_of_the_page_is_made(mingtang, tmp_path, good):
    page = tmp_path / "新" / "层" / "a.html"
    mingtang("check", good, "--html", page)
    assert "某局" in page.read_text(encoding="utf-8")


def with_a_bug(task, order, name):
    """Stand in for a rule that crashes on one of the files, in whatever process."""

    def broken(source):
        if source.name.endswith("甲.html"):
            raise ZeroDivisionError
        return whole(source)

    whole = reading.read
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "read", broken)
        return outcome(task, order, name)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_of_ours_shows_and_does_not_end_a_batch(
    mingtang, monkeypatch, good, bad, jobs
):
    monkeypatch.setattr(crew, "outcome", with_a_bug)
    status, out, err = mingtang("read", good, bad, "--jsonl", "--jobs", jobs)
    assert status == 70
    assert len(out.splitlines()) == 1
    assert "ZeroDivisionError" in err
    assert "明堂自身出错" in err
    status, _, err = mingtang("read", good, "--jsonl")
    assert status == 70
    assert "ZeroDivisionError" in err


def test_processes_change_nothing(mingtang):
    one = mingtang("check", SAMPLES, "--jsonl")
    two = mingtang("check", SAMPLES, "--jsonl", "--jobs", 2)
    assert one == two


def test_a_page_of_more_than_ten_draws_only_those_with_findings(mingtang, tmp_path):
    folder, page = tmp_path / "年报", tmp_path / "结果.html"
    folder.mkdir()
    clean = (SAMPLES / "suqian-2023.html").read_bytes()
    for number in range(11):
        (folder / f"{number}.html").write_bytes(clean)
    mingtang("check", folder, "--html", page)
    whole = page.stat().st_size
    (folder / "11.html").write_text(report(), encoding="utf-8")
    mingtang("check", folder, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert 'id="r12"' in text
    assert 'id="r1"' not in text
    assert "没有发现问题的 11 份只列在表里" in text
    (folder / "9.html").unlink()
    (folder / "10.html").unlink()
    mingtang("check", folder, "--html", page)
    assert 'id="r1"' in page.read_text(encoding="utf-8")
    assert page.stat().st_size > 3 * whole
