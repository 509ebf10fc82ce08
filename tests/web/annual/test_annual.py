"""A report is compiled, entered, adjusted, worded, reviewed, signed and published."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from mingtang import check, read
from mingtang.case import events as e
from mingtang.catalogue import rules
from mingtang.checking.plan import sum_rules
from mingtang.compiling import CompileError
from mingtang.writing import write
from mingtang_web import clock
from mingtang_web.annual import actions, queries, reviewing
from mingtang_web.annual.compiling import draft, frozen, last_years
from mingtang_web.annual.faults import NEVER_LEFT
from mingtang_web.annual.models import (
    Adjustment,
    Annual,
    Chain,
    Figure,
    Output,
    Stage,
    State,
    Waiver,
    Wording,
)
from mingtang_web.annual.readiness import NotReadyError
from mingtang_web.annual.recording import OutOfTurnError
from mingtang_web.annual.remarks import remarks_in
from mingtang_web.annual.waiving import waive
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.counts.actions import owe
from mingtang_web.counts.models import Closing
from mingtang_web.counts.sources import SOURCES
from mingtang_web.files.actions import content
from mingtang_web.keeping.recording import By
from mingtang_web.keeping.reporting import set_stages
from mingtang_web.ledger.models import Entry
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, Bureau, by
from tests.web.cases.requests import at

D = date
RECEIVED = "requests/received/person"
LICENCES = "disclosure/licensing/decisions"
WHY = "春节前后人手调整，已向区政府办公室书面说明"


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
        ({RECEIVED: "7"}, SOURCE, RECEIVED),
        ({LICENCES: "3"}, " ", "source"),
        (
            {LICENCES: "1.5", "disclosure/penalties/decisions": "-1"},
            " ",
            f"{LICENCES} disclosure/penalties/decisions source",
        ),
    ],
)
def test_figures_that_cannot_be_are_refused_all_at_once(
    bureau, values, source, at_field
) -> None:
    annual = bureau.begun()
    with pytest.raises(ValidationError) as problem:
        actions.enter(annual, values, source, by(bureau.clerk, annual))
    assert list(problem.value.error_dict) == at_field.split()
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
    ("cell", "change", "said"),
    [("requests/received/total", "1", "不能调整"),
     ("disclosure/coercion/decisions", "1", "不能调整"),
     (RECEIVED, "0", "增加或者减少多少"), (RECEIVED, "一", "不是数"),
     (RECEIVED, "9" * 20, "太大"), (RECEIVED, "0.123456789", "有 9 位小数"),
     (RECEIVED, "-4", "数量 · 自然人”是-1，小于0"), (RECEIVED, "0.5", "不是整数")],
)  # fmt: skip
def test_an_adjustment_that_could_never_be_signed_is_not_proposed(
    bureau, cell, change, said
) -> None:
    with pytest.raises(ValidationError, match=said):
        proposed(bureau, bureau.begun(), cell, change)
    assert not Adjustment.objects.exists()


def test_adjustments_that_wait_count_when_another_is_proposed(bureau) -> None:
    annual, row = proposed(bureau, bureau.begun(), change="-3")
    with pytest.raises(ValidationError, match="小于0"):
        proposed(bureau, annual, change="-1")
    asked = Adjustment(cell=RECEIVED, change="1", reason="无")
    with pytest.raises(ValidationError, match="理由太短"):
        actions.adjust(annual, asked, by(bureau.clerk, annual))
    annual = actions.sign_adjustment(row, by(bureau.approver, annual))
    assert value(annual, RECEIVED) == 0


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


@pytest.mark.parametrize("part", ["figures", "wordings", "waivers", "adjustments"])
def test_who_put_anything_in_neither_reviews_nor_signs(bureau, part) -> None:
    annual = bureau.finished()
    if part == "waivers":
        Waiver.objects.create(annual=annual, by=bureau.clerk, at=clock.now(), code="F101")
    if part == "adjustments":
        annual, row = proposed(bureau, annual)
        annual = actions.end_adjustment(row, "已经补登记了", by(bureau.clerk, annual))
    annual = reviewing.send(annual, by(bureau.clerk, annual))
    with pytest.raises(NotAllowedError):
        reviewing.pass_on(annual, by(bureau.clerk, annual))
    getattr(annual, part).update(by=bureau.chief)
    with pytest.raises(OutOfTurnError, match="参与了"):
        reviewing.pass_on(annual, by(bureau.chief, annual))
    getattr(annual, part).update(by=bureau.approver)
    Annual.objects.update(stage="leader")
    annual.refresh_from_db()
    with pytest.raises(OutOfTurnError, match="参与了"):
        reviewing.sign(annual, by(bureau.approver, annual))


def test_in_one_round_a_person_passes_one_stage_and_signs_none_of_theirs(bureau) -> None:
    annual = reviewing.send(bureau.finished(), by(bureau.clerk, Annual.objects.get()))
    annual = reviewing.pass_on(annual, by(bureau.chief, annual))
    with pytest.raises(OutOfTurnError, match="前一环节"):
        reviewing.pass_on(annual, by(bureau.chief, annual))
    annual = reviewing.pass_on(annual, by(bureau.approver, annual))
    with pytest.raises(OutOfTurnError, match="前一环节"):
        reviewing.sign(annual, by(bureau.approver, annual))
    annual = reviewing.send_back(annual, by(bureau.approver, annual, "没有别的人签发"))
    assert bureau.signed(annual).signed_by == bureau.approver


def test_a_small_body_leaves_the_section_out_and_three_people_are_enough(bureau) -> None:
    held = By(bureau.administrator, "a" * 32)
    for _time in range(2):
        set_stages(bureau.housing, held, with_section=False)
    with pytest.raises(NotAllowedError):
        set_stages(bureau.housing, By(bureau.approver), with_section=True)
    annual = reviewing.send(bureau.finished(), by(bureau.clerk, Annual.objects.get()))
    assert annual.stage == Stage.OFFICE
    with pytest.raises(NotAllowedError):
        reviewing.pass_on(annual, by(bureau.handler, annual))
    annual = reviewing.pass_on(annual, by(bureau.lawyer, annual))
    annual = reviewing.sign(annual, by(bureau.approver, annual))
    assert annual.state == State.SIGNED
    [told] = Entry.objects.filter(kind="body.report_stages")
    assert told.content["with_section"] is False
    call_command("verify")
    Chain.objects.update(with_section=True)
    with pytest.raises(CommandError):
        call_command("verify")


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
def test_a_report_that_lacks_something_is_not_even_sent(bureau, begun, said) -> None:
    annual = begun(bureau)
    with pytest.raises(NotReadyError, match=said):
        reviewing.send(annual, by(bureau.clerk, annual))
    assert Annual.objects.get().state == State.DRAFTING
    Annual.objects.update(state="in_review", stage="leader")
    annual.refresh_from_db()
    with pytest.raises(NotReadyError, match=said):
        reviewing.sign(annual, by(bureau.approver, annual))


def test_a_report_late_is_signed_for_a_reason_on_whatever_day(bureau) -> None:
    with at(D(2027, 2, 25)):
        annual = bureau.finished()
        [late] = draft(annual, clock.today()).blocking
        with pytest.raises(NotReadyError, match="L101"):
            reviewing.send(annual, by(bureau.clerk, annual))
        annual = waive(annual, late.fingerprint, WHY, by(bureau.clerk, annual))
    with at(D(2027, 2, 26)):
        signed = bureau.published(annual)
    [row] = remarks_in(content(signed.snapshot))["waived"]
    assert (row["code"], row["reason"], row["by"]) == ("L101", WHY, "登记")
    assert row["on"] == "2027-02-25"


@pytest.mark.parametrize("code", ["S206", "S301"])
def test_a_blank_and_a_broken_sum_cannot_be_left(bureau, code) -> None:
    annual = bureau.worded(bureau.begun())
    if code == "S301":
        annual, row = proposed(bureau, bureau.entered(annual))
        annual = actions.sign_adjustment(row, by(bureau.approver, annual))
    found = {each.rule.code: each for each in draft(annual, JANUARY).blocking}[code]
    with pytest.raises(OutOfTurnError, match="不能以说明理由代替"):
        waive(annual, found.fingerprint, WHY, by(bureau.clerk, annual))
    Waiver.objects.create(
        annual=annual, by=bureau.clerk, at=clock.now(), code=code, reason=WHY,
        finding=found.fingerprint,
    )  # fmt: skip
    assert found in draft(annual, JANUARY).blocking


def test_every_sum_of_the_form_is_among_what_cannot_be_left() -> None:
    assert set(sum_rules()) <= set(NEVER_LEFT) <= set(rules())


@pytest.mark.parametrize("reason", ["无", "无无无无无无无无无无", "同上，见说明", None])
def test_a_reason_is_some_words_of_ones_own(bureau, reason) -> None:
    with at(D(2027, 2, 25)):
        annual = bureau.finished()
        [late] = draft(annual, clock.today()).blocking
        said = reason or f"“{late.message}”"
        with pytest.raises(ValidationError, match="理由"):
            waive(annual, late.fingerprint, said, by(bureau.clerk, annual))


def test_nothing_is_left_or_adjusted_once_it_was_sent(bureau) -> None:
    annual, row = proposed(bureau, bureau.finished())
    Annual.objects.update(state="in_review", stage="section")
    annual.refresh_from_db()
    with pytest.raises(OutOfTurnError, match="审核中"):
        actions.sign_adjustment(row, by(bureau.approver, annual))
    with pytest.raises(OutOfTurnError, match="审核中"):
        waive(annual, "0" * 16, WHY, by(bureau.clerk, annual))
    for who in (bureau.approver, bureau.lawyer):
        with pytest.raises(NotAllowedError):
            waive(annual, "0" * 16, WHY, by(who, annual))


def test_words_of_other_figures_are_looked_at_again_before_it_is_sent(bureau) -> None:
    annual = bureau.finished()
    with at(D(2027, 1, 13)):
        bureau.done(bureau.granted[2], e.Decided(on=D(2026, 12, 30), ground="G2"))
        assert draft(annual, clock.today()).moved == (1,)
        with pytest.raises(NotReadyError, match="总体情况”的文字写好以后数字变了"):
            reviewing.send(annual, by(bureau.clerk, annual))
        last = annual.wordings.get(section=1)
        actions.word(annual, 1, last.text, last.number, by(bureau.clerk, annual))
        annual.refresh_from_db()
        with pytest.raises(
            NotReadyError, match=r"文字写“本年办结2件”.*起草是“本年办结3件”"
        ):
            reviewing.send(annual, by(bureau.clerk, annual))
        annual = bureau.worded(annual)
        assert reviewing.send(annual, by(bureau.clerk, annual)).state == State.IN_REVIEW


def test_what_was_adjusted_and_left_goes_with_the_report(bureau) -> None:
    annual = bureau.finished()
    for cell in (RECEIVED, "requests/granted/person"):
        annual, row = proposed(bureau, annual, cell)
        annual = actions.sign_adjustment(row, by(bureau.approver, annual))
    annual = bureau.published(bureau.worded(annual))
    published = content(Output.objects.get(format="json").file)
    assert published == content(annual.snapshot)
    remarks = remarks_in(published)
    assert remarks["waived"] == []
    assert remarks["adjustments"][0] == {
        "cell": RECEIVED, "label": "一、本年新收政府信息公开申请数量 · 自然人",
        "change": "1", "reason": "一件纸质申请没有登记", "by": "登记",
        "on": "2027-01-12", "signed_by": "审批", "signed_on": "2027-01-12",
    }  # fmt: skip
    assert bureau.approver.display_name not in published.decode()
    again = read(published).report
    assert read(write(again, "json")).report == again == frozen(annual)


def test_a_year_is_not_signed_before_it_is_over(bureau) -> None:
    with at(D(2026, 12, 30)):
        annual = bureau.reviewed(bureau.finished())  # at 31 December all else is ready
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
    with pytest.raises(NotReadyError, match="数字变了"):  # its words say 7 still
        reviewing.send(second, by(bureau.clerk, second))
    second = bureau.worded(second)
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


def test_a_draft_begun_by_mistake_is_dropped_and_another_takes_its_place(bureau) -> None:
    first = bureau.entered(bureau.begun())
    with pytest.raises(ValidationError):
        reviewing.discard(first, by(bureau.clerk, first))
    with pytest.raises(NotAllowedError):
        reviewing.discard(first, by(bureau.approver, first, "误建"))
    first = reviewing.discard(first, by(bureau.clerk, first, "年度选错，误建"))
    assert first.state == State.DISCARDED
    assert first.steps.last().reason == "年度选错，误建"
    with pytest.raises(OutOfTurnError):
        actions.enter(first, NONE_ISSUED, SOURCE, by(bureau.clerk, first))
    again = bureau.finished()
    assert (again.pk == first.pk, again.issue) == (False, 1)
    call_command("verify")
    published = bureau.published(again)
    second = reviewing.correct(published, by(bureau.approver, published, "登记有误"))
    second = reviewing.discard(second, by(bureau.clerk, second, "核对后不用更正"))
    published.refresh_from_db()
    third = reviewing.correct(published, by(bureau.approver, published, "另有一处登记有误"))
    assert (third.issue, third.corrects_id) == (2, published.pk)
    third = bureau.worded(third)
    third = reviewing.send(third, by(bureau.clerk, third))
    for state in (third, published):
        with pytest.raises(OutOfTurnError):
            reviewing.discard(state, by(bureau.clerk, state, "已送审的不能放弃"))


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
    with django_assert_num_queries(14):
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
