"""An index of a body's entries by what they record, for its fees and its recounts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["body", "kind", "sequence"], name="entry_by_kind"),
        ),
    ]
