"""The app `accounts` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "mingtang_web.accounts"
    verbose_name = "账号"
