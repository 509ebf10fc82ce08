"""The app `notices` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知和后台任务."""

    name = "mingtang_web.notices"
    verbose_name = "通知和后台任务"
