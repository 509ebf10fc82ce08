"""What the tables say is kept with every act, and is what all histories together make."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang.compiling import Stretch, figures_of, tally_case, tally_dispute
from mingtang.law.grounds import ground
from mingtang_web.bodies.models import Role
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import do
from mingtang_web.cases.models import Case, Choice
from mingtang_web.cases.recounting import recounted, waiting
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts import recounting
from mingtang_web.counts.actions import close, owe
from mingtang_web.counts.models import Counted, Owed, Tally
from mingtang_web.counts.queries import Place, closed, is_owed, matters_in, tally_of
from mingtang_web.counts.sources import SOURCES
from mingtang_web.disputes import actions as disputes
from mingtang_web.disputes import bridge as dispute_bridge
from mingtang_web.disputes.actions import Filing
from mingtang_web.disputes.models import Dispute, Position, Procedure
from tests.properties.histories import histories
from tests.properties.proceedings import proceedings
from tests.web.cases.requests import Doing, Office, at
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

TODAY = date(2026, 3, 20)
LONG_AGO = date(2020, 1, 2)


def entered(office: Office, history: list[e.Event]) -> Case:
    """A case with as much of a history as the site takes, each act on its own day."""
    first = history[0]
    with at(first.on):
        case = office.registered(
            arrived=first.on, channel="in_person", kind=first.applicant
        )
    for event in history[1:]:
        with at(event.on):
            try:
                case = do(case, event, Doing(None, case.version, approver=office.approver))
            except NotPermittedError:  # what only our own records or other cases bear out
                break
    return case


def disputed(office: Office, jurist: User, history: list) -> Dispute:
    first = history[0]
    position = Position.RESPONDENT if first.counts else Position.THIRD_PARTY
    asked = Filing(
        *(office.housing, Procedure(first.procedure), first.on, position, "applicant"),
        organ="西山区人民法院" if first.procedure == "suit" else "西山区人民政府",
        another=True,
        after_review=first.after_review and first.procedure == "suit",
    )
    with at(max(event.on for event in history)):
        made = disputes.file(asked, jurist)
        for event in history[1:]:
            made = disputes.do(made, event, Doing(jurist, made.version))
    return made


def replayed(body: Body) -> Counter[Stretch]:
    """What all histories of a body make, each replayed from the ledger."""
    rules, days = rulebook(body), closed(body)
    found: Counter[Stretch] = Counter()
    ids = list(Case.objects.filter(body=body).values_list("pk", flat=True))
    for events in bridge.histories(ids).values():
        found.update(tally_case(events, rules, days))
    ids = list(Dispute.objects.filter(body=body).values_list("pk", flat=True))
    for proceeding in dispute_bridge.histories(ids).values():
        found.update(tally_dispute(proceeding, rules))
    return found


PLAINLY = """
    SELECT applicant_kind, COALESCE(NULLIF(ground, ''), 'O3'),
        SUM(CASE WHEN received >= %s AND received <= %s THEN 1 ELSE 0 END),
        SUM(CASE WHEN received < %s AND (decided IS NULL OR decided >= %s)
            THEN 1 ELSE 0 END),
        SUM(CASE WHEN received <= %s AND (decided IS NULL OR decided > %s)
            THEN 1 ELSE 0 END),
        SUM(CASE WHEN decided >= %s AND decided <= %s THEN 1 ELSE 0 END)
    FROM cases_case WHERE body_id = %s AND id NOT IN (
        SELECT case_id FROM ledger_entry WHERE case_id IS NOT NULL
        AND kind IN ('event.split', 'event.merged'))
    GROUP BY 1, 2"""


def counted_plainly(body: Body, year: int) -> Counter[str]:
    """Table three by SQL over the columns of cases, knowing nothing of tallies."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        days = (first, last, first, first, last, last, first, last)
        cursor.execute(PLAINLY, [*days, body.pk])
        for column, code, came, carried_in, carried_out, done in cursor.fetchall():
            found[f"requests/received/{column}"] += came
            found[f"requests/carried_in/{column}"] += carried_in
            found[f"requests/carried_out/{column}"] += carried_out
            found[f"requests/{ground(code).line}/{column}"] += done
    return +found


