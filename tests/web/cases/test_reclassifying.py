"""Another applicant's kind: never without a reason, by two where columns are published."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang_web.annual.models import Annual, State
from mingtang_web.cases import questioning
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.models import Proposal
from mingtang_web.cases.signing import approve, propose
from mingtang_web.clock import now
from mingtang_web.counts.actions import close
from mingtang_web.counts.queries import closed
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import at
from tests.web.counts.test_counts import TODAY, requests_of

WHY = "核对营业执照，原来登记为自然人"
COMPANY = e.Reclassified(on=TODAY, applicant="company")


def test_nobody_moves_a_column_without_a_reason(office) -> None:
    case = office.registered()
    with pytest.raises(NotPermittedError, match="为什么更正"):
        do(case, COMPANY, Doing(office.handler, 1))
    case = do(case, COMPANY, Doing(office.handler, 1, note=WHY))
    assert case.version == 2
    assert (
        Entry.objects.filter(case_id=case.pk).order_by("pk").last().content["note"] == WHY
    )


def test_in_a_case_that_is_over_another_consents(office) -> None:
    case = office.registered()
    case = office.done(case, e.Withdrawn(on=TODAY), e.Archived(on=TODAY))
    doing = Doing(office.handler, case.version, note=WHY)
    with pytest.raises(SignOffError, match="另一人审批"):
        do(case, COMPANY, doing)
    with pytest.raises(SignOffError, match="理由"):
        propose(case, COMPANY, Doing(office.handler, case.version))
    made = propose(case, COMPANY, doing)
    assert made.stage == Proposal.Stage.APPROVAL
    assert approve(made, office.approver).version == case.version + 1


def test_the_columns_of_a_signed_year_move_by_two_and_never_backwards(office) -> None:
    case, body = office.registered(), office.housing
    Annual.objects.create(body=body, year=TODAY.year, state=State.SIGNED, created_at=now())
    assert questioning.closed(body, TODAY.year)
    close(body, TODAY.year, TODAY)
    assert closed(body) == {TODAY.year: TODAY}
    later = date(TODAY.year, 12, 30)
    with at(later):
        doing = Doing(office.handler, 1, note=WHY)
        with pytest.raises(SignOffError, match="已经签发"):
            do(case, COMPANY, doing)
        case = approve(propose(case, COMPANY, doing), office.approver)
    assert requests_of(body, TODAY.year)["requests/received/person"] == 1
