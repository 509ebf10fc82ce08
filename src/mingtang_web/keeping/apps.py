"""The app `keeping` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """管理."""

    name = "mingtang_web.keeping"
    verbose_name = "管理"
