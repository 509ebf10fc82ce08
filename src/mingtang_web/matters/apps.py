"""The app `matters` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """公开事项标准目录."""

    name = "mingtang_web.matters"
    verbose_name = "公开事项标准目录"
