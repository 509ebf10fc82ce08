"""From the words of a call to a command, and from its end to an exit status."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mingtang.cli.speech import complain, say, speak_utf8
from mingtang.cli.usage import UsageError
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG, STOPPED, CUT_OFF = 2, 130, 141

COMMANDS = {
    "read": "读出报告里的数字、部分和说法，不作判断",
    "check": "检查报告：表式、勾稽、用语和日期",
    "convert": "把报告换成另一种格式：网页、Word、PDF、Excel、CSV、JSON、Markdown、文本",
    "combine": "汇总一个年度的各份报告：合计、缺报的机关、指标",
    "write": "把明堂的 JSON 写成报告文件",
    "screen": "公开之前查文件：个人信息、错敏词、看不见的内容",
    "redact": "写一份遮盖了个人信息的副本，并读回核对",
    "rule": "说明一条检查规则；不写编号则列出全部",
    "form": "说明报告的表式：单元格、勾稽关系、各部分",
    "law": "法定期限、收费、办理结果、节假日，并推算到期日",
}
"""Every command with its one line of help; each is a module of this room."""


def overview() -> str:
    """Return the help that names all commands."""
    rows = "\n".join(f"  {name:<8} {what}" for name, what in COMMANDS.items())
    return (
        "用法：mingtang 命令 [参数…]\n\n"
        "明堂：读取、检查政府信息公开工作年度报告，并说明依据。\n\n"
        f"命令：\n{rows}\n\n"
        "选项：\n  -h, --help      显示说明；mingtang 命令 --help 显示该命令的说明\n"
        "  -V, --version   显示版本\n\n"
        "例：\n  mingtang check 年报.html\n  mingtang check 年报文件夹 --html 结果.html\n"
        "  mingtang combine 年报文件夹 --year 2025\n"
        "  mingtang screen 通知.docx\n  mingtang redact 通知.docx --out 通知（公开）.docx\n"
        "  mingtang rule S303\n  mingtang law due 2026-09-18 --term answer\n\n"
        "退出状态：0 没有须处理的发现；1 有（见 --fail-on）；2 有文件读不了，或命令写错；\n"
        "  70 明堂自身出错；130 用 Ctrl-C 停止；141 接收输出的程序先结束了。\n"
    )


def run(words: Sequence[str]) -> int:
    """Run the command that the words ask for and return the exit status."""
    speak_utf8()
    try:
        return _flushed(_run(words))
    except UsageError as error:
        complain(str(error))
        return WRONG
    except KeyboardInterrupt:
        complain("已停止，没有做完；再运行一次同一命令从头做。")
        return STOPPED
    except BrokenPipeError:
        _silence()
        return CUT_OFF


def _run(words: Sequence[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        say(overview())
        return 0 if words else WRONG
    name, *rest = words
    if name not in COMMANDS:
        message = (
            f"没有“{name}”这个命令，可用：{'、'.join(COMMANDS)}；mingtang --help 显示说明"
        )
        raise UsageError(message)
    status: int = load(f"cli.{name}").run(rest)
    return status


def _flushed(status: int) -> int:
    """Return the status once everything said has gone out."""
    sys.stdout.flush()
    return status


def _silence() -> None:
    """Let the interpreter end without flushing into a pipe that is gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
