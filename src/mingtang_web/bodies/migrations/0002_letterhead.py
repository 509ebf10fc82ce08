"""What letters tell of a body besides its name."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the office that readers turn to, and where a review is asked for online."""

    dependencies = (("bodies", "0001_first"),)
    operations = (
        migrations.AddField(
            model_name="body",
            name="disclosure_office",
            field=models.CharField(blank=True, max_length=60, verbose_name="公开工作机构"),
        ),
        migrations.AddField(
            model_name="body",
            name="review_online",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="行政复议网上渠道"
            ),
        ),
    )
