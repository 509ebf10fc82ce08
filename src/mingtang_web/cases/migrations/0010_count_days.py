from django.db import migrations


class Migration(migrations.Migration):
    """Lets the job count anew what was answered: the new column stands empty there."""

    dependencies = [
        ("cases", "0009_figures"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE cases_case SET counted_by = '' WHERE ground <> '' AND net_days IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
