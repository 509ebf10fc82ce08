"""What is entered later than it happened: by two persons where it undoes a lateness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang.case.replaying import replay
from mingtang_web import clock
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import Doing, SignOffError, do, search
from mingtang_web.cases.belated import in_time_signed_late
from mingtang_web.cases.clocks import clock_of, clocks
from mingtang_web.cases.figures import Scope, now_open
from mingtang_web.cases.figures import figures as count_years
from mingtang_web.cases.lettering import LetterMissingError, issue_alone
from mingtang_web.cases.models import Case, SearchRecord
from mingtang_web.cases.overviews import figures
from mingtang_web.cases.queries import counts, day_counts, is_late
from mingtang_web.cases.rules import rulebook
from mingtang_web.cases.selecting import Wanted, selected, unexplained
from mingtang_web.cases.signing import approve, propose, review
from mingtang_web.disputes.actions import file
from mingtang_web.disputes.filing import untimely
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.notices.models import Notice
from mingtang_web.notices.wording import text_of
from tests.web.cases.requests import at
from tests.web.disputes.test_disputes import filing
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from mingtang_web.bodies.models import Body

D = date
TODAY = D(2026, 4, 7)
GRANTED = e.Decided(on=D(2026, 3, 27), ground="G2")
SENT = e.Dispatched(on=D(2026, 3, 30), mode="post")


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield LetterOffice()


def test_a_late_case_becomes_timely_by_two_persons_alone(office: LetterOffice) -> None:
    case = office.done(office.registered(), GRANTED)
    assert case.kept == "overdue"
    with pytest.raises(SignOffError, match="补记2026-03-30"):
        do(case, SENT, Doing(office.clerk, case.version))
    with pytest.raises(SignOffError, match="须写明理由和依据"):
        propose(case, SENT, Doing(office.clerk, case.version))
    proof = Doing(office.clerk, case.version, note="邮局收寄凭单，3月30日盖章")
    after = approve(propose(case, SENT, proof), office.approver)
    assert (after.kept, bridge.history(case.pk)[-1]) == ("in_time", SENT)
    entry = Entry.objects.get(kind="case.belated")
    assert (entry.content["why"], entry.approver) == (proof.note, office.approver)
    told = Notice.objects.filter(kind="belated").values_list("user__username", flat=True)
    assert list(told) == ["supervisor"]


def test_a_late_case_that_is_withdrawn_stays_late_and_says_how(
    office: LetterOffice,
) -> None:
    case = office.registered()
    early, today = e.Withdrawn(on=D(2026, 3, 20)), e.Withdrawn(on=TODAY)
    told = Doing(office.clerk, case.version, note="申请人3月20日来函撤回，已扫描")
    with pytest.raises(SignOffError, match="补记2026-03-20"):
        do(case, early, told)
    with pytest.raises(NotPermittedError, match="怎样撤回"):
        do(case, today, replace(told, note=" "))
    after = do(case, today, told)
    assert (after.phase, after.kept) == ("closed", "late")
    assert clocks([after], TODAY)[after.pk].words == "逾期未答复，已终结"
    assert unexplained(Case.objects.all(), TODAY).get() == case
    other = office.registered()
    proposed = propose(other, early, replace(told, version=other.version))
    assert approve(proposed, office.approver).kept == "no_term"
    assert Entry.objects.filter(kind="case.belated", case_id=other.pk).exists()


def test_a_running_clock_is_stopped_by_its_letter_or_by_two(office: LetterOffice) -> None:
    """Long before the term passes, and up to its last day, one's own word stops nothing."""
    with at(D(2026, 3, 10)):
        case = office.registered()
        asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
        untold = Doing(office.handler, case.version, no_letter="当面交付，府办函3号")
        with pytest.raises(SignOffError, match=r"补记2026-03-05.*送审"):
            do(case, asked, untold)
        with pytest.raises(SignOffError, match=r"却不发文书.*送审"):
            do(case, replace(asked, on=D(2026, 3, 10)), untold)
        told = replace(untold, note="交付回执已扫描")
        proposal = propose(case, replace(asked, on=D(2026, 3, 10)), told)
    with at(D(2026, 3, 11)):  # what was told elsewhere keeps its day
        after = approve(proposal, office.approver)
        assert bridge.history(case.pk)[-1].on == D(2026, 3, 10)
        assert (after.running, after.due) == ("stopped", None)
        assert not Entry.objects.filter(kind="case.belated", case_id=case.pk).exists()
    with at(D(2026, 3, 13)):
        other = office.registered()
        made = propose(other, asked, replace(told, version=other.version))
        assert approve(made, office.approver).running == "stopped"
        assert Entry.objects.filter(kind="case.belated", case_id=other.pk).exists()
    with at(D(2026, 3, 5)):
        case, order = office.registered(), office.order("correction_notice")
        doing = Doing(office.handler, case.version, letter=order)
        assert do(case, asked, doing).phase == "correction"


