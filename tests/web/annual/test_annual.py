"""A report is compiled, entered, adjusted, worded, reviewed, signed and published."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from mingtang import check, read
from mingtang.case import events as e
from mingtang.compiling import CompileError
from mingtang_web import clock
from mingtang_web.annual import actions, queries, reviewing
from mingtang_web.annual.compiling import draft, frozen, last_years
from mingtang_web.annual.models import (
    Adjustment,
    Annual,
    Figure,
    Output,
    State,
    Wording,
)
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.annual.reviewing import NotReadyError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.counts.actions import owe
from mingtang_web.counts.models import Closing
from mingtang_web.counts.sources import SOURCES
from mingtang_web.files.actions import content
from mingtang_web.ledger.models import Entry
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, Bureau, by
from tests.web.cases.requests import at

D = date
RECEIVED = "requests/received/person"
LICENCES = "disclosure/licensing/decisions"


def value(annual: Annual, cell: str) -> object:
    return draft(annual, clock.today()).report.facts[cell].value


def proposed(bureau: Bureau, annual: Annual, cell: str = RECEIVED, change: str = "1"):
    asked = Adjustment(cell=cell, change=change, reason="一件纸质申请没有登记")
    annual = actions.adjust(annual, asked, by(bureau.clerk, annual))
    return annual, annual.adjustments.latest("id")


def test_tables_come_from_cases_and_what_has_no_ledger_is_blank(bureau) -> None:
    annual = bureau.begun()
    report = draft(annual, JANUARY).report
    lines = ("received", "carried_in", "granted", "carried_out")
    figures = {line: report.facts[f"requests/{line}/total"].value for line in lines}
    assert figures == {"received": 3, "carried_in": 0, "granted": 2, "carried_out": 1}
    assert report.facts["disputes/review/total"].value == 0
    assert report.facts["disclosure/licensing/decisions"].value is None


def test_a_figure_without_a_ledger_names_its_source_and_stays_on_record(bureau) -> None:
    annual = bureau.entered(bureau.begun())
    assert value(annual, LICENCES) == 31
    again = {LICENCES: "32"}
    annual = actions.enter(annual, again, "行政审批系统", by(bureau.clerk, annual))
    assert value(annual, LICENCES) == 32
    assert Figure.objects.filter(cell=LICENCES).count() == 2
    blank = {LICENCES: ""}
    annual = actions.enter(annual, blank, "系统停用", by(bureau.clerk, annual))
    assert value(annual, LICENCES) is None


@pytest.mark.parametrize(
    ("values", "source", "at_field"),
    [
        (
            {"disclosure/licensing/decisions": "三十"},
            SOURCE,
            "disclosure/licensing/decisions",
        ),
        ({"disclosure/licensing/decisions": "1.5"}, SOURCE, "__all__"),
        ({"disclosure/licensing/decisions": "-1"}, SOURCE, "__all__"),
        ({RECEIVED: "7"}, SOURCE, "__all__"),
        ({LICENCES: "3"}, " ", "source"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(bureau, values, source, at_field) -> None:
    annual = bureau.begun()
    with pytest.raises(ValidationError) as problem:
        actions.enter(annual, values, source, by(bureau.clerk, annual))
    named = getattr(problem.value, "error_dict", {"__all__": None})
    assert list(named) == [at_field]
    assert not Figure.objects.exists()


def test_an_adjustment_counts_once_another_has_signed_and_is_seen_for_ever(bureau) -> None:
    annual, row = proposed(bureau, bureau.begun())
    assert value(annual, RECEIVED) == 3
    annual = actions.sign_adjustment(row, by(bureau.approver, annual))
    found = draft(annual, JANUARY)
    assert value(annual, RECEIVED) == 4
    assert [each.adjustment.signer for each in found.compiled.adjustments] == ["赵审批"]
    assert found.compiled.origins["requests/received/total"].adjustments
    annual = actions.end_adjustment(row, "纸质申请已补登", by(bureau.clerk, annual))
    assert value(annual, RECEIVED) == 3
    [still] = annual.adjustments.all()
    assert (still.signed_by, still.end_reason) == (bureau.approver, "纸质申请已补登")


def test_whoever_proposed_an_adjustment_does_not_sign_it(bureau) -> None:
    annual, row = proposed(bureau, bureau.begun())
    with pytest.raises(NotAllowedError):
        actions.sign_adjustment(row, by(bureau.clerk, annual))
    Adjustment.objects.update(by=bureau.approver)
    with pytest.raises(OutOfTurnError):
        actions.sign_adjustment(row, by(bureau.approver, annual))


@pytest.mark.parametrize(
    ("cell", "change"),
    [("requests/received/total", "1"), ("disclosure/coercion/decisions", "1"),
     (RECEIVED, "0"), (RECEIVED, "一")],
)  # fmt: skip
def test_an_adjustment_of_nothing_is_refused(bureau, cell, change) -> None:
    with pytest.raises(ValidationError):
        proposed(bureau, bureau.begun(), cell, change)


def test_an_adjustment_below_nothing_is_refused_when_it_is_signed(bureau) -> None:
    annual, row = proposed(bureau, bureau.begun(), change="-4")
    with pytest.raises(ValidationError, match="小于0"):
        actions.sign_adjustment(row, by(bureau.approver, annual))
    assert Adjustment.objects.get().waits


def test_words_are_kept_by_version_beside_what_was_drafted(bureau) -> None:
    annual = bureau.begun()
    first = actions.word(annual, 1, "（一）甲。\n\n（二）乙。", 0, by(bureau.clerk, annual))
    assert "新收政府信息公开申请3件" in first.drafted
    actions.word(annual, 1, "（一）丙。", 1, by(bureau.handler, annual))
    assert [row.text for row in Wording.objects.order_by("number")] == [
        "（一）甲。\n\n（二）乙。", "（一）丙。",
    ]  # fmt: skip
    section = draft(annual, JANUARY).report.section(1)
    assert [each.text for each in section.paragraphs] == ["（一）丙。"]
    with pytest.raises(OutOfTurnError, match="由他人改写"):
        actions.word(annual, 1, "（一）丁。", 1, by(bureau.clerk, annual))


def test_a_finding_is_seen_beside_the_words_before_they_are_kept(bureau) -> None:
    annual = bureau.finished()
    wrong = {0: "统计期限自2025年1月1日起至2025年12月31日止。"}
    kept, typed = draft(annual, JANUARY), draft(annual, JANUARY, wrong)
    assert kept.blocking == ()
    assert any("2025" in each.message for each in typed.findings)


def test_a_report_is_signed_frozen_and_published_in_five_formats(bureau) -> None:
    annual = bureau.published(bureau.finished())
    assert (annual.state, annual.signed_by) == (State.PUBLISHED, bureau.approver)
    assert Closing.objects.get(body=bureau.housing, year=2026).on == JANUARY
    signed = frozen(annual)
    assert signed.signature.day == JANUARY
    assert [
        each for each in check(signed) if each.weight in {"breach", "contradiction"}
    ] == []
    files = {row.format: content(row.file) for row in Output.objects.all()}
    assert set(files) == set(reviewing.FORMATS)
    for kind in ("json", "html", "docx", "pdf", "xlsx"):
        back = read(files[kind]).report
        assert {k: f.value for k, f in back.facts.items()} == {
            k: f.value for k, f in signed.facts.items()
        }, kind
    call_command("verify")


def test_what_was_signed_is_not_moved_by_what_comes_later(bureau) -> None:
    annual = bureau.signed(bureau.finished())
    with at(D(2027, 1, 14)):
        late = e.Decided(on=D(2026, 12, 30), ground="G2")
        bureau.done(bureau.granted[2], late)
        assert frozen(annual).facts["requests/granted/person"].value == 2
        again = reviewing.publish(annual, by(bureau.clerk, annual))
        assert frozen(again).facts["requests/granted/person"].value == 2


def test_next_years_report_is_tied_to_what_was_carried_out(bureau) -> None:
    bureau.published(bureau.finished())
    with at(D(2027, 1, 14)):
        bureau.done(bureau.granted[2], e.Decided(on=D(2026, 12, 30), ground="G2"))
    with at(D(2028, 1, 10)):
        later = bureau.begun(2027)
        found = draft(later, clock.today())
        told = [each for each in found.blocking if each.rule.code == "Y101"]
        assert [each.subject for each in told] == ["person", "total"]
        assert last_years(bureau.housing, 2027).year == 2026


def test_who_wrote_a_report_neither_reviews_nor_signs_it(bureau) -> None:
    annual = bureau.finished()
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    with pytest.raises(NotAllowedError):
        reviewing.pass_on(annual, by(bureau.clerk, annual))
    Figure.objects.update(by=bureau.chief)
    with pytest.raises(OutOfTurnError, match="参与了"):
        reviewing.pass_on(annual, by(bureau.chief, annual))
    Figure.objects.update(by=bureau.approver)
    Annual.objects.update(stage="leader")
    annual.refresh_from_db()
    with pytest.raises(OutOfTurnError, match="参与了"):
        reviewing.sign(annual, by(bureau.approver, annual))


def test_a_report_goes_back_with_a_reason_and_comes_again(bureau) -> None:
    annual = bureau.finished()
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    with pytest.raises(OutOfTurnError):
        actions.word(annual, 1, "改。", 1, by(bureau.clerk, annual))
    with pytest.raises(ValidationError):
        reviewing.send_back(annual, by(bureau.chief, annual))
    annual = reviewing.send_back(annual, by(bureau.chief, annual, "第五部分太短"))
    assert annual.is_written
    assert annual.steps.latest("id").reason == "第五部分太短"
    assert bureau.signed(annual).state == State.SIGNED


@pytest.mark.parametrize(
    ("begun", "said"),
    [
        (lambda bureau: bureau.entered(bureau.begun()), "待填"),
        (lambda bureau: bureau.worded(bureau.begun()), "S206"),
        (lambda bureau: proposed(bureau, bureau.finished())[0], "没有签字"),
    ],
)
def test_a_report_that_lacks_something_is_not_signed(bureau, begun, said) -> None:
    annual = bureau.reviewed(begun(bureau))
    with pytest.raises(NotReadyError, match=said):
        reviewing.sign(annual, by(bureau.approver, annual))
    assert Annual.objects.get().state == State.IN_REVIEW


def test_a_finding_is_left_for_a_reason_that_stays(bureau) -> None:
    annual = bureau.worded(bureau.begun())
    [blank] = draft(annual, JANUARY).blocking
    said = "本局没有这几类权力，表二按要求留空", by(bureau.clerk, annual)
    annual = actions.waive(annual, blank.fingerprint, *said)
    signed = bureau.signed(annual)
    assert [row.code for row in signed.waivers.all()] == ["S206"]


def test_a_year_is_not_signed_before_it_is_over(bureau) -> None:
    with at(D(2026, 12, 30)):
        annual = bureau.reviewed(bureau.finished())
        with pytest.raises(NotReadyError, match="还没有过完"):
            reviewing.sign(annual, by(bureau.approver, annual))


def test_a_correction_is_another_issue_and_the_first_stays(bureau) -> None:
    first = bureau.published(bureau.finished())
    why = by(bureau.approver, first, "表二漏填一件处罚")
    second = reviewing.correct(first, why)
    assert (second.issue, second.corrects, second.why) == (2, first, "表二漏填一件处罚")
    assert value(second, LICENCES) == 31
    fines = {"disclosure/penalties/decisions": "8"}
    second = actions.enter(second, fines, SOURCE, by(bureau.clerk, second))
    assert bureau.published(second).state == State.PUBLISHED
    first.refresh_from_db()
    assert frozen(first).facts["disclosure/penalties/decisions"].value == 7
    assert (
        last_years(bureau.housing, 2027).facts["disclosure/penalties/decisions"].value == 8
    )
    call_command("verify")


def test_a_report_is_withdrawn_and_its_files_stay(bureau) -> None:
    annual = bureau.published(bureau.finished())
    annual = reviewing.withdraw(annual, by(bureau.approver, annual, "统计口径有误"))
    assert annual.state == State.WITHDRAWN
    assert annual.outputs.count() == 5
    assert reviewing.correct(annual, by(bureau.approver, annual, "重新编制")).issue == 2


def test_a_report_is_begun_once(bureau) -> None:
    first = bureau.begun()
    assert bureau.begun() == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Annual.objects.create(
            body=bureau.housing, year=2026, issue=2, state="drafting",
            created_at=clock.now(),
        )  # fmt: skip
    for year in (2013, 2028):
        with pytest.raises(ValidationError):
            bureau.begun(year)


def test_one_submission_sent_twice_is_one_act(bureau) -> None:
    annual = bureau.begun()
    doing = by(bureau.clerk, annual, key="a" * 32)
    for _ in range(2):
        actions.enter(annual, NONE_ISSUED, SOURCE, doing)
    assert Figure.objects.count() == len(NONE_ISSUED)
    with pytest.raises(OutOfTurnError):
        actions.enter(annual, NONE_ISSUED, SOURCE, by(bureau.clerk, annual))


def test_others_neither_see_nor_write_it(bureau) -> None:
    annual = bureau.begun()
    for who in (bureau.stranger, bureau.supervisor):
        with pytest.raises(NotAllowedError):
            actions.enter(annual, NONE_ISSUED, SOURCE, by(who, annual))
        with pytest.raises(NotAllowedError):
            reviewing.publish(annual, by(who, annual))


def test_no_report_is_made_while_the_tables_are_not_whole(bureau) -> None:
    annual = bureau.begun()
    owe([bureau.housing], SOURCES)
    with pytest.raises(CompileError, match="重算"):
        draft(annual, JANUARY)


def test_a_figure_opens_into_its_cases(bureau) -> None:
    found = queries.behind(bureau.housing, 2026, "requests/granted/person")
    assert [case.pk for case in found.cases] == [case.pk for case in bureau.granted[:2]]
    whole = queries.behind(bureau.housing, 2026, "requests/received/total")
    assert len(whole.cases) == 3
    assert queries.parts_of("requests/received/person", 2026) == (RECEIVED,)


def test_what_is_read_does_not_grow_with_the_cases(
    bureau, django_assert_num_queries
) -> None:
    annual = bureau.entered(bureau.begun())
    with django_assert_num_queries(9):
        draft(annual, JANUARY)


@pytest.mark.parametrize("table", ["annual", "figure", "wording", "step", "output"])
def test_verify_tells_what_was_altered(bureau, table) -> None:
    bureau.published(bureau.finished())
    changes = {
        "annual": "UPDATE annual_annual SET published_on = '2027-01-01'",
        "figure": "UPDATE annual_figure SET value = '99'",
        "wording": "UPDATE annual_wording SET text = '改过'",
        "step": "DELETE FROM annual_step",
        "output": "UPDATE annual_output SET format = 'odt' WHERE format = 'pdf'",
    }
    with connection.cursor() as cursor:
        cursor.execute(changes[table])
    with pytest.raises(CommandError, match="台账不完整"):
        call_command("verify")


def test_nothing_in_the_ledger_says_what_was_written(bureau) -> None:
    bureau.published(bureau.finished())
    told = Entry.objects.filter(kind__startswith="annual.")
    assert "8123456" not in "".join(told.values_list("payload", flat=True))
    kinds = set(told.values_list("kind", flat=True))
    assert {"annual.begun", "annual.signed", "annual.published"} <= kinds
