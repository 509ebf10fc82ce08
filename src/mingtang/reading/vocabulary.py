"""Every label of every edition, by what is compared of it.

A cell's text is looked up once and remembered: what line it may name, what
column, or that it is a caption, a corner, a group, a figure or nothing known.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from mingtang.form.edition import Edition
from mingtang.form.loading import editions
from mingtang.text import Figure, label_key, parse_figure

LINE_LIKENESS = 0.72
"""A damaged line label is taken when at least this alike and alone so."""
COLUMN_LIKENESS = 0.6
"""A damaged column label is taken when at least this alike, in its place."""
WORD = ("word",)
"""The targets of an unknown text of a few Han characters and nothing else."""
WORDS = ("words",)
"""The targets of an unknown text with enough Han characters to be a label."""
MARGIN = 0.1
"""The second best label must be at least this much less alike."""


SHORTEST, LONGEST = 4, 60
"""How many letters a label may have to be known by likeness."""


class Kind(Enum):
    """What a cell's text is taken for."""

    FIGURE = auto()
    BLANK = auto()
    LINE = auto()
    COLUMN = auto()
    GROUP = auto()
    PARENT = auto()
    CAPTION = auto()
    LEAD = auto()
    CORNER = auto()
    OTHER = auto()


class Sense(NamedTuple):
    """What a text may name: its kind, the ids, and how alike it is.

    `targets` are ``table/line`` for a line, ``table//column`` for a column,
    the table for a corner or lead, the caption for a caption.
    """

    kind: Kind
    targets: tuple[str, ...] = ()
    likeness: float = 1.0
    figure: Figure | None = None


