"""How fast a year is compiled and a figure opened, where one body has very many cases.

``python -m tests.trials.annual --cases 1000000 --folder /somewhere``. One body is given
every case of a filled database in its tallies, as if it had kept them; then its report
is compiled and its pages are opened. What a replay costs is measured on the district
whose histories are whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.trials.desk import Trial, filled, measured, say, site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

COMPILED, OPENED = 2.0, 150
"""Seconds for a year, milliseconds in which 95 of 100 figures open."""
WRITER = "dengji"
_OF = "SELECT id, applicant_kind, {year} AS y, {done} AS d, ground FROM cases_case"
_YEAR = "CAST(EXTRACT(YEAR FROM {}) AS INTEGER)"
_ROW = "'requests/{line}/' || applicant_kind, {first}, {last}, 1"
PARTS = (
    ("received", "y", "y", "TRUE"),
    ("carried_out", "y", "y", "d IS NULL OR d > y"),
    ("carried_in", "d", "d", "d > y"),
    ("carried_in", "y + 1", "9999", "d IS NULL"),
    ("carried_out", "y + 1", "9999", "d IS NULL"),
)
"""What every case adds: its line, from which to which year, and where."""


def main() -> int:
    """Fill, count, compile, open, print; the exit status says whether all is in time."""
    parser = argparse.ArgumentParser(description="time annual reports")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="keep the database here, or find it")
    options = parser.parse_args()
    with ExitStack() as after:
        folder = options.folder or Path(after.enter_context(tempfile.TemporaryDirectory()))
        after.enter_context(site(folder, "postgresql"))
        say(f"{filled(options.cases)} cases")
        replayed()
        annual = report_of(large())
        return 0 if in_time(annual, options.pages) else 1


def replayed() -> None:
    """Replay a district's cases and disputes from the ledger, and tell how fast."""
    from mingtang_web.bodies.models import Body  # noqa: PLC0415 - after the set-up
    from mingtang_web.counts.sources import SOURCES  # noqa: PLC0415
    from mingtang_web.demonstration.district import REGION  # noqa: PLC0415

    matters, start, began = 0, time.perf_counter(), time.process_time()
    for body in Body.objects.filter(region=REGION):
        for source in SOURCES.values():
            matters += len(source.tallies(body, source.following(body, 0, 1_000_000)))
    passed, work = time.perf_counter() - start, time.process_time() - began
    rates = f"{matters / passed:.0f} a second, {matters / work:.0f} a second of work"
    say(f"replayed {matters}: {rates}")


def large() -> Body:
    """Return a body that has every case of the database in its tallies."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    from mingtang_web.accounts.models import User  # noqa: PLC0415
    from mingtang_web.bodies.actions import appoint  # noqa: PLC0415
    from mingtang_web.bodies.models import Body, Membership, Role  # noqa: PLC0415
    from mingtang_web.counts.models import Counted, Owed  # noqa: PLC0415
    from mingtang_web.counts.recounting import _sum_up  # noqa: PLC0415
    from mingtang_web.demonstration.district import bodies_in_order  # noqa: PLC0415
    from tests.trials.filling import _new_body  # noqa: PLC0415

    first = bodies_in_order()[0]
    found = Body.objects.filter(name__endswith="（8888888）").first()
    if found:
        return found
    body = _new_body(first, 8_888_888, None)
    person = User.objects.get(username=WRITER)
    since = person.date_joined.date()
    appoint(Membership(user=person, body=body, role=Role.CLERK, since=since))
    start = time.perf_counter()
    Counted.objects.all().delete()
    Owed.objects.all().delete()
    with connection.cursor() as cursor:
        for statement in statements(body.pk):
            cursor.execute(statement)
    _sum_up(body)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE counts_counted")
        cursor.execute("ANALYZE counts_tally")
    rows = Counted.objects.count()
    say(f"{rows} rows of tallies made in {time.perf_counter() - start:.0f} s")
    return body


def statements(body: int) -> Iterator[str]:
    """Yield what puts every case into a body's tallies, without a replay."""
    from mingtang.law.grounds import grounds  # noqa: PLC0415 - after the set-up

    source = _OF.format(year=_YEAR.format("received"), done=_YEAR.format("decided"))
    source += " WHERE received IS NOT NULL"
    into = "INSERT INTO counts_counted (body_id, kind, matter, cell, first, last, n)"
    into += f" SELECT {body}, 'case', id, {{row}} FROM ({source}) c WHERE {{where}}"  # noqa: S608 - our own names
    for line, first, last, where in PARTS:
        yield into.format(row=_ROW.format(line=line, first=first, last=last), where=where)
    names = " ".join(f"WHEN '{each.code}' THEN '{each.line}'" for each in grounds())
    line = f"'requests/' || CASE ground {names} ELSE 'other' END || '/' || applicant_kind"
    yield into.format(row=f"{line}, d, d, 1", where="d IS NOT NULL AND ground <> ''")


def report_of(body: Body) -> Annual:
    """Return the report of the year in which most was received."""
    from django.db.models import Sum  # noqa: PLC0415 - after the set-up

    from mingtang_web.accounts.models import User  # noqa: PLC0415
    from mingtang_web.annual.actions import start  # noqa: PLC0415
    from mingtang_web.cases.actions import Doing  # noqa: PLC0415
    from mingtang_web.counts.models import Tally  # noqa: PLC0415

    rows = Tally.objects.filter(body=body, cell__startswith="requests/received/")
    years = rows.values("first").annotate(sum=Sum("n")).order_by("-sum")
    year = years[0]["first"]
    say(f"{year}: {years[0]['sum']} received")
    return start(body, year, Doing(User.objects.get(username=WRITER), 0))


def in_time(annual: Annual, pages: int) -> bool:
    """Compile the report and open its figures; say whether all came in time."""
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    from mingtang_web import clock  # noqa: PLC0415
    from mingtang_web.annual.compiling import books, draft  # noqa: PLC0415

    draft(annual, clock.today())
    start = time.perf_counter()
    tally = books(annual).tally
    read = time.perf_counter() - start
    start = time.perf_counter()
    draft(annual, clock.today())
    passed = time.perf_counter() - start
    say(f"{len(tally)} stretches read in {read:.3f} s; compiled and checked {passed:.3f} s")
    good = passed <= COMPILED
    cells = ["received/person", "granted/person", "carried_in/person", "carried_out/total",
             "received/total", "granted/company"]  # fmt: skip
    deep = ["?after=500000", "?after=900000"]
    for cell in cells:
        address = reverse("annual_cell", args=[annual.pk, f"requests/{cell}"])
        turns = [address] + [address + each for each in deep]
        found = measured(Trial(cell, WRITER, turns), pages)
        told = f"{found.middle:9.0f}{found.slow:9.0f}{found.work:9.0f}"
        say(f"{cell:24}{told} ms p50, p95, cpu p95; {found.queries} queries")
        good = good and found.slow <= OPENED
    paper = measured(Trial("paper", WRITER, [reverse("annual", args=[annual.pk])]), pages)
    say(f"{'the whole report':24}{paper.middle:9.0f}{paper.slow:9.0f} ms p95")
    return good


if __name__ == "__main__":
    sys.exit(main())
