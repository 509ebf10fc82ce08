"""The first tables of this app."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Applicant",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "自然人"),
                            ("company", "商业企业"),
                            ("research", "科研机构"),
                            ("charity", "社会公益组织"),
                            ("legal_service", "法律服务机构"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="申请人类型",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("wrapped_key", models.BinaryField(null=True)),
                ("master", models.CharField(blank=True, db_index=True, max_length=16)),
                ("identity_index", models.CharField(blank=True, max_length=64)),
                ("phone_index", models.CharField(blank=True, max_length=64)),
                ("erased_at", models.DateTimeField(null=True)),
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
                "verbose_name": "申请人",
                "verbose_name_plural": "申请人",
                "indexes": [
                    models.Index(
                        fields=["body", "identity_index"], name="applicant_by_identity"
                    ),
                    models.Index(fields=["body", "phone_index"], name="applicant_by_phone"),
                ],
            },
        ),
    ]