def test_what_was_sent_in_time_and_signed_late_is_told_as_that(
    office: LetterOffice, client: Client
) -> None:
    """The seven days end on 11 March; sent on the 10th, consented to on the 13th."""
    told = Doing(office.handler, 1, no_letter="当面交付，府办函3号", note="回执已扫描")
    asked = e.CorrectionAsked(on=D(2026, 3, 10), until=D(2026, 3, 25))
    with at(D(2026, 3, 10)):
        case = office.registered()
        proposal = propose(case, asked, replace(told, version=case.version))
    with at(D(2026, 3, 13)):
        approve(proposal, office.approver)
        entry = Entry.objects.get(kind="case.belated")
        signed = in_time_signed_late(entry)
        assert signed == (D(2026, 3, 10), D(2026, 3, 13), D(2026, 3, 11), 2)
        notice = Notice.objects.get(user__username="supervisor")
        assert notice.kind == "signed_late"
        for said in ("2026-03-10送审", "2026-03-13才批准", "已过2个工作日"):
            assert said in text_of(notice)
        client.force_login(office.supervisor)
        shown = client.get("/supervision/").content.decode()
        assert "不是补记：2026-03-10 送审，期限 2026-03-11 届满" in shown
        client.force_login(office.handler)
        page = client.get(f"/cases/{case.pk}/").content.decode()
        assert "2026-03-10 送审，2026-03-13 批准" in page
        assert "的事，2026-03-13 登记" not in page
        other = office.registered()
        made = propose(other, asked, replace(told, version=other.version))
        approve(made, office.approver)
        late = Entry.objects.get(kind="case.belated", case_id=other.pk)
        assert in_time_signed_late(late) is None
    kinds = Notice.objects.filter(user__username="supervisor").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["signed_late", "belated"]


def test_an_extension_signed_after_the_term_says_when_it_was_sent(
    office: LetterOffice,
) -> None:
    with at(D(2026, 3, 30)):
        case = office.registered()
        untold = Doing(office.handler, case.version, no_letter="电话", note="须检索")
        proposal = propose(case, e.Extended(on=D(2026, 3, 30), days=10), untold)
    with at(D(2026, 4, 1)), pytest.raises(NotPermittedError) as refused:
        approve(proposal, office.approver)
    assert "2026-03-30送审，2026-04-01才审批，已隔2个工作日" in str(refused.value)


def test_a_letter_of_an_earlier_day_is_told_what_comes_next(office: LetterOffice) -> None:
    with at(D(2026, 3, 10)):
        case, order = office.registered(), office.order("correction_notice")
        asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
        doing = Doing(office.handler, case.version, letter=order)
        with pytest.raises(NotReadyError, match="然后送审：经另一人审批才登记"):
            do(case, asked, doing)
        untold = replace(doing, letter=None, no_letter="府办函3号", note="回执")
        propose(case, asked, untold)
        with pytest.raises(NotReadyError, match="本案另有一项送审待审批"):
            do(case, asked, doing)


