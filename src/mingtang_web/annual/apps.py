"""The app `annual` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """年度报告."""

    name = "mingtang_web.annual"
    verbose_name = "年度报告"
