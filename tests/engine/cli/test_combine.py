"""``mingtang combine``: one year's reports added up, and what is missing told."""

from __future__ import annotations

import csv
import io
import json

import pytest

from mingtang.cli.batch import Wish
from mingtang.cli.collecting import Order, collected
from mingtang.cli.files import Found
from mingtang.cli.outcome import Task
from mingtang.writing.terminal import Look
from tests.engine.cli.conftest import report

ASKED = "requests/received/person"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the reports of two bureaus, three requests each."""
    made = tmp_path / "各局"
    made.mkdir()
    for body in ("某区甲局", "某区乙局"):
        (made / f"{body}.html").write_text(report(body=body), "utf-8")
    return made


@pytest.fixture
def bodies(tmp_path):
    made = tmp_path / "机关.csv"
    made.write_text("机关\n某区甲局\n某区乙局\n某区丙局\n", "utf-8")
    return made


def value(out: str, cell: str = ASKED):
    return json.loads(out)["cells"][cell]["value"]


def test_two_reports_are_added_up(mingtang, folder) -> None:
    status, out, _ = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (0, "6")


def test_a_person_reads_tables_and_what_is_not_whole(mingtang, folder) -> None:
    status, out, _ = mingtang("combine", folder)
    assert status == 0
    assert "2024年政府信息公开工作年度报告汇总" in out
    assert "一、本年新收" in out
    assert "计入 2 份报告：某区乙局、某区甲局。" in out


def test_a_body_that_is_missing_is_named_and_changes_the_status(
    mingtang, folder, bodies
) -> None:
    status, out, _ = mingtang("combine", folder, "--bodies", bodies)
    assert status == 1
    assert "缺 1 个机关的报告：某区丙局。" in out


def test_the_same_report_in_two_files_counts_once(mingtang, folder) -> None:
    (folder / "副本.html").write_text(report(body="某区甲局"), "utf-8")
    status, out, err = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (0, "6")
    assert "“某区甲局”有 2 份，数字相同，计一份" in err


def test_two_different_reports_of_one_body_are_both_left_out(mingtang, folder) -> None:
    (folder / "改过.html").write_text(report(total=9, body="某区甲局"), "utf-8")
    status, out, err = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (1, "3")
    assert "不知道该计哪一份，都没有计入" in err


def test_several_years_are_not_mixed(mingtang, folder) -> None:
    text = report(body="某区甲局").replace("2024", "2023")
    (folder / "上年.html").write_text(text, "utf-8")
    status, _, err = mingtang("combine", folder)
    assert status == 2
    assert "2023年1份、2024年2份" in err
    status, out, err = mingtang("combine", folder, "--year", "2024", "--json")
    assert (status, value(out)) == (0, "6")
    assert "另有 1 份是别的年度的" in err


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_added(
    mingtang, folder
) -> None:
    (folder / "坏.pdf").write_bytes(b"")
    status, out, err = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (2, "6")
    assert "坏.pdf" in err


def test_what_is_no_report_is_not_counted(mingtang, folder) -> None:
    (folder / "通知.html").write_text("<p>关于报送年度报告的通知</p>", "utf-8")
    status, out, err = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (0, "6")
    assert "通知.html：不像年报，没有计入" in err


def test_without_one_report_nothing_is_written(mingtang, folder, tmp_path) -> None:
    status, _, err = mingtang(
        "combine", folder, "--year", "2019", "--csv", tmp_path / "空.csv"
    )
    assert status == 2
    assert "没有一份报告可以汇总" in err
    assert not (tmp_path / "空.csv").exists()


def test_csv_is_a_row_a_cell_and_spares_what_stands_there(
    mingtang, folder, tmp_path
) -> None:
    out = tmp_path / "合计.csv"
    assert mingtang("combine", folder, "--csv", out)[0] == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert next(row["value"] for row in rows if row["cell"] == ASKED) == "6"
    before = out.read_bytes()
    status, _, err = mingtang("combine", folder, "--csv", out)
    assert status == 2
    assert "已经存在，没有覆盖" in err
    assert out.read_bytes() == before
    assert mingtang("combine", folder, "--csv", out, "--force")[0] == 0


def test_the_page_is_ours_and_is_no_report(mingtang, folder) -> None:
    page = folder / "汇总.html"
    assert mingtang("combine", folder, "--html", page)[0] == 0
    assert "<h1>" in page.read_text("utf-8")
    status, out, err = mingtang("combine", folder, "--json")
    assert (status, value(out)) == (0, "6")
    assert "跳过" in err


def test_what_was_read_is_not_read_again(mingtang, folder, tmp_path) -> None:
    lines = tmp_path / "已读.jsonl"
    assert mingtang("combine", folder, "--resume", lines, "--json")[0] == 0
    (folder / "丙.html").write_text(report(body="某区丙局"), "utf-8")
    status, out, err = mingtang("combine", folder, "--resume", lines, "--json")
    assert (status, value(out)) == (0, "9")
    assert "跳过上次已有的 2 个，这次写入 1 个" in err


def test_lines_of_files_not_given_now_are_not_added(mingtang, folder, tmp_path) -> None:
    lines = tmp_path / "已读.jsonl"
    assert mingtang("read", folder, "--jsonl", "--resume", lines)[0] in (0, 1)
    one = folder / "某区甲局.html"
    status, out, _ = mingtang("combine", one, "--resume", lines, "--json")
    assert (status, value(out)) == (0, "3")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("机关\n甲\n甲\n".encode(), "写了两次"),
        ("机关\n甲\n".encode("gb18030"), "不是 UTF-8"),
        (None, "读不了机关名单"),
    ],
)
def test_a_list_that_is_wrong_is_refused_before_anything_is_read(
    mingtang, folder, tmp_path, content, why
) -> None:
    bodies = tmp_path / "名单.csv"
    if content is not None:
        bodies.write_bytes(content)
    status, out, err = mingtang("combine", folder, "--bodies", bodies)
    assert (status, out) == (2, "")
    assert why in err


def test_standard_input_is_no_folder(mingtang) -> None:
    status, _, err = mingtang("combine", "-")
    assert status == 2
    assert "不能是标准输入" in err


def test_part_of_the_reports_is_no_total() -> None:
    wish = Wish(("甲.html",), Task("read", ()), "combined")
    order = Order(None, None, "text", "-", Look())
    sink = collected(order, wish, Found(("甲.html",)))
    assert "没有汇总" in sink.stop()


def test_two_processes_give_the_same(mingtang, folder) -> None:
    one = mingtang("combine", folder, "--json")
    assert mingtang("combine", folder, "--json", "--jobs", "2") == one
