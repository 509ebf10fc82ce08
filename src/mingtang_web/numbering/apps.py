"""The app `numbering` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    """编号."""

    name = "mingtang_web.numbering"
    verbose_name = "编号"
