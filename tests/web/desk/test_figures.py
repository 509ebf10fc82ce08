"""Figures equal a plain count, lead to what they count, and are shown to whom they may."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang.law import calendar
from mingtang.law.grounds import ground
from mingtang_web import clock
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.models import Role
from mingtang_web.cases import figures as counting
from mingtang_web.cases.figures import Scope
from mingtang_web.cases.models import Case, KeptFigures
from mingtang_web.desk import charting, figuring
from mingtang_web.desk.figuring import family
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from tests.web.cases.requests import Office
from tests.web.people import appointed, body

D = date
TODAY = D(2026, 6, 30)
GROUNDS = ("G1", "G2", "N5", "N6", "N7")


class Ledger:
    """What was entered, told plainly: years, kinds, grounds, days, whether in time."""

    def __init__(self) -> None:
        self.kinds: Counter = Counter()
        self.grounds: Counter = Counter()
        self.kept: Counter = Counter()
        self.days: Counter = Counter()
        self.paid: Counter = Counter()


def working_days(first: date, last: date) -> int:
    """The working days after one day up to another, counted one by one."""
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(calendar().is_working(day) for day in days)


def entered(office: Office, seed: int, n: int = 12) -> Ledger:
    """A random lawful ledger of two years, and what it says."""
    random, told = Random(seed), Ledger()  # noqa: S311 - no secret
    for _ in range(n):
        came = D(random.choice((2025, 2026)), random.randint(1, 4), random.randint(1, 28))
        kind = random.choice(list(Kind))
        case = office.registered(arrived=came, kind=kind)
        told.kinds[came.year, kind.value] += 1
        if random.random() < 0.2:
            continue
        asked = came + timedelta(random.randint(1, 3))
        replied = asked + timedelta(random.randint(2, 15))
        decided = came + timedelta(random.randint(18, 55))
        steps: list = []
        if random.random() < 0.4:
            steps = [
                e.Consulted(on=asked, party="1", role="third_party"),
                e.ConsultationDelivered(on=asked, party="1"),
                e.OpinionReceived(on=replied, party="1", stance="consents"),
            ]
        code = random.choice(GROUNDS)
        steps += [e.Decided(on=decided, ground=code), e.Dispatched(on=decided, mode="post")]
        office.done(case, *steps)
        used = working_days(came, decided)
        if len(steps) > 2:
            used -= working_days(asked, replied)
        told.grounds[decided.year, code] += 1
        told.days[decided.year, used] += 1
        # On a day of rest after the last day no working day more is used up.
        late = used > 20 or (used == 20 and not calendar().is_working(decided))
        told.kept[decided.year, "late" if late else "in_time"] += 1
    return told


def of_year(counter: Counter, year: int) -> Counter:
    return Counter({what: n for (y, what), n in counter.items() if y == year})


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_a_plain_count_of_what_was_entered(office, seed):
    told = entered(office, seed)
    for scope in (Scope(office.housing), Scope(office.office, below=True)):
        found = counting.figures(scope).years
        for year in (2025, 2026):
            assert found[year].kinds == of_year(told.kinds, year)
            assert found[year].grounds == of_year(told.grounds, year)
            assert found[year].days == of_year(told.days, year)
            assert found[year].kept == of_year(told.kept, year)
    assert counting.figures(Scope(office.water)).years == {}


def test_every_bar_leads_to_as_many_cases_as_it_counts(client, office):
    entered(office, 7, 10)
    client.force_login(office.supervisor)
    for address in ("/figures/?year=2026", f"/figures/?body={office.housing.pk}&year=2025"):
        page = client.get(address).text
        rows = re.findall(
            r'<a href="(/cases/[^"]+)">[^<]+</a></th><td class="figure"[^>]*>(\d+)', page
        )
        assert len(rows) > 5
        for link, n in rows:
            listed = client.get(link.replace("&amp;", "&")).text
            assert listed.count("<tr data-row>") == int(n), link


def test_a_median_is_a_day_by_which_half_were_answered():
    days = Counter({3: 2, 8: 1, 20: 1})
    assert counting.quantile(days, 0.5) == 3
    assert counting.quantile(days, 0.9) == 20
    assert counting.quantile(Counter(), 0.5) is None
    assert counting.between(days, 4, None) == 2


def test_below_thirty_no_share_is_told(client, office):
    entered(office, 1, 4)
    client.force_login(office.clerk)
    page = client.get("/figures/?year=2026").text
    assert "不足 30，不算百分比" in page
    assert not re.search(r"\d%\s*</small>", page)
    chart = charting.Chart(
        "x", "x", "x", (charting.Bar("a", 20), charting.Bar("b", 10)), 30
    )
    assert [share for _, _, share in chart.drawn] == ["66.7%", "33.3%"]
    assert [length for _, length, _ in chart.drawn] == ["100.0", "50.0"]


def test_fees_and_a_struck_entry(office):
    case = office.registered(arrived=D(2026, 3, 2))
    office.done(
        case,
        e.FeeNotified(on=D(2026, 3, 3), basis="pages", pieces=68, yuan=380),
        e.FeeNoticeDelivered(on=D(2026, 3, 5)),
        e.FeePaid(on=D(2026, 3, 20), yuan=380),
        e.FeeRefunded(on=D(2026, 3, 24), yuan=100),
    )
    found = counting.figures(Scope(office.housing)).years[2026].fees
    assert found == {"notices": (1, 380), "payments": (1, 380), "refunds": (1, 100)}


def test_what_takes_long_is_kept_and_says_since_when(client, office, monkeypatch):
    monkeypatch.setattr(counting, "SLOW", 0)
    entered(office, 2, 3)
    client.force_login(office.supervisor)
    first = client.get("/figures/?year=2026").text
    assert "年度的数截至" not in first
    assert KeptFigures.objects.get().top == office.office
    entered(office, 3, 3)
    kept = client.get("/figures/?year=2026").text
    assert "年度的数截至" in kept
    assert counting.stale() == []
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert run(JOBS["figures"], TODAY).done == 1
    live = counting.years(counting.count(Scope(office.office, below=True)))
    again = counting.years(counting.Rows(**KeptFigures.objects.get().content))
    assert {y: vars(f) for y, f in again.items()} == {y: vars(f) for y, f in live.items()}


def test_a_bodys_own_figures_are_never_kept(client, office, monkeypatch):
    monkeypatch.setattr(counting, "SLOW", 0)
    client.force_login(office.clerk)
    client.get("/figures/")
    assert not KeptFigures.objects.exists()


def test_who_sees_what(client, office):
    entered(office, 4, 3)
    known = {
        "clerk": office.clerk, "handler": office.handler, "legal_reviewer": office.lawyer,
        "approver": office.approver, "administrator": office.administrator,
    }  # fmt: skip
    for role, person in known.items():
        client.force_login(person)
        page = client.get(f"/figures/?body={office.housing.pk}").text
        assert office.housing.name in page, role
        for other in (office.office, office.water):
            address = f"/figures/?body={other.pk}"
            assert client.get(address).status_code == 404, role
            assert client.get(address.replace("?", "export/?")).status_code == 404
    client.force_login(office.supervisor)
    assert "（含下级）" in client.get("/figures/").text
    assert "（含下级）" not in client.get("/figures/?only=1").text
    assert "没有名称包含" in client.get("/figures/?body=没有这个").text
    client.force_login(office.stranger)
    assert client.get(f"/figures/?body={office.housing.pk}").status_code == 404
    client.logout()
    assert client.get("/figures/").status_code == 302


def test_a_page_costs_the_same_for_one_body_and_for_thirty(client, office):
    entered(office, 5, 3)
    client.force_login(office.supervisor)
    client.get("/figures/")
    with CaptureQueriesContext(connection) as few:
        client.get("/figures/")
    for n in range(30):
        body(100 + n, f"西山区第{n}局", office.office)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/figures/").status_code == 200
    assert len(many) == len(few) <= 16


def test_the_file_holds_what_the_page_shows_and_nothing_that_runs(client, office):
    office.housing.name = "=1+1局"
    office.housing.save()
    told = entered(office, 6, 8)
    client.force_login(office.supervisor)
    answer = client.get("/figures/export/?year=2026")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = {(row[0], row[1]): row[2] for row in rows if len(row) > 2}
    for kind in Kind:
        shown = found["谁在申请？", kind.label]
        assert int(shown) == told.kinds[2026, kind.value]
    for code, n in of_year(told.grounds, 2026).items():
        assert found["申请得到了什么结果？", ground(code).title] == str(n)
    assert any("'=1+1局" in row[0] for row in rows if row)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_every_result_belongs_to_a_group():
    assert {family(code) for code in GROUNDS} <= set(figuring.FAMILIES)


def test_recounting_counts_the_days_too(office):
    case = office.done(
        office.registered(arrived=D(2026, 3, 2)),
        e.Decided(on=D(2026, 3, 16), ground="G2"),
        e.Dispatched(on=D(2026, 3, 17), mode="post"),
    )
    assert case.net_days == working_days(D(2026, 3, 2), D(2026, 3, 17)) == 11
    Case.objects.update(net_days=None, counted_by="")
    call_command("recount")
    case.refresh_from_db()
    assert case.net_days == 11


def test_a_second_role_elsewhere_offers_a_choice_of_bodies(client, office):
    appointed(office.clerk, office.water, Role.CLERK)
    client.force_login(office.clerk)
    page = client.get("/figures/").text
    assert f'<option value="{office.water.pk}"' in page
