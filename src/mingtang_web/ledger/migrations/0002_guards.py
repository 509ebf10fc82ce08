"""Puts the triggers in place that keep the ledger from being altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

from mingtang_web.ledger import guards

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps


def install(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Install them."""
    guards.install(editor.connection)


def remove(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them, when the migration is undone."""
    guards.remove(editor.connection)


class Migration(migrations.Migration):
    """Follows the table."""

    dependencies = (("ledger", "0001_first"),)
    operations = (migrations.RunPython(install, remove),)
