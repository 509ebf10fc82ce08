"""Clears away stored files that nothing refers to."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from mingtang_web.files.actions import clear_orphans


class Command(BaseCommand):
    """``manage.py clear_files``: safe beside a working site."""

    help = "清理没有任何登记引用的附件（中断的上传留下的）；一天之内的不动"

    def handle(self, *_: object, **__: object) -> None:
        """Clear, and say how many."""
        self.stdout.write(f"已清理 {clear_orphans()} 个文件")
