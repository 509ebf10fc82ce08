"""The app `verifying` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VerifyingConfig(AppConfig):
    """核对."""

    name = "mingtang_web.verifying"
    verbose_name = "核对"
