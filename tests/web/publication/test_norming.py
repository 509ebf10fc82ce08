"""Validity: what may be entered in which state, by two persons, and what it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mingtang.publication.effective import Kind as Line
from mingtang.publication.refused import RefusedError
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Notice
from mingtang_web.notices.running import run
from mingtang_web.publication import counting, drafting, norming, releasing
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.issuing import AgainstRegisterError
from mingtang_web.publication.models import Document, State
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent, Validity
from mingtang_web.publication.recording import OutOfTurnError
from mingtang_web.publication.reminding import due
from mingtang_web.publication.stock import (
    declare_stock,
    entered_since,
    stock_said,
    stock_taken,
)
from mingtang_web.publication.turning import JOB
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.norms import (
    NORM,
    after,
    decide,
    entered,
    happen,
    stock,
)
from tests.web.publication.offices import TODAY

if TYPE_CHECKING:
    from tests.web.publication.offices import Newsroom

Kind = ForceEvent.Kind

# Which acts pass in which state; every other one is refused and changes nothing.
PASSES = {
    "unregistered": {"issued"},
    "not_yet": {"amended", "kept", "repealed", "declared_void"},
    "in_force": {"amended", "kept", "repealed", "declared_void"},
    "amended": {"amended", "kept", "repealed", "declared_void"},
    "repealed": set(),
    "repealed_later": set(),
    "void": set(),
    "expired": set(),
    "waiting": set(),
}


def document_in(room: Newsroom, state: str) -> Document:
    """A document that stands as a state says on 5 March 2026."""
    if state == "unregistered":
        return room.drafted(**NORM)
    if state == "not_yet":
        return room.published(**NORM | {"effective_on": date(2026, 4, 1)})
    if state == "expired":
        return stock(room, issued=date(2020, 1, 1), expires=date(2024, 12, 31))
    document = room.published(**NORM)
    made = {
        "amended": Happened(Kind.AMENDED, TODAY, "修订", by_name="西政建〔2026〕9号"),
        "repealed": Happened(Kind.REPEALED, TODAY, "不再适用", by_name="西政建〔2026〕9号"),
        "repealed_later": Happened(
            Kind.REPEALED, TODAY, "不再适用", date(2026, 12, 1), by_name="西政建〔2026〕9号"
        ),
        "void": Happened(Kind.DECLARED_VOID, TODAY, "任务已经完成"),
    }
    if state == "waiting":
        return entered(room, document, made["amended"])
    return happen(room, document, made[state]) if state in made else document


def what(kind: str) -> Happened:
    more = {"by_name": "西政建〔2026〕9号"} if kind in norming.BY_ANOTHER else {}
    return Happened(kind, TODAY, "经评估", **more)


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("state", PASSES)
def test_every_act_in_every_state(room, state, kind):
    document = document_in(room, state)
    before = document.validity, document.version, ForceEvent.objects.count()
    if kind in PASSES[state]:
        document = happen(room, document, what(kind))
        assert document.forceevents.filter(kind=kind, stage="stands").exists()
    else:
        with pytest.raises((RefusedError, OutOfTurnError)):
            entered(room, document, what(kind))
        document.refresh_from_db()
        now = document.validity, document.version, ForceEvent.objects.count()
        assert now == before


@pytest.mark.parametrize(
    ("state", "validity"),
    [
        ("unregistered", ""),
        ("not_yet", Validity.NOT_YET),
        ("in_force", Validity.IN_FORCE),
        ("amended", Validity.AMENDED),
        ("repealed", Validity.REPEALED),
        ("repealed_later", Validity.IN_FORCE),
        ("void", Validity.LAPSED),
        ("expired", Validity.LAPSED),
        ("waiting", Validity.IN_FORCE),
    ],
)
def test_the_lists_show_where_a_document_stands(room, state, validity):
    assert document_in(room, state).validity == validity


def test_a_publication_records_its_issue_in_the_same_transaction(room):
    document = room.published(**NORM)
    row = document.forceevents.get()
    assert (row.kind, row.source, row.on) == ("issued", "publication", document.formed_on)
    assert document.norm == "normative"
    kinds = Entry.objects.filter(body=room.housing).order_by("sequence")
    told = [entry.kind.split(".")[1] for entry in kinds if "publication." in entry.kind]
    assert told[-2:] == ["force_issued", "published"]


def test_a_publication_that_fails_records_no_issue(room, monkeypatch):
    document = room.cleared(**NORM)

    def broken(*_: object) -> None:
        raise OutOfTurnError

    monkeypatch.setitem(releasing.ON_PUBLISHING, "zz", broken)
    with pytest.raises(OutOfTurnError):
        releasing.publish(document, room.doing(room.publisher, document))
    assert not ForceEvent.objects.exists()


def test_what_is_no_normative_document_is_not_registered(room):
    document = room.published()
    assert (document.norm, document.validity) == ("", "")
    assert not ForceEvent.objects.exists()


def republished(room: Newsroom, document: Document, **more: object) -> Document:
    document = drafting.reopen(document, room.doing(room.writer, document, "更正"))
    draft = replace(as_draft(document.current), **more)
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = room.reviewed(room.sent(document))
    return releasing.publish(document, room.doing(room.publisher, document))


def test_published_anew_with_another_end_it_is_issued_so(room):
    document = republished(room, room.published(**NORM), expires_on=date(2028, 3, 31))
    assert document.expires_on == date(2028, 3, 31)
    assert [row.stage for row in document.forceevents.order_by("id")] == [
        "struck",
        "stands",
    ]
    same = republished(room, document, html="<p>另一段。</p>")
    assert same.forceevents.count() == 2, "other words alone change nothing"


def test_what_goes_out_does_not_contradict_the_register(room):
    document = happen(room, room.published(**NORM), what(Kind.KEPT))
    with pytest.raises(AgainstRegisterError):
        republished(room, document, normative="")
    document.refresh_from_db()
    assert document.norm == "normative"


def test_published_anew_its_days_do_not_contradict_what_happened_since(room):
    document = happen(room, room.published(**NORM), what(Kind.KEPT))
    with pytest.raises(AgainstRegisterError, match="对不上"):
        republished(room, document, expires_on=date(2026, 3, 4))
    document.refresh_from_db()
    assert document.expires_on is None


def test_taken_down_it_is_in_force_all_the_same(room):
    document = room.published(**NORM)
    document = releasing.withdraw(
        document, room.doing(room.publisher, document, "附件有误，更正后再发布")
    )
    assert (document.is_out, document.validity) == (False, Validity.IN_FORCE)
    row = document.forceevents.get()
    struck = decide(room, document, row, norming.strike, "误发，没有印发过")
    assert (struck.norm, struck.validity) == ("", "")


def test_the_issue_of_what_is_out_is_not_struck_by_hand(room):
    document = room.published(**NORM)
    with pytest.raises(OutOfTurnError, match="先撤下"):
        decide(room, document, document.forceevents.get(), norming.strike, "误登")


def test_it_takes_two(room):
    appointed(room.writer, room.housing, Role.APPROVER)
    document = entered(room, room.published(**NORM), what(Kind.REPEALED))
    row = document.forceevents.get(stage="proposed")
    assert document.validity == Validity.IN_FORCE, "nothing counts before it is confirmed"
    with pytest.raises(OutOfTurnError, match="您登记的"):
        norming.confirm(document, row.pk, room.doing(room.writer, document))
    for who in (room.publisher, room.clerk, room.lawyer, room.stranger):
        with pytest.raises(NotAllowedError):
            norming.confirm(document, row.pk, room.doing(who, document))
    document = decide(room, document, row, norming.confirm)
    assert document.validity == Validity.REPEALED
    row.refresh_from_db()
    assert (row.by, row.confirmed_by) == (room.writer, room.approver)


def test_who_enters(room):
    document = room.published(**NORM)
    for who in (room.clerk, room.approver, room.publisher, room.stranger):
        with pytest.raises(NotAllowedError):
            norming.propose(document, what(Kind.KEPT), room.doing(who, document))


def test_a_refusal_says_why_and_is_told(room):
    document = entered(room, room.published(**NORM), what(Kind.REPEALED))
    row = document.forceevents.get(stage="proposed")
    with pytest.raises(ValidationError):
        decide(room, document, row, norming.refuse, "")
    document = decide(room, document, row, norming.refuse, "文号不对")
    assert document.validity == Validity.IN_FORCE
    assert Notice.objects.filter(kind="force_refused", user=room.writer).exists()
    assert Notice.objects.filter(kind="force_asked", user=room.approver).exists()
    happen(room, document, what(Kind.REPEALED))


def test_a_strike_leaves_the_row_and_what_stood_before(room):
    document = happen(room, room.published(**NORM), what(Kind.REPEALED))
    row = document.forceevents.get(kind=Kind.REPEALED)
    document = decide(room, document, row, norming.strike, "登记错了文件")
    assert document.validity == Validity.IN_FORCE
    row.refresh_from_db()
    assert (row.stage, row.confirmed_why) == ("struck", "登记错了文件")


@pytest.mark.parametrize(
    ("happened", "field"),
    [
        (Happened(Kind.REPEALED, TODAY, "不再适用"), "by_name"),
        (Happened(Kind.REPEALED, date(2026, 3, 6), "不再适用", by_name="某号"), "on"),
        (Happened(Kind.KEPT, TODAY, " "), "basis"),
        (Happened(Kind.DECLARED_VOID, TODAY, "完成", expires_on=TODAY), "expires_on"),
        (Happened(Kind.KEPT, TODAY, "评估", effective_on=TODAY), "effective_on"),
    ],
)
def test_what_is_entered_is_looked_at(room, happened, field):
    with pytest.raises(ValidationError) as why:
        entered(room, room.published(**NORM), happened)
    assert field in why.value.message_dict


def test_a_document_not_marked_normative_is_no_stock(room):
    with pytest.raises(ValidationError) as why:
        entered(room, room.drafted(), Happened(Kind.ISSUED, TODAY, "纸质原件"))
    assert "kind" in why.value.message_dict


def test_the_day_brings_a_document_into_force_and_out_of_it(room):
    with at(date(2026, 3, 5)):
        document = room.published(
            **NORM | {"effective_on": date(2026, 4, 1), "expires_on": date(2026, 6, 30)}
        )
    assert document.turns_on == date(2026, 4, 1)
    seen = {}
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)):
        with at(day):
            run(JOB, day)
        document.refresh_from_db()
        seen[day.isoformat()] = document.validity
    assert list(seen.values()) == [
        Validity.NOT_YET, Validity.IN_FORCE, Validity.IN_FORCE, Validity.LAPSED,
    ]  # fmt: skip
    assert document.turns_on is None


def test_an_end_that_comes_is_told_once(room):
    room.published(**NORM | {"expires_on": date(2026, 5, 1)})
    room.published(**NORM | {"title": "另一件", "expires_on": date(2026, 12, 31)})
    told = list(due(TODAY))
    assert [each.day for each in told] == [date(2026, 5, 1)]
    assert told[0].key(1) == next(iter(due(date(2026, 4, 1)))).key(1)


# ---------------------------------------------------------------- what it counts


def test_repealed_next_year_it_is_in_force_at_this_years_end(room):
    document = room.published(**NORM)
    with at(date(2027, 2, 3)):
        document = happen(room, document, replace(what(Kind.REPEALED), on=date(2027, 2, 3)))
        this, next_one = (counting.counts(room.housing, year) for year in (2026, 2027))
    line = this[Line.NORMATIVE]
    name = (document.index_number,)
    assert (line.issued.ids, line.repealed.ids, line.in_force.ids) == (name, (), name)
    line = next_one[Line.NORMATIVE]
    assert (line.issued.ids, line.repealed.ids, line.in_force.ids) == ((), name, ())


def test_the_first_year_counts_its_stock_and_says_so(room):
    old = stock(room, issued=date(2019, 5, 6))
    new = room.published(
        **NORM | {"title": "新的办法", "document_number": "西政建〔2026〕8号"}
    )
    line = counting.lines(room.housing, 2026, {Line.NORMATIVE: 1})[Line.NORMATIVE]
    assert line.counts.in_force.ids == tuple(sorted((old.index_number, new.index_number)))
    assert line.counts.carried.ids == line.counts.late == (old.index_number,)
    assert line.in_force is None, "nobody said yet that the stock is in full"
    doing = room.doing(room.approver)
    declare_stock(room.housing, date(2025, 12, 31), "逐件核对发文目录", doing)
    line = counting.lines(room.housing, 2026, {Line.NORMATIVE: 1})[Line.NORMATIVE]
    assert (line.in_force, line.explanation.difference) == (2, 0)


def test_a_report_is_not_compiled_from_half_a_stock(room):
    document = room.published(**NORM)
    assert counting.kept(room.housing) is None
    doing = room.doing(room.approver)
    declare_stock(room.housing, date(2025, 12, 31), "没有存量", doing)
    kept = counting.kept(room.housing)
    assert [each.number for each in kept] == [document.index_number]


def test_an_old_document_whose_draft_was_given_up_is_in_force_and_repealed(room):
    document = stock(room, issued=date(2019, 5, 6))
    document = drafting.discard(document, room.doing(room.writer, document, "不上网"))
    assert document.validity == Validity.IN_FORCE
    document = happen(room, document, what(Kind.REPEALED))
    assert document.validity == Validity.REPEALED


def test_the_stock_is_not_in_full_while_something_waits(room):
    document = room.drafted(**NORM)
    entered(room, document, Happened(Kind.ISSUED, date(2026, 3, 2), "纸质原件"))
    with pytest.raises(ValidationError, match="待确认"):
        declare_stock(room.housing, TODAY, "核对", room.doing(room.approver))
    with pytest.raises(NotAllowedError):
        declare_stock(room.housing, TODAY, "核对", room.doing(room.writer))


def declared(room, through: date = date(2025, 12, 31)) -> None:
    declare_stock(room.housing, through, "核对目录", room.doing(room.approver))


def test_stock_entered_later_takes_the_word_back_until_it_is_given_anew(room):
    declared(room)
    with at(TODAY + timedelta(days=1)):
        old = room.drafted(**NORM | {"formed_on": date(2019, 5, 6), "effective_on": None})
        old = entered(room, old, Happened(Kind.ISSUED, date(2019, 5, 6), "漏登"))
        said = stock_said(room.housing)
        assert entered_since(said) == [old], "waiting it questions it already"
        decide(room, old, old.forceevents.get(), norming.confirm)
        assert stock_taken(room.housing) is None
        assert counting.kept(room.housing) is None
        line = counting.lines(room.housing, 2026)[Line.NORMATIVE]
        assert (line.in_force, line.counts.in_force.number) == (None, 1)
        client = Client()
        client.force_login(room.approver)
        page = client.get("/norms/counts/").content.decode()
        assert "这一声明已经不成立" in page
        assert "重新声明存量登记齐全" in page
    with at(TODAY + timedelta(days=2)):
        declared(room)
        assert stock_taken(room.housing)
        assert counting.lines(room.housing, 2026)[Line.NORMATIVE].in_force == 1


def test_what_was_over_by_then_or_is_newer_questions_no_word(room):
    declared(room)
    with at(TODAY + timedelta(days=1)):
        stock(room, date(2018, 1, 1), expires=date(2023, 1, 1))
        stock(room, date(2026, 1, 15))
        room.published(**NORM | {"formed_on": date(2025, 12, 30)})
        refused = room.drafted(**NORM | {"formed_on": date(2017, 1, 1)})
        refused = entered(room, refused, Happened(Kind.ISSUED, date(2017, 1, 1), "疑似"))
        decide(room, refused, refused.forceevents.get(), norming.refuse, "不是本机关的")
    assert stock_taken(room.housing)


def test_the_sum_on_the_page_is_the_sum(room):
    """A stock that was entered later is carried already, and moves nothing once more."""
    for day in range(1, 5):
        stock(room, date(2019, 5, day), title=f"旧办法{day}")
    gone = stock(room, date(2019, 6, 1), title="宣布失效的办法")
    room.published(**NORM)
    happen(room, gone, what(Kind.DECLARED_VOID))
    declared(room)
    client = Client()
    client.force_login(room.approver)
    page = client.get("/norms/counts/").content.decode()
    text = re.sub(r"<[^>]+>|\s", "", page.split('class="norm-sum')[2])
    assert "上年末有效（按现在的记录）：5件，制发+1，废止−0，清理中宣布失效-1" in text
    assert "得年末有效（已登记）5件" in text
    assert "补登" not in text.split("得年末有效")[0]


def test_published_after_it_was_entered_as_stock_it_is_one_document(room):
    document = stock(room, issued=date(2019, 5, 6))
    document = room.reviewed(room.sent(document))
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert document.state == State.PUBLISHED
    assert document.forceevents.get().source == "stock"


def test_a_submission_sent_twice_is_one(room):
    document = room.published(**NORM)
    doing = room.doing(room.writer, document)
    norming.propose(document, what(Kind.KEPT), doing)
    norming.propose(document, what(Kind.KEPT), doing)
    assert document.forceevents.filter(kind=Kind.KEPT).count() == 1
    assert after(document).version == document.version + 1
