"""Counts anew what is due where the calendar or a choice has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from mingtang_web.cases.recounting import AT_A_TIME, Progress, recount

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py recount``: goes on where it was cut short; may run beside the site."""

    help = "放假安排或者口径变更之后，重新计算各案件的到期日，并把变化记入台账"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say why, and in how large steps."""
        parser.add_argument("--why", default="", help="变更的原因，记入台账")
        parser.add_argument(
            "--at-a-time", type=int, default=AT_A_TIME, help="每批件数（一批一个事务）"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Recount and tell how far it has come."""
        done = Progress(0, 0)
        step = max(int(str(options["at_a_time"])), 1)
        for done in recount(str(options["why"]), step):
            self.stdout.write(f"已重算 {done.counted} 件，其中 {done.changed} 件有变化")
            self.stdout.flush()
        if not done.counted:
            self.stdout.write("各案件都已按现行的放假安排和口径计算，无须重算")
