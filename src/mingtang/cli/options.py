"""The options that ``read`` and ``check`` share, and the wish they make up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.batch import Wish
from mingtang.cli.outcome import Task
from mingtang.cli.speech import columns, shows_colour
from mingtang.cli.usage import UsageError, count, filled
from mingtang.finding import Weight
from mingtang.registry import load

if TYPE_CHECKING:
    from argparse import Namespace, _MutuallyExclusiveGroup

    from mingtang.cli.usage import Usage
    from mingtang.writing.terminal import Look


def add_files(made: Usage) -> None:
    """Add the files, and what holds for the run over them."""
    made.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=filled,
        help="报告文件，或放报告的文件夹；一个 - 是标准输入里的一份报告",
    )
    made.add_argument(
        "--fail-on",
        metavar="WEIGHT",
        choices=[weight.value for weight in Weight],
        default=Weight.CONTRADICTION.value,
        help="从哪一级起退出状态为 1：breach、contradiction（默认）、doubt、note",
    )
    made.add_argument(
        "--jobs",
        metavar="N",
        type=count,
        default=1,
        help="用几个进程（默认 1；0 按处理器个数）",
    )
    made.add_argument("--verbose", action="store_true", help="未判断的也逐条列出")
    made.add_argument("--no-color", action="store_true", help="不用颜色（NO_COLOR 也可）")
    made.add_argument(
        "--resume",
        metavar="OUT.jsonl",
        type=filled,
        help="与 --jsonl 同用：写到这个文件，已有的跳过。一行属于文件名加内容：内容变了的，"
        "旧行去掉重写；换了名的副本另写一行。退出状态按文件里的全部行算",
    )


def add_outputs(made: Usage) -> _MutuallyExclusiveGroup:
    """Add the choice of outputs and return it, for a command that has more."""
    outputs = made.add_mutually_exclusive_group()
    outputs.add_argument(
        "--json", action="store_true", help="写一个 JSON 对象（只用于一个文件）"
    )
    outputs.add_argument(
        "--jsonl", action="store_true", help="每个文件写一行 JSON，读一个写一行"
    )
    return outputs


def wish(verb: str, chosen: Namespace) -> Wish:
    """Return what a call asks for; raises `UsageError` where it does not hold."""
    output = "json" if chosen.json else "jsonl" if chosen.jsonl else "text"
    if chosen.resume and output != "jsonl":
        message = "--resume 要与 --jsonl 同用"
        raise UsageError(message)
    task = Task(
        verb,
        (),
        _look(chosen) if output == "text" else None,
        Weight(chosen.fail_on),
        getattr(chosen, "before", None),
    )
    return Wish(
        tuple(dict.fromkeys(chosen.files)) if chosen.resume else tuple(chosen.files),
        task,
        output,
        getattr(chosen, "html", None),
        chosen.resume,
        chosen.jobs or os.cpu_count() or 1,
        getattr(chosen, "parts", None),
        getattr(chosen, "mark", None),
        getattr(chosen, "force", False),
    )


def _look(chosen: Namespace) -> Look:
    colour = shows_colour(wanted=not chosen.no_color)
    single = len(chosen.files) == 1 and not Path(chosen.files[0]).is_dir()
    made: Look = load("writing.terminal").Look(columns(), colour, chosen.verbose, single)
    return made
