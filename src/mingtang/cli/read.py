"""``mingtang read``: what a report says, cell by cell, without judging it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.cli.batch import run as run_batch
from mingtang.cli.options import add_files, add_outputs, wish
from mingtang.cli.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

_AFTER = """\
例：
  mingtang read 年报.html               画出三张表
  mingtang read 年报.html --json        一个 JSON 对象（所有单元格）
  mingtang read 文件夹 --jsonl > 全部.jsonl

空白、“/”和读不出的格各有状态，从不当作零。文件夹按文件名排序（2.html 在 10.html
之前）逐个读，跳过隐藏文件、图片（TIFF 除外）、网页的附属文件（.css、.js 等）和
明堂的结果网页。几个图片各当作一份报告；同一份的几页请先合成一个 PDF 或多页 TIFF。"""


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("read", "读出报告里的数字、部分和说法，不作判断。", _AFTER)
    add_files(made)
    add_outputs(made)
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    return run_batch(wish("read", usage().parse_args(words)))
