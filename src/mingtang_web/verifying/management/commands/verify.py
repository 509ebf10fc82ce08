"""Says whether every body's chain holds, and every row and file that it speaks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang_web.bodies.models import Body
from mingtang_web.ledger.guards import GUARDS, standing
from mingtang_web.ledger.queries import faults, head_of
from mingtang_web.verifying.accounts import accounts
from mingtang_web.verifying.active import ACTIVE
from mingtang_web.verifying.brought import BROUGHT
from mingtang_web.verifying.collected import COLLECTED
from mingtang_web.verifying.house import HOUSE, in_place
from mingtang_web.verifying.listed import LISTED
from mingtang_web.verifying.norms import NORMS
from mingtang_web.verifying.papers import PAPERS
from mingtang_web.verifying.published import PUBLISHED
from mingtang_web.verifying.rows import ROWS
from mingtang_web.verifying.told import told

if TYPE_CHECKING:
    from argparse import ArgumentParser

STEP = 10_000


class Command(BaseCommand):
    """``manage.py verify``: exit status 0 when every chain holds, 1 when not."""

    help = "逐条核对台账：每个机关的记录是否完整、连续、未被改动"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which bodies."""
        parser.add_argument(
            "--body", metavar="代码", help="只核对这个机关（统一社会信用代码）"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Walk each chain.

        Raises `CommandError` when any does not hold.
        """
        bodies = Body.objects.order_by("path")
        if options["body"]:
            bodies = bodies.filter(code=options["body"])
        if not bodies and options["body"]:
            message = f"没有统一社会信用代码为“{options['body']}”的机关，请核对后再试"
            raise CommandError(message)
        missing = sorted(GUARDS - standing())
        for name in missing:
            self.stderr.write(
                f"数据库缺少触发器 {name}，台账可能被改动；请运行 guard 装上，并查明原因"
            )
        wrong = list(accounts())
        for what in wrong:
            self.stderr.write(what)
        broken = sum(self._verify(body) for body in bodies) + len(missing) + len(wrong)
        if broken:
            message = f"台账不完整：共 {broken} 处。请保留现场，与备份比对后查明原因"
            raise CommandError(message)
        self.stdout.write(
            "台账完整：每条记录都在，内容未被改动；案件、文书、附件、登记簿、账号和任职与台账相符"
        )

    def _verify(self, body: Body) -> int:
        seen = 0

        def count() -> None:
            nonlocal seen
            seen += 1
            if seen % STEP == 0:
                self.stderr.write(f"  {body.short_name}：已核对 {seen} 条")

        broken = 0
        for fault in faults(body, count):
            broken += 1
            self.stderr.write(f"{body.name} 第 {fault.sequence} 条：{fault.what}")
        self.stdout.write(f"{body.name}：{seen} 条，链头 {head_of(body)[1][:16]}")
        return broken or self._compare(body)

    def _compare(self, body: Body) -> int:
        """Hold rows and files against a chain that holds; return how many differ."""
        if not in_place(body):
            self.stderr.write(f"{body.name}：在机关树中的位置与主管机关不符，其余没有核对")
            return 1
        found, differ = told(body), 0
        every = (
            *ROWS, *PAPERS, *HOUSE, *COLLECTED, *PUBLISHED, *NORMS, *ACTIVE, *BROUGHT,
            *LISTED,
        )  # fmt: skip
        for compared in every:
            for what in compared(body, found):
                differ += 1
                self.stderr.write(f"{body.name}：{what}")
        return differ
