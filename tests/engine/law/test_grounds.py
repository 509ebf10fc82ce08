"""The list of results is closed, complete and in step with the printed form."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import yaml

from mingtang.law.grounds import Remedy, ground, grounds, remedy_for

FORM = Path(__file__).parents[3] / "src" / "mingtang" / "form" / "editions"
CODES = "G1 G2 P1 N1 N2 N3 N4 N5 N6 N7 N8 U1a U1b U2 U3 X1 X2 X3 X4 X5 O1 O2 O3"
DAY = date(2026, 3, 2)


def test_the_list_is_closed() -> None:
    assert [known.code for known in grounds()] == CODES.split()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_result_has_a_line_of_the_form_and_every_line_a_result(edition: str) -> None:
    text = (FORM / f"{edition}.yaml").read_text(encoding="utf-8")
    lines = {known.line_in(edition) for known in grounds()}
    assert len(lines) == (21 if edition == "2021" else 19)
    for line in lines:
        assert f"id: {line}," in text or f"id: {line}\n" in text or f"{line}:" in text
    assert yaml.safe_load(text)


@pytest.mark.shared
def test_the_lines_are_those_of_the_contract(shared: Path) -> None:
    with (shared / "contract" / "cells.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    not_results = {"received", "carried_in", "concluded", "carried_out"}
    for edition in ("2019", "2021"):
        cells = [
            row["cell_id"].split("/")
            for row in rows
            if row["edition"] == edition and row["cell_id"].startswith("requests/")
        ]
        lines = {line for _, line, _ in cells} - not_results
        assert {known.line_in(edition) for known in grounds()} == lines


def test_review_comes_first_exactly_for_articles_14_to_16() -> None:
    first = [known.code for known in grounds() if known.remedy is Remedy.RF]
    assert first == ["N1", "N2", "N3", "N4", "N5", "N6", "N7"]
    for known in grounds():
        articles = {source.article for source in known.citations}
        assert (known.remedy is Remedy.RF) == bool(articles & {14, 15, 16})


def test_a_result_that_some_hold_inadmissible_says_so() -> None:
    marked = {known.code for known in grounds() if known.plainly_inadmissible}
    assert marked == {"X1", "X2", "X3", "X5"}
    assert all(ground(code).unsettled for code in marked)


def test_an_unknown_result_or_edition_is_refused() -> None:
    with pytest.raises(KeyError, match="G1"):
        ground("Z9")
    with pytest.raises(KeyError, match="2014"):
        ground("G1").line_in("2014")


def test_mixed_parts_go_to_review_first() -> None:
    assert remedy_for("P1", DAY, ["U1a", "N6"]) is Remedy.RF
    assert remedy_for("P1", date(2023, 6, 1), ["N6"]) is Remedy.RS
