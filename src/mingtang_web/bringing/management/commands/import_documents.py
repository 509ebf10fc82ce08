"""Brings a catalogue in: ``manage.py import_documents FILE --body CODE --by NAME``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bringing import mapping, queries, running, signing, staging, trying
from mingtang_web.bringing.fields import BY_ID
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.bringing.recording import OutOfTurnError
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    from django.db.models import QuerySet

_NO = (
    OSError, json.JSONDecodeError, TableError, mapping.MappingError, OutOfTurnError,
    NotAllowedError, ValidationError,
)  # fmt: skip
_FOUND = "公开 %(public)s 件，只作为草稿 %(draft)s 件，不导入 %(refused)s 行"


class Command(BaseCommand):
    """Reads, tries, sends for consent, brings in; goes on where it was cut off."""

    help = "导入旧站的信息（CSV、XLSX、JSON、ZIP、文件夹）：先试算，送审批准后导入，可继续"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what, whose, who, and whether for good."""
        parser.add_argument("file", type=Path, help="目录文件、压缩包或者文件夹")
        parser.add_argument("--body", required=True, help="机关的统一社会信用代码")
        parser.add_argument("--by", required=True, help="办理人的用户名（管理员、发布人）")
        parser.add_argument("--mapping", type=Path, help="列和值的对应（JSON）")
        parser.add_argument("--dry-run", action="store_true", help="只试算，不写入文件")
        parser.add_argument("--resume", type=int, help="继续编号为此的导入，不再读文件")
        parser.add_argument("--reason", default="", help="送审的理由和依据")
        parser.add_argument("--report", type=Path, help="把没有导入的行和提示写成 CSV")

    def handle(self, *_: object, **options: object) -> None:
        """Do it, and say what was done."""
        body = Body.objects.filter(code=options["body"]).first()
        actor = User.objects.filter(username=options["by"], is_active=True).first()
        if body is None or actor is None:
            what = "--body" if body is None else "--by"
            message = f"没有找到 {what} 所说的机关或者账号；请核对"
            raise CommandError(message)
        try:
            catalogue = self._catalogue(body, actor, options)
            catalogue = self._tried(catalogue, actor, options)
            if not options["dry_run"]:
                self._further(catalogue, actor, str(options["reason"]))
        except _NO as problem:
            raise CommandError(str(problem)) from problem

    def _catalogue(self, body: Body, actor: User, options: dict[str, object]) -> Catalogue:
        if options["resume"]:
            rows = body_catalogues(body).filter(pk=int(str(options["resume"])))
            found = rows.first()
            if found is None:
                message = f"本机关没有编号为 {options['resume']} 的导入"
                raise CommandError(message)
            return found
        file = Path(str(options["file"]))
        try:
            made = staging.upload(body, file.name, file, actor)
        except staging.UnfinishedError as begun:
            message = f"{begun}：--resume {begun.catalogue.pk}"
            raise CommandError(message) from begun
        self.stdout.write(f"编号 {made.pk}，共 {made.rows} 行")
        return made

    def _tried(
        self, catalogue: Catalogue, actor: User, options: dict[str, object]
    ) -> Catalogue:
        if options["mapping"]:
            said = Path(str(options["mapping"])).read_text(encoding="utf-8")
            trying.set_mapping(catalogue, json.loads(said), actor)
        for name, place in catalogue.mapping["columns"].items():
            self.stdout.write(f"  {BY_ID[name].label} ← {place}")
        if catalogue.state == State.UNTRIED:
            catalogue = trying.begin(catalogue, actor)
        if catalogue.state == State.TRYING:
            catalogue = self._steps(catalogue, trying.step, State.TRYING)
        if catalogue.trial:
            self.stdout.write("试算：" + _FOUND % catalogue.trial)
        if options["report"]:
            lines = queries.as_csv(catalogue.remarks.all())
            Path(str(options["report"])).write_bytes(b"".join(lines))
        return catalogue

    def _further(self, catalogue: Catalogue, actor: User, reason: str) -> None:
        if catalogue.state in {State.TRIED, State.RETURNED}:
            if not reason:
                message = (
                    f"没有导入：须先送审，请加上 --resume {catalogue.pk} --reason 写明理由"
                )
                raise CommandError(message)
            catalogue = signing.propose(catalogue, reason, actor)
        if catalogue.state == State.PROPOSED:
            after = f"再加上 --resume {catalogue.pk} 导入"
            message = f"已送审，还没有导入：请审批人在网站上批准，{after}"
            raise CommandError(message)
        if catalogue.state in {State.AGREED, State.STOPPED}:
            catalogue = running.begin(catalogue, actor)
        catalogue = self._steps(catalogue, running.step, State.RUNNING)
        self.stdout.write("导入：" + _FOUND % catalogue.found)

    def _steps(
        self, catalogue: Catalogue, step: Callable[[Catalogue], Catalogue], state: State
    ) -> Catalogue:
        while catalogue.state == state:
            catalogue = step(catalogue)
            self.stdout.write(f"  已到第 {catalogue.cursor} 行")
            self.stdout.flush()
        return catalogue


def body_catalogues(body: Body) -> QuerySet[Catalogue]:
    """Return the catalogues of a body."""
    return Catalogue.objects.filter(body=body).select_related("body", "by", "proposer")
