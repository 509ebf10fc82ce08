"""JSON says what the contract says, in its order, and no more than is printed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from mingtang.reading import read
from mingtang.report import Fact, State
from mingtang.writing.objects import as_json, as_object, decimal
from tests.engine.writing.samples import clean_sheet, faulty_sheet, foreign_sheet


@pytest.fixture
def printed():
    return json.loads(as_json(faulty_sheet()))


def test_the_keys_stand_in_the_contracts_order(printed):
    assert list(printed) == [
        "schema",
        "command",
        "source",
        "is_report",
        "body",
        "year",
        "edition",
        "signed_on",
        "title",
        "preface",
        "cells",
        "sections",
        "rest",
        "signature",
        "claims",
        "findings",
    ]
    assert printed["schema"] == 1
    assert printed["source"] == {
        "name": "某局2024.html",
        "sha256": "ab" * 32,
        "kind": "html",
    }
    assert printed["signed_on"] == "2025-02-17"


def test_every_cell_of_the_edition_is_listed(printed):
    assert len(printed["cells"]) == 200


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("requests/received/person", {"state": "number", "value": "3", "raw": "3"}),
        ("requests/carried_in/person", {"state": "blank", "raw": ""}),
        ("disputes/review/upheld", {"state": "not_applicable", "raw": "/"}),
        ("disputes/review/corrected", {"state": "unreadable", "raw": "1 2"}),
        (
            "disclosure/administrative_fees/amount",
            {"state": "number", "value": "251000", "unit": "元", "raw": "251000元"},
        ),
    ],
)
def test_a_cell_says_its_state_and_only_a_number_has_a_value(printed, cell, said):
    found = printed["cells"][cell]
    assert found.pop("place")["table"] >= 1
    assert found == said
    assert list(found) == list(said)


def test_an_absent_cell_has_no_place(printed):
    assert printed["cells"]["disputes/review/other"] == {
        "state": "absent",
        "raw": "",
        "place": {},
    }


def test_decimals_are_strings_without_exponent():
    assert decimal(Decimal("1E+7")) == "10000000"
    assert decimal(Decimal("0.10")) == "0.10"
    assert decimal(-4) == "-4"


def test_claims_are_intervals_of_strings(printed):
    (claim,) = printed["claims"]
    assert (claim["low"], claim["high"], claim["unit"]) == ("0", "0", "件")


def test_sections_carry_number_heading_words_and_place(printed):
    first = printed["sections"][0]
    assert [paragraph["number"] for paragraph in first.pop("paragraphs")] == [3, 4]
    assert first == {
        "number": 1,
        "heading": "一、总体情况",
        "ordinal": 1,
        "standard": True,
        "place": {"paragraph": 2},
    }


def test_without_an_edition_there_are_no_cells():
    sheet = clean_sheet()
    report = sheet.report._replace(edition=None, facts={})
    assert as_object(sheet._replace(report=report))["cells"] == {}
    assert as_object(sheet._replace(report=report))["edition"] is None
    old = as_object(sheet._replace(report=report._replace(old_sheet=True)))
    assert old["edition"] == "2014"


def test_one_line_is_one_line_and_lone_surrogates_are_escaped():
    sheet = faulty_sheet("坏\ud800名\n.txt")
    line = as_json(sheet)
    assert "\n" not in line
    assert json.loads(line.encode())["source"]["name"] == "坏\ud800名\n.txt"
    assert "某局" in as_json(faulty_sheet())


def test_a_not_assessed_finding_says_so(printed):
    assert [f["assessed"] for f in printed["findings"]].count(False) == 1


def test_a_decimal_value_keeps_its_printed_places():
    sheet = clean_sheet()
    cell = "disclosure/administrative_fees/amount"
    fact = Fact(cell, State.NUMBER, Decimal("1139.80"), "1139.80万", None, "万")
    report = sheet.report._replace(facts={**sheet.report.facts, cell: fact})
    said = as_object(sheet._replace(report=report))["cells"][cell]
    assert list(said) == ["state", "value", "unit", "raw", "place"]
    assert said["value"] == "1139.80"


def test_a_file_that_is_no_report_is_told_from_a_bad_report(printed):
    assert printed["is_report"] is True
    assert as_object(foreign_sheet())["is_report"] is False


def test_a_line_says_which_command_wrote_it(printed):
    assert printed["command"] == "check"
    assert as_object(faulty_sheet()._replace(command="read"))["command"] == "read"


def test_a_cell_recognised_in_a_picture_says_how_sure_it_is(printed):
    cell = "disclosure/administrative_fees/amount"
    sheet = clean_sheet()
    for sure in (0.973, 0.0):
        fact = Fact(cell, State.UNREADABLE, None, "8", None, None, "图上看不清", sure)
        report = sheet.report._replace(facts={**sheet.report.facts, cell: fact})
        said = as_object(sheet._replace(report=report))["cells"][cell]
        assert said["confidence"] == sure
    assert not any("confidence" in said for said in printed["cells"].values())


def test_how_sure_a_cell_is_comes_back_from_what_was_written():
    cell = "disclosure/administrative_fees/amount"
    sheet = clean_sheet()
    fact = Fact(cell, State.NUMBER, 8, "8", None, None, "", 0.973)
    report = sheet.report._replace(facts={**sheet.report.facts, cell: fact})
    again = read(as_json(sheet._replace(report=report)).encode()).report.facts
    assert again[cell].confidence == 0.973
    assert {each.confidence for name, each in again.items() if name != cell} == {None}
