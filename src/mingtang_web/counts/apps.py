"""The app `counts` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CountsConfig(AppConfig):
    """计数."""

    name = "mingtang_web.counts"
    verbose_name = "计数"
