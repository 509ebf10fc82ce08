"""The app `desk` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台."""

    name = "mingtang_web.desk"
    verbose_name = "工作台"
