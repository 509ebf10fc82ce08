"""Word lists of one's own: read from a file, checked line by line, merged for a day.

A list is somebody's (`owner`) and holds for a region, a body, or everywhere (`body` is
empty). Each of its words may hold from a day and until a day; on the day after, it is
no hit any more.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import yaml

from mingtang.screening.hits import NAMES, Kind
from mingtang.screening.lexicon import Lexicon, Word, WordListError, standard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MOST = 100_000
"""Words of one list."""
SHORTEST, LONGEST = 2, 64
"""Characters of a wrong writing: one alone stands in half of all texts."""
_TOLD = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLUMNS = {
    "错的写法": "wrong", "对的写法": "right", "类别": "kind", "前面不是": "not_before",
    "后面不是": "not_after", "错的词": "label", "自": "since", "至": "until",
}  # fmt: skip
"""The heads of a CSV; their English names serve as well, and are those of YAML."""
_CHINESE = {english: chinese for chinese, english in _COLUMNS.items()}
_KINDS = {NAMES[kind]: kind for kind in (Kind.WORDING, Kind.TYPO)} | {
    kind.value: kind for kind in (Kind.WORDING, Kind.TYPO)
}
_BAD = re.compile(r"[\x00-\x1f\x7f]")


class Problem(NamedTuple):
    """What is wrong in a list: its line (from 1), its column as it is headed, and why."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"“{self.column}”" if self.column else ""
        return f"第{self.line}行{where}：{self.why}"


class WordListProblems(WordListError):  # noqa: N818 - several in one
    """A list cannot be used; `problems` says of each line why."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        """Take the list's name and everything that was found in it."""
        self.problems = tuple(problems)
        told = "\n".join(map(str, problems[:_TOLD]))
        more = f"\n（共{len(problems)}处）" if len(problems) > _TOLD else ""
        super().__init__(f"词表“{name}”不能用，改好后再导入：\n{told}{more}")


class WordList(NamedTuple):
    """Words, whose they are, and where they hold; `body` empty: everywhere."""

    name: str
    owner: str
    words: tuple[Word, ...]
    body: str = ""


def read_list(data: bytes, name: str, owner: str, body: str = "") -> WordList:
    """Return the list that a file holds: YAML by its name (.yaml, .yml), else CSV.

    Raises `WordListProblems`, which names every line that cannot be used.
    """
    problems: list[Problem] = []
    yamlish = name.lower().endswith((".yaml", ".yml"))
    try:
        text = _decoded(data)
        rows = list(_of_yaml(text) if yamlish else _of_csv(text))
    except _UnreadableError as problem:
        raise WordListProblems(name, [problem.args[0]]) from problem
    if not rows:
        problems.append(Problem(1, "", "没有词条"))
    if len(rows) > MOST:
        problems.append(Problem(rows[MOST][0], "", f"超过{MOST:,}条，请分成几个词表"))
    words: dict[str, tuple[int, Word]] = {}
    for line, row in rows[:MOST]:
        found = list(_wrongs(line, row))
        before = words.get(row.get("wrong", ""))
        if before:
            found.append(Problem(line, _CHINESE["wrong"], f"与第{before[0]}行重复"))
        if found:
            problems += found
        else:
            words[row["wrong"]] = line, _word(row, owner)
    if problems:
        raise WordListProblems(name, problems)
    return WordList(name, owner, tuple(word for _line, word in words.values()), body)


class _UnreadableError(ValueError):
    """The file is no table of words at all; holds the `Problem`."""


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _UnreadableError(Problem(1, "", "不是文字文件；请另存为CSV（UTF-8）"))


