"""The law at a terminal: days with their working, fees with theirs."""

from __future__ import annotations

import json

import pytest

from mingtang.form.loading import editions
from mingtang.law import grounds, parameters
from tests.engine.cli.conftest import SAMPLES


def test_a_due_date_is_worked_out_day_by_day(mingtang):
    status, out, _ = mingtang("law", "due", "2026-09-18", "--term", "answer")
    lines = out.splitlines()
    assert status == 0
    assert lines[1] == "起算日 2026-09-18，到期日 2026-10-22（星期四）"
    worked = [line for line in lines if line.startswith("  20")]
    assert worked[-1].startswith("  2026-10-22  20")
    assert "计第20个工作日" in worked[-1]
    assert "起算当日，不计入" in out
    assert "国庆节放假" in out


def test_a_pause_moves_the_day(mingtang):
    plain = mingtang("law", "due", "2026-09-18", "--brief")[1].splitlines()[1]
    words = ("law", "due", "2026-09-18", "--pause", "2026-10-08:2026-10-20")
    paused = mingtang(*words)[1]
    assert paused.splitlines()[1] > plain
    assert "征求意见期间，不计入" in paused


def test_an_open_point_says_what_was_taken_why_and_how_to_change_it(mingtang):
    plain = mingtang("law", "due", "2026-09-18", "--brief")[1]
    assert "待确认：以工作日计的期限，开始的当日是否计入" in plain
    assert "本次：不计入，自次日起算（--start-day excluded）" in plain
    assert "原因：条例自身没有明文，系类推" in plain
    assert "要改：加 --start-day included" in plain
    changed = mingtang("law", "due", "2026-09-18", "--start-day", "included")[1]
    assert "到期日 2026-10-21（星期三）" in changed
    assert "  2026-09-18   1　星期五" in changed
    assert "要改：加 --start-day excluded" in changed


def test_a_term_in_days_may_end_on_a_day_off(mingtang):
    words = ("law", "due", "2026-08-03", "--term", "review_application", "--last-day")
    assert "到期日 2026-10-02（星期五）" in mingtang(*words, "same_day")[1]
    assert "到期日 2026-10-08（星期四）" in mingtang(*words, "next_working_day")[1]


@pytest.mark.parametrize(
    ("term", "flag", "choice"),
    [
        ("review_application", "--start-day", "included"),
        ("answer", "--last-day", "same_day"),
    ],
)
def test_an_open_point_of_other_terms_is_refused(mingtang, term, flag, choice):
    status, out, err = mingtang("law", "due", "2026-08-03", "--term", term, flag, choice)
    assert (status, out) == (2, "")
    assert f"{flag} 只用于" in err


def test_an_unverified_value_names_its_file(mingtang):
    out = mingtang("law", "due", "2026-03-18", "--term", "interpretation", "--brief")[1]
    assert "本次：3个工作日（2016-11-10起，国办发〔2016〕80号）" in out
    assert "改 src/mingtang/law/parameters/deadlines.yaml 里的 interpretation" in out
    fee = mingtang("law", "fee", "--items", "35")[1]
    assert "待确认：按件计收" in fee
    assert "本次：第1至10件不收费；第11至30件每件100元；" in fee
    assert "改 src/mingtang/law/parameters/fees.yaml 里的 fee_by_items" in fee


def test_december_waits_for_the_next_notice(mingtang):
    out = mingtang("law", "due", "2026-11-20", "--brief")[1]
    assert "待确认：2026年12月的放假和调休" in out
    assert "2027年的放假安排尚未见到" in out
    assert "12月的放假" not in mingtang("law", "due", "2026-09-18", "--brief")[1]


@pytest.mark.parametrize("file", sorted({known.file for known in parameters()}))
def test_the_file_that_is_named_is_there(file):
    assert (SAMPLES.parent / "src" / "mingtang" / file).is_file()


def test_an_extension_is_said_with_its_article(mingtang):
    out = mingtang("law", "due", "2026-03-02", "--extend", "20")[1]
    assert "到期日 2026-04-28" in out
    assert "延长 20 个工作日：政府信息公开条例（2019年修订）第三十三条第二款" in out


def test_a_term_in_days_has_no_working_days(mingtang):
    out = mingtang("law", "due", "2026-08-03", "--term", "review_application")[1]
    assert "到期日 2026-10-08" in out
    assert "工作日，计" not in out


