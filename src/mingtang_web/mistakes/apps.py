"""The app `mistakes` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MistakesConfig(AppConfig):
    """网站找错."""

    name = "mingtang_web.mistakes"
    verbose_name = "网站找错"
