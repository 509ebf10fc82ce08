"""The app `spells` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SpellsConfig(AppConfig):
    """时段填报数."""

    name = "mingtang_web.spells"
    verbose_name = "时段填报数"
