"""Counts anew what is due where the calendar or a choice has changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang_web import clock
from mingtang_web.cases.recounting import AT_A_TIME
from mingtang_web.counts.recounting import owe_all
from mingtang_web.notices import recounting
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from mingtang_web.notices.models import Run


class Command(BaseCommand):
    """``manage.py recount``: the job of that name, at once and with a reason."""

    help = "立即重新计算各案件的到期日，变化记入台账并通知承办人；后台任务每小时也做一次"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say why, and in how large steps."""
        parser.add_argument("--why", default="", help="变更的原因，记入台账")
        parser.add_argument(
            "--at-a-time", type=int, default=AT_A_TIME, help="每批件数（一批一个事务）"
        )
        parser.add_argument(
            "--tables",
            action="store_true",
            help="把各案件、复议诉讼计入年报各表的件数也全部重算；中断后再运行，从断处接着算",
        )

    def handle(self, *_: object, **options: object) -> None:
        """Recount and tell how far it has come.

        Raises `CommandError` where it broke, or another process is at it.
        """
        if options["tables"]:
            owe_all()
        step = max(int(str(options["at_a_time"])), 1)
        parts = partial(recounting.parts, why=str(options["why"]), at_a_time=step)
        done = run(JOBS["recount"]._replace(parts=parts), clock.today(), self._tell)
        if done is None:
            message = "另一进程正在重算，稍后可在“期限重算记录”查看结果"
            raise CommandError(message)
        if done.failed:
            raise CommandError(done.note)
        if not done.done:
            self.stdout.write("各案件、各表都已按现行的放假安排和口径计算，无须重算")

    def _tell(self, held: Run) -> None:
        self.stdout.write(f"已重算 {held.done} 件")
        self.stdout.flush()
