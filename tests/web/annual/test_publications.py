"""Table two and section one from documents and registers, each figure to be opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mingtang.compiling import CompileError
from mingtang.publication.effective import Kind
from mingtang_web.activities import actions as activities
from mingtang_web.activities.rules import Register
from mingtang_web.annual import actions, queries
from mingtang_web.annual.actions import Kept
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.publications import publications_of
from mingtang_web.desk import norm_counts
from mingtang_web.ledger.doing import Doing
from mingtang_web.publication import counting, norming
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.stock import declare_stock
from tests.builders import report
from tests.web.cases.requests import at
from tests.web.publication.norms import stock
from tests.web.publication.offices import DRAFT, TODAY, Newsroom

ISSUED = "disclosure/normative_documents/issued"
IN_FORCE = "disclosure/normative_documents/in_force"
KEPT = Kept(cases=False, disputes=False, documents=True)


@pytest.fixture
def room(db):  # noqa: ARG001 - asked for
    with at(TODAY):
        made = Newsroom()
        made.published(
            title="房屋使用安全管理办法",
            normative="normative",
            effective_on=TODAY,
            genre="decision",
        )
        made.published(title="加装电梯补助标准")
        yield made


def stocked(room, **more) -> None:
    """A document of before the system, and the word that all are entered."""
    old = replace(
        DRAFT, title="物业管理办法", normative="normative", formed_on=date(2023, 5, 1),
        effective_on=date(2023, 6, 1), document_number="西政建规〔2023〕1号", **more,
    )  # fmt: skip
    said = Happened("issued", old.formed_on, "发文登记簿")
    row = norming.enter_stock(room.housing, old, said, room.doing(room.writer))
    norming.confirm(row, row.forceevents.get().pk, room.doing(room.approver, row))
    declare_stock(room.housing, TODAY, "已与司法局台账核对", room.doing(room.approver))


def begun(room, kept: Kept = KEPT):
    return actions.start(room.housing, 2026, Doing(room.clerk, 0), kept)


def test_nothing_is_counted_from_a_stock_that_nobody_declared(room):
    with pytest.raises(ValidationError, match="存量"):
        begun(room)


def test_table_two_counts_documents_and_opens_into_them(room):
    stocked(room)
    annual = begun(room)
    report = draft(annual, TODAY).report
    assert report.facts[ISSUED].value == 1
    assert report.facts[IN_FORCE].value == 2
    assert report.facts["disclosure/regulations/issued"].value == 0
    behind = queries.behind(room.housing, 2026, IN_FORCE)
    assert {each.title for each in behind.documents} == {
        "房屋使用安全管理办法",
        "物业管理办法",
    }
    client = Client()
    client.force_login(room.section)
    page = client.get(f"/annual/{annual.pk}/cell/{IN_FORCE}/").content.decode()
    assert "物业管理办法" in page


def test_section_one_tells_what_was_published(room):
    stocked(room)
    words = "".join(draft(begun(room), TODAY).drafted[1])
    assert "2条" in words


def test_a_register_that_nobody_kept_is_not_told(room):
    words = "".join(draft(begun(room, Kept(cases=False, disputes=False)), TODAY).drafted[1])
    assert "培训1" not in words
    said = {
        "form": "on_site",
        "title": "政务公开培训",
        "day": TODAY,
        "sessions": 1,
        "people": 40,
    }
    activities.record(room.housing, Register.TRAINING, said, room.clerk, "k-t")
    words = "".join(draft(begun(room, Kept(cases=False, disputes=False)), TODAY).drafted[1])
    assert "培训1" in words


def test_a_report_without_the_register_leaves_table_two_to_hand(room):
    report = draft(begun(room, Kept(cases=False, disputes=False)), TODAY).report
    assert report.facts[ISSUED].value is None


def test_an_interpretation_whose_term_runs_is_in_no_rate(room):
    """Owed once three working days are out, not on the day of publication."""
    stocked(room)
    annual = begun(room)
    assert publications_of(annual).interpreted is None
    with at(date(2026, 3, 20)):
        told = publications_of(annual).interpreted
    assert (told.owed, told.done) == (1, 0)


def test_stock_entered_after_the_word_stops_table_two_until_it_is_given_anew(room):
    stocked(room)
    annual = begun(room)
    old = replace(
        DRAFT, title="漏登的办法", normative="normative", formed_on=date(2022, 5, 1),
        effective_on=date(2022, 6, 1), document_number="西政建规〔2022〕9号",
    )  # fmt: skip
    with at(TODAY + timedelta(days=1)):
        said = Happened("issued", old.formed_on, "发文登记簿")
        norming.enter_stock(room.housing, old, said, room.doing(room.writer))
        with pytest.raises(CompileError, match="重新声明"):
            draft(annual, TODAY)
        row = Document.objects.get(title="漏登的办法")
        norming.confirm(row, row.forceevents.get().pk, room.doing(room.approver, row))
        declare_stock(room.housing, TODAY, "重核", room.doing(room.approver))
        assert draft(annual, TODAY).report.facts[IN_FORCE].value == 3


def test_the_page_of_counts_adds_up_to_last_years_report_as_well(room):
    stocked(room)
    for day in (2, 3):
        stock(room, date(2023, 6, day), title=f"第{day}号办法")
    declare_stock(room.housing, TODAY, "重核", room.doing(room.approver))
    before = {Kind.REGULATION: None, Kind.NORMATIVE: 2}
    line = counting.lines(room.housing, 2026, before)[Kind.NORMATIVE]
    told = norm_counts._against(line)
    moved = sum(each.number for each in told.moves)
    issued, repealed = line.counts.issued.number, line.counts.repealed.number
    assert told.before + issued - repealed + moved + told.left == line.in_force == 4
    assert [(each.number, len(each.documents)) for each in told.moves] == [(1, 3)]


def test_section_one_holds_the_effective_count_against_last_years_report(room):
    """What last year's report printed is asked, and what no record explains is owed."""
    stocked(room)
    annual = begun(room)
    printed = report(cells={IN_FORCE: "5"}, year=2025)
    told = publications_of(annual, before=printed).explanations
    owed = {each.unexplained for each in told if each.unexplained is not None}
    assert owed == {2 - (5 + 1)}
    assert not [each for each in publications_of(annual).explanations if each.difference]
