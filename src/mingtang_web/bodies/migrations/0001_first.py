"""The first tables of this app."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtang_web.bodies.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
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
                    "code",
                    models.CharField(
                        max_length=18,
                        unique=True,
                        validators=[mingtang_web.bodies.codes.validate_unified_code],
                        verbose_name="统一社会信用代码",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=100, unique=True, verbose_name="全称"),
                ),
                ("short_name", models.CharField(max_length=30, verbose_name="简称")),
                ("letter_code", models.CharField(max_length=20, verbose_name="机关代字")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "政府办公厅（室）"),
                            ("department", "政府部门"),
                            ("township", "乡镇政府、街道办事处"),
                            ("vertical", "垂直管理部门"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{6}(\\d{3}(\\d{3})?)?$",
                                "行政区划代码应为6位、9位或12位数字",
                            )
                        ],
                        verbose_name="行政区划代码",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=200, unique=True)),
                (
                    "address",
                    models.CharField(blank=True, max_length=200, verbose_name="通信地址"),
                ),
                (
                    "telephone",
                    models.CharField(blank=True, max_length=40, verbose_name="联系电话"),
                ),
                ("fax", models.CharField(blank=True, max_length=40, verbose_name="传真")),
                (
                    "online_channel",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="在线申请渠道"
                    ),
                ),
                (
                    "office_hours",
                    models.CharField(blank=True, max_length=100, verbose_name="办公时间"),
                ),
                (
                    "review_organ",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="行政复议机关"
                    ),
                ),
                (
                    "court",
                    models.CharField(blank=True, max_length=100, verbose_name="管辖法院"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="bodies.body",
                        verbose_name="主管机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "机关",
                "verbose_name_plural": "机关",
                "ordering": ("path",),
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="bodies.body",
                    ),
                ),
            ],
            options={
                "verbose_name": "内设机构",
                "verbose_name_plural": "内设机构",
                "ordering": ("body", "id"),
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "登记"),
                            ("handler", "承办"),
                            ("legal_reviewer", "法制审核"),
                            ("approver", "审批"),
                            ("supervisor", "主管部门监督"),
                            ("administrator", "管理"),
                        ],
                        max_length=16,
                        verbose_name="角色",
                    ),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="bodies.body",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="bodies.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ("body", "role", "id"),
            },
        ),
        migrations.CreateModel(
            name="Delegation",
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
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(verbose_name="至")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="bodies.body",
                    ),
                ),
                (
                    "borrower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borrowed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "委托代办",
                "verbose_name_plural": "委托代办",
                "ordering": ("-since", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="delegation_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lender", models.F("borrower")), _negated=True),
                        name="delegation_to_somebody_else",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("body", "name"), name="section_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True),
                    ("until__gte", models.F("since")),
                    _connector="OR",
                ),
                name="membership_ends_after_it_begins",
            ),
        ),
    ]
