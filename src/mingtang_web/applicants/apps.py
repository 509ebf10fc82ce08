"""The app `applicants` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    """申请人."""

    name = "mingtang_web.applicants"
    verbose_name = "申请人"
