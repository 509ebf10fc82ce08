"""Takes over an old ledger: ``manage.py import_ledger FILE --body CODE``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang.case.state import PHASE_NAMES, Phase
from mingtang_web.bodies.models import Body
from mingtang_web.cases.actions import SignOffError
from mingtang_web.importing import (
    actions,
    attempting,
    consenting,
    mapping,
    opening,
    queries,
    signing,
    weighing,
)
from mingtang_web.importing.actions import UnfinishedError
from mingtang_web.importing.mapping import MappingError, Undispatched
from mingtang_web.importing.models import Source
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from mingtang_web.importing.trying import Trial

EVERY = 100
_UNSENT = {
    Undispatched.SAME_DAY: "没有发出日期，视同决定当日发出（推定，记入来源）",
    Undispatched.WAITING: "没有发出日期，按未发出导入：期限已过的会列为逾期",
}
_NO = TableError, MappingError, SignOffError, consenting.UntriedError
_OVER = (
    "  收到日期 %(first)s 至 %(last)s；已有结果 %(concluded)s 件，其中按期 %(in_time)s 件、"
    "逾期 %(late)s 件，不予公开 %(denied)s 件"
)
_UNARRIVED = "已经发出，按期与否以送达为准，却没有送达日期：期限已过的会显示逾期"


def _listed(rows: tuple[int, ...]) -> str:
    more = f"等{len(rows)}" if len(rows) > EVERY else ""
    return "、".join(map(str, rows[:EVERY])) + more


class Command(BaseCommand):
    """Reads, maps, tries, imports; what is refused is said row by row."""

    help = "导入旧台账（CSV、XLSX、XLS）：逐行核对法律，逐行入账，可中断、可继续"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what, whose, how, and whether for good."""
        parser.add_argument("file", type=Path, help="旧台账文件")
        parser.add_argument("--body", required=True, help="机关的统一社会信用代码")
        parser.add_argument(
            "--mapping", type=Path, help="列和值的对应（JSON）；缺省按标题认"
        )
        parser.add_argument("--dry-run", action="store_true", help="只试算，不写入案件")
        parser.add_argument("--resume", action="store_true", help="继续上次没有完成的导入")
        parser.add_argument(
            "--reason", default="", help="须经审批的，送审的理由和依据：从哪里来、怎样核对"
        )
        parser.add_argument("--refusals", type=Path, help="把没有导入的行写成 CSV")

    def handle(self, *_: object, **options: object) -> None:
        """Do it, and say what was done."""
        file = Path(str(options["file"]))
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            message = f"没有统一社会信用代码为 {options['body']} 的机关；请核对 --body"
            raise CommandError(message)
        try:
            source = self._source(body, file, resume=bool(options["resume"]))
            if options["mapping"]:
                self._map(source, Path(str(options["mapping"])))
            self._tell_mapping(source)
            if self._tried(source, dry=bool(options["dry_run"])):
                self._agreed(source, str(options["reason"]))
                self._work(source)
        except (OSError, json.JSONDecodeError, *_NO) as problem:
            message = f"{file.name}：{problem}"
            raise CommandError(message) from problem
        finally:
            self._write_refusals(body, file, options["refusals"])

    def _source(self, body: Body, file: Path, *, resume: bool) -> Source:
        try:
            return actions.upload(body, file.name, file.read_bytes(), None)
        except UnfinishedError as begun:
            if not resume:
                message = f"{begun}：加上 --resume"
                raise CommandError(message) from begun
            return begun.source

    def _map(self, source: Source, file: Path) -> None:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said != source.mapping:
            actions.set_mapping(source, said, None)

    def _tell_mapping(self, source: Source) -> None:
        table = opening.table_of(source)
        made = mapping.load(source.mapping, table.headers)
        for key, place in made.columns.items():
            self.stdout.write(f"  {key.label} ← {place}")
        used = set(made.columns.values())
        unused = [header for header in table.headers if header and header not in used]
        if unused:
            self.stdout.write(f"  没有对应、不导入的列：{'、'.join(unused)}")
        for name, words in mapping.open_values(table, made).items():
            self.stdout.write(f"  “{name}”里不认得：{'、'.join(words)}（写进 values）")

    def _tried(self, source: Source, *, dry: bool) -> bool:
        """Try the file where it was not tried as it is read; say whether to go on."""
        if dry or not consenting.is_tried(source):
            made = mapping.Undispatched(source.mapping.get("undispatched", ""))
            self._tell_trial(attempting.attempt(source, None), made)
        why = consenting.why(source)
        if why:
            self.stdout.write(why)
        return not dry

    def _agreed(self, source: Source, reason: str) -> None:
        """Send for consent what takes two; raises `CommandError` until it is given."""
        if not consenting.why(source) or consenting.approval(source):
            return
        waits = source.proposals.filter(stage=signing.STAGE.APPROVAL).exists()
        if not waits and not reason:
            message = "没有导入：须先送审，请加上 --resume --reason 写明理由和依据"
            raise CommandError(message)
        if not waits:
            signing.propose(source, reason, None)
        message = "已送审，还没有导入：请本机关审批人在网站上批准，再加上 --resume 导入"
        raise CommandError(message)

    def _work(self, source: Source) -> None:
        count = 0

        def seen() -> None:
            nonlocal count
            count += 1
            if count % EVERY == 0:
                self.stdout.write(f"  已处理 {count} 行")
                self.stdout.flush()

        done = actions.run(source, None, seen=seen)
        self.stdout.write(
            f"共 {done.rows} 行：导入 {done.imported} 件，没有导入 {done.refused} 行"
        )
        if not done.refused:
            actions.clear(source, None)
            self.stdout.write("全部导入，上传的内容已销毁。")
        else:
            self.stdout.write("改正后可以只把没有导入的行另存再导；同一行不会导入两次。")

    def _tell_trial(self, found: Trial, made: Undispatched) -> None:
        self.stdout.write(f"共 {found.rows} 行，可以导入 {found.fit} 行：")
        over = weighing.figures(found.weighed, None)
        self.stdout.write(_OVER % over)
        for phase, count in sorted(found.phases.items()):
            self.stdout.write(f"  {PHASE_NAMES[Phase(phase)]} {count}")
        for year, cells in found.tables.items():
            self.stdout.write(f"  {year}年表三（只计这些行）：")
            lines = dict.fromkeys(line for line, _ in cells)
            for line in lines:
                total = sum(count for cell, count in cells.items() if cell[0] == line)
                self.stdout.write(f"    {line} {total}")
        if found.unsent:
            self.stdout.write(f"  {_UNSENT[made]}：第{_listed(found.unsent)}行")
        if found.unarrived:
            self.stdout.write(f"  {_UNARRIVED}：第{_listed(found.unarrived)}行")
        for row, why in found.refused[:20]:
            self.stdout.write(f"  第{row}行 {why.column}：{why.reason}；{why.advice}")

    def _write_refusals(self, body: Body, file: Path, to: object) -> None:
        if to is None:
            return
        source = Source.objects.filter(body=body, name=file.name).first()
        if source:
            Path(str(to)).write_bytes(queries.as_csv(source.refusals.all()))
