"""Options and arguments in Chinese: argparse, and what it says translated."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from argparse import Action, _MutuallyExclusiveGroup
    from collections.abc import Iterable


class UsageError(Exception):
    """The call is wrong; its text is one clear line in Chinese."""


_SAID = (
    (r"the following arguments are required: (.*)", r"还缺：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 与 \2 只能用一个"),
    (r"argument (.*?): expected .*", r"\1 后面要写一个值"),
    (
        r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
        r"\1 不能是 \2，可用：\3",
    ),
    (r"argument (.*?): invalid int value: '(.*)'", r"\1 要写整数，却是“\2”"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 不明确，可能是：\2"),
    (r"one of the arguments (.*) is required", r"须写其中之一：\1"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 后面不写值，却写了 \2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


def translated(message: str) -> str:
    """Return a message of argparse in Chinese, or as it is where it is unknown.

    >>> translated("unrecognized arguments: --colour")
    '不认识的参数：--colour'
    >>> translated("argument --term: invalid choice: 'x' (choose from 'a', 'b')")
    '--term 不能是“x”，可用：a、b'
    """
    for pattern, words in _SAID:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return _CHOICES.sub(_listed, match.expand(words))
    return message


_CHOICES = re.compile(r"不能是 (?P<wrong>.*)，可用：(?P<known>.*)", re.DOTALL)


def _listed(match: re.Match[str]) -> str:
    """Return a wrong choice and the right ones in words, without Python's quotes."""
    wrong = match["wrong"].strip("'\"")
    known = match["known"].replace("'", "").replace(", ", "、")
    return f"不能是“{wrong}”，可用：{known}"


class _Formatter(RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[_MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Write the usage line with its Chinese word."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Usage(ArgumentParser):
    """The arguments of one command; a wrong call raises `UsageError`."""

    def __init__(self, command: str, what: str, after: str = "") -> None:
        super().__init__(
            prog=f"mingtang {command}",
            description=what,
            epilog=after,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with the message in Chinese."""
        words = f"{translated(message)}（{self.prog} --help 显示说明）"
        raise UsageError(words)


def day(text: str) -> date:
    """Return a day written as 2026-09-18.

    >>> day("2026-09-18"), day("2026-9-8")
    (datetime.date(2026, 9, 18), datetime.date(2026, 9, 8))
    """
    written = _DAY.fullmatch(text)
    if written is None:
        message = f"日期要写成 2026-09-18 的样子，却是“{text}”"
        raise ArgumentTypeError(message)
    try:
        return date(*map(int, written.groups()))
    except ValueError as error:
        message = f"日历上没有“{text}”这一天，请核对年、月、日"
        raise ArgumentTypeError(message) from error


def filled(text: str) -> str:
    """Return a name that was really written.

    >>> filled("年报.html")
    '年报.html'
    """
    if not text.strip():
        message = "写的是空的；请写上名字"
        raise ArgumentTypeError(message)
    return text


def count(text: str) -> int:
    """Return a whole number from zero up."""
    if not (text.isascii() and text.isdigit()):
        message = f"要写 0 以上的整数，却是“{text}”"
        raise ArgumentTypeError(message)
    if len(text) > _LONGEST:
        message = f"数太大，最多 {_LONGEST} 位，却是“{text}”"
        raise ArgumentTypeError(message)
    return int(text)


_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LONGEST = 9
"""A number has at most so many digits."""
