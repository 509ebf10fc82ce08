"""A year's fees are the sums of its notices, payments and refunds, each with its case."""

from __future__ import annotations

from datetime import date

from mingtang.case import events as e
from mingtang_web.cases.fees import FeeYear, fee_year
from mingtang_web.cases.models import Choice
from tests.web.cases.requests import Office

D = date
TODAY = D(2026, 6, 30)
PAGES = e.FeeNotified(on=D(2026, 3, 9), basis="pages", pieces=68, yuan=380)


def figures(found: FeeYear) -> tuple[int, ...]:
    counts = (len(found.notices), len(found.unpaid), len(found.lapsed))
    return (*counts, found.notified, found.gross, found.refunded, found.collected)


def test_a_year_without_fees_says_nothing_was_charged(office: Office) -> None:
    office.registered()
    assert figures(fee_year(office.housing, D(2026, 12, 31))) == (0, 0, 0, 0, 0, 0, 0)


def test_every_figure_has_its_cases(office: Office, django_assert_num_queries) -> None:
    paid = office.done(
        office.registered(),
        PAGES,
        e.FeeNoticeDelivered(on=D(2026, 3, 10)),
        e.FeePaid(on=D(2026, 3, 20), yuan=380),
        e.FeeRefunded(on=D(2026, 4, 1), yuan=80),
    )
    waiting = office.done(office.registered(), PAGES)
    lapsed = office.done(
        office.registered(),
        PAGES,
        e.FeeNoticeDelivered(on=D(2026, 3, 10)),
        e.Decided(on=D(2026, 4, 20), ground="O2"),
    )
    struck = office.done(office.registered(), PAGES)
    office.done(struck, e.Struck(on=D(2026, 3, 12), entry=1))
    with django_assert_num_queries(4):
        found = fee_year(office.housing, D(2026, 12, 31))
    assert figures(found) == (3, 1, 1, 1140, 380, 80, 300)
    assert [line.number for line in found.payments] == [paid.number]
    assert [line.number for line in found.unpaid] == [waiting.number]
    assert [line.number for line in found.lapsed] == [lapsed.number]
    early = fee_year(office.housing, D(2026, 3, 10))
    assert figures(early) == (3, 3, 0, 1140, 0, 0, 0)
    Choice.objects.create(body=office.housing, option="fee_collected", choice="gross")
    assert fee_year(office.housing, D(2026, 12, 31)).collected == 380
    assert figures(fee_year(office.water, D(2026, 12, 31)))[0] == 0
