"""``check --mark``: where marked copies go, and what they never overwrite."""

from __future__ import annotations

import json

import pytest

from mingtang import write
from tests.builders import report
from tests.engine.cli.conftest import report as page
from tests.trials.notes import notes

FAULTY = report(cells={"requests/received/person": "3"})


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "甲.docx"
    path.write_bytes(write(FAULTY, "docx"))
    return path


def test_one_file_is_marked_beside_what_the_terminal_says(mingtang, word, tmp_path):
    out = tmp_path / "新" / "标过.docx"
    plain = mingtang("check", word)
    status, said, err = mingtang("check", word, "--mark", out)
    assert (status, said) == plain[:2]
    assert err == f"mingtang：{word}：2 处发现已标在 {out}\n"
    assert any("S303" in each.text for each in notes(out.read_bytes(), "docx"))


def test_the_object_of_the_contract_is_not_disturbed(mingtang, word, tmp_path):
    status, said, _ = mingtang("check", word, "--json", "--mark", tmp_path / "a.docx")
    assert status == 1
    assert json.loads(said)["findings"]


def test_a_file_without_findings_is_copied_as_it_is(mingtang, tmp_path):
    good, out = tmp_path / "好.xlsx", tmp_path / "标过.xlsx"
    good.write_bytes(write(report(), "xlsx"))
    status, _, err = mingtang("check", good, "--mark", out)
    assert status == 0
    assert "没有要标的发现，照原样写到" in err
    assert out.read_bytes() == good.read_bytes()


def test_the_original_is_never_written_over(mingtang, word):
    before = word.read_bytes()
    for force in ((), ("--force",)):
        status, _, err = mingtang("check", word, "--mark", word, *force)
        assert status == 2
        assert "正是要读的报告" in err
    assert word.read_bytes() == before


def test_a_file_that_stands_there_is_kept_unless_told(mingtang, word, tmp_path):
    out = tmp_path / "手改过.docx"
    out.write_bytes(b"mine")
    status, said, err = mingtang("check", word, "--mark", out)
    assert (status, said) == (2, "")
    assert "没有覆盖" in err
    assert out.read_bytes() == b"mine"
    assert mingtang("check", word, "--mark", out, "--force")[0] == 1
    assert out.read_bytes().startswith(b"PK")


def test_a_format_that_takes_no_notes_gives_status_two(mingtang, bad, tmp_path):
    status, said, err = mingtang("check", bad, "--mark", tmp_path / "标过.html")
    assert status == 2
    assert "合计" in said
    assert "这是网页，里面放不进批注" in err
    assert not (tmp_path / "标过.html").exists()


def test_a_copy_keeps_the_ending_of_its_format(mingtang, word, tmp_path):
    status, _, err = mingtang("check", word, "--mark", tmp_path / "标过.pdf")
    assert status == 2
    assert "请让它以 .docx 结尾" in err
    assert not (tmp_path / "标过.pdf").exists()


def test_several_files_go_to_a_folder_by_their_names(mingtang, word, tmp_path):
    other = tmp_path / "乙.pdf"
    other.write_bytes(write(FAULTY, "pdf"))
    out = tmp_path / "标过"
    status, _, err = mingtang("check", word, other, "--mark", out, "--jobs", 2)
    assert status == 1
    assert sorted(each.name for each in out.iterdir()) == ["乙.pdf", "甲.docx"]
    assert err.count("处发现已标在") == 2


def test_files_of_one_name_keep_their_folders(mingtang, tmp_path):
    for body in ("甲局", "乙局"):
        (tmp_path / "各局" / body).mkdir(parents=True)
        (tmp_path / "各局" / body / "年报.docx").write_bytes(write(FAULTY, "docx"))
    out = tmp_path / "标过"
    assert mingtang("check", tmp_path / "各局", "--mark", out)[0] == 1
    found = sorted(each.relative_to(out).as_posix() for each in out.rglob("*.docx"))
    assert found == ["乙局/年报.docx", "甲局/年报.docx"]


def test_one_that_cannot_be_marked_does_not_stop_the_others(mingtang, word, tmp_path):
    assert word.parent == tmp_path
    (tmp_path / "网页.html").write_text(page(total=7), "utf-8")
    out = tmp_path.parent / f"{tmp_path.name}-标过"
    status, *_ = mingtang("check", tmp_path, "--mark", out)
    assert status == 2
    assert [each.name for each in out.iterdir()] == ["甲.docx"]


def test_copies_never_go_where_the_next_run_would_read_them(mingtang, word, tmp_path):
    assert word.parent == tmp_path
    status, _, err = mingtang("check", tmp_path, "--mark", tmp_path / "标过")
    assert status == 2
    assert "在要检查的文件夹" in err
    assert not (tmp_path / "标过").exists()


def test_a_folder_is_not_mistaken_for_a_file_nor_the_other_way(mingtang, word, tmp_path):
    assert mingtang("check", word, "--mark", tmp_path / "夹" / "")[0] == 2
    (tmp_path / "夹").mkdir()
    assert mingtang("check", word, "--mark", tmp_path / "夹")[0] == 1
    assert (tmp_path / "夹" / "甲.docx").exists()
    other = tmp_path / "乙.docx"
    other.write_bytes(word.read_bytes())
    status, _, err = mingtang("check", word, other, "--mark", tmp_path / "夹" / "甲.docx")
    assert status == 2
    assert "请写一个文件夹" in err


def test_standard_output_is_no_place_for_a_copy(mingtang, word):
    status, _, err = mingtang("check", word, "--mark", "-")
    assert status == 2
    assert "不能是标准输出" in err


def test_a_resumed_run_marks_what_it_does_and_names_the_rest(mingtang, word, tmp_path):
    lines, out = tmp_path / "全部.jsonl", tmp_path / "标过"
    assert mingtang("check", word, "--jsonl", "--resume", lines)[0] == 1
    other = tmp_path / "乙.docx"
    other.write_bytes(word.read_bytes())
    words = ("--jsonl", "--resume", lines, "--mark", out)
    status, _, err = mingtang("check", word, other, *words)
    assert status == 1
    assert [each.name for each in out.iterdir()] == ["乙.docx"]
    assert "1 个没有标注过的副本" in err
