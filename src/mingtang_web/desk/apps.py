"""The app `desk` as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.forms import Field
from django.utils.translation import gettext_lazy

from mingtang_web.desk import checks


class DeskConfig(AppConfig):
    """工作台."""

    name = "mingtang_web.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Put our checks beside Django's, and say what to do with a blank field.

        What lies half filled is forgotten with the applicant it is of.
        """
        from mingtang_web.applicants.actions import FORGETTING  # noqa: PLC0415 - models stand only now
        from mingtang_web.desk.unsent import forgotten_with  # noqa: PLC0415

        asked = gettext_lazy("请填写或者选择这一项")
        Field.default_error_messages["required"] = asked
        Field.default_error_messages["max_length"] = gettext_lazy(
            "最多%(limit_value)d字，现有%(show_value)d字；没有截断，请删减后再提交"
        )
        if forgotten_with not in FORGETTING:
            FORGETTING.append(forgotten_with)
        register(checks.holidays_entered)
        register(checks.keys_kept_close, Tags.security)
        register(checks.reached_safely, Tags.security)
        register(checks.ledger_guarded, Tags.database)
