"""The app `bodies` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """机关."""

    name = "mingtang_web.bodies"
    verbose_name = "机关"
