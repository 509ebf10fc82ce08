"""The app `disputes` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """行政复议、行政诉讼."""

    name = "mingtang_web.disputes"
    verbose_name = "行政复议、行政诉讼"
