"""The app `cases` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """依申请公开案件."""

    name = "mingtang_web.cases"
    verbose_name = "依申请公开案件"
