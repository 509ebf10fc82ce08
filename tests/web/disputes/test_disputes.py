"""Reviews and suits: recorded whole or not at all, and counted as of any day."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang.case.counting import COLUMNS, KINDS, Cell
from mingtang.case.permitting import NotPermittedError
from mingtang_web import clock
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import actions as case_actions
from mingtang_web.cases import bridge as case_bridge
from mingtang_web.cases.actions import Doing, FutureError
from mingtang_web.cases.clocks import Clock, Mark
from mingtang_web.cases.models import Case, Choice
from mingtang_web.disputes import actions, bridge, queries
from mingtang_web.disputes.actions import Filing, Followed, MovedOnError, Order
from mingtang_web.disputes.doubting import receipts
from mingtang_web.disputes.models import Dispute, Note, Position, Procedure
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.web.cases.requests import Office

D = date
TODAY = D(2026, 6, 30)


def answered(office: Office, ground: str = "N6") -> Case:
    return office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 17), ground=ground),
        e.Dispatched(on=D(2026, 3, 18), mode="post"),
        e.Delivered(on=D(2026, 3, 20)),
    )


def filing(office: Office, **more: object) -> Filing:
    known: dict[str, object] = {
        "body": office.housing, "procedure": Procedure.REVIEW, "filed": D(2026, 5, 6),
        "position": Position.RESPONDENT, "filer": "applicant", "organ": "西山区人民政府",
    }  # fmt: skip
    if more.get("procedure") == Procedure.SUIT:
        known["organ"] = "西山区人民法院"
    return Filing(**(known | more))  # type: ignore[arg-type]


def filed(office: Office, *events: d.DisputeEvent, **more: object) -> Dispute:
    dispute = actions.file(filing(office, **more), office.clerk)
    for event in events:
        dispute = actions.do(dispute, event, Doing(office.lawyer, dispute.version))
    return dispute


def test_a_review_has_a_number_and_a_last_day_to_answer(office: Office) -> None:
    dispute = filed(office, d.CopyReceived(on=D(2026, 6, 22)))
    assert (dispute.number, dispute.version) == ("复议2026-001", 2)
    [waits] = queries.waiting(standing(office.clerk, TODAY), TODAY)
    assert waits.clock == Clock(Mark.RUNNING, 4, "剩4日", due=D(2026, 7, 6))
    assert queries.waiting(standing(office.stranger, TODAY), TODAY) == []
    short = filed(office, d.CopyReceived(on=D(2026, 6, 22), simple=True))
    urgent = queries.waiting(standing(office.clerk, TODAY), TODAY)[0]
    assert (urgent.dispute, urgent.clock.due) == (short, D(2026, 6, 29))
    assert urgent.clock.mark is Mark.LATE
    actions.do(short, d.Answered(on=D(2026, 6, 29)), Doing(office.clerk, short.version))
    assert len(queries.waiting(standing(office.clerk, TODAY), TODAY)) == 1


def test_what_waits_is_one_query(office: Office, django_assert_num_queries) -> None:
    for _ in range(3):
        filed(office, d.CopyReceived(on=D(2026, 6, 22)))
    held = standing(office.clerk, TODAY)
    with django_assert_num_queries(1):
        assert len(queries.waiting(held, TODAY)) == 3


def test_a_ruling_that_orders_a_new_answer_opens_the_case_anew(office: Office) -> None:
    case = answered(office)
    dispute = filed(office, d.CopyReceived(on=D(2026, 5, 11)), cases=[case])
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_revoked", final=True)
    order = Order([case], D(2026, 7, 17), "西政复〔2026〕12号")
    done = actions.rule(dispute, ruled, order, Doing(office.lawyer, dispute.version))
    assert (done.outcome, done.ended) == ("review_revoked", D(2026, 6, 26))
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.phase, fresh.due, fresh.ground) == ("in_hand", D(2026, 7, 17), "N6")
    opened = case_bridge.history(case.pk)[-1]
    assert opened == e.Reopened(on=D(2026, 6, 26), cause="review", answer_by=D(2026, 7, 17))
    assert list(faults(office.housing)) == []


@pytest.mark.parametrize(("room", "broken"), [(case_actions, "write"), (actions, "locked")])
def test_of_a_ruling_and_its_order_neither_stays_alone(
    office: Office, room: object, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(office)
    dispute = filed(office, cases=[case])
    before = Entry.objects.count()

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(room, broken, crash)
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_revoked", final=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.rule(
            dispute,
            ruled,
            Order([case], None, "西政复〔2026〕12号"),
            Doing(office.lawyer, 1),
        )
    assert Dispute.objects.get(pk=dispute.pk).ended is None
    assert Entry.objects.count() == before


def test_a_reopening_and_its_ruling_stand_or_fall_together(office: Office) -> None:
    case = answered(office)
    dispute = filed(office, cases=[case], organ_number="西政复〔2026〕9号")
    doing = Doing(office.lawyer, 1)
    upheld = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    named = Order([case], None, "西政复〔2026〕12号")
    with pytest.raises(ValidationError, match="“决定维持”不责令重新处理"):
        actions.rule(dispute, upheld, named, doing)
    revoked = d.Ruled(on=D(2026, 6, 26), outcome="review_revoked", final=True)
    with pytest.raises(ValidationError, match="文号"):
        actions.rule(dispute, revoked, Order([case]), doing)
    with pytest.raises(ValidationError, match="138"):
        actions.rule(dispute, revoked, Order([case], None, "13800138000"), doing)
    ruled = actions.rule(dispute, revoked, named, doing)
    assert ruled.document == "西政复〔2026〕12号"
    reopened, struck = Case.objects.get(pk=case.pk), e.Struck(on=TODAY, entry=4)
    with pytest.raises(NotPermittedError, match="复议2026-001责令"):
        case_actions.do(reopened, struck, Doing(office.approver, reopened.version))
    last = bridge.standing(bridge.entries([ruled.pk])[ruled.pk])[-1]
    after = actions.strike(ruled, last, Doing(office.approver, ruled.version, note="误记"))
    assert (after.ended, Case.objects.get(pk=case.pk).phase) == (None, "delivered")
    assert after.document == ""
    assert case_bridge.history(case.pk)[-1].entry == 4


def test_the_register_refuses_itself_names_and_the_same_twice(office: Office) -> None:
    case, suit = answered(office), {"procedure": Procedure.SUIT}
    wrong = [
        ({"organ": office.housing.name}, "organ"),
        ({"organ": "张三丰13800138000"}, "organ"),
        ({"organ_number": "13800138000"}, "organ_number"),
        (suit | {"organ": "西山区人民政府"}, "organ"),
        ({"organ": "西山区人民法院"}, "organ"),
    ]
    for more, field in wrong:
        with pytest.raises(ValidationError) as refused:
            filed(office, **more)
        assert list(refused.value.message_dict) == [field]
    filed(office, cases=[case])
    with pytest.raises(ValidationError, match="未审结的行政复议（复议2026-001）"):
        filed(office, cases=[case])
    assert filed(office, cases=[case], another=True).number == "复议2026-002"


@pytest.mark.parametrize(
    ("procedure", "organ"),
    [
        (Procedure.REVIEW, "张三丰"),
        (Procedure.REVIEW, "人民政府"),
        (Procedure.SUIT, "王法院长"),
        (Procedure.SUIT, "人民法院"),
    ],
)
def test_an_organ_looks_like_one_or_is_known_to_be_one(
    office: Office, procedure: Procedure, organ: str
) -> None:
    more = {"procedure": procedure, "organ": organ}
    with pytest.raises(ValidationError, match=f"“{organ}”不像.*名称的依据") as refused:
        filed(office, **more)
    assert list(refused.value.message_dict) == ["organ"]
    with pytest.raises(ValidationError) as refused:
        filed(office, **more, organ_known="13800138000")
    assert list(refused.value.message_dict) == ["organ_known"]
    made = filed(office, **more, organ_known="复议决定书的印章")
    assert made.steps.get().entry.content["organ_known"] == "复议决定书的印章"


def test_an_organ_that_the_house_knows_needs_no_usual_name(office: Office) -> None:
    Body.objects.filter(pk=office.office.pk).update(review_organ="西山区复议总社")
    assert filed(office, organ="西山区复议总社").organ == "西山区复议总社"


def test_the_same_docket_number_is_asked_about_though_it_has_ended(
    office: Office,
) -> None:
    first = filed(office, organ_number="西政复〔2026〕72号", cases=[answered(office)])
    ended = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    actions.do(first, ended, Doing(office.lawyer, first.version))
    again = {"organ_number": " 西政复[2026] \uff17\uff12 号", "cases": [answered(office)]}
    with pytest.raises(ValidationError, match=r"复议2026-001.*是否同一件") as asked:
        filed(office, **again)
    assert list(asked.value.message_dict) == ["another"]
    filed(office, **again, another=True)
    filed(office, organ="清河市人民政府", organ_number="西政复〔2026〕72号")


def test_whoever_disputes_what_was_not_sent_learnt_of_it_somehow(office: Office) -> None:
    case = office.done(office.registered(), e.Decided(on=D(2026, 3, 17), ground="N6"))
    with pytest.raises(ValidationError, match="还没有登记发出") as asked:
        filed(office, cases=[case])
    assert list(asked.value.message_dict) == ["learnt"]
    made = filed(office, cases=[case], learnt="到本机关查询办理情况时得知")
    assert made.steps.get().entry.content["learnt"] == "到本机关查询办理情况时得知"
    assert "自知道答复之日起算" in receipts([case], made.filed)[0]
    sent = office.done(case, e.Dispatched(on=D(2026, 3, 18), mode="post"))
    filed(office, cases=[sent], another=True)
    assert receipts([answered(office)], made.filed) == []


def test_a_case_that_was_never_answered_is_not_opened_anew(office: Office) -> None:
    case = office.registered()
    dispute = filed(office, cases=[case])
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_ordered", final=True)
    with pytest.raises(NotPermittedError, match="重新作出处理"):
        actions.rule(
            dispute,
            ruled,
            Order([case], None, "西政复〔2026〕12号"),
            Doing(office.lawyer, 1),
        )
    stranger = answered(office)
    with pytest.raises(ValidationError, match="不在本件"):
        actions.rule(
            dispute,
            ruled,
            Order([stranger], None, "西政复〔2026〕12号"),
            Doing(office.lawyer, 1),
        )
    assert actions.rule(dispute, ruled, Order(), Doing(office.lawyer, 1)).ended


def test_somebody_else_may_not(office: Office) -> None:
    for person in (office.stranger, office.supervisor, office.administrator):
        with pytest.raises(NotAllowedError):
            actions.file(filing(office), person)
    dispute = filed(office)
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    for person in (office.clerk, office.handler, office.supervisor, office.stranger):
        with pytest.raises(NotAllowedError):
            actions.do(dispute, ruled, Doing(person, 1))


def test_twice_stale_and_future_change_nothing(office: Office) -> None:
    once = actions.file(filing(office), office.clerk, "k1")
    assert actions.file(filing(office), office.clerk, "k1") == once
    copy = d.CopyReceived(on=D(2026, 6, 22))
    actions.do(once, copy, Doing(office.clerk, 1, "k2"))
    again = actions.do(once, copy, Doing(office.clerk, 1, "k2"))
    assert again.version == 2
    with pytest.raises(MovedOnError, match="复议2026-001"):
        actions.do(once, d.Answered(on=D(2026, 6, 23)), Doing(office.clerk, 1))
    with pytest.raises(FutureError):
        actions.do(once, d.Answered(on=D(2026, 7, 1)), Doing(office.clerk, 2))
    with pytest.raises(FutureError):
        actions.file(filing(office, filed=D(2026, 7, 1)), office.clerk)
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"organ": " "}, "organ"),
        ({"after_review": True}, "review"),
    ],
)
def test_a_filing_that_makes_no_sense_is_refused(
    office: Office, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.file(filing(office, **wrong), office.clerk)
    assert field in refused.value.message_dict
    assert not Dispute.objects.exists()


def test_a_record_entered_wrongly_is_struck_and_stays_in_the_ledger(office: Office) -> None:
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    dispute = filed(office, d.CopyReceived(on=D(2026, 5, 11)), ruled)
    wrong = bridge.entries([dispute.pk])[dispute.pk][-1]
    with pytest.raises(NotAllowedError):
        actions.strike(dispute, wrong, Doing(office.lawyer, 3))
    struck = actions.strike(dispute, wrong, Doing(office.approver, 3, note="录错结果"))
    assert (struck.ended, struck.outcome, struck.version) == (None, "", 4)
    first = bridge.entries([dispute.pk])[dispute.pk][0]
    with pytest.raises(NotPermittedError, match="不能成立"):
        actions.strike(struck, first, Doing(office.approver, 4))
    with pytest.raises(NotPermittedError, match="已经更正"):
        actions.strike(struck, wrong, Doing(office.approver, 4))
    assert Entry.objects.filter(pk=wrong.pk).exists()
    assert list(faults(office.housing)) == []


def test_a_note_holds_no_persons_number(office: Office) -> None:
    dispute = filed(office)
    actions.note(dispute, Followed(D(2026, 6, 29), "已报送整改情况"), office.handler)
    told = Followed(D(2026, 6, 29), "已电话13800138000告知")
    with pytest.raises(ValidationError, match="138"):
        actions.note(dispute, told, office.handler)
    assert Note.objects.get().text == "已报送整改情况"


def test_the_columns_are_what_the_entries_make(office: Office) -> None:
    dispute = filed(
        office,
        d.CopyReceived(on=D(2026, 5, 11)),
        d.Answered(on=D(2026, 5, 20)),
        d.Suspended(on=D(2026, 5, 21)),
    )
    fresh = Dispute.objects.get(pk=dispute.pk)
    bridge.put(fresh, bridge.history(dispute.pk))
    for field in Dispute._meta.concrete_fields:
        assert getattr(fresh, field.attname) == getattr(dispute, field.attname)


# Table four, counted a second time by hand -------------------------------------

_OUTCOMES = {
    "review": {"review_upheld": "upheld", "review_revoked": "corrected",
               "review_claim_dismissed": "?", "review_withdrawn": "other"},
    "suit": {"suit_claim_dismissed": "upheld", "suit_ordered": "corrected",
             "suit_rejected": "other"},
}  # fmt: skip


def invented(office: Office, dice: random.Random) -> dict[str, object]:
    """One random dispute, entered, and what was invented for it."""
    procedure = dice.choice(["review", "suit"])
    day = D(2024, 1, 2) + timedelta(days=dice.randrange(800))
    after = procedure == "suit" and dice.random() < 0.5
    position = dice.choice(["respondent", "respondent", "respondent", "review_organ"])
    dispute = filed(
        office, procedure=Procedure(procedure), filed=day, after_review=after,
        position=Position(position),
    )  # fmt: skip
    told: dict[str, object] = {
        "block": "review" if procedure == "review" else "suit_after_review" if after
        else "suit_direct",
        "day": day, "counts": position == "respondent", "final": None, "how": None,
    }  # fmt: skip
    if dice.random() < 0.7:
        first = day + timedelta(days=dice.randrange(10, 300))
        how = dice.choice(list(_OUTCOMES[procedure]))
        appealed = procedure == "suit" and dice.random() < 0.5
        if first > TODAY:
            return told
        doing = Doing(office.lawyer, dispute.version)
        dispute = actions.do(
            dispute, d.Ruled(on=first, outcome=how, final=not appealed), doing
        )
        told |= {} if appealed else {"final": first, "how": how}
        second = first + timedelta(days=dice.randrange(20, 200))
        if appealed and second <= TODAY:
            actions.do(dispute, d.Appealed(on=first), Doing(office.lawyer, dispute.version))
            how = dice.choice(list(_OUTCOMES[procedure]))
            last = d.Ruled(on=second, outcome=how, final=True)
            actions.do(dispute, last, Doing(office.lawyer, dispute.version + 1))
            told |= {"final": second, "how": how}
    return told


def by_hand(told: list[dict], day: date, dismissed: str, *, again: bool) -> Counter:
    count: Counter = Counter()
    for each in told:
        new_year = D(day.year, 1, 1)
        if not each["counts"] or each["day"] > day:
            continue
        ended = each["final"] is not None and each["final"] <= day
        old = each["day"] < new_year
        if old and each["final"] is not None and each["final"] < new_year:
            continue
        if old and not again:
            continue
        column = "pending"
        if ended:
            found = {**_OUTCOMES["review"], **_OUTCOMES["suit"]}[each["how"]]
            column = dismissed if found == "?" else found
        count[each["block"], column] += 1
    return count


def test_table_four_is_what_a_count_by_hand_gives_on_any_day(
    office: Office, django_assert_num_queries
) -> None:
    dice = random.Random(20260630)  # noqa: S311 - invents cases, hides nothing
    told = [invented(office, dice) for _ in range(40)]
    days = [D(2024, 12, 31), D(2025, 6, 30), D(2025, 12, 31), D(2026, 4, 2), TODAY]
    for choices in (
        {},
        {"dismissed_claim": "other", "pending_from_last_year": "not_counted"},
    ):
        for option, choice in choices.items():
            Choice.objects.create(body=office.office, option=option, choice=choice)
        for day in days:
            with django_assert_num_queries(3):
                table = queries.table_four(office.housing, day)
            dismissed = choices.get("dismissed_claim", "upheld")
            hand = by_hand(told, day, dismissed, again=not choices)
            assert {tuple(c): len(n) for c, n in table.items() if n} == dict(hand)
    assert set(table) == {Cell(k, c) for k in KINDS for c in COLUMNS}


def test_each_instance_counts_where_the_body_chose_so(office: Office) -> None:
    Choice.objects.create(
        body=office.housing, option="second_instance", choice="each_instance"
    )
    filed(
        office,
        d.Ruled(on=D(2026, 5, 20), outcome="suit_claim_dismissed", final=False),
        d.Appealed(on=D(2026, 6, 1)),
        procedure=Procedure.SUIT,
    )  # fmt: skip
    table = queries.table_four(office.housing, clock.today())
    found = {cell for cell, numbers in table.items() if numbers}
    assert found == {Cell("suit_direct", "upheld"), Cell("suit_direct", "pending")}


def test_a_suit_while_its_review_is_open_is_asked_about(office: Office) -> None:
    case = answered(office)
    review = filed(office, cases=[case])
    suit = {"procedure": Procedure.SUIT, "cases": [case], "filed": D(2026, 5, 20)}
    with pytest.raises(ValidationError, match="第二十九条") as refused:
        filed(office, **suit)
    assert list(refused.value.message_dict) == ["beside"]
    assert review.number in str(refused.value)
    with pytest.raises(ValidationError, match="138"):
        filed(office, **suit, beside="原告13800138000")
    client = Client()
    client.force_login(office.clerk)
    typed = {
        "key": "key-0001", "version": "0", "procedure": "suit", "filed": "2026-05-20",
        "organ": "西山区人民法院", "position": "respondent", "filer": "applicant",
        "numbers": case.number, "body": str(office.housing.pk),
    }  # fmt: skip
    shown = client.post("/disputes/new/", typed).text
    assert 'href="#id_beside"' in shown
    told = client.post("/disputes/new/", typed | {"beside": "起诉的是第三方"}, follow=True)
    assert "起诉的是第三方" in told.text
    assert Entry.objects.latest("pk").content["beside"] == "起诉的是第三方"
    ended = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    other = answered(office)
    first = filed(office, ended, cases=[other])
    later = {"cases": [other], "review": first, "filed": D(2026, 6, 29)}
    filed(office, procedure=Procedure.SUIT, **later, beside="无须说明")
    assert "beside" not in Entry.objects.latest("pk").content


def test_review_and_suit_at_once_are_asked_about_whichever_is_entered_first(
    office: Office,
) -> None:
    case = answered(office, "G2")
    suit = filed(office, procedure=Procedure.SUIT, cases=[case], filed=D(2026, 5, 20))
    for day, why in (
        (D(2026, 5, 15), "复议期间不得起诉"),
        (D(2026, 5, 25), "不得再申请复议"),
    ):
        with pytest.raises(ValidationError, match=why) as refused:
            filed(office, cases=[case], filed=day)
        assert list(refused.value.message_dict) == ["beside"]
        assert suit.number in str(refused.value)
    review = filed(office, cases=[case], filed=D(2026, 5, 15), beside="申请复议的是第三方")
    assert Entry.objects.latest("pk").content["beside"] == "申请复议的是第三方"
    client = Client()
    client.force_login(office.clerk)
    for one, other in ((suit, review), (review, suit)):
        shown = client.get(f"/disputes/{one.pk}/").text
        assert f'<a href="/disputes/{other.pk}/">{other.number}</a>' in shown


def test_what_had_ended_by_then_is_not_asked_about(office: Office) -> None:
    case = answered(office, "G2")
    lost = d.Ruled(on=D(2026, 6, 1), outcome="suit_withdrawn", final=True)
    filed(office, lost, procedure=Procedure.SUIT, cases=[case], filed=D(2026, 5, 20))
    filed(office, cases=[case], filed=D(2026, 6, 2))
    with pytest.raises(ValidationError, match="不得再申请复议"):
        filed(office, cases=[case], filed=D(2026, 5, 29), another=True)
    after = answered(office, "G2")
    suit = {"procedure": Procedure.SUIT, "cases": [after], "filed": D(2026, 6, 20)}
    filed(office, **suit, after_review=True)
    filed(office, cases=[after], filed=D(2026, 5, 8))
    filed(office, cases=[answered(office, "G2")], filed=D(2026, 5, 8))


def test_a_suit_that_review_should_have_preceded_is_asked_about_and_says_so(
    office: Office,
) -> None:
    case, free = answered(office), answered(office, "G2")
    suit = {"procedure": Procedure.SUIT, "filed": D(2026, 5, 20)}
    with pytest.raises(ValidationError, match="复议前置") as refused:
        filed(office, **suit, cases=[case, free])
    assert list(refused.value.message_dict) == ["beside"]
    assert case.number in str(refused.value)
    assert free.number not in str(refused.value)
    direct = filed(office, **suit, cases=[case], beside="法院已经立案")
    assert Entry.objects.latest("pk").content["beside"] == "法院已经立案"
    filed(office, **suit, cases=[free])
    client = Client()
    client.force_login(office.clerk)
    assert "依法应当先申请行政复议" in client.get(f"/disputes/{direct.pk}/").text
    reviewed = filed(office, **suit, cases=[case], after_review=True, another=True)
    assert "依法应当先申请" not in client.get(f"/disputes/{reviewed.pk}/").text
