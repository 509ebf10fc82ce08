"""Proposals carry their letters; the number series go to an app of their own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Follows the series' move: the table stays, only its owner changes."""

    dependencies = (
        ("cases", "0002_exchanges"),
        ("letters", "0001_first"),
        ("numbering", "0001_first"),
    )
    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="NumberSeries")]
        ),
        migrations.AddField(
            model_name="proposal",
            name="letters",
            field=models.ManyToManyField(related_name="+", to="letters.letter"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="no_letter",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="不发文书的理由"
            ),
        ),
    )
