import datetime

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtang_web.notices.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_first"),
        ("cases", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                    "kind",
                    models.CharField(
                        choices=mingtang_web.notices.models.kinds,
                        max_length=16,
                        verbose_name="事项",
                    ),
                ),
                ("day", models.DateField()),
                ("key", models.CharField(max_length=120, unique=True)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "通知",
                "verbose_name_plural": "通知",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Preference",
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
                    "email",
                    models.JSONField(
                        blank=True,
                        default=mingtang_web.notices.models.all_kinds,
                        verbose_name="用电子邮件通知的事项",
                    ),
                ),
                (
                    "sms",
                    models.JSONField(
                        blank=True, default=list, verbose_name="用短信通知的事项"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(
                        default=datetime.time(20, 0), verbose_name="免打扰开始"
                    ),
                ),
                (
                    "quiet_until",
                    models.TimeField(
                        default=datetime.time(8, 0), verbose_name="免打扰结束"
                    ),
                ),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="每日汇总的时间",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
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
                ("job", models.CharField(max_length=20, verbose_name="任务")),
                ("day", models.DateField(verbose_name="日期")),
                ("started_at", models.DateTimeField(verbose_name="开始")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
                ("holder", models.CharField(max_length=40)),
                ("held_until", models.DateTimeField()),
                ("cursor", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0, verbose_name="完成")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="失败")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "任务记录",
                "verbose_name_plural": "任务记录",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["job", "-id"], name="run_of_job")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("job",),
                        name="run_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sending",
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
                    "channel",
                    models.CharField(
                        choices=[("email", "电子邮件"), ("sms", "短信")],
                        max_length=6,
                        verbose_name="渠道",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发送"),
                            ("failed", "发送失败，将重试"),
                            ("sent", "已发送"),
                            ("given_up", "多次失败，已停止"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="已试次数"),
                ),
                (
                    "error",
                    models.CharField(blank=True, max_length=200, verbose_name="原因"),
                ),
                ("next_at", models.DateTimeField(verbose_name="下次发送")),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "发送",
                "verbose_name_plural": "发送",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "-id"], name="notice_of_user"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["user"],
                name="notice_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "failed"))),
                fields=["next_at"],
                name="sending_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("state__in", ("failed", "given_up"))),
                fields=["notice"],
                name="sending_in_trouble",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("notice", "channel"), name="sending_once"
            ),
        ),
    ]
