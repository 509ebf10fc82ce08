"""The app `letters` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """文书."""

    name = "mingtang_web.letters"
    verbose_name = "文书"
