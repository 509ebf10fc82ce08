"""The generated pages are current and leave nothing out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from mingtang.case.act import acts
from mingtang.case.outcome import outcomes
from mingtang.catalogue import rules
from mingtang.checking.rule import PAGE_SECTIONS
from mingtang.cli import main
from mingtang.cli.program import COMMANDS
from mingtang.finding import Rule
from mingtang.form.loading import editions
from mingtang.law import deliveries, grounds, holidays_years, options, parameters
from mingtang.publication.completeness import (
    catalogue_items,
    document_items,
    guide_items,
)
from mingtang.publication.matters import genres, matters, means, topics
from tools import docs

PAGES = {str(path): text for path, text in docs.pages().items()}
each_rule = pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_the_code_says(name: str) -> None:
    path = docs.REFERENCE / name
    assert path.is_file(), "run `make docs`"
    assert path.read_text("utf-8") == PAGES[name], "run `make docs`"


def test_no_page_is_left_over() -> None:
    assert docs.stale() == [], "run `make docs`"


class TestRules:
    @each_rule
    def test_a_rule_has_a_page_with_all_its_sections(self, rule: Rule) -> None:
        page = PAGES[f"rules/{rule.code}.md"]
        assert rule.title in page
        assert rule.name in page
        assert rule.message in page
        assert [head for head in PAGE_SECTIONS if f"\n## {head}\n" not in page] == []

    @each_rule
    def test_the_index_leads_to_it(self, rule: Rule) -> None:
        assert f"[{rule.code}]({rule.code}.md)" in PAGES["rules/README.md"]


class TestForm:
    @pytest.mark.parametrize("made", editions(), ids=lambda made: made.id)
    def test_every_cell_and_sum_is_there(self, made: object) -> None:
        page = PAGES[f"form/{made.id}.md"]
        assert [cell for cell in made.cell_ids() if f"`{cell}`" not in page] == []
        assert [part for part in made.sections if part.heading not in page] == []
        assert [sum_ for sum_ in made.sums if f"[{sum_.code}]" not in page] == []


class TestLaw:
    @pytest.mark.parametrize("parameter", parameters(), ids=lambda made: made.id)
    def test_every_value_is_there_with_its_source_and_its_doubt(
        self, parameter: object
    ) -> None:
        _, _, section = PAGES["law.md"].partition(f"### `{parameter.id}`\n")
        section = section.split("\n##")[0]
        assert parameter.what in section
        for value in parameter.values:
            assert value.period() in section
            assert value.cite in section
            assert value.unsettled is None or value.unsettled in section

    def test_every_open_point_ground_and_delivery_is_there(self) -> None:
        for made in options():
            assert f"`{made.id}`" in PAGES["law.md"]
            assert made.unsettled in PAGES["law.md"]
        for name in (
            *(made.code for made in grounds()),
            *(made.mode for made in deliveries()),
        ):
            assert f"`{name}`" in PAGES["grounds.md"]

    def test_every_act_and_outcome_is_there_with_its_source(self) -> None:
        for made in (*acts(), *outcomes()):
            assert f"| `{made.id}` |" in PAGES["acts.md"]
            assert made.cite in PAGES["acts.md"]

    def test_every_matter_list_and_content_is_there_with_its_source(self) -> None:
        page = PAGES["publication.md"]
        for made in matters():
            assert f"| `{made.id}` | {made.label} | {made.full} |" in page
        for made in (*genres(), *topics(), *means()):
            assert f"| `{made.id}` | {made.code} | {made.label} |" in page
            assert made.unsettled in page
        for made in (*document_items(), *guide_items(), *catalogue_items()):
            assert f"| `{made.id}` | {made.label} | {made.cite or ''}" in page
            assert made.unsettled is None or made.unsettled in page

    @pytest.mark.parametrize("year", holidays_years(), ids=lambda made: str(made.year))
    def test_every_year_names_its_notices_and_doubts(self, year: object) -> None:
        section = PAGES["holidays.md"].partition(f"## {year.year}年\n")[2].split("\n## ")[0]
        assert all(str(notice) in section for notice in year.notices)
        assert all(festival.name in section for festival in year.festivals)
        unverified = sum(not notice.verified for notice in year.notices)
        assert section.count("文号待核") == unverified


class TestCommand:
    @pytest.mark.parametrize("command", docs.commands(), ids=lambda made: made.prog)
    def test_every_option_is_there_and_explained(
        self, command: argparse.ArgumentParser
    ) -> None:
        section = PAGES["cli.md"].partition(f"## `{command.prog}`\n")[2].split("\n## ")[0]
        assert section
        for action in docs.arguments(command):
            assert action.help, f"{command.prog} {action.dest} has no help"
            assert action.help in section
            for option in action.option_strings:
                assert f"`{option}`" in section

    def test_every_command_of_the_help_is_there(self) -> None:
        told = {command.prog.split()[1] for command in docs.commands()}
        assert told == set(COMMANDS)


class TestContract:
    @pytest.mark.parametrize(
        "name", ["jiguan-shiwu-2024.md", "shanghai-office-2019-word.html"]
    )
    def test_every_key_that_is_printed_is_explained(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = (docs.REFERENCE / "contract.md").read_text("utf-8")
        main(["check", str(docs.ROOT / "samples" / name), "--json"])
        printed = json.loads(capsys.readouterr().out)
        assert [key for key in sorted(keys_in(printed)) if f"`{key}`" not in page] == []


def keys_in(value: object) -> set[str]:
    """Return every key of an object and of those inside it, cell ids left out."""
    if isinstance(value, list):
        return set().union(*map(keys_in, value))
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if "/" not in key}
    return own.union(*map(keys_in, value.values()))


class TestGenerator:
    def test_check_names_what_differs_and_writes_nothing(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(docs, "ROOT", tmp_path)
        monkeypatch.setattr(docs, "REFERENCE", tmp_path / "reference")
        assert docs.main(["--check"]) == 1
        assert "reference/rules/S301.md" in capsys.readouterr().out
        assert not (tmp_path / "reference").exists()

    def test_it_writes_removes_and_is_then_content(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(docs, "ROOT", tmp_path)
        monkeypatch.setattr(docs, "REFERENCE", tmp_path)
        left, ours = tmp_path / "rules" / "X999.md", tmp_path / "contract.md"
        left.parent.mkdir()
        left.write_text(docs.MADE + "# X999\n", "utf-8")
        ours.write_text("# 手写的一页\n", "utf-8")
        assert docs.main([]) == 0
        assert "removed" in capsys.readouterr().out
        assert not left.exists()
        assert ours.exists()
        assert docs.main(["--check"]) == 0
