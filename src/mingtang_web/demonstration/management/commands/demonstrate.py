"""Starts the site with the demonstration district, on a free port of this machine."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mingtang_web import environment, keys
from mingtang_web.demonstration.collecting import found_seasons
from mingtang_web.demonstration.district import found_district
from mingtang_web.demonstration.founding import SHARE, found_cases
from mingtang_web.demonstration.importing import found_import
from mingtang_web.demonstration.publishing import found_documents
from mingtang_web.demonstration.showing import lacking
from mingtang_web.demonstration.upkeep import found_upkeep

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from mingtang_web.demonstration.district import Account

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS = 100
WAIT_SECONDS = 30
FOLLOWING = "mingtang_web.demonstration.following"


class Command(BaseCommand):
    """``manage.py demonstrate``: migrates, founds the district once, serves."""

    help = "启动演示：建库、建立演示区县和账号，在本机空闲端口打开网站"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how long."""
        parser.add_argument(
            "--check", action="store_true", help="核对演示内容，打开一次首页，随即停止"
        )
        parser.add_argument("--few", action="store_true", help="只建少量案件，供试验用")

    def handle(self, *_: object, **options: object) -> None:
        """Prepare, serve, and stop when told."""
        call_command("migrate", verbosity=0, interactive=False)
        password = demonstration_password()
        accounts = found_district(password)
        found_cases(share=SHARE / 10 if options["few"] else SHARE, told=self._say)
        found_seasons()
        found_import()
        found_documents()
        found_upkeep()
        if options["check"]:
            _check()
        port = free_port()
        address = f"http://{HOST}:{port}{settings.PREFIX}/"
        with closing(Server(port)) as server:
            server.wait_until_up(address)
            self._tell(address, accounts, password)
            if options["check"] or not goes_on():
                self._look_once(address)
            else:
                with closing(Jobs()):
                    self._say("提醒等后台任务随网站一起运行。按 Ctrl-C 停止。")
                    server.wait()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _look_once(self, address: str) -> None:
        if not _answers(address):
            message = f"网站没有在 {address} 正常回答，原因见上面的日志；改正后再试"
            raise CommandError(message)
        self.stdout.write(
            "首页已打开过一次，网站随即停止：不在终端里启动时如此，以免脚本停在这里。"
            "要它一直运行，请在终端里启动，或者设 MINGTANG_SERVE=1。"
        )

    def _tell(self, address: str, accounts: Sequence[Account], password: str) -> None:
        self.stdout.write(
            f"\n网站已启动：{address}\n申请、查询进度、核对年报不用账号。"
            f"工作人员的演示账号（口令都是 {password}）："
        )
        for account in accounts:
            self.stdout.write(
                f"  {account.username:<10}{account.display_name}（{account.role.label}）"
            )
        self.stdout.write(f"数据在 {settings.DATA}")


def _check() -> None:
    missing = lacking()
    if missing:
        message = (
            f"演示区县里没有：{'、'.join(missing)}。可能是先前版本所建；"
            f"请移走数据目录 {settings.DATA} 后再试"
        )
        raise CommandError(message)


def goes_on() -> bool:
    """Return whether to serve until stopped: at a terminal, unless the operator says."""
    return environment.flag("SERVE", default=sys.stdout.isatty())


def demonstration_password() -> str:
    """Return the demonstration accounts' password, made once for this data folder."""
    return keys.secret(settings.DATA / "demonstration.password", _words())


def _words() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


def free_port() -> int:
    """Return a port of this machine that nobody listens on, 8000 if it is free.

    Raises `CommandError` when none of a hundred is.
    """
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with closing(socket.socket()) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            return port
    last = FIRST_PORT + PORTS - 1
    message = f"本机 {FIRST_PORT} 至 {last} 的端口都被占用，请关掉一些程序后再试"
    raise CommandError(message)


class Beside:
    """A process of its own, stopped with us; on Linux also where we are killed."""

    def __init__(self, *words: str, quiet: bool = False) -> None:
        known = {**os.environ, "DJANGO_SETTINGS_MODULE": "mingtang_web.settings"}
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", FOLLOWING, str(os.getpid()), *words],
            env=known,
            stdout=subprocess.DEVNULL if quiet else None,
        )

    def close(self) -> None:
        """Stop."""
        self.process.terminate()
        try:
            self.process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Jobs(Beside):
    """The jobs, so that whoever looks at the demonstration is reminded too."""

    def __init__(self) -> None:
        super().__init__("django", "jobs", "run", quiet=True)


class Server(Beside):
    """Gunicorn."""

    def __init__(self, port: int) -> None:
        words = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
        words += ["--log-level", "warning", "--no-control-socket"]
        super().__init__("gunicorn", "mingtang_web.wsgi", *words)

    def wait_until_up(self, address: str) -> None:
        """Return once the site answers.

        Raises `CommandError` when it does not in half a minute.
        """
        for _ in range(WAIT_SECONDS * 10):
            if self.process.poll() is not None:
                break
            if _answers(f"{address}alive/"):
                return
            self._pause(0.1)
        message = "网站没有启动成功，原因见上面的日志；改正后再试"
        raise CommandError(message)

    def wait(self) -> None:
        """Serve until interrupted or told to end."""
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            self.process.wait()
        except KeyboardInterrupt:
            return

    def _pause(self, seconds: float) -> None:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except OSError:
        return False


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
