"""The first tables of this app."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applicants", "0001_first"),
        ("bodies", "0002_letterhead"),
        ("files", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("case_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=60, verbose_name="文书")),
                (
                    "number",
                    models.CharField(blank=True, max_length=60, verbose_name="文号"),
                ),
                ("series", models.CharField(blank=True, max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("day", models.DateField(verbose_name="日期")),
                ("order", models.BinaryField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=16)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "待审批"),
                            ("issued", "已出具"),
                            ("void", "已作废"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "void_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="作废原因"),
                ),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="applicants.applicant",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="letters.letter",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "verbose_name_plural": "文书",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="DeliveryRecord",
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
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("on_the_spot", "当场作出并交付"),
                            ("direct", "直接送达"),
                            ("entrusted", "委托其他行政机关代为送达"),
                            ("post", "邮寄送达（须经邮政企业）"),
                            ("electronic", "电子送达"),
                            ("announcement", "公告送达（received 为公告期满之日）"),
                        ],
                        max_length=16,
                        verbose_name="送达方式",
                    ),
                ),
                ("dispatched", models.DateField(verbose_name="发出（交邮）日期")),
                (
                    "received",
                    models.DateField(
                        blank=True, null=True, verbose_name="签收（到达）日期"
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("receipt", "送达回证"),
                            ("post", "邮件回执或者妥投记录"),
                            ("system", "系统到达记录"),
                            ("notice", "公告及其截图"),
                            ("other", "其他凭证"),
                        ],
                        max_length=8,
                        verbose_name="凭证",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="凭证编号"),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "送达记录",
                "verbose_name_plural": "送达记录",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="LetterEdit",
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
                ("kind", models.CharField(max_length=40)),
                ("passage", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("since", models.DateField(verbose_name="启用日期")),
                ("at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "文书措辞",
                "verbose_name_plural": "文书措辞",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("case_id__isnull", False)),
                fields=["case_id", "id"],
                name="letter_of_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sequence__isnull", False)),
                fields=("body", "series", "year", "sequence"),
                name="letter_numbered_once",
            ),
        ),
        migrations.AddIndex(
            model_name="letteredit",
            index=models.Index(fields=["body", "kind"], name="edit_of_kind"),
        ),
    ]
