"""What makes the database itself refuse to alter the ledger: triggers, on both kinds.

An administrator of the database can drop a trigger; the chain then still shows
what was altered. The triggers stop everybody else, our own mistakes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "ledger_entry"
REFUSED = "台账只增不改：不得修改或者删除记录"
OUT_OF_PLACE = "台账只增不改：新记录只能接在本机关最后一条之后"

# Each looks up one row by index, however long the chain: a body's first entry, or
# one whose predecessor stands there with the hash it names.
_SAME = "SELECT 1 FROM ledger_entry WHERE body_id = NEW.body_id AND sequence = NEW.sequence"
_BEFORE = (
    "SELECT 1 FROM ledger_entry WHERE body_id = NEW.body_id"
    " AND sequence = NEW.sequence - 1 AND hash = NEW.previous"
)
_FITS = f"NOT EXISTS ({_SAME}) AND (NEW.sequence = 1 OR EXISTS ({_BEFORE}))"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
_MISPLACED = f"BEGIN SELECT RAISE(ABORT, '{OUT_OF_PLACE}'); END"
# "INSERT OR REPLACE" deletes without a DELETE trigger, hence the look at the id.
_TAKEN = "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)"
_SQLITE = {
    "ledger_no_update": f"BEFORE UPDATE ON {TABLE} {_REFUSE}",
    "ledger_no_delete": f"BEFORE DELETE ON {TABLE} {_REFUSE}",
    "ledger_in_order": (
        f"BEFORE INSERT ON {TABLE} WHEN NOT ({_FITS}) OR {_TAKEN} {_MISPLACED}"
    ),
}
_POSTGRESQL = {
    "ledger_no_update": "BEFORE UPDATE OR DELETE {on} FOR EACH ROW",
    "ledger_no_delete": "BEFORE TRUNCATE {on} FOR EACH STATEMENT",
    "ledger_in_order": "BEFORE INSERT {on} FOR EACH ROW",
}
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF {_FITS} THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{OUT_OF_PLACE}';
  END IF;
  RAISE EXCEPTION '{REFUSED}';
END $$
"""


def install(database: BaseDatabaseWrapper = connection) -> None:
    """Put the triggers in place."""
    remove(database)
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            for name, body in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {body}")
        else:
            cursor.execute(_FUNCTION)
            for name, when in _POSTGRESQL.items():
                timing = when.format(on=f"ON {TABLE}")
                cursor.execute(
                    f"CREATE TRIGGER {name} {timing} EXECUTE FUNCTION ledger_guard()"
                )


def remove(database: BaseDatabaseWrapper = connection) -> None:
    """Take the triggers away; only a migration of the table may."""
    on = "" if database.vendor == "sqlite" else f" ON {TABLE}"
    with database.cursor() as cursor:
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def standing(database: BaseDatabaseWrapper = connection) -> set[str]:
    """Return the names of the guards that stand and are switched on."""
    if database.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        query = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)"
            " AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    with database.cursor() as cursor:
        cursor.execute(query, [TABLE])
        return {name for (name,) in cursor.fetchall()} & set(_SQLITE)


GUARDS = frozenset(_SQLITE)
