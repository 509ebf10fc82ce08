"""Writes the public portal into a folder, as pages that any file server gives out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mingtang_web.portal.exports import rounds, walking

if TYPE_CHECKING:
    from argparse import ArgumentParser

A_STEP = 200
"""After so many addresses progress is told."""


class Command(BaseCommand):
    """``manage.py exportportal FOLDER``; stopped and started again it goes on."""

    help = "把公开的内容导出为静态网页；中断以后再运行，接着导出；再次导出只改写有变化的"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to and for which address."""
        parser.add_argument("folder", type=Path, help="导出到的文件夹，空的或者上次导出的")
        parser.add_argument("--address", default="", help="静态网页将来的地址，可以带路径")
        parser.add_argument("--live", default="", help="能办理申请、能检索的网站的地址")

    def handle(self, *_: object, **options: object) -> None:
        """Export. Raises `CommandError` for what the operator can mend."""
        own = f"{settings.ADDRESS}{settings.PREFIX}" if settings.ADDRESS else ""
        address = _checked("--address", str(options["address"]) or own)
        live = _checked("--live", str(options["live"])) if options["live"] else ""
        folder = Path(str(options["folder"])).resolve()
        try:
            with rounds.held(folder) as kept:
                done = walking.Export(folder, address, live).run(kept, self._progress)
        except rounds.BusyError as fault:
            message = f"另一进程正在导出到 {folder}，请等它结束再运行"
            raise CommandError(message) from fault
        except walking.ForeignFolderError as fault:
            message = f"{folder} 里有不是本站导出的文件，没有写入；请换一个空文件夹"
            raise CommandError(message) from fault
        self._tell(f"导出完毕：写了 {done.written} 个文件，删除 {done.removed} 个")
        for each in done.missed:
            self.stderr.write(f"没有导出 {each}")

    def _progress(self, done: int, known: int) -> None:
        if not done % A_STEP:
            self._tell(f"已导出 {done} 页，已知 {known} 页")

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _checked(name: str, said: str) -> str:
    word = said.rstrip("/")
    parts = urlsplit(word)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.query:
        return word
    message = f"{name} 应形如 https://www.example.gov.cn/xxgk，现为“{word}”；请写明后再运行"
    raise CommandError(message)
