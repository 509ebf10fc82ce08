"""An index of the open cases alone, for the figures above a list."""

from django.db import migrations, models

OPEN = (
    "submitted",
    "in_hand",
    "correction",
    "reason",
    "consulting",
    "fee",
    "decided",
    "dispatched",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_letters")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["body", "due", "phase", "kept", "handler", "running", "id"],
                name="case_open",
                condition=models.Q(phase__in=OPEN),
            ),
        ),
    ]
