"""The app `ledger` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """台账."""

    name = "mingtang_web.ledger"
    verbose_name = "台账"
