"""Runs the jobs: once, or again and again until stopped."""

from __future__ import annotations

import signal
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from mingtang_web import clock
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.queries import last_run
from mingtang_web.notices.running import run

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from datetime import datetime

    from mingtang_web.notices.models import Run
    from mingtang_web.notices.running import Job

PAUSE_SECONDS = 20


class Command(BaseCommand):
    """``manage.py jobs run``: exit status 1 when a job run once could not do everything."""

    help = "运行后台任务：期限提醒、逾期通知、发送邮件；可以随时中断，再运行时接着做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to run, for which day, how often."""
        parser.add_argument("what", choices=["run"], help="run：运行任务")
        parser.add_argument("--once", action="store_true", help="各运行一次后结束")
        parser.add_argument(
            "--only", metavar="任务", choices=list(JOBS), help="只运行这一项任务"
        )
        parser.add_argument(
            "--on", metavar="日期", help="按这一天判断（如 2026-03-02），只能与 --once 同用"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Run them.

        Raises `CommandError` for a day that is none, and where something failed.
        """
        only = options["only"]
        chosen = [job for job in JOBS.values() if only in {None, job.name}]
        on = _day(options["on"])
        if on and not options["once"]:
            message = "--on 只能与 --once 同用：连续运行时按当天判断"
            raise CommandError(message)
        if options["once"]:
            self._once(chosen, on or clock.today())
        else:
            self._until_stopped(chosen)

    def _once(self, chosen: list[Job], on: date) -> None:
        runs = [self._run(job, on) for job in chosen]
        failed = sum(each.failed for each in runs if each)
        if failed:
            message = f"有 {failed} 项没有做成，原因见“后台任务”页面和日志"
            raise CommandError(message)

    def _until_stopped(self, chosen: list[Job]) -> None:
        stopped = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stopped.set())
        self._tell("后台任务已开始，按 Ctrl-C 停止。")
        fresh = True
        while not stopped.is_set():
            close_old_connections()
            for job in chosen:
                if not stopped.is_set():
                    self._run_if_due(job, fresh=fresh)
            fresh = False
            stopped.wait(PAUSE_SECONDS)
        self.stdout.write("后台任务已停止。")

    def _run_if_due(self, job: Job, *, fresh: bool) -> None:
        """Run a job whose time has come, or that has not run since we started.

        What an operator changed, like a calendar, tells when the site starts anew.
        """
        try:
            if fresh or is_due(job, clock.now(), clock.today()):
                self._run(job, clock.today())
        except DatabaseError as fault:
            self.stderr.write(
                f"{job.label}：数据库出错（{type(fault).__name__}），稍后再试"
            )

    def _run(self, job: Job, on: date) -> Run | None:
        done = run(
            job, on, lambda held: self._tell(f"  {job.label}：已完成 {held.done} 项")
        )
        if done is None:
            self._tell(f"{job.label}：正由另一进程运行，或者已被它接手，本次略过")
        else:
            failed = f"，失败 {done.failed} 项（{done.note}）" if done.failed else ""
            self._tell(f"{job.label}：{on}，完成 {done.done} 项{failed}")
        return done

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def is_due(job: Job, now: datetime, on: date) -> bool:
    """Return whether a job has something to do and its time has come.

    A new day, and a run that was cut off, do not wait.
    """
    last = last_run(job.name)
    if last and last.ended_at is None:
        return last.held_until <= now
    is_time = last is None or last.day != on or last.started_at + job.every <= now
    return is_time and job.waits(now)


def _day(said: object) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        message = f"日期“{said}”不对，应写成 2026-03-02 这样"
        raise CommandError(message) from None