def _of_csv(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        heads = [_COLUMNS.get(head.strip(), head.strip()) for head in next(reader, [])]
        _known(1, heads)
        last = reader.line_num
        for cells in reader:
            line, last = last + 1, reader.line_num
            if len(cells) > len(heads):
                why = f"有{len(cells)}格，表头只有{len(heads)}格；有逗号的字用双引号括起来"
                raise _UnreadableError(Problem(line, "", why))
            row = {
                head: cell.strip() for head, cell in zip(heads, cells, strict=False) if cell
            }
            if any(row.values()):
                yield line, row
    except csv.Error as problem:
        why = f"引号或者换行不对（{problem}）"
        raise _UnreadableError(Problem(reader.line_num, "", why)) from problem


def _of_yaml(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        why = f"不是YAML（{problem.problem}）"
        raise _UnreadableError(Problem(line, "", why)) from problem
    except yaml.YAMLError as problem:
        raise _UnreadableError(Problem(1, "", "里面有不能用的控制字符")) from problem
    if root is not None and not isinstance(root, yaml.SequenceNode):
        raise _UnreadableError(Problem(1, "", "应是一列词条，每条以“- ”开头"))
    for node in root.value if root else ():
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            why = "应写成{wrong: 错的写法, right: 对的写法}"
            raise _UnreadableError(Problem(line, "", why))
        pairs = [(str(key.value), value) for key, value in node.value]
        _known(line, [key for key, _value in pairs], needed=False)
        for key, value in pairs:
            if not isinstance(value, yaml.ScalarNode):
                raise _UnreadableError(Problem(line, _CHINESE[key], "应是一段文字"))
        yield line, {key: str(value.value) for key, value in pairs}


def _known(line: int, heads: list[str], *, needed: bool = True) -> None:
    """Raise where a head is none of ours, stands twice, or one that must be is missing."""
    for place, head in enumerate(heads):
        if head not in _CHINESE:
            why = f"不认识的列，可用的是：{'、'.join(_COLUMNS)}"
            raise _UnreadableError(Problem(line, head, why))
        if head in heads[:place]:
            raise _UnreadableError(Problem(line, _CHINESE[head], "这一列有两个"))
    if needed and "wrong" not in heads:
        why = f"表头里没有“{_CHINESE['wrong']}”；第一行应是：{','.join(_COLUMNS)}"
        raise _UnreadableError(Problem(line, "", why))


def _wrongs(line: int, row: dict[str, str]) -> Iterator[Problem]:
    """Yield what is wrong in a row."""
    wrong, right, label = (row.get(each, "") for each in ("wrong", "right", "label"))
    if not wrong:
        yield Problem(line, _CHINESE["wrong"], "是空的")
    elif not SHORTEST <= len(wrong) <= LONGEST:
        why = f"有{len(wrong)}个字，应是{SHORTEST}到{LONGEST}个字"
        yield Problem(line, _CHINESE["wrong"], why)
    if wrong and wrong == right:
        yield Problem(line, _CHINESE["right"], "与错的写法相同")
    if label and label not in wrong:
        yield Problem(line, _CHINESE["label"], f"“{label}”不在错的写法里")
    for column, value in row.items():
        if _BAD.search(value):
            yield Problem(line, _CHINESE[column], "里面有换行、制表符或者控制字符")
    if row.get("kind", "") and row["kind"] not in _KINDS:
        told = f"“{row['kind']}”不认识，应是错敏词或者错别字"
        yield Problem(line, _CHINESE["kind"], told)
    yield from _wrong_days(line, row)


def _wrong_days(line: int, row: dict[str, str]) -> Iterator[Problem]:
    days = []
    for column in ("since", "until"):
        try:
            days.append(_day(row.get(column, "")))
        except ValueError:
            why = f"“{row[column]}”不是日期，应写成2026-01-31"
            yield Problem(line, _CHINESE[column], why)
            return
    if days[0] and days[1] and days[1] < days[0]:
        yield Problem(line, _CHINESE["until"], f"早于“{_CHINESE['since']}”")


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def _word(row: dict[str, str], owner: str) -> Word:
    texts = ("wrong", "right", "not_before", "not_after", "label")
    return Word(
        **{key: row[key] for key in texts if key in row} | {"right": row.get("right", "")},
        kind=_KINDS[row.get("kind", "") or Kind.WORDING.value],
        owner=owner,
        since=_day(row.get("since", "")),
        until=_day(row.get("until", "")),
    )


def in_force(words: Iterable[Word], on: date) -> Iterator[Word]:
    """Yield the words that hold on a day; their first and last days are among them."""
    for word in words:
        if (word.since is None or word.since <= on) and (
            word.until is None or on <= word.until
        ):
            yield word


def lexicon_on(
    on: date, lists: Iterable[WordList] = (), places: Collection[str] = ()
) -> Lexicon:
    """Return the lexicon of a day: the standard words, and the lists that hold for places.

    `places` are the body whose text it is and the regions that it belongs to. Where
    several lists have the same wrong writing, the last one's word is taken: name the
    more general list first.
    """
    base = standard()
    holding = (each.words for each in lists if not each.body or each.body in places)
    own = {word.wrong: word for word in in_force(chain.from_iterable(holding), on)}
    others = (word for word in in_force(base.listed, on) if word.wrong not in own)
    return Lexicon((*others, *own.values()), base.phrases)
