"""Lets somebody in again whom no administrator can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang_web.accounts.models import User
from mingtang_web.keeping.beginning import help_in
from mingtang_web.keeping.management.commands.first_administrator import tell
from mingtang_web.keeping.policy import KeepingError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py reset_account 用户名``: for the last administrator, whom nobody helps."""

    help = "重置一个账号的口令和动态码，写出一次性口令；唯一的管理员进不去时用"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose."""
        parser.add_argument("username")

    def handle(self, *_: object, **given: object) -> None:
        """Reset, and tell the password once."""
        user = User.objects.filter(username=given["username"]).first()
        if user is None:
            message = f"没有“{given['username']}”这个用户名，请核对后再运行一次"
            raise CommandError(message)
        try:
            tell(self, help_in(user))
        except KeepingError as problem:
            raise CommandError(str(problem)) from problem