_ORDINAL = re.compile(r"^(?:[一二三四五六七八九]|\d)(?=[\u4e00-\u9fff])")
_CAPTION = re.compile(r"^第?二十条第?([一二三四五六七八九十]{1,3})项")
_BRACKET = re.compile(r"(?<=.)[(（][^(（]*[)）]$|[:：]$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BARE = frozenset({"其他", "总计"})
_ALIASES = {"合计": "总计", "总数": "总计", "其它": "其他"}
_GROUPS = frozenset({"三本年度办理结果", "本年度办理结果", "办理结果"})


def bare_key(key: str) -> str:
    """Return a label key without the numeral before it."""
    return _ORDINAL.sub("", key)


class Vocabulary(NamedTuple):
    """Label keys of all editions and what each names."""

    lines: dict[str, str]
    columns: dict[str, tuple[str, ...]]
    groups: frozenset[str]
    parents: dict[str, str]
    corners: dict[str, str]
    leads: dict[str, str]
    line_keys: tuple[tuple[str, str], ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the labels of all editions, indexed."""
    lines: dict[str, str] = {}
    columns: dict[str, list[str]] = {}
    groups = set(_GROUPS)
    parents = {"申请人情况": "requests", "法人或其他组织": "requests"}
    parents |= {"行政复议": "disputes", "行政诉讼": "disputes"}
    corners: dict[str, str] = {}
    for edition in editions():
        for table in edition.tables:
            for block in table.blocks:
                for line in block.lines:
                    _add_line(lines, groups, parents, table.across, (table.id, line))
                for column in block.columns:
                    _add_column(columns, f"{table.id}//{column.id}", column.label)
            if table.id == "requests":
                corners[label_key(table.lead)] = table.id
    for alias, known in _ALIASES.items():
        columns[alias] = columns[known]
        lines |= _renamed(lines, known, alias)
    keys = tuple(sorted(lines.items()))
    leads = {"信息内容": "disclosure"}
    frozen = {key: tuple(targets) for key, targets in columns.items()}
    return Vocabulary(lines, frozen, frozenset(groups), parents, corners, leads, keys)


def _renamed(lines: dict[str, str], known: str, alias: str) -> dict[str, str]:
    """Return the labels that end in a word, with another word for it."""
    return {
        f"{key.removesuffix(known)}{alias}": target
        for key, target in lines.items()
        if key.endswith(known)
    }


def _add_line(
    lines: dict[str, str],
    groups: set[str],
    parents: dict[str, str],
    across: bool,  # noqa: FBT001 - a property of the table
    named: tuple[str, object],
) -> None:
    table, line = named
    label, group, line_id = line.label, line.group, line.id  # type: ignore[attr-defined]
    if across:
        parents[label_key(label)] = table
        return
    target = f"{table}/{line_id}"
    for printed in (label, _BRACKET.sub("", label)):
        key = label_key(printed)
        lines.setdefault(key, target)
        if (bare := bare_key(key)) not in _BARE:
            lines.setdefault(bare, target)
    if group:
        groups |= {label_key(group), bare_key(label_key(group))}


def _add_column(columns: dict[str, list[str]], target: str, label: str) -> None:
    for printed in (label, _BRACKET.sub("", label)):
        targets = columns.setdefault(label_key(printed), [])
        if target not in targets:
            targets.append(target)


@lru_cache(maxsize=32768)
def sense(text: str) -> Sense:
    """Return what a cell's text is, by exact key, caption, figure or likeness."""
    figure = parse_figure(text)
    if figure.kind in {"number", "not_applicable"}:
        return Sense(Kind.FIGURE, figure=figure)
    if figure.kind == "blank":
        return Sense(Kind.BLANK, figure=figure)
    key = label_key(text)
    return _known(key) or _known(label_key(_BRACKET.sub("", text))) or _alike(text, key)


def _known(key: str) -> Sense | None:
    words = vocabulary()
    if key in words.lines:
        return Sense(Kind.LINE, (words.lines[key],))
    if key in words.columns:
        return Sense(Kind.COLUMN, words.columns[key])
    if key in words.groups:
        return Sense(Kind.GROUP)
    if key in words.parents:
        return Sense(Kind.PARENT, (words.parents[key], key))
    return _framing(key, words)


def _framing(key: str, words: Vocabulary) -> Sense | None:
    """Return the sense of a corner, a lead or a caption, None for other words."""
    if key in words.corners or (key.startswith("本列数据的勾稽") and len(key) <= LONGEST):
        return Sense(Kind.CORNER, ("requests",))
    if key in words.leads:
        return Sense(Kind.LEAD, ("disclosure",))
    caption = _CAPTION.fullmatch(key)
    return Sense(Kind.CAPTION, (caption[1],)) if caption else None


def _alike(text: str, key: str) -> Sense:
    """Return the line label most like a text, when it is the only one so alike."""
    letters = len(_HAN.findall(key))
    words = (
        WORDS if letters >= SHORTEST else WORD if letters and letters == len(key) else ()
    )
    if not SHORTEST <= len(key) <= LONGEST or key[-1].isdigit() or words != WORDS:
        return Sense(Kind.OTHER, words, figure=parse_figure(text))
    best, best_target, second = 0.0, "", 0.0
    bare = bare_key(key)
    for known, target in vocabulary().line_keys:
        ordinal = known != bare_key(known)
        likeness = Levenshtein.normalized_similarity(key if ordinal else bare, known)
        if target == best_target:
            best = max(best, likeness)
        elif likeness > best:
            best, best_target, second = likeness, target, best
        elif likeness > second:
            second = likeness
    if (
        best >= LINE_LIKENESS
        and best - second >= MARGIN
        and not _extends(bare, best_target)
    ):
        return Sense(Kind.LINE, (best_target,), best)
    return Sense(Kind.OTHER, words, figure=parse_figure(text))


def _extends(key: str, target: str) -> bool:
    """Return whether a text is a whole label and more (非行政规范性文件): another thing."""
    known = [label for label, each in vocabulary().line_keys if each == target]
    return any(label in key and label != key for label in known)


@lru_cache(maxsize=8192)
def column_likeness(text: str, label: str) -> float:
    """Return how alike a printed header is to a column's label, 0 to 1.

    A header cut short still counts: 本年新 may stand for 本年新制作数量.
    """
    printed = label_key(_BRACKET.sub("", text)) or label_key(text)
    known = label_key(_BRACKET.sub("", label))
    if printed in (known, label_key(label)) or label_key(text) in (known, label_key(label)):
        return 1.0
    if len(printed) > 1 and known.startswith(printed):
        return 0.7
    return Levenshtein.normalized_similarity(printed, known)


@cache
def edition_columns(edition: Edition, table: str, line: str) -> tuple[tuple[str, str], ...]:
    """Return the (id, label) of a line's columns in that edition, () if it has none."""
    for block in edition.table(table).blocks:
        if any(each.id == line for each in block.lines):
            return tuple((column.id, column.label) for column in block.columns)
    return ()