def test_a_plain_letter_confirmed_late_says_why(office: LetterOffice) -> None:
    case = office.registered(channel="plain_post", arrived=D(2026, 4, 1))
    assert clocks([case], TODAY)[case.pk].words == "未当日确认"
    assert clocks([case], D(2026, 4, 1))[case.pk].words == "待确认"
    late = e.Confirmed(on=TODAY)
    with pytest.raises(NotPermittedError, match="已迟3个工作日"):
        do(case, late, Doing(office.clerk, case.version))
    said = Doing(office.clerk, case.version, note="信件由收发室转来，4月7日才到")
    assert do(case, late, said).received == TODAY
    entry = Entry.objects.filter(kind="event.confirmed", case_id=case.pk).get()
    assert entry.content["note"] == said.note
    online = office.registered(channel="online", arrived=D(2026, 4, 1))
    assert do(online, late, Doing(office.clerk, online.version)).received == TODAY


def test_what_was_late_stays_late_when_it_is_opened_anew(office: LetterOffice) -> None:
    def answered(on: date) -> tuple[e.Event, ...]:
        return e.Decided(on=on, ground="G2"), e.Dispatched(on=on, mode="post")

    def rate() -> tuple[int, int, int, int]:
        body = office.housing
        now = figures([body], clock.today(), clock.today())[body.pk]
        year = count_years(Scope(body)).years[2026]
        assert sum(year.kept.values()) == 1
        for kept in ("in_time", "late"):
            wanted = Wanted(state="all", decided=2026, kept=kept)
            listed = selected(Case.objects.all(), wanted, clock.today(), clock.today())
            assert listed.count() == year.kept[kept]
        return now.kept, now.held, year.kept["in_time"], year.kept["late"]

    again = e.Reopened(on=TODAY, cause="own")
    case = office.done(office.registered(), *answered(D(2026, 4, 1)))
    assert (case.kept, rate()) == ("late", (0, 1, 0, 1))
    assert office.done(case, again).kept == "late"
    case.refresh_from_db()
    with at(D(2026, 4, 9)):
        assert office.done(case, *answered(D(2026, 4, 9))).kept == "late"
    clocked = clock_of(replay(bridge.history(case.pk)), TODAY, rulebook(case.body))
    assert "全案仍计为逾期" in clocked.more
    Case.objects.filter(pk=case.pk).update(decided=None)
    case = office.done(office.registered(), *answered(D(2026, 3, 20)), again)
    assert (case.kept, rate()) == ("in_time", (1, 1, 1, 0))
    with at(D(2026, 6, 1)):
        assert rate() == (0, 1, 0, 1)
        assert is_late(case, D(2026, 6, 1))
        assert office.done(case, *answered(D(2026, 6, 1))).kept == "late"


def late_now(body: Body, on: date) -> list[Case]:
    """The list of what is late, and every figure of it says the same."""
    cases = Case.objects.all()
    listed = list(selected(cases, Wanted(clock="late"), on, on))
    now = now_open(Scope(body), on, on)
    told = {
        figures([body], on, on)[body.pk].late,
        now.late,
        sum(now.phases.values()),
        counts(cases, Q(), on, on)["late"],
        day_counts(cases, Q(), on, on)["late"],
    }
    assert told == {len(listed)}
    return listed


