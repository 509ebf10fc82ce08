"""The app `unsent` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class UnsentConfig(AppConfig):
    """未提交的填写."""

    name = "mingtang_web.unsent"
    verbose_name = "未提交的填写"
