"""The app `files` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """附件."""

    name = "mingtang_web.files"
    verbose_name = "附件"