def test_an_answer_that_is_out_runs_late_no_more_though_it_was_late_once(
    office: LetterOffice,
) -> None:
    """What is late now is no more than what runs; late once is counted all the same."""
    late, post = D(2026, 4, 1), "post"
    case = office.done(office.registered(), e.Decided(on=late, ground="G2"))
    assert late_now(case.body, TODAY) == [case]
    case = office.done(case, e.Dispatched(on=late, mode=post))
    assert (late_now(case.body, TODAY), case.kept) == ([], "late")
    arrived = e.Delivered(on=D(2026, 4, 3))
    again = e.Reopened(on=TODAY, cause="own", answer_by=D(2026, 4, 20))
    case = office.done(case, arrived, again)
    assert late_now(case.body, TODAY) == []
    with at(D(2026, 4, 21)):
        assert late_now(case.body, D(2026, 4, 21)) == [case]
    with at(D(2026, 4, 9)):
        decided = e.Decided(on=D(2026, 4, 9), ground="G2")
        case = office.done(case, decided, e.Dispatched(on=D(2026, 4, 9), mode=post))
    assert (case.kept, case.phase) == ("late", "dispatched")
    with at(D(2026, 6, 1)):
        assert late_now(case.body, D(2026, 6, 1)) == []
        assert unexplained(Case.objects.all(), D(2026, 6, 1)).get() == case
        assert figures([case.body], D(2026, 6, 1), D(2026, 6, 1))[case.body_id].held == 1
    by_mail = replace(SENT, mode="electronic")
    unarrived = office.done(office.registered(), GRANTED, by_mail)
    assert late_now(case.body, TODAY) == [unarrived]


def test_no_letter_is_dated_before_it_is_written(office: LetterOffice) -> None:
    case = office.registered()
    order = office.order("disclosure")
    with pytest.raises(NotReadyError, match="今天才拟写"):
        do(case, GRANTED, Doing(office.handler, case.version, letter=order))


def test_an_answer_that_nobody_is_told_of_takes_two(office: LetterOffice) -> None:
    case, today = office.registered(), e.Decided(on=TODAY, ground="G2")
    untold = Doing(office.handler, case.version, no_letter="电话告知", note="申请人要求")
    with pytest.raises(SignOffError, match="救济途径"):
        do(case, today, untold)
    assert propose(case, today, untold).stage == "approval"


def test_against_a_third_party_nothing_is_disclosed_by_one(office: LetterOffice) -> None:
    case = office.done(
        office.registered(),
        e.Consulted(on=D(2026, 3, 5), party="1", role="third_party"),
        e.OpinionReceived(on=D(2026, 3, 9), party="1", stance="objects"),
    )
    public = e.Decided(on=TODAY, ground="G1")
    notice = office.order("third_party_disclosure", party="1")
    guide = office.order("disclosed_already")
    told = Doing(office.handler, case.version, letter=guide, further=(notice,))
    with pytest.raises(NotReadyError, match="没有作出公开"):
        do(case, public, told)
    with pytest.raises(NotReadyError, match="没有作出公开"):
        issue_alone(case, notice, office.handler)
    order = office.order("disclosure")
    plain = e.Decided(on=TODAY, ground="G2")
    doing = Doing(office.handler, case.version, letter=order, note="涉及公共安全")
    with pytest.raises(NotPermittedError, match="第三十二条"):
        propose(case, plain, doing)
    sound = e.Decided(on=TODAY, ground="G2", overrides="public_interest")
    told = replace(doing, no_letter="第三方已经注销，无从送达")
    with pytest.raises(SignOffError, match="第三方不同意公开"):
        do(case, sound, told)
    with pytest.raises(LetterMissingError, match="第1位被征求意见者"):
        propose(case, sound, doing)
    made = propose(case, sound, told)
    assert (made.stage, made.letters.count()) == ("legal", 1)
    review(made, office.lawyer, "同意", agrees=True)
    made.refresh_from_db()
    assert approve(made, office.approver).ground == "G2"
    kept = Entry.objects.filter(case_id=case.pk, kind="event.decided").latest("id")
    assert kept.content["no_letter"] == "第三方已经注销，无从送达"


