"""The app `asking` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """网上申请."""

    name = "mingtang_web.asking"
    verbose_name = "网上申请"
