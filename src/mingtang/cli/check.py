"""``mingtang check``: what is wrong in a report, by which rule, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.cli.batch import run as run_batch
from mingtang.cli.options import add_files, add_outputs, wish
from mingtang.cli.usage import Usage, filled

if TYPE_CHECKING:
    from collections.abc import Sequence

_AFTER = """\
例：
  mingtang check 年报.html
  mingtang check 年报文件夹 --html 结果.html
  mingtang check 年报.docx --mark 年报（有批注）.docx
  mingtang check 年报.html --json
  mingtang check 文件夹 --jsonl --jobs 4 --resume 全部.jsonl

轻重：breach 违规（不合表式或规定）· contradiction 矛盾（自己的数字、文字不一致）·
doubt 存疑（不大可能）· note 提示。有空白的合计不作判断，只提示未判，不影响退出状态。
十个以内的文件逐个列出发现，更多的只列总表（--verbose 全部列出），网页也只画有发现的。
文件夹按文件名排序（2.html 在 10.html 之前）逐个检查，跳过隐藏文件、图片（TIFF 除外）、
网页的附属文件（.css、.js 等）和明堂自己写出的结果网页。几个图片各当作一份报告；同一份的
几页请先合成一个 PDF 或多页 TIFF。读不了的文件、--mark 标不了的文件各说明一行，其余照常，
最后退出状态为 2。"""


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage(
        "check",
        "检查报告：表式、勾稽、用语和日期。正文里的数与表是否一致，以后的版本才查。",
        _AFTER,
    )
    add_files(made)
    outputs = add_outputs(made)
    outputs.add_argument(
        "--html",
        metavar="OUT",
        type=filled,
        help="把结果写成一个网页，同时在终端列出；只盖掉明堂写的结果网页；- 是标准输出",
    )
    made.add_argument(
        "--mark",
        metavar="OUT",
        type=filled,
        help="把发现写进原文件的副本，原文件不动：docx 写成批注，xlsx 写成单元格的批注，"
        "pdf 写成带说明的高亮；doc、wps、rtf、odt 转成 docx，ods 转成 xlsx 再写。"
        "多个文件时 OUT 是文件夹，按原来的文件名放",
    )
    made.add_argument("--force", action="store_true", help="--mark 的 OUT 已存在时覆盖")
    made.add_argument(
        "--before",
        metavar="FILE",
        type=filled,
        help="同一机关上一年度的报告（只用于一份报告）。此版本只核对机关和年度，还没有规则用到它",
    )
    made.add_argument(
        "--parts",
        metavar="DIR",
        type=filled,
        help="本报告所汇总的各份报告所在的文件夹（只用于一份报告）。此版本只核对它们读得出，"
        "还没有规则用到它们",
    )
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    return run_batch(wish("check", usage().parse_args(words)))
