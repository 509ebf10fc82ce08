"""The first table of this app."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Unsent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("place", models.CharField(max_length=200)),
                ("sealed", models.BinaryField()),
                ("wrapped_key", models.BinaryField()),
                ("master", models.CharField(max_length=16)),
                ("saved_at", models.DateTimeField(db_index=True)),
                ("saves", models.PositiveIntegerField(default=0)),
                ("counted_from", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "未提交的填写",
                "verbose_name_plural": "未提交的填写",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "place"), name="unsent_once_a_page"
                    )
                ],
            },
        ),
    ]
