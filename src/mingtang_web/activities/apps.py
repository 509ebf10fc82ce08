"""The app `activities` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """工作登记."""

    name = "mingtang_web.activities"
    verbose_name = "工作登记"
