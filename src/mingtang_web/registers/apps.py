"""The app `registers` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """更正申请、投诉举报."""

    name = "mingtang_web.registers"
    verbose_name = "更正申请、投诉举报"
