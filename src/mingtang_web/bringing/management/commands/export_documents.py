"""Writes all that a body has made public: ``manage.py export_documents --body CODE``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang_web.bodies.models import Body
from mingtang_web.bringing import exporting
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Writes part by part; a part that is there already whole is left as it is."""

    help = "导出机关已公开的全部信息（ZIP，分部分）：文字、各项、附件和校验清单"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose, and where to."""
        parser.add_argument("--body", required=True, help="机关的统一社会信用代码")
        parser.add_argument("--to", type=Path, required=True, help="写到哪个文件夹")
        parser.add_argument(
            "--resume", action="store_true", help="已经写完的部分不再写（同一天内）"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Do it, and say what was done."""
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            message = f"没有统一社会信用代码为 {options['body']} 的机关；请核对 --body"
            raise CommandError(message)
        folder = Path(str(options["to"]))
        folder.mkdir(parents=True, exist_ok=True)
        parts = exporting.slices(body)
        for part in parts:
            place = folder / exporting.file_name(body, part)
            if not (options["resume"] and place.exists()):
                self._write(body, part, place)
            self.stdout.write(f"  第 {part.number}/{len(parts)} 部分：{part.documents} 件")
            self.stdout.flush()
        self.stdout.write(f"共 {sum(part.documents for part in parts)} 件")

    def _write(self, body: Body, part: exporting.Slice, place: Path) -> None:
        draft = place.with_suffix(".draft")
        try:
            with draft.open("wb") as out:
                for data in exporting.export(body, part, None):
                    out.write(data)
        except AlteredFileError as problem:
            draft.unlink(missing_ok=True)
            message = f"第 {part.number} 部分没有导出：{problem}"
            raise CommandError(message) from problem
        draft.replace(place)
