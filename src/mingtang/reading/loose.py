"""Tables that lost every border: text blocks whose words are labels and figures.

Empty cells have vanished here, so a row is only as good as its count. A block
belongs to a table when all of it is labels, headers and figures; a short block
between such blocks is a label the form does not know.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.cutting import Cut, Token, cut_rows, rows_of
from mingtang.reading.vocabulary import Kind, Sense, sense, vocabulary
from mingtang.text import fold, is_traditional, label_key, simplified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mingtang.document import Paragraph
    from mingtang.place import Place
    from mingtang.reading.rows import Row

SHORT = 32
"""A block longer than this that is not all labels and figures is prose."""
LONGEST = 20_000
"""A longer block is not searched for a table."""
MAX_JOIN = 4
"""A label is looked for over at most this many neighbouring blocks."""

MEAN = 8
"""A long block with a label or figure in so many characters may be a table."""
FEW = 3
"""So many labels make a table; so many unknown blocks in a row end it."""

_NUMBER = (
    r"[+\-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:万元|亿元|元|万|件)?(?:\([^()]{1,20}\))?"
    r"(?![.、．]\s*[\u3400-\u9fff])"
)
_MARK = r"[/—－-]+(?=\s|$)"
_GAP = r"[^0-9A-Za-z\u3400-\u9fff]*"
_SIGN = r"\s*[^0-9A-Za-z\u3400-\u9fff\s]\s*"
_SENTENCE = re.compile(r"[。;；!！?？]|[,，].*[,，]")


class Taken(NamedTuple):
    """The rows found in text blocks and the numbers of the blocks they used."""

    rows: tuple[Row, ...]
    paragraphs: frozenset[int]


@cache
def _scanner() -> re.Pattern[str]:
    words = vocabulary()
    keys = {*words.lines, *words.columns, *words.groups, *words.parents, *words.leads}
    longest = sorted((key for key in keys if len(key) > 1), key=len, reverse=True)
    labels = "|".join(map(_pattern, longest))
    corner = r"\(?本列数据的勾稽关系.{0,60}?第四项之和\)?"
    caption = r"第?\s*二\s*十\s*条\s*第?\s*\(?[一二三四五六七八九十]{1,3}\)?\s*项"
    return re.compile(
        rf"(?P<label>{corner}|{caption}|\(?(?:{labels})(?:\([^()]{{0,40}}\)|\))?)"
        rf"|(?P<figure>{_NUMBER}|{_MARK})|(?P<gap>\s+|[^0-9A-Za-z\u3400-\u9fff/—－\-+−])"
    )


def _pattern(key: str) -> str:
    """Return a pattern for a label whose letters may stand apart.

    A numeral needs a sign after it: in ``3 其他`` the 3 may be a figure.
    """
    if key[0].isdigit():
        return f"{key[0]}{_SIGN}{_GAP.join(map(re.escape, key[1:]))}"
    return _GAP.join(map(re.escape, key))


def _split(block: Paragraph, fold: Callable[[str], str]) -> list[Token] | None:
    """Return the labels and figures a block is made of, None if it is not a table.

    A block that is plainly a whole table on one line may hold other words too.
    """
    if len(block.text) > LONGEST:
        return None
    text = fold(block.text)
    same = len(text) == len(block.text)
    lenient = len(text) > SHORT and len(_scanner().findall(text)) > len(text) // MEAN
    tokens: list[Token] = []
    other = False
    position = 0
    scanner = _scanner()
    while position < len(text):
        match = scanner.match(text, position)
        end = position if match is None else match.end()
        if match is None or end == position:
            if not lenient:
                return None
            other = True
            following = scanner.search(text, position + 1)
            end = following.start() if following else len(text)
            span = (position, end) if same else (0, len(block.text))
            tokens.append(_token(text[position:end], block.place(*span)))
        elif match.lastgroup != "gap":
            span = match.span() if same else (0, len(block.text))
            tokens.append(_token(match[0], block.place(*span)))
        position = end
    if all(token.sense.kind is Kind.FIGURE for token in tokens) and set("()[]【】") & set(
        text
    ):
        return None
    return tokens if not other or _frames(tokens) else None


def _frames(tokens: Sequence[Token]) -> bool:
    """Return whether a block holds what only a table has: a caption, corner or headers."""
    kinds = [token.sense.kind for token in tokens]
    framed = any(kind in (Kind.CAPTION, Kind.LEAD, Kind.CORNER) for kind in kinds)
    known = len(tokens) - kinds.count(Kind.OTHER)
    return (framed or kinds.count(Kind.COLUMN) > FEW) and known > kinds.count(Kind.OTHER)


def _token(text: str, address: Place) -> Token:
    """Return a token; digits without a sure figure (000) are still figures run together."""
    known = sense(text)
    if known.kind is Kind.OTHER and text.strip().isdigit():
        known = Sense(Kind.FIGURE, figure=known.figure)
    return Token(text, known, address)


def _whole(block: Paragraph) -> Token:
    return _token(block.text, block.place(0, len(block.text)))


def _joined(blocks: Sequence[Paragraph], index: int) -> tuple[Token, int] | None:
    """Return the label that a block and those after it make together."""
    text = blocks[index].text
    if len(text) > SHORT or label_key(text).isascii():
        return None
    for count in range(2, MAX_JOIN + 1):
        if index + count > len(blocks):
            break
        part = blocks[index + count - 1].text
        alone = sense(part)
        if len(part) > SHORT or alone.kind not in (Kind.OTHER, Kind.COLUMN, Kind.GROUP):
            break
        text += part
        together = sense(text)
        if (
            together.kind in (Kind.LINE, Kind.COLUMN, Kind.GROUP)
            and together.likeness == 1.0
        ):
            first = blocks[index]
            return Token(text, together, first.place(0, len(first.text))), count
    return None


def loose_rows(paragraphs: Iterable[Paragraph]) -> Taken:
    """Return the rows that text blocks make, and which blocks they used up."""
    blocks = list(paragraphs)
    traditional = any(is_traditional(block.text) for block in blocks)
    folding = simplified if traditional else fold
    cuts: list[Cut] = []
    used: set[int] = set()
    index = 0
    while index < len(blocks):
        tokens, count = _run(blocks, index, folding)
        if tokens and _is_table(tokens):
            cuts += cut_rows(tokens)
            used |= {block.number for block in blocks[index : index + count]}
        index += max(count, 1)
    return Taken(rows_of(cuts), frozenset(used))


def _is_table(tokens: Sequence[Token]) -> bool:
    labels = sum(
        token.sense.kind in (Kind.LINE, Kind.COLUMN, Kind.CAPTION, Kind.LEAD, Kind.CORNER)
        for token in tokens
    )
    return labels >= FEW


def _run(
    blocks: Sequence[Paragraph], start: int, fold: Callable[[str], str]
) -> tuple[list[Token], int]:
    """Return the tokens of the longest table-like run of blocks from there."""
    tokens: list[Token] = []
    index = start
    pending: list[Token] = []
    end = start
    while index < len(blocks):
        block = blocks[index]
        whole = _whole(block)
        joined = _joined(blocks, index) if _may_join(whole) else None
        if joined is not None:
            tokens += [*pending, joined[0]]
            pending = []
            index += joined[1]
            end = index
            continue
        parts = [whole] if whole.sense.kind is not Kind.OTHER else _split(block, fold)
        if parts:
            tokens += [*pending, *parts]
            pending = []
            index += 1
            end = index
            continue
        if not tokens or not _may_be_label(block.text) or len(pending) >= FEW:
            break
        pending.append(whole)
        index += 1
    return tokens, end - start


def _may_join(whole: Token) -> bool:
    return (
        whole.sense.kind in (Kind.OTHER, Kind.COLUMN, Kind.GROUP)
        and len(whole.text) <= SHORT
    )


_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}[、.．]")


def _may_be_label(text: str) -> bool:
    return (
        len(text) <= SHORT
        and not _SENTENCE.search(text)
        and not (_HEADING.match(text) and sense(text).kind is Kind.OTHER)
    )
