"""``mingtang screen``: what must not go out with a file, or is hidden in it, and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from mingtang.cli.files import gather
from mingtang.cli.opening import opened
from mingtang.cli.speech import complain, say
from mingtang.cli.usage import Usage, UsageError, filled
from mingtang.registry import load
from mingtang.writing.printable import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.screening.files import FileHit, FileScreening

FOUND, WRONG = 1, 2
_EXCERPT = 40
_AFTER = """\
例：
  mingtang screen 通知.docx
  mingtang screen 待公开文件夹 --jsonl

查 docx、xlsx、pdf 和文本的每一个部分：正文、表格、批注、修订、隐藏的工作表和行列、
看不见的文字、文档属性、附件。没有查的（旧格式、图片里的文字）逐条说明，没有查不等于没有。
找到的个人信息在这里只写头尾。退出状态：0 没有找到；1 找到了；2 有文件没有查成。"""


class Screened(NamedTuple):
    """What became of one file: what was found, or why nothing was looked for."""

    name: str
    found: FileScreening | None
    trouble: str = ""
    data: bytes = b""

    @property
    def status(self) -> int:
        """Return the exit status that the file asks for."""
        if self.found is None or (self.found.not_looked and not self.found.text_length):
            return WRONG
        return FOUND if self.found.hits else 0


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("screen", "公开之前查文件：个人信息、错敏词、看不见的内容。", _AFTER)
    made.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=filled,
        help="要公开的文件，或放文件的文件夹；- 是标准输入",
    )
    outputs = made.add_mutually_exclusive_group()
    outputs.add_argument(
        "--json", action="store_true", help="写一个 JSON 对象（只用于一个文件）"
    )
    outputs.add_argument("--jsonl", action="store_true", help="每个文件写一行 JSON")
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    chosen = usage().parse_args(words)
    names = gather(chosen.files).names
    if chosen.json and len(names) != 1:
        message = f"--json 只用于一个文件，这里有 {len(names)} 个；请用 --jsonl"
        raise UsageError(message)
    statuses = [0]
    for name in names:
        screened = look(name)
        statuses.append(screened.status)
        if screened.trouble:
            complain(screened.trouble)
        if chosen.json or chosen.jsonl:
            say(f"{_as_json(screened, indent=2 if chosen.json else None)}\n")
        elif screened.found is not None:
            say(_as_text(screened.name, screened.found))
    return max(statuses)


def look(name: str) -> Screened:
    """Return a file screened, or why it could not be."""
    files = load("screening.files")
    try:
        data = opened(name).data
        return Screened(name, files.screen_file(data, name), "", data)
    except (load("reading.source").UnreadableSourceError, files.UnscreenableError) as error:
        return Screened(name, None, str(error))


def excerpt(hit: FileHit, found: FileScreening) -> str:
    """Return the text of a hit with what is private in it masked but for its ends."""
    private = load("screening").PRIVATE
    needles = load("screening.redacting.needles")
    text = " ".join(hit.text.split())
    if hit.kind in private:
        kept = 3 if len(text) > 8 else 1  # noqa: PLR2004 - a short one shows less
        return text[:kept] + "*" * (len(text) - kept - 1) + text[-1:]
    texts = [each.text for each in found.hits if each.kind in private]
    masked: str = needles.masked(text, needles.Needles(texts)).text
    return masked if len(masked) <= _EXCERPT else f"{masked[:_EXCERPT]}…"


def _as_text(name: str, found: FileScreening) -> str:
    names = load("screening").NAMES
    lines = [f"{name}：{len(found.hits)} 处" if found.hits else f"{name}：没有找到"]
    for number, hit in enumerate(found.hits, 1):
        told = excerpt(hit, found)
        said = f"“{told}”，{hit.why}" if told else hit.why
        lines.append(f"{number}. {names[hit.kind]}，{hit.where.words}：{said}")
    lines += [f"没有查成的：{words}" for words in found.not_looked]
    return "\n  ".join(map(one_line, lines)) + "\n"


def _as_json(screened: Screened, indent: int | None) -> str:
    found = screened.found
    made: dict[str, object] = {"file": screened.name}
    if found is None:
        made["trouble"] = screened.trouble
        return json.dumps(made, ensure_ascii=False, indent=indent)
    made |= {"kind": found.kind, "text_length": found.text_length}
    made["not_looked"] = list(found.not_looked)
    made["hits"] = [
        {
            "kind": hit.kind.value,
            "where": hit.where.words,
            "part": hit.where.part,
            "page": hit.where.page or None,
            "text": excerpt(hit, found),
            "why": hit.why,
            "suggestion": hit.suggestion,
        }
        for hit in found.hits
    ]
    return json.dumps(made, ensure_ascii=False, indent=indent)
