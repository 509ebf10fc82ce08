from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mingtang.form import loading
from mingtang.form.loading import (
    FormError,
    NoEditionError,
    edition,
    edition_for,
    editions,
    sum_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang.form.edition import Edition

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT / "tests" / "golden" / "form" / "cells.tsv"
NUMERALS = "〇一二三四五六"
each_edition = pytest.mark.parametrize("made", editions(), ids=lambda made: made.id)


def gold(name: str) -> list[dict[str, str]]:
    rows = csv.DictReader(GOLD.read_text("utf-8").splitlines(), delimiter="\t")
    return [row for row in rows if row["edition"] == name]


class TestCells:
    @each_edition
    def test_ids_and_labels_are_the_contract_s_in_its_order(self, made: Edition) -> None:
        printed = [
            {
                "edition": made.id,
                "cell_id": cell,
                "section": NUMERALS[table.section],
                "line_label": line.full_label,
                "column_label": column.label,
            }
            for table in made.tables
            for cell, _, line, column in table.cells()
        ]
        assert printed == gold(made.id)

    @pytest.mark.shared
    def test_the_golden_copy_is_the_contract(self, shared: Path) -> None:
        contract = (shared / "contract" / "cells.tsv").read_text("utf-8")
        assert GOLD.read_text("utf-8") == contract

    def test_the_editions_have_200_and_198_cells(self) -> None:
        assert [len(made.cell_ids()) for made in editions()] == [200, 198]

    @each_edition
    def test_a_cell_names_its_line_and_column(self, made: Edition) -> None:
        assert made.cell_label("requests/concluded/person") == "（七）总计·自然人"
        with pytest.raises(KeyError):
            made.cell_label("requests/concluded/nobody")
        with pytest.raises(KeyError):
            made.table("nothing")

    @each_edition
    def test_no_two_lines_of_a_table_have_the_same_id(self, made: Edition) -> None:
        for table in made.tables:
            lines = [line.id for block in table.blocks for line in block.lines]
            assert len(lines) == len(set(lines))


class TestSections:
    @each_edition
    def test_there_are_six_in_order_with_their_numerals(self, made: Edition) -> None:
        assert [part.number for part in made.sections] == [1, 2, 3, 4, 5, 6]
        for part in made.sections:
            assert part.heading.startswith(f"{NUMERALS[part.number]}、")
            assert all(token in part.heading for token in part.tokens)


class TestSums:
    @each_edition
    def test_every_request_cell_stands_in_a_sum(self, made: Edition) -> None:
        summed = set(cells_in_sums(made))
        wanted = {cell for cell in made.cell_ids() if not cell.startswith("disclosure/")}
        assert summed == wanted

    @each_edition
    def test_a_sum_is_asked_of_every_line_or_column(self, made: Edition) -> None:
        counted = {
            identity.code: len(list(identity.instances(made.table(identity.table))))
            for identity in made.sums
        }
        assert counted == {
            "S301": 7,
            "S302": 7,
            "S303": 25 if made.id == "2021" else 23,
            "S401": 3,
        }

    @each_edition
    def test_no_term_stands_on_both_sides(self, made: Edition) -> None:
        for identity in made.sums:
            assert not set(identity.left) & set(identity.right)

    def test_every_sum_has_a_page_that_explains_it(self) -> None:
        codes = {identity.code for made in editions() for identity in made.sums}
        assert codes == set(sum_words())


class TestYears:
    @pytest.mark.parametrize(
        ("year", "name"),
        [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021"), (2035, "2021")],
    )
    def test_a_year_has_one_edition(self, year: int, name: str) -> None:
        assert edition_for(year).id == name
        assert [made.id for made in editions() if made.covers(year)] == [name]

    @pytest.mark.parametrize("year", [2008, 2018])
    def test_the_years_before_have_none(self, year: int) -> None:
        with pytest.raises(NoEditionError, match=str(year)):
            edition_for(year)

    def test_an_unknown_edition_says_where_to_add_it(self) -> None:
        with pytest.raises(NoEditionError, match=r"docs/how-to/add-an-edition\.md"):
            edition("2008")
        assert (ROOT / "docs" / "how-to" / "add-an-edition.md").is_file()


class TestBrokenData:
    """Our own mistakes are raised when the data is loaded, never read as a report's."""

    def spoil(self, change: Callable[[dict[str, Any]], object], where: Path) -> Edition:
        source = Path(loading.__file__).parent / "editions" / "2021.yaml"
        data = yaml.safe_load(source.read_text("utf-8"))
        change(data)
        (where / "editions").mkdir()
        (where / "editions" / "spoilt.yaml").write_text(
            yaml.safe_dump(data, allow_unicode=True), "utf-8"
        )
        return loading.edition("spoilt")

    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        sum_words()  # the words stay those of the project
        monkeypatch.setattr(loading, "_HERE", tmp_path)
        yield tmp_path
        edition.cache_clear()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda data: data["sums"][0]["left"].append("gone"), "no cell requests/gone/"),
            (lambda data: data["sums"][0].update(code="S399"), "S399 has no words"),
            (lambda data: data["sums"][2]["right"].append("all"), "no cell .*/all"),
            (
                lambda data: data["tables"][1]["blocks"][0]["lines"].append(
                    {"id": "granted", "label": "（一）予以公开"}
                ),
                "a cell id stands twice",
            ),
        ],
        ids=["unknown line", "unknown sum", "unknown column", "double line"],
    )
    def test_it_is_refused_by_name(
        self, change: Callable[[dict[str, Any]], object], says: str, here: Path
    ) -> None:
        with pytest.raises(FormError, match=says):
            self.spoil(change, here)

    def test_the_same_data_unspoilt_is_taken(self, here: Path) -> None:
        assert len(self.spoil(lambda _: None, here).cell_ids()) == 200


def cells_in_sums(made: Edition) -> Iterator[str]:
    for identity in made.sums:
        for _, left, right in identity.instances(made.table(identity.table)):
            yield from left
            yield from right


def test_a_unit_fits_where_the_form_counts_in_it() -> None:
    amount = "disclosure/administrative_fees/amount"
    assert edition("2021").units(amount) == {"万元"}
    assert "件" in edition("2021").units("requests/received/total")
    assert "元" in edition("2019").units("disclosure/procurement/amount")