def requests_of(body: Body, year: int) -> Counter[str]:
    figures = figures_of(tally_of(body), year)
    return Counter({k: n for k, n in figures.items() if k.startswith("requests/")})


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(histories(longest=9), max_size=3), st.lists(proceedings(), max_size=1))
def test_kept_tallies_are_a_full_replay_and_a_plain_count(office, told, proceeded) -> None:
    body = office.housing
    jurist = office.jurist = getattr(office, "jurist", None) or person("jurist")
    for role in (Role.CLERK, Role.LEGAL_REVIEWER, Role.APPROVER):
        appointed(jurist, body, role, since=LONG_AGO)
    appointed(office.clerk, body, Role.CLERK, since=LONG_AGO)
    for history in told:
        entered(office, history)
    for history in proceeded:
        disputed(office, jurist, history)
    assert tally_of(body) == replayed(body)
    assert list(recounting.faults(body)) == []
    for year in range(2024, 2028):
        assert requests_of(body, year) == counted_plainly(body, year)


def test_what_an_act_changes_is_moved_and_nothing_left(office) -> None:
    case = office.registered()
    assert requests_of(office.housing, 2026) == {
        "requests/received/person": 1, "requests/carried_out/person": 1,
    }  # fmt: skip
    office.done(case, e.Reclassified(on=TODAY, applicant="company"))
    assert requests_of(office.housing, 2026) == {
        "requests/received/company": 1, "requests/carried_out/company": 1,
    }  # fmt: skip
    assert not Counted.objects.filter(cell__endswith="/person").exists()


def test_a_cell_opens_into_its_cases_page_by_page(office) -> None:
    cases = [office.registered().pk for _ in range(5)]
    body, cell = office.housing, "requests/received/person"
    place = Place(body, 2026, [cell])
    assert matters_in(place, 0, 3) == cases[:3]
    assert matters_in(place, cases[2], 3) == cases[3:]
    assert matters_in(place._replace(year=2027), 0, 3) == []
    later = Place(body, 2030, ["requests/carried_in/person"])
    assert matters_in(later, 0, 9) == cases


def test_a_year_that_was_signed_keeps_its_columns(office) -> None:
    case = office.registered()
    close(office.housing, 2026, TODAY)
    close(office.housing, 2026, date(2026, 3, 31))
    assert closed(office.housing) == {2026: TODAY}
    with at(date(2026, 3, 24)):
        office.done(case, e.Reclassified(on=date(2026, 3, 24), applicant="company"))
    assert requests_of(office.housing, 2026)["requests/received/person"] == 1
    assert list(recounting.faults(office.housing)) == []


def test_another_choice_moves_the_count_when_it_is_counted_anew(office) -> None:
    case = office.registered()
    with at(date(2027, 1, 5)):
        granted = e.Decided(on=date(2026, 12, 31), ground="G2")
        office.done(case, granted, e.Dispatched(on=date(2027, 1, 4), mode="post"))
        assert requests_of(office.housing, 2026)["requests/granted/person"] == 1
        Choice.objects.create(
            body=office.housing, option="result_year", choice="dispatched"
        )
        for some in waiting():
            recounted(some, "")
        assert requests_of(office.housing, 2027)["requests/granted/person"] == 1
        assert requests_of(office.housing, 2026)["requests/granted/person"] == 0


def test_tallies_are_made_anew_from_the_ledger_and_go_on_where_cut_off(office) -> None:
    for _ in range(5):
        office.registered()
    right = tally_of(office.housing)
    Counted.objects.filter(cell__startswith="requests/carried").delete()
    Counted.objects.create(
        body=office.housing, kind="case", matter=99_999, cell="requests/received/person",
        first=2026, last=2026, n=1,
    )  # fmt: skip
    Tally.objects.filter(body=office.housing).update(n=7)
    assert len(list(recounting.faults(office.housing))) > 5
    recounting.owe_all()
    owed = Owed.objects.get(body=office.housing, kind="case")
    assert recounting.part(owed, at_a_time=2) == 2
    recounting.owe_all()
    assert Owed.objects.get(pk=owed.pk).after == owed.after > 0
    call_command("recount", tables=True)
    assert not is_owed(office.housing)
    assert tally_of(office.housing) == right
    assert list(recounting.faults(office.housing)) == []


def test_tables_that_are_not_whole_are_not_called_wrong_but_unfinished(office) -> None:
    owe([office.housing], SOURCES)
    assert is_owed(office.housing)
    [said] = recounting.faults(office.housing)
    assert "recount" in said


@pytest.mark.parametrize("what", ["counted", "tally"])
def test_verify_tells_a_count_that_the_histories_do_not_make(office, what, capsys) -> None:
    office.registered()
    rows = {"counted": Counted, "tally": Tally}[what].objects.all()
    rows.filter(cell="requests/received/person").update(n=2)
    with pytest.raises(Exception, match="台账不完整"):
        call_command("verify")
    assert "件数" in capsys.readouterr().err or what == "tally"
