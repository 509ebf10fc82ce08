"""Founds the topmost body and its administrator, who does the rest in the browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Kind
from mingtang_web.clock import CHINA
from mingtang_web.keeping.beginning import begin
from mingtang_web.keeping.policy import KeepingError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from mingtang_web.keeping.accounts import Opened

ASKED = {
    "code": "机关的统一社会信用代码（18位）",
    "name": "机关全称，如 西山区人民政府办公室",
    "short": "机关简称，如 区政府办",
    "letter": "机关代字（文号用），如 西政办",
    "region": "行政区划代码（6、9或者12位）",
    "person": "管理员姓名",
    "username": "管理员用户名（登录用）",
}
OF_BODY = ("name", "short", "letter", "region")


class Command(BaseCommand):
    """``manage.py first_administrator``: asks for what is not given."""

    help = "建立最上级的机关和它的第一位管理员，写出一次性口令；其余在网站上办理"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take every answer as an option, so that it can be scripted."""
        for name, said in ASKED.items():
            parser.add_argument(f"--{name}", help=said)

    def handle(self, *_: object, **given: object) -> None:
        """Found, and tell the password once."""
        answers = {"code": self._answer("code", given)}
        body = Body.objects.filter(code=answers["code"]).first()
        wanted = [name for name in ASKED if name not in answers]
        if body:
            wanted = [name for name in wanted if name not in OF_BODY]
        answers |= {name: self._answer(name, given) for name in wanted}
        try:
            made = begin(body or _body(answers), _user(answers))
        except (ValidationError, KeepingError) as problem:
            said = getattr(problem, "messages", None) or [str(problem)]
            message = f"没有建立，什么也没有改：{'；'.join(said)}。改正后再运行一次"
            raise CommandError(message) from problem
        tell(self, made)

    def _answer(self, name: str, given: dict[str, object]) -> str:
        answer = given.get(name)
        if answer is None and sys.stdin.isatty():
            answer = input(f"{ASKED[name]}：")
        if answer is None or not str(answer).strip():
            message = f"缺少 --{name}（{ASKED[name]}），请补上后再运行一次"
            raise CommandError(message)
        return str(answer).strip()


def tell(command: BaseCommand, made: Opened) -> None:
    """Write the one-time password to the terminal, and nowhere else."""
    command.stdout.write(
        f"用户名：{made.user.username}\n一次性口令：{made.password}\n"
        f"有效至 {made.until.astimezone(CHINA):%Y-%m-%d %H:%M}（北京时间）；"
        "只显示这一次，登录后随即改成自己的口令"
    )


def _body(answers: dict[str, str]) -> Body:
    return Body(
        code=answers["code"],
        name=answers["name"],
        short_name=answers["short"],
        letter_code=answers["letter"],
        region=answers["region"],
        kind=Kind.OFFICE,
    )


def _user(answers: dict[str, str]) -> User:
    return User(username=answers["username"], display_name=answers["person"])