def test_each_who_objected_and_is_not_told_has_a_reason_of_their_own(
    office: LetterOffice,
) -> None:
    asked = [
        each
        for n in ("1", "2")
        for each in (
            e.Consulted(on=D(2026, 3, 5), party=n, role="third_party"),
            e.OpinionReceived(on=D(2026, 3, 9), party=n, stance="objects"),
        )
    ]
    case = office.done(office.registered(), *asked)
    sound = e.Decided(on=TODAY, ground="G2", overrides="public_interest")
    doing = Doing(
        *(office.handler, case.version),
        letter=office.order("disclosure"),
        note="涉公共安全",
    )
    with pytest.raises(LetterMissingError, match="第1、2位被征求意见者"):
        propose(case, sound, replace(doing, no_letter="都已注销"))
    with pytest.raises(LetterMissingError, match="第2位被征求意见者"):
        propose(case, sound, replace(doing, untold={"1": "已经注销"}))
    long = "已经注销，登记机关出具了证明，" * 13
    reasons = {"1": long, "2": long[::-1]}
    with pytest.raises(SignOffError, match="一位第三方的理由超过200字"):
        propose(case, sound, replace(doing, untold=reasons | {"2": long + long}))
    made = propose(case, sound, replace(doing, untold=reasons))
    said = f"第1位被征求意见者：{long}；第2位被征求意见者：{long[::-1]}"
    assert made.no_letter == said
    assert len(said) > 200
    review(made, office.lawyer, "同意", agrees=True)
    made.refresh_from_db()
    approve(made, office.approver)
    kept = Entry.objects.filter(case_id=case.pk, kind="event.decided").latest("id")
    assert kept.content["no_letter"] == said


def test_nothing_is_searched_for_before_it_was_asked_for(office: LetterOffice) -> None:
    record = SearchRecord(
        scope="全部档案", method="系统检索", on=D(2020, 1, 1), result="没有"
    )
    with pytest.raises(NotPermittedError, match="早于来件之日"):
        search(office.registered(), record, office.handler)


def test_what_came_by_the_internet_may_be_looked_for_before_it_is_confirmed(
    office: LetterOffice,
) -> None:
    case = office.registered(channel="online")
    case = office.done(case, e.Confirmed(on=D(2026, 3, 4)))
    record = SearchRecord(
        scope="全部档案", method="系统检索", on=D(2026, 3, 3), result="没有"
    )
    assert search(case, record, office.handler).pk


def test_a_correction_is_due_on_a_working_day_to_come(office: LetterOffice) -> None:
    case = office.registered()
    for until, why in ((D(2026, 4, 18), "不是工作日"), (TODAY, "晚于告知之日")):
        asked = e.CorrectionAsked(on=TODAY, until=until)
        with pytest.raises(NotPermittedError, match=why):
            do(case, asked, Doing(office.handler, case.version, no_letter="当面"))


def test_a_dispute_comes_after_the_request_and_its_term(office: LetterOffice) -> None:
    case = office.registered()
    assert "早于" in untimely([case], D(2025, 1, 5))[0]
    assert "期限届满以前" in untimely([case], D(2026, 3, 20))[0]
    assert untimely([case], D(2026, 4, 2)) == []
    answered = office.done(case, e.Decided(on=D(2026, 3, 12), ground="G1"))
    assert untimely([answered], D(2026, 3, 20)) == []


def test_the_register_refuses_an_early_dispute_at_its_day(office: LetterOffice) -> None:
    case = office.registered()
    early = filing(office, cases=[case], filed=D(2026, 3, 20))
    with pytest.raises(ValidationError) as refused:
        file(early, office.clerk)
    assert "期限届满以前" in refused.value.message_dict["filed"][0]
    case = office.done(
        case,
        e.Decided(on=D(2026, 3, 12), ground="G1"),
        e.Dispatched(on=D(2026, 3, 13), mode="post"),
        e.Reopened(on=D(2026, 3, 24), cause="own"),
    )
    again = filing(office, cases=[case], filed=D(2026, 3, 26))
    assert untimely([case], D(2026, 3, 11)) != []
    assert file(again, office.clerk).number == "复议2026-001"
