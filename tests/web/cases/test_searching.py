"""What a search record must say, and which one bears "does not exist"."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.cases import actions, bridge
from mingtang_web.cases.actions import do
from mingtang_web.cases.models import Case, SearchRecord
from mingtang_web.cases.particulars import known_particulars
from mingtang_web.cases.searching import ThinRecordError
from tests.web.cases.requests import Doing, Office, at
from tests.web.desk.test_case import send, signed_in

D = date
ASKED = e.CorrectionAsked(on=D(2026, 3, 9), until=D(2026, 3, 20))
SAID = {"scope": "本局验收档案", "method": "档案系统检索", "result": "没有查到"}


def found_nothing(office: Office, case: Case, on: date, **more: str) -> SearchRecord:
    record = SearchRecord(on=on, **(SAID | more))
    return actions.search(case, record, office.handler)


def denied(office: Office, case: Case, on: date) -> Case:
    decided = e.Decided(on=on, ground="U1a")
    return do(case, decided, Doing(None, case.version, approver=office.approver))


def test_a_search_before_the_correction_came_bears_no_answer(office: Office) -> None:
    case = office.done(office.registered(), ASKED)
    found_nothing(office, case, D(2026, 3, 10))
    case = office.done(case, e.Corrected(on=D(2026, 3, 16)))
    with pytest.raises(NotPermittedError, match="2026-03-10，而2026-03-16又收到了补正"):
        denied(office, case, D(2026, 3, 18))
    client = signed_in(office.handler)
    asked = client.get(f"/cases/{case.pk}/decide/U1a/", follow=True)
    assert "请按现在的申请内容再检索一次" in asked.text
    found_nothing(office, case, D(2026, 3, 16), scope="补正后再查验收档案")
    found_nothing(office, case, D(2026, 3, 11))
    event = e.Decided(on=D(2026, 3, 18), ground="U1a")
    told = known_particulars(case, event, "not_existing")
    assert told["search_time"] == "2026年3月16日"
    assert told["search_scope"] == "补正后再查验收档案"
    assert denied(office, case, D(2026, 3, 18)).ground == "U1a"


@pytest.mark.parametrize(
    ("day", "bears"), [((3, 10), False), ((3, 16), True), ((3, 18), True), ((3, 19), False)]
)
def test_the_evidence_ticks_no_search_that_does_not_bear_the_answer(
    office: Office, day: tuple[int, int], *, bears: bool
) -> None:
    case = office.done(office.registered(), ASKED, e.Corrected(on=D(2026, 3, 16)))
    found_nothing(office, case, D(2026, 3, 16))
    case = denied(office, case, D(2026, 3, 18))
    case.searches.update(on=D(2026, *day))  # as in records of before this was asked
    shown = signed_in(office.handler).get(f"/cases/{case.pk}/").text
    listed = shown.partition('id="evidence-head"')[2].partition("</ul>")[0]
    assert ("✓</span> 检索记录" in listed) == bears
    assert ("不能作为依据" in listed) != bears


def test_a_search_of_the_round_before_bears_no_new_answer(office: Office) -> None:
    with at(D(2026, 4, 20)):
        case = office.registered()
        found_nothing(office, case, D(2026, 3, 9))
        case = office.done(
            denied(office, case, D(2026, 3, 10)),
            e.Dispatched(on=D(2026, 3, 10), mode="post"),
            e.Reopened(on=D(2026, 4, 10), cause="own"),
        )
        for ground, parts in (("U1a", ()), ("P1", ("U1a",))):
            decided = e.Decided(on=D(2026, 4, 15), ground=ground, withheld=parts)
            with pytest.raises(NotPermittedError, match="此前的检索不能作为依据"):
                do(case, decided, Doing(None, case.version, approver=office.approver))
        found_nothing(office, case, D(2026, 4, 13))
        assert denied(office, case, D(2026, 4, 15)).ground == "U1a"
        assert len(bridge.history(case.pk)) == 5


@pytest.mark.parametrize(
    ("field", "words"), [("scope", "档"), ("method", "查 abcd"), ("result", "无")]
)
def test_a_record_that_says_nothing_is_not_kept(
    office: Office, field: str, words: str
) -> None:
    case = office.registered()
    with pytest.raises(ThinRecordError, match="个汉字") as refused:
        found_nothing(office, case, D(2026, 3, 9), **{field: words})
    assert refused.value.field == field
    page = send(
        signed_in(office.handler),
        case,
        "search",
        on="2026-03-09",
        **(SAID | {field: words}),
    )
    assert "个汉字" in page.text
    assert list(page.context["form"].errors) == [field]
    assert not case.searches.exists()
