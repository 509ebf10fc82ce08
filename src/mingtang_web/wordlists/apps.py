"""The app `wordlists` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WordlistsConfig(AppConfig):
    """错敏词表."""

    name = "mingtang_web.wordlists"
    verbose_name = "错敏词表"
