"""A season's roll-up says the same in every form: page, HTML, workbook, JSON, CSV, ZIP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.urls import reverse

from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.models import Annual
from mingtang_web.annual.waiving import waive
from mingtang_web.collecting import deciding
from tests.builders import SECTIONS
from tests.web.annual.reports import JANUARY
from tests.web.annual.reports import by as at_desk
from tests.web.cases.requests import at
from tests.web.collecting.seasons import ASKED, SURE, asked, by, paper
from tests.web.collecting.test_standing import (
    OFFICE,
    WATER,
    WRONG,
    Desk,
    adjusted_and_waived,
    seat,
    waived,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADJUSTED, LEFT = "窗口漏登一件纸质申请", "附件的条数正在核对补录"
RECEIVED = "requests/received/person"
SAID = (
    *SECTIONS[:5],
    "六、其他需要报告的事项\n发出收费通知2件，总金额80元，实际收取40元。",
)
SILENT = (*SECTIONS[:5], "六、其他需要报告的事项\n无。")


@pytest.fixture
def world(tmp_path: Path, settings, db: None) -> Iterator[Desk]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(JANUARY):
        made = Desk()
        made.published(adjusted_and_waived(made))  # a fee of 380 yuan in its ledger
        made.arrived()
        row = made.handed(made.water, paper(WATER, sections=SAID, **WRONG))
        deciding.accept(row, by(made.supervisor, row.member, SURE))
        made.accepted(made.office, paper(OFFICE, sections=SILENT, **asked(4)))
        yield made


def given(world: Desk, name: str) -> bytes:
    place = reverse("season_file", args=[world.season.pk, name])
    answer = seat(world.supervisor).get(place)
    assert answer.status_code == 200
    return answer.content


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_json_and_csv_hold_the_same_cells_and_fees(world):
    said = json.loads(given(world, "totals.json"))
    rows = {row["cell"]: row for row in table(given(world, "totals.csv"))}
    fees = {f"fees/{name}": each for name, each in said["fees"].items()}
    assert rows.keys() == {*said["cells"], *fees}
    for cell, each in (said["cells"] | fees).items():
        row = rows[cell]
        assert (row["value"] or None) == each["value"], cell
        assert (int(row["given"]), int(row["reports"])) == (each["given"], each["reports"])
        assert row["lacking"] == "、".join(one["body"] for one in each["lacking"])
    assert rows["fees/asked"]["value"] == "460"
    assert rows["fees/asked"]["lacking"] == OFFICE
    assert (rows["fees/notices"]["given"], rows["fees/notices"]["reports"]) == ("2", "3")


def test_every_form_says_the_same_numbers(world):
    rows = {row["cell"]: row for row in table(given(world, "totals.csv"))}
    book = openpyxl.load_workbook(io.BytesIO(given(world, "totals.xlsx")))
    assert book.sheetnames == ["汇总", "各机关", "附记"]
    whole = {line[:3]: line[3] for line in book["各机关"].iter_rows(values_only=True)}
    for cell, row in rows.items():
        if not cell.startswith("fees/"):
            number = whole[row["table"], row["line"], row["column"]]
            assert str("" if number is None else number) == row["value"], cell
    page = seat(world.supervisor).get(reverse("season_totals", args=[world.season.pk])).text
    flat = [str(each.value) for line in book["汇总"] for each in line if each.value]
    html = given(world, "totals.html").decode()
    for words in ("460*", "3*", "40*", "2/3"):
        assert all(words in each for each in (page, html, flat)), words
    assert rows[ASKED]["value"] in flat


def test_every_form_names_whose_section_six_says_another_fee_than_its_ledger(world):
    said = json.loads(given(world, "totals.json"))["remarks"]
    assert not [each for each in said if each["kind"] == "fees_differ"]
    annual = Annual.objects.get(body=world.housing)
    reviewing.withdraw(annual, at_desk(world.approver, annual, "收费金额写错"))
    annual.refresh_from_db()
    again = reviewing.correct(annual, at_desk(world.approver, annual, "收费金额写错"))
    last = again.wordings.get(section=6)
    text = last.text.replace("总金额380元", "总金额385元")
    actions.word(again, 6, text, last.number, at_desk(world.clerk, again))
    again.refresh_from_db()
    for each in draft(again, JANUARY).blocking:
        assert each.rule.code == "Y102"
        doing = at_desk(world.clerk, again)
        again = waive(again, each.fingerprint, "按通知书原件，台账少记五元", doing)
    world.published(waived(world, again))
    world.arrived()
    [told] = [
        each
        for each in json.loads(given(world, "totals.json"))["remarks"]
        if each["kind"] == "fees_differ"
    ]
    assert (told["body"], told["subject"]) == (str(world.housing.name), "fees/asked")
    assert (told["value"], told["reason"]) == ("380", "385")
    page = seat(world.supervisor).get(reverse("season_totals", args=[world.season.pk])).text
    html = given(world, "totals.html").decode()
    book = openpyxl.load_workbook(io.BytesIO(given(world, "totals.xlsx")))
    flat = [str(each.value) for line in book["汇总"] for each in line if each.value]
    for words in ("收费与台账不一致的报告", "385", "380"):
        assert all(words in each for each in (page, html, flat)), words
    assert "385" in given(world, "remarks.csv").decode()


def test_every_form_names_open_findings_adjustments_and_what_was_left(world):
    said = json.loads(given(world, "totals.json"))["remarks"]
    found = {(each["kind"], each["body"], each["subject"]): each for each in said}
    broken = found["open", WATER, "S303"]
    assert (broken["reason"], int(broken["value"]) > 0) == (SURE, True)
    housing = str(world.housing.name)
    assert found["adjusted", housing, RECEIVED]["value"] == "1"
    assert found["adjusted", housing, RECEIVED]["reason"] == ADJUSTED
    assert found["waived", housing, "F310"]["reason"] == LEFT
    rows = table(given(world, "remarks.csv"))
    beside = [row for row in rows if row["kind"] in {"open", "adjusted", "waived", "sums"}]
    assert [{k: v for k, v in row.items() if k != "year"} for row in beside] == said
    assert {row["body"] for row in rows if row["kind"] == "counted"} == {
        housing, WATER, OFFICE,
    }  # fmt: skip
    assert [row["body"] for row in rows if row["kind"] == "missing"] == [
        "西山区清河镇人民政府"
    ]
    book = openpyxl.load_workbook(io.BytesIO(given(world, "totals.xlsx")))
    flat = [str(each.value) for line in book["汇总"] for each in line if each.value]
    sheet = list(book["附记"].iter_rows(min_row=2, values_only=True))
    assert len(sheet) == len(rows)
    place = reverse("season_totals", args=[world.season.pk])
    page = seat(world.supervisor).get(place).text
    html = given(world, "totals.html").decode()
    bulletin = given(world, "bulletin.html").decode()
    for each in said:
        named = "label" if each["kind"] == "adjusted" else "subject"
        for words in (each["body"], each[named], each["reason"]):
            assert all(words in text for text in (page, html, bulletin)), words
            assert words in flat, words
            assert any(words in line for line in sheet), words


def test_the_zip_holds_totals_and_remarks_as_they_go_out_alone(world):
    with zipfile.ZipFile(io.BytesIO(given(world, "reports.zip"))) as pack:
        for path, name in (
            ("合计.csv", "totals.csv"),
            ("合计.json", "totals.json"),
            ("附记.csv", "remarks.csv"),
        ):
            assert pack.read(path) == given(world, name)


def test_words_that_a_spreadsheet_would_run_are_only_shown(world):
    row = world.handed(world.township, paper("西山区清河镇人民政府", **WRONG))
    why = "=HYPERLINK(1) 来函说明了原因"
    deciding.accept(row, by(world.supervisor, row.member, why))
    reasons = {each["reason"] for each in table(given(world, "remarks.csv"))}
    assert f"'{why}" in reasons
