"""The app `demonstration` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """演示."""

    name = "mingtang_web.demonstration"
    verbose_name = "演示"
