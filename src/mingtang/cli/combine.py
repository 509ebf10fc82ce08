"""``mingtang combine``: many bodies' reports of one year added up."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from mingtang.cli.batch import Wish
from mingtang.cli.batch import run as run_batch
from mingtang.cli.collecting import Order, collected
from mingtang.cli.outcome import Task
from mingtang.cli.speech import columns, shows_colour
from mingtang.cli.targets import STANDARD
from mingtang.cli.usage import Usage, UsageError, count, filled
from mingtang.registry import load

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

_AFTER = """\
例：
  mingtang combine 年报文件夹
  mingtang combine 年报文件夹 --year 2025 --bodies 机关.csv --html 汇总.html
  mingtang combine 年报文件夹 --year 2025 --csv 合计.csv
  mingtang combine 年报文件夹 --year 2025 --resume 已读.jsonl

空白、“/”和读不出的格不当作零：不是每份报告都有数的合计标 *，并写明几份有数、缺哪几家。
机关名单是 CSV 或 YAML，写 机关、上级、代码、应报（是、否）、范围（本机关、汇总）、同一份；
范围是“汇总”的，报告里已含下级各机关的数，与下级不重复相加；“同一份”写另一个机关，两家
报的是同一批申请，只计一次。同一机关的两份报告数字相同的计一份，不同的都不计并说明。
--resume 的文件与 mingtang read --jsonl --resume 通用：读过的不再读。
退出状态：0 名单上的机关都已计入；1 缺了机关，或两份不同的报告没有计入；2 有文件读不了。"""


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("combine", "汇总一个年度的各份报告：合计、缺报的机关、指标。", _AFTER)
    made.add_argument(
        "files",
        metavar="FOLDER",
        nargs="+",
        type=filled,
        help="放各份报告的文件夹，也可以逐个写文件",
    )
    made.add_argument(
        "--year", metavar="Y", type=count, help="报告年度；只有一个年度时可以不写"
    )
    made.add_argument(
        "--bodies", metavar="FILE", type=filled, help="机关名单（CSV 或 YAML）"
    )
    outputs = made.add_mutually_exclusive_group()
    outputs.add_argument("--json", action="store_true", help="写一个 JSON 对象")
    outputs.add_argument(
        "--csv", metavar="OUT", type=filled, help="每格一行写成 CSV；- 是标准输出"
    )
    outputs.add_argument(
        "--html",
        metavar="OUT",
        type=filled,
        help="写成一个网页；只盖掉明堂写的结果网页；- 是标准输出",
    )
    made.add_argument("--force", action="store_true", help="--csv 的 OUT 已存在时覆盖")
    made.add_argument(
        "--jobs",
        metavar="N",
        type=count,
        default=1,
        help="用几个进程（默认 1；0 按处理器个数）",
    )
    made.add_argument("--no-color", action="store_true", help="不用颜色（NO_COLOR 也可）")
    made.add_argument(
        "--resume",
        metavar="OUT.jsonl",
        type=filled,
        help="把读出的写到这个文件，已有的跳过；中断以后再运行同一命令就接着做",
    )
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    chosen = usage().parse_args(words)
    if STANDARD in chosen.files:
        message = "汇总要写文件夹或文件名，不能是标准输入（-）"
        raise UsageError(message)
    wish = Wish(
        tuple(dict.fromkeys(chosen.files)),
        Task("read", ()),
        "combined",
        chosen.html,
        chosen.resume,
        chosen.jobs or os.cpu_count() or 1,
    )
    return run_batch(wish, partial(collected, _order(chosen)))


def _order(chosen: Namespace) -> Order:
    look = load("writing.terminal").Look(
        columns(), shows_colour(wanted=not chosen.no_color)
    )
    form = next((name for name in ("json", "csv", "html") if getattr(chosen, name)), "text")
    target = getattr(chosen, form, None)
    named = target if isinstance(target, str) else STANDARD
    return Order(chosen.year, chosen.bodies, form, named, look, chosen.force)
