"""The app `publication` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """信息发布."""

    name = "mingtang_web.publication"
    verbose_name = "信息发布"
