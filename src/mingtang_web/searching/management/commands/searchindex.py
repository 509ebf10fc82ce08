"""Keeps the index of the search: follow, compare, make anew, tell how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from mingtang_web.searching import feeding, places

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py searchindex rebuild``; stopped and started again it goes on."""

    help = "维护检索的索引；后台任务平时自动更新，只有换检索引擎、恢复备份以后才须手工运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to do."""
        parser.add_argument(
            "what",
            choices=["follow", "compare", "rebuild", "status"],
            help="follow：跟上最近的改动；compare：与公开的信息逐条核对；"
            "rebuild：重建，建成以前仍用原来的，中断后再运行接着建；status：现在的情况",
        )
        parser.add_argument(
            "--afresh", action="store_true", help="重建时丢弃上次没有建完的，从头建"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Do it. Raises `CommandError` where another process is at it."""
        does = {
            "follow": self._follow,
            "compare": self._compare,
            "rebuild": lambda: self._rebuild(afresh=bool(options["afresh"])),
            "status": self._status,
        }
        try:
            does[str(options["what"])]()
        except places.BusyError as fault:
            message = "另一进程正在更新检索的索引，请稍后再运行"
            raise CommandError(message) from fault
        except places.NoIndexError as fault:
            message = "还没有检索的索引，请先运行 manage.py searchindex rebuild"
            raise CommandError(message) from fault

    def _follow(self) -> None:
        done = 0
        while feeding.waiting() and (ids := feeding.follow()):
            done += feeding.followed(ids)
        self._tell(f"检索已跟上 {done} 处改动")

    def _compare(self) -> None:
        feeding.compare()
        self._walk("核对")
        self._follow()

    def _rebuild(self, *, afresh: bool) -> None:
        begun = feeding.begin(afresh=afresh)
        if begun.looked:
            self._tell(f"接着上次的建：已有 {begun.looked} 条")
        self._walk("建立")
        self._follow()

    def _walk(self, what: str) -> None:
        while not (at := feeding.walk()).done:
            share = at.looked * 100 // at.of if at.of else 100
            self._tell(f"{what}索引：{at.looked}/{at.of} 条（{share}%）")
        self._tell(f"{what}完毕：索引里有 {places.current().size()} 条")

    def _status(self) -> None:
        self._tell(f"索引里有 {places.current().size()} 条")
        self._tell("有改动待跟上" if feeding.waiting() else "没有待跟上的改动")
        if feeding.walking():
            self._tell("正在核对或者重建")

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