@pytest.mark.parametrize(
    ("words", "total"), [(("--items", "35"), 3000), (("--pages", "150"), 1700)]
)
def test_a_fee_shows_its_bands(mingtang, words, total):
    out = mingtang("law", "fee", *words)[1]
    assert f"，{total} 元" in out
    assert "不收费" in out
    assert "国办函〔2020〕109号" in out


def test_all_parameters_are_listed_with_their_articles(mingtang):
    out = mingtang("law")[1]
    for known in parameters():
        assert known.id in out
        assert all(value.cite in out for value in known.values)


def test_all_grounds_are_listed(mingtang):
    out = mingtang("law", "grounds")[1]
    assert "表三：（一）予以公开　依据：" in out
    assert "requests/" not in out
    assert all(one.title in out for one in grounds())


def test_holidays_name_days_and_notice(mingtang):
    out = mingtang("law", "holidays", "2026")[1]
    assert "国庆节：放假 10月1日至10月7日" in out
    assert "调休上班" in out
    assert "国务院办公厅关于2026年部分节假日安排的通知" in out
    assert "2026" in mingtang("law", "holidays")[1]


def test_the_form_lists_every_cell_and_sum(mingtang):
    for edition in editions():
        out = mingtang("form", edition.id)[1]
        assert all(cell in out for cell in edition.cell_ids())
        assert all(identity.code in out for identity in edition.sums)
        assert f"表三　{edition.table('requests').title}" in out
        said = json.loads(mingtang("form", edition.id, "--json")[1])
        assert [cell["cell"] for cell in said["cells"]] == list(edition.cell_ids())


@pytest.mark.parametrize(("year", "known"), [("2024", "2021"), ("2020", "2019")])
def test_a_reporting_year_shows_the_edition_it_must_use(mingtang, year, known):
    status, out, _ = mingtang("form", year)
    assert status == 0
    assert out.startswith(f"{year}年度用{known}年版：\n{known}")
    assert out.endswith(mingtang("form", known)[1])
    assert json.loads(mingtang("form", year, "--json")[1])["edition"] == known


@pytest.mark.parametrize("name", ["2018", "1999", "99999", "二〇二四"])
def test_a_year_without_an_edition_is_a_wrong_call(mingtang, name):
    status, _, err = mingtang("form", name)
    assert (status, err.count("\n")) == (2, 1)
    assert "2021、2019，或 2019 以后的报告年度" in err


def test_a_year_names_its_edition(mingtang):
    assert mingtang("form", "--year", "2023")[1].startswith("2023年度的报告须用：\n2021")
    assert mingtang("form", "--year", "2020")[1].startswith("2020年度的报告须用：\n2019")
    assert json.loads(mingtang("form", "--year", "2020", "--json")[1])["edition"] == "2019"
    assert len(json.loads(mingtang("form", "--json")[1])) == 2


def test_a_rule_has_its_page(mingtang):
    out = mingtang("rule", "S303")[1]
    assert out.startswith("S303 row-total-differs")
    assert "何时不算错" in out
    assert mingtang("rule", "row-total-differs")[1] == out
    assert json.loads(mingtang("rule", "S303", "--json")[1])["weight"] == "contradiction"


def test_all_rules_are_listed(mingtang):
    out = mingtang("rule")[1]
    said = json.loads(mingtang("rule", "--json")[1])
    assert all(one["code"] in out and one["title"] in out for one in said)
    assert f"共 {len(said)} 条" in out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("due", "2026-02-30"), "没有“2026-02-30”这一天"),
        (("due", "20260918"), "日期要写成 2026-09-18 的样子"),
        (("due", "2026-W38-5"), "日期要写成 2026-09-18 的样子"),
        (("fee", "--items", "9" * 20), "数太大"),
        (("fee", "--items", "-3"), "要写 0 以上的整数"),
        (("due", "2026-09-18", "--term", "extension"), "--extend"),
        (("due", "2026-09-18", "--pause", "2026-08-01:2026-08-05"), "不在期限之内"),
        (("due", "2026-09-18", "--pause", "2026-12-01:2026-12-05"), "不在期限之内"),
    ],
)
def test_what_is_wrong_with_an_argument_is_said_as_it_is(mingtang, words, why):
    status, out, err = mingtang("law", *words)
    assert (status, out) == (2, "")
    assert why in err
    assert len(err.splitlines()) == 1


def test_a_year_whose_end_may_change_says_so(mingtang):
    assert "待确认" in mingtang("law", "holidays", "2026")[1]
    assert "待确认" not in mingtang("law", "holidays", "2024")[1]
