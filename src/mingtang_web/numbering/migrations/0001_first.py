"""Takes the series over from `cases`: the same table under its new name, rows and all."""

import django.db.models.deletion
from django.db import migrations, models

STATE = [
    migrations.CreateModel(
        name="NumberSeries",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True,
                    primary_key=True,
                    serialize=False,
                    verbose_name="ID",
                ),
            ),
            ("series", models.CharField(max_length=30)),
            ("year", models.PositiveSmallIntegerField()),
            ("last", models.PositiveIntegerField(default=0)),
            (
                "body",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="bodies.body",
                ),
            ),
        ],
        options={
            "db_table": "cases_numberseries",
            "constraints": [
                models.UniqueConstraint(
                    fields=("body", "series", "year"), name="series_once_a_year"
                )
            ],
        },
    )
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("bodies", "0001_first"), ("cases", "0001_first")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=STATE),
        migrations.AlterModelTable(name="numberseries", table=None),
    ]
