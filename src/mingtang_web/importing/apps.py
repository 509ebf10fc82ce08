"""The app `importing` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """旧台账导入."""

    name = "mingtang_web.importing"
    verbose_name = "旧台账导入"
