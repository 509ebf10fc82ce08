"""Puts the ledger's triggers in place again, where they were lost."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from mingtang_web.ledger import guards


class Command(BaseCommand):
    """``manage.py guard``: run it after restoring a backup that left triggers out."""

    help = "重新装上台账的防改触发器"
    # The check that finds them missing would stop the command that mends it.
    requires_system_checks = ()

    def handle(self, *_: object, **__: object) -> None:
        """Install them."""
        guards.install()
        self.stdout.write("台账的防改触发器已装好。请接着运行 manage.py verify 核对台账")
