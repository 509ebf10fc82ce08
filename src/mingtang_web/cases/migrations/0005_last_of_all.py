"""An index of all cases by arrival, for whoever supervises many bodies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_open_cases")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-submitted", "-id"], name="case_last_of_all"),
        ),
    ]
