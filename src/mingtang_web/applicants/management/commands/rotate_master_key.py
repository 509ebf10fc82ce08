"""Changes the master key under which every applicant's key lies."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand

from mingtang_web.applicants.actions import rotate_master_key


class Command(BaseCommand):
    """``manage.py rotate_master_key``: runs beside a working site; may be run again."""

    help = "更换主密钥：申请人信息的密钥全部改用新的主密钥保护"

    def handle(self, *_: object, **__: object) -> None:
        """Change it and say what is left to do."""
        changed = rotate_master_key()
        self.stdout.write(
            f"已更换主密钥，重新保护 {changed} 名申请人的信息。"
            f"请备份 {settings.MASTER_KEY}；确认无误后销毁 {settings.MASTER_KEY.name}.old"
        )
