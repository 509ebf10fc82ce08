"""Table three of a body for any period, each case of the time replayed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.compiling import CompileError, Docket, Ledger, compile_period
from mingtang_web import clock
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.queries import closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.compiling import Period
    from mingtang_web.bodies.models import Body

AT_A_TIME = 500
MOST = 20_000
"""So many cases are replayed while somebody waits."""


def period(body: Body, first: date, last: date) -> Period:
    """Return table three of a period as the cases stood on its last day.

    Raises `CompileError` for a period that cannot be, one that is not over yet by
    today, and for one of too many cases.
    """
    today = clock.today()
    if last > today:
        raise CompileError(
            _(
                "截止日期%(last)s还没有到，没有统计；最晚统计到今天（%(today)s），请改截止日期"
            )
            % {"last": last.isoformat(), "today": today.isoformat()}
        )
    rules = rulebook(body)
    rows = _of_time(body, rules, first, last)
    if rows[MOST:].exists():
        raise CompileError(
            _("这个时段的案件超过%(most)s件，没有统计；请缩短时段，整年的看年度报告")
            % {"most": MOST}
        )
    ledger = Ledger(body.name, _dockets(rows), rules=rules, closed=closed(body))
    return compile_period(ledger, first, last)


def _of_time(body: Body, rules: Rulebook, first: date, last: date) -> QuerySet[Case]:
    """Return the cases that can count in a period: come by its end, not done before it."""
    rows = Case.objects.filter(body=body, received__lte=last).order_by("pk")
    if rules.choice("result_year") != "dispatched":
        rows = rows.filter(Q(decided=None) | Q(decided__gte=first))
    return rows


def _dockets(rows: QuerySet[Case]) -> Iterator[Docket[Event]]:
    named = rows.values_list("pk", "number").iterator(chunk_size=AT_A_TIME)
    while some := dict(islice(named, AT_A_TIME)):
        for pk, events in bridge.histories(some).items():
            yield Docket(some[pk], events)
