"""Figures equal a plain count, lead to what they count, and are shown to whom they may."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang import compiling as engine
from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang.law import calendar
from mingtang.law.grounds import ground
from mingtang_web import charting, clock
from mingtang_web.annual import actions as annuals
from mingtang_web.annual.models import Annual, State
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.models import Role
from mingtang_web.cases import branching, bridge
from mingtang_web.cases import figures as counting
from mingtang_web.cases.figures import Scope
from mingtang_web.cases.models import Case, Choice, KeptFigures
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.actions import owe
from mingtang_web.counts.queries import covering
from mingtang_web.desk import tabulating
from mingtang_web.desk.figure_words import APART
from mingtang_web.desk.figuring import Asked, trend
from mingtang_web.desk.tabulating import family
from mingtang_web.disputes import actions as disputes
from mingtang_web.disputes import bridge as dispute_bridge
from mingtang_web.disputes.actions import Filing
from mingtang_web.disputes.models import Dispute, Position, Procedure
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from tests.web.cases.requests import Doing, Office
from tests.web.people import appointed, body

if TYPE_CHECKING:
    from mingtang.compiling import Compiled
    from mingtang_web.charting import Chart

D = date
TODAY = D(2026, 6, 30)
UNCONFIRMED = ("unconfirmed", "unreceived")
GROUNDS = ("G1", "G2", "N5", "N6", "N7")


class Ledger:
    """What was entered, told plainly: years, kinds, lines, days, whether in time."""

    def __init__(self) -> None:
        self.kinds: Counter = Counter()
        self.lines: Counter = Counter()
        self.kept: Counter = Counter()
        self.days: Counter = Counter()
        self.registered: Counter = Counter()


def working_days(first: date, last: date) -> int:
    """The working days after one day up to another, counted one by one."""
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(calendar().is_working(day) for day in days)


def entered(office: Office, seed: int, n: int = 12) -> Ledger:
    """A random lawful ledger of two years, and what it says."""
    random, told = Random(seed), Ledger()  # noqa: S311 - no secret
    for at in range(n):
        came = D(random.choice((2025, 2026)), random.randint(1, 4), random.randint(1, 28))
        kind = random.choice(list(Kind))
        # The first ones are of every sort, whatever the dice say.
        way = WAYS[at] if at < len(WAYS) else random.choice((*WAYS, *["answered"] * 6))
        channel = "plain_post" if way in UNCONFIRMED else "in_person"
        case = office.registered(arrived=came, kind=kind, channel=channel)
        counts = COUNTING[way](office, case, random, told)
        told.registered[came.year, way if way in UNCONFIRMED else "received"] += 1
        if counts:
            told.kinds[came.year, kind.value] += 1
    return told


def answered(office: Office, case: Case, random: Random, told: Ledger) -> bool:
    came = case.received
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
    told.lines[decided.year, ground(code).line] += 1
    told.days[decided.year, used] += 1
    told.kept[decided.year, "late" if is_late(used, decided) else "in_time"] += 1
    return True


def is_late(used: int, day: date) -> bool:
    """On a day of rest after the last day no working day more is used up."""
    return used > 20 or (used == 20 and not calendar().is_working(day))


def charged(office: Office, case: Case, random: Random, _told: Ledger) -> bool:
    day, yuan = case.received + timedelta(1), 380
    office.done(
        case,
        e.FeeNotified(on=day, basis="pages", pieces=68, yuan=yuan),
        e.FeeNoticeDelivered(on=day + timedelta(2)),
        e.FeePaid(on=day + timedelta(9), yuan=yuan),
        e.FeeRefunded(on=day + timedelta(12), yuan=random.randint(1, 99)),
    )
    return True


def withdrawn(office: Office, case: Case, random: Random, told: Ledger) -> bool:
    on = case.received + timedelta(random.choice((5, 40)))
    office.done(case, e.Withdrawn(on=on))
    told.lines[on.year, "other_other"] += 1
    if is_late(working_days(case.received, on), on):
        told.kept[on.year, "late"] += 1
    else:
        told.kept[on.year, "no_term"] += 1
    return True


def merged(office: Office, case: Case, _random: Random, told: Ledger) -> bool:
    other = office.registered(arrived=case.received - timedelta(1), kind=Kind.OTHER)
    told.kinds[other.received.year, Kind.OTHER.value] += 1
    told.registered[other.received.year, "received"] += 1
    on = case.received + timedelta(1)
    office.done(case, e.Merged(on=on, into=other.number))
    told.registered[case.received.year, "merged"] += 1
    told.kept[on.year, "no_term"] += 1
    return False


def split(office: Office, case: Case, _random: Random, told: Ledger) -> bool:
    year, on = case.received.year, case.received + timedelta(1)
    doing = Doing(None, case.version, approver=office.approver)
    for part in branching.split(case, on, ("一号楼", "二号楼"), doing):
        told.kinds[year, part.applicant_kind] += 1
        told.registered[year, "received"] += 1
    told.registered[year, "split"] += 1
    told.kept[on.year, "no_term"] += 1
    return False


def unreceived(office: Office, case: Case, _random: Random, told: Ledger) -> bool:
    office.done(case, e.Withdrawn(on=case.submitted + timedelta(2)))
    told.kept[case.submitted.year, "no_term"] += 1
    return False


COUNTING = {
    "answered": answered, "open": lambda *_: True, "withdrawn": withdrawn,
    "charged": charged, "merged": merged, "split": split,
    "unconfirmed": lambda *_: False, "unreceived": unreceived,
}  # fmt: skip
WAYS = tuple(COUNTING)


def disputed(office: Office, seed: int, n: int = 5) -> None:
    """Some reviews and suits of two years, some of them ended."""
    random = Random(seed)  # noqa: S311 - no secret
    for _ in range(n):
        filed = D(random.choice((2025, 2026)), random.randint(1, 5), random.randint(1, 28))
        is_suit = random.random() < 0.5
        procedure = Procedure.SUIT if is_suit else Procedure.REVIEW
        organ = "西山区人民法院" if is_suit else "西山区人民政府"
        position = random.choice((*[Position.RESPONDENT] * 4, Position.THIRD_PARTY))
        asked = Filing(
            office.housing, procedure, filed, position, "applicant", organ=organ,
            another=True, after_review=is_suit and random.random() < 0.5,
        )  # fmt: skip
        made = disputes.file(asked, office.clerk)
        if random.random() < 0.6:
            outcome = "suit_claim_dismissed" if is_suit else "review_revoked"
            ruled = d.Ruled(on=filed + timedelta(20), outcome=outcome, final=True)
            disputes.do(made, ruled, Doing(office.lawyer, made.version))


def of_year(counter: Counter, year: int) -> Counter:
    return Counter({what: n for (y, what), n in counter.items() if y == year})


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_a_plain_count_of_what_was_entered(office, seed):
    told = entered(office, seed)
    for scope in (Scope(office.housing), Scope(office.office, below=True)):
        found = counting.figures(scope).years
        for year in (2025, 2026):
            each, kept = found[year], of_year(told.kept, year)
            cells = {kind: each.cells[f"requests/received/{kind}"] for kind in Kind.values}
            assert +Counter(cells) == of_year(told.kinds, year)
            lines = of_year(told.lines, year)
            assert {line: each.line(line) for line in lines} == lines
            assert each.concluded == lines.total()
            assert each.days == of_year(told.days, year)
            held = {name: n for name, n in each.kept.items() if name in {"late", "in_time"}}
            assert held == {name: kept[name] for name in held}
            assert each.held == kept["late"] + kept["in_time"]
            assert each.registered == of_year(told.registered, year)
            apart = sum(each.registered[name] for name in APART if name != "entered")
            assert each.entered == each.received + apart
            balance = each.received + each.line("carried_in")
            assert balance == each.concluded + each.line("carried_out")
    assert counting.figures(Scope(office.water)).years == {}


def compiled(office: Office, year: int) -> Compiled:
    """The report of a year, every case and dispute replayed out of the ledger."""
    cases = bridge.histories(Case.objects.values_list("pk", flat=True))
    proceedings = dispute_bridge.histories(Dispute.objects.values_list("pk", flat=True))
    ledger = engine.Ledger(
        office.housing.name,
        [engine.Docket(str(pk), events) for pk, events in cases.items()],
        [engine.Docket(str(pk), events) for pk, events in proceedings.items()],
        rules=rulebook(office.housing),
    )
    return engine.compile_report(ledger, year)


@pytest.mark.parametrize(("seed", "choice"), [(0, "gross"), (1, "net_of_refunds")])
def test_a_figure_named_like_a_cell_of_the_report_is_that_cell(office, seed, choice):
    Choice.objects.create(body=office.office, option="fee_collected", choice=choice)
    entered(office, seed)
    disputed(office, seed)
    for year in (2025, 2026):
        report = compiled(office, year)
        for scope in (Scope(office.housing), Scope(office.office, below=True)):
            asked = Asked(scope, year, TODAY)
            of_year_ = counting.figures(scope).years[year]
            named = 0
            for chart in (tabulating.outcomes, tabulating.kinds, tabulating.disputes):
                for bar, _share in chart(asked, of_year_).rows:
                    word = parse_qs(urlsplit(bar.link).query)["figure"][0]
                    cell = word.partition("/")[2]
                    if cell not in APART:
                        named += 1
                        assert bar.value == report.report.facts[cell].value, word
            assert named > 12 + len(Kind) + len(tabulating.BALANCE)
            assert chart_of(tabulating.outcomes(asked, of_year_)) >= {
                "一、本年新收政府信息公开申请数量",
                "四、结转下年度继续办理",
            }
            told = [bar.value for bar in tabulating.fees(asked, of_year_).bars]
            assert told[:2] == [report.fees.asked, report.fees.collected]
            assert f"通知 {report.fees.notices} 件" == (
                tabulating.fees(asked, of_year_).bars[0].note
            )


def chart_of(chart: Chart) -> set[str]:
    return {bar.label for bar, _share in chart.rows}


def test_every_figure_leads_to_as_many_as_it_counts(client, office):
    entered(office, 7, 14)
    disputed(office, 7)
    client.force_login(office.supervisor)
    own = f"/figures/?body={office.housing.pk}&only=1&year="
    for address in ("/figures/?year=2026", own + "2026"):
        page = client.get(address).text
        told = page.partition('id="fees"')
        rows = re.findall(LINKED, told[0])
        assert len(rows) > 15
        for link, n in rows:
            listed = client.get(link.replace("&amp;", "&")).text
            row = "<tr data-row>" if link.startswith("/cases/") else '<th scope="row">'
            assert listed.count(row) == int(n), (link, n)
        paid = re.findall(LINKED, told[2])
        assert paid
        for link, yuan in paid:
            shown = client.get(link.replace("&amp;", "&")).text
            if link.startswith("/fees/"):
                assert f"{yuan} 元" in shown
            else:
                cell = "fees/" + re.search(r"fees%2F(\w+)", link)[1]
                behind = covering("case", [cell], int(address[-4:]))
                back = covering("case", ["fees/refunded"], int(address[-4:]))
                net = sum(row.n for row in back) if cell == "fees/collected" else 0
                assert sum(row.n for row in behind) - net == int(yuan)
                assert shown.count("<tr data-row>") == behind.count()


LINKED = r'<a href="(/[^"]+)">[^<]+</a></th><td class="figure"[^>]*>(\d+)'


def test_a_dispute_that_counts_twice_is_listed_once_and_that_is_said(client, office):
    Choice.objects.create(
        body=office.housing, option="second_instance", choice="each_instance"
    )
    asked = Filing(
        office.housing, Procedure.SUIT, D(2026, 3, 3), Position.RESPONDENT, "applicant",
        organ="西山区人民法院", another=True,
    )  # fmt: skip
    made = disputes.file(asked, office.clerk)
    for event in (
        d.Ruled(on=D(2026, 3, 20), outcome="suit_claim_dismissed", final=False),
        d.Appealed(on=D(2026, 3, 27)),
        d.Ruled(on=D(2026, 5, 20), outcome="suit_claim_dismissed", final=True),
    ):
        made = disputes.do(made, event, Doing(office.lawyer, made.version))
    client.force_login(office.clerk)
    found = client.get(
        f"/disputes/?body={office.housing.pk}&figure=2026/disputes/suit_direct/total"
    ).text
    assert "2 件" in found
    assert found.count('<th scope="row">') == 1
    assert "只列一行" in found
    for wrong in ("figure=2026/nothing", "figure=x", f"figure=2026/merged&body={0}"):
        assert client.get(f"/disputes/?{wrong}").status_code == 404
    assert "没有这一项统计" in client.get("/cases/?figure=2026/requests/nothing/x").text


def test_where_the_report_says_something_else_the_page_says_so(client, office):
    client.force_login(office.clerk)
    page = client.get("/figures/?year=2025").text
    assert "人工调整" not in page
    assert "已经签发" not in page
    report = annuals.start(office.housing, 2025, Doing(office.clerk, 0))
    for who in (office.approver, None):
        report.adjustments.create(
            cell="requests/received/person", change="1", reason="漏登", signed_by=who,
            signed_on=TODAY, by=office.clerk, at=clock.now(),
        )  # fmt: skip
    Annual.objects.update(state=State.SIGNED)
    page = client.get("/figures/?year=2025").text
    assert "有 1 处经签字的人工调整" in page
    assert "已经签发" in page


def test_more_are_registered_than_are_new_and_the_page_says_why(client, office):
    entered(office, 3, len(WAYS))
    client.force_login(office.clerk)
    page = "".join(client.get(f"/figures/?year={y}").text for y in (2025, 2026))
    for name in ("merged", "split", "unconfirmed", "unreceived"):
        assert f"{APART[name]} 1 件" in page
    assert "才以别的方式终结的，计为逾期" in page


def test_a_median_is_a_day_by_which_half_were_answered():
    days = Counter({3: 2, 8: 1, 20: 1})
    assert counting.quantile(days, 0.5) == 3
    assert counting.quantile(days, 0.9) == 20
    assert counting.quantile(Counter(), 0.5) is None
    assert counting.between(days, 4, None) == 2


def test_what_stands_open_today_is_told_of_todays_year_alone(client, office):
    entered(office, 3, len(WAYS))
    client.force_login(office.supervisor)
    files = {
        year: client.get(f"/figures/export/?year={year}").content.decode("utf-8-sig")
        for year in (2025, 2026)
    }
    pages = {year: client.get(f"/figures/?year={year}").text for year in (2025, 2026)}
    for found in (pages[2026], files[2026]):
        assert "现在在办的案件" in found
        assert "截至今天（2026-06-30）" in found
    for found in (pages[2025], files[2025]):
        assert "现在在办的案件" not in found
        assert "逾期的主要在哪个环节" not in found
        assert "谁在申请？" in found
    assert "机关（截至 2026-06-30）" in files[2026]
    assert "机关（截至" not in files[2025]
    assert "只列在 2026 年的页上" in pages[2025]
    assert "只列在" not in pages[2026]
    where = office.housing.pk
    page = client.get(f"/figures/?body={where}&year=2025").text
    assert f'href="/figures/?body={where}"' in page


def test_the_trend_goes_on_to_today_whichever_year_is_looked_at():
    scope = Scope(None, below=False)  # type: ignore[arg-type]
    years = {year: counting.Year() for year in range(2010, 2027)}
    asked = [Asked(scope, year, TODAY) for year in (2026, 2025, 2021, 2014)]
    shown = {each.year: [line.year for line in trend(years, each)] for each in asked}
    assert shown[2026] == shown[2025] == shown[2021] == list(range(2021, 2027))
    assert shown[2014] == list(range(2014, 2020))


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


def test_what_takes_long_is_kept_and_says_since_when(client, office, monkeypatch):
    monkeypatch.setattr(counting, "SLOW", 0)
    entered(office, 2, 3)
    client.force_login(office.supervisor)
    first = client.get("/figures/?year=2026").text
    assert "年度的数截至" not in first
    assert KeptFigures.objects.get().top == office.office
    # What an earlier version kept in another shape is counted anew.
    KeptFigures.objects.update(content={"received": []})
    assert "年度的数截至" not in client.get("/figures/?year=2026").text
    assert "还在重算" not in first
    entered(office, 3, 3)
    kept = client.get("/figures/?year=2026").text
    assert "年度的数截至" in kept
    assert counting.stale() == []
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert run(JOBS["figures"], TODAY).done == 1
    live = counting.years(counting.count(Scope(office.office, below=True)))
    again = counting.years(counting.Rows(**KeptFigures.objects.get().content))
    assert {y: vars(f) for y, f in again.items()} == {y: vars(f) for y, f in live.items()}


def test_figures_that_are_still_counted_anew_say_so(client, office):
    owe([office.housing], ["case"])
    client.force_login(office.clerk)
    assert "还在重算" in client.get("/figures/").text
    assert "还在重算" in client.get("/figures/export/").content.decode("utf-8-sig")


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
    assert len(many) == len(few) <= 20


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
    labels = {line.id: line.full_label for line in tabulating._lines(2026)}
    for line, n in of_year(told.lines, 2026).items():
        assert found["申请得到了什么结果？", labels[line]] == str(n)
    assert any("'=1+1局" in row[0] for row in rows if row)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_every_line_of_every_form_belongs_to_a_group_or_is_a_sum():
    for year in (2019, 2021):
        lines = {line.id for line in tabulating._lines(year)} - {*tabulating.BALANCE}
        assert {*map(family, lines)} == set(tabulating.FAMILIES)


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
