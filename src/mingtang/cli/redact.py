"""``mingtang redact``: a copy with everything private masked, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.cli.screen import WRONG, look
from mingtang.cli.speech import complain
from mingtang.cli.targets import put, spare
from mingtang.cli.usage import Usage, UsageError, filled
from mingtang.registry import load

if TYPE_CHECKING:
    from collections.abc import Sequence

_AFTER = """\
例：
  mingtang redact 通知.docx --out 通知（公开）.docx
  mingtang redact 名单.xlsx --hidden --out 名单（公开）.xlsx

找到的个人信息在文件的每一个部分都换成 ■，不是盖住；PDF 里有个人信息的页改成图片，属性、
批注、附件一并去掉。写好以后逐个部分读回，还能找到的不写出，说明在哪里。图片里的文字没有查。
退出状态：0 写出了；2 没有写出。"""


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("redact", "写一份遮盖了个人信息的副本，并读回核对；原文件不动。", _AFTER)
    what = "要遮盖的 docx、xlsx、pdf 或文本"
    made.add_argument("file", metavar="FILE", type=filled, help=what)
    made.add_argument(
        "--out", metavar="OUT", type=filled, required=True, help="遮盖后的文件写到哪里"
    )
    made.add_argument(
        "--hidden",
        action="store_true",
        help="看不见的内容也去掉：批注、修订（接受）、隐藏的工作表和行列、属性、链接、嵌入的文件、宏",
    )
    made.add_argument("--force", action="store_true", help="OUT 已存在时覆盖")
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    chosen = usage().parse_args(words)
    spare("--out", chosen.out, [chosen.file])
    if Path(chosen.out).exists() and not chosen.force:
        message = f"{chosen.out} 已经存在，没有覆盖；请换一个文件名，或加 --force"
        raise UsageError(message)
    screened = look(chosen.file)
    if screened.found is None or screened.status == WRONG:
        told = screened.found.not_looked if screened.found else (screened.trouble,)
        complain(f"没有写出 {chosen.out}：{'；'.join(told)}")
        return WRONG
    private, hidden = load("screening").PRIVATE, load("screening").HIDDEN
    kinds = private | hidden if chosen.hidden else private
    hits = [hit for hit in screened.found.hits if hit.kind in kinds]
    redacting = load("screening.redacting")
    try:
        made = redacting.redact(screened.data, chosen.file, hits)
    except ValueError as error:
        complain(f"没有写出 {chosen.out}：{error}")
        return WRONG
    put(Path(chosen.out), made.data)
    removed = f"；另外：{'、'.join(made.removed)}" if made.removed else ""
    complain(f"{chosen.file}：遮盖了 {made.replaced} 处，写在 {chosen.out}{removed}")
    for words_of_it in screened.found.not_looked:
        complain(f"没有查成的：{words_of_it}")
    return 0
