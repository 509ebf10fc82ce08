"""A report in one format, written in another: nothing overwritten, nothing added."""

from __future__ import annotations

import json

import pytest

import mingtang as engine
from tests.engine.cli.conftest import SAMPLES
from tests.trials.essence import essence

ZIYANG = str(SAMPLES / "ziyang-2024.txt")


@pytest.mark.parametrize("suffix", ["html", "md", "txt", "json"])
def test_what_is_converted_is_the_same_report(mingtang, tmp_path, suffix):
    target = tmp_path / "新" / f"年报.{suffix}"
    assert mingtang("convert", ZIYANG, str(target)) == (0, "", "")
    again, once = (engine.read(path).report for path in (target, ZIYANG))
    assert essence(again) == essence(once)


def test_csv_holds_every_cell_with_its_place(mingtang, tmp_path):
    target = tmp_path / "年报.csv"
    mingtang("convert", ZIYANG, str(target))
    head, *rows = target.read_text("utf-8-sig").splitlines()
    assert head.startswith("body,year,edition,cell")
    assert len(rows) == 200
    assert any(",requests/carried_in/person," in row and ",blank,," in row for row in rows)


def test_json_from_read_is_written_out(mingtang, tmp_path):
    facts, page = tmp_path / "facts.json", tmp_path / "年报.html"
    facts.write_text(mingtang("read", ZIYANG, "--json")[1], encoding="utf-8")
    assert mingtang("write", str(facts), str(page))[0] == 0
    assert essence(engine.read(page).report) == essence(engine.read(ZIYANG).report)


@pytest.mark.parametrize("verb", ["check", "write", "convert"])
@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"schema": 1,\n "body": "甲局" "year": 2024}', "第 2 行第 15 列读不通"),
        ('{"schema": 1,\n "cells": {', "第 2 行第 12 列读不通"),
        ("{schema: 1}", "第 1 行第 2 列读不通"),
        ('{"schema": 1}\n{"schema": 1}\n', "第 2 行第 1 列起是另一个对象"),
        ('{"schema": 1' + "0" * 5000 + "}", "长得读不了的数"),
        ('{"a":' * 100_000, "套得太深"),
        ('{"title": "年报"}', "“schema”不对"),
    ],
)
def test_a_broken_json_is_never_text_and_says_where(mingtang, tmp_path, verb, text, where):
    facts = tmp_path / "facts.json"
    facts.write_text(text, encoding="utf-8")
    out = [] if verb == "check" else [tmp_path / "年报.docx"]
    status, _, err = mingtang(verb, facts, *out)
    assert status == 2
    assert where in err
    assert err.count("\n") == 1


def test_a_damaged_json_says_where(mingtang, tmp_path):
    facts = tmp_path / "facts.json"
    told = json.loads(mingtang("read", ZIYANG, "--json")[1])
    told["cells"]["requests/received/person"]["value"] = "二十四"
    facts.write_text(json.dumps(told), encoding="utf-8")
    status, out, err = mingtang("write", str(facts), str(tmp_path / "a.html"))
    assert (status, out) == (2, "")
    assert "cells.requests/received/person.value" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("convert", ZIYANG, ZIYANG), "正是要读的报告"),
        (("convert", ZIYANG, "年报.xyz"), "看不出"),
        (("convert", ZIYANG, "年报.pages", "--to", "pages"), "可用"),
        (("convert", ZIYANG, "年报.pdf", "--to", "docx"), "结尾是 pdf 的，--to 却要 docx"),
        (("write", ZIYANG, "年报.html"), "不是明堂的 JSON"),
        (("convert", "没有.html", "年报.docx"), "没有这个文件"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(
    mingtang, tmp_path, monkeypatch, words, why
):
    monkeypatch.chdir(tmp_path)
    status, out, err = mingtang(*words)
    assert (status, out) == (2, "")
    assert why in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_kept_unless_told(mingtang, tmp_path):
    target = tmp_path / "年报.html"
    target.write_text("我的文件", encoding="utf-8")
    status, _, err = mingtang("convert", ZIYANG, str(target))
    assert (status, target.read_text("utf-8")) == (2, "我的文件")
    assert "没有覆盖" in err
    assert mingtang("convert", ZIYANG, str(target), "--force")[0] == 0
    assert "<table" in target.read_text("utf-8")


def test_what_could_not_be_read_is_said(mingtang, tmp_path, good):
    torn = tmp_path / "torn.txt"
    text = good.read_text("utf-8").replace("<td>0</td>", "", 1)
    torn.write_text(text, encoding="utf-8")
    status, _, err = mingtang("convert", str(torn), str(tmp_path / "a.docx"))
    assert status == 0
    assert "格读不出" in err


def test_a_character_that_no_font_has_is_one_clear_line(mingtang, tmp_path):
    given, target = tmp_path / "年报.md", tmp_path / "年报.pdf"
    given.write_text("# 某县档案局2024年工作年度报告\n\n负责人：王\U000f0000。\n", "utf-8")
    status, out, err = mingtang("convert", str(given), str(target))
    assert (status, out) == (2, "")
    assert "没有写出" in err.splitlines()[-1]
    assert "U+F0000" in err
    assert not target.exists()


def test_a_pdf_says_when_other_faces_stand_in(mingtang, tmp_path):
    status, out, err = mingtang("convert", ZIYANG, str(tmp_path / "年报.pdf"))
    assert (status, out) == (0, "")
    assert err == "" or ("别的字体代替" in err and "make fonts" in err)
