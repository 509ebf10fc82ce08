from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0002_earlier"),
        ("bodies", "0004_said"),
        ("cases", "0012_answered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="unserved_since",
            field=models.DateField(null=True, verbose_name="征求意见书未登记送达"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("unserved_since__isnull", False)),
                fields=["unserved_since", "body"],
                name="case_unserved",
            ),
        ),
    ]
