"""Days set far ahead are explained, by page and action alike."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.cases import actions
from mingtang_web.cases.actions import do
from tests.web.cases.requests import Office, at
from tests.web.desk.test_case import send, signed_in

D = date


def doing(office: Office, version: int, note: str) -> actions.Doing:
    by = {"approver": office.approver, "no_letter": "试办，不发文书"}
    return actions.Doing(office.handler, version, note=note, **by)


@pytest.mark.parametrize("until", [D(2026, 5, 8)])
def test_a_long_term_for_a_correction_is_explained(office: Office, until: date) -> None:
    case = office.registered()
    asked = e.CorrectionAsked(on=D(2026, 3, 9), until=until)
    with (
        at(D(2026, 3, 9)),
        pytest.raises(NotPermittedError, match="超过30个工作日"),
    ):
        do(case, asked, doing(office, case.version, ""))
    with at(D(2026, 3, 9)):
        typed = {"on": "2026-03-09", "until": until.isoformat(), "step": "check"}
        page = send(signed_in(office.handler), case, "do/ask_correction", **typed)
        assert "请核对年月日" in page.text
        short = e.CorrectionAsked(on=D(2026, 3, 9), until=D(2026, 3, 27))
        assert do(case, short, doing(office, case.version, "")).phase == "correction"


def test_an_answer_put_off_for_more_than_a_year_is_explained(office: Office) -> None:
    case = office.registered()
    decided = e.Decided(on=D(2026, 3, 9), ground="G1")
    case = office.done(case, decided, e.Dispatched(on=D(2026, 3, 9), mode="post"))
    far = e.Reopened(on=D(2026, 3, 18), cause="own", answer_by=D(2027, 3, 20))
    by = {"approver": office.approver, "no_letter": "试办，不发文书"}
    with pytest.raises(NotPermittedError, match="在一年以后"):
        do(case, far, actions.Doing(office.handler, case.version, **by))
    explained = actions.Doing(office.handler, case.version, note="须等诉讼", **by)
    assert do(case, far, explained).phase == "in_hand"
