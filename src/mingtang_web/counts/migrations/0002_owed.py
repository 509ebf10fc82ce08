"""Says that what was entered before there were tallies is still to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

KINDS = ("case", "dispute")


def owe(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Owe it to every body that has a ledger; the job ``recount`` works it off."""
    rows = apps.get_model("ledger", "Head").objects.exclude(sequence=0)
    owed = apps.get_model("counts", "Owed")
    for head in rows.iterator():
        for kind in KINDS:
            owed.objects.get_or_create(body_id=head.body_id, kind=kind)


class Migration(migrations.Migration):
    """Follows the tables."""

    dependencies = (("counts", "0001_first"), ("ledger", "0003_by_kind"))
    operations = (migrations.RunPython(owe, migrations.RunPython.noop),)
