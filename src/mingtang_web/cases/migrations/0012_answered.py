from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_so(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Mark the answers that are out; those of a case opened anew after are counted anew."""
    Case = apps.get_model("cases", "Case")
    Entry = apps.get_model("ledger", "Entry")
    again = Entry.objects.filter(kind="event.reopened", case_id=models.OuterRef("pk"))
    out = Case.objects.filter(phase="dispatched", kept__in=("in_time", "late"))
    out.exclude(models.Exists(again), kept="late").update(running="answered")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_last_of_a_year"),
        ("ledger", "0003_by_kind"),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="running",
            field=models.CharField(
                blank=True,
                choices=[
                    ("running", "running"),
                    ("paused", "paused"),
                    ("stopped", "stopped"),
                    ("fixed", "fixed"),
                    ("unsettled", "unsettled"),
                    ("answered", "answered"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(say_so, migrations.RunPython.noop),
    ]
