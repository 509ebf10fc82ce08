"""Several sources of law as people write them: 《甲法》第三条、第五条和《乙条例》第四条.

A place without its instrument, or a paragraph without its article, belongs to the one
before it. What is not understood is named and refused, never dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.law.citation import Citation, CitationError, parse_citation

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING, _CLOSING = "《（〔〈", "》）〕〉"
_MARKS = "、；;，,"
_WORDS = ("以及", "和", "及", "与")
_HERE = "政府信息公开条例"
"""Any instrument, to read a place that names none."""
_PLACE = re.compile(r"第.+条.*")
_PARAGRAPH = re.compile(r"第[^条款项]+款(?:第[^条款项]+项)?")
_ITEM = re.compile(r"第[^条款项]+项")
_BEGINS = re.compile(r"《|第[^条款项、；;，,]+[条款项]")


def parse_listing(line: str) -> tuple[Citation, ...]:
    """Return the sources of a line as a person writes it.

    Raises `CitationError`, which names the part that is not understood.

    >>> [str(each) for each in parse_listing("《档案法（试行）》第三条第一款、第二款")]
    ['档案法（试行）第三条第一款', '档案法（试行）第三条第二款']
    """
    found: list[Citation] = []
    unread, fault = "", None
    for mark, part in _parts(line.strip()):
        whole = f"{unread}{mark}{part}" if unread else part
        try:
            found.append(_source(whole, found[-1] if found else None))
        except CitationError as problem:
            unread, fault = whole, fault or problem
        else:
            unread, fault = "", None
    if fault is not None or not found:
        said = unread or line.strip()
        message = f"“{said}”没有读懂"
        raise CitationError(message) from fault
    return tuple(found)


def _source(part: str, before: Citation | None) -> Citation:
    if before is None:
        return parse_citation(part)
    if _PLACE.fullmatch(part):
        return _placed(part, before)
    if _PARAGRAPH.fullmatch(part):
        return _placed(f"第{before.article}条{part}", before, inserted=before.inserted)
    if _ITEM.fullmatch(part):
        paragraph = f"第{before.paragraph}款" if before.paragraph else ""
        line = f"第{before.article}条{paragraph}{part}"
        return _placed(line, before, inserted=before.inserted)
    return parse_citation(part)


def _placed(part: str, before: Citation, inserted: int | None = None) -> Citation:
    place = parse_citation(f"{_HERE}{part}")
    return before._replace(
        article=place.article,
        inserted=inserted or place.inserted,
        paragraph=place.paragraph,
        item=place.item,
        outline=None,
    )


def _parts(line: str) -> Iterator[tuple[str, str]]:
    """Yield the parts between marks that stand in no bracket, each with its mark."""
    depth, start, mark, at = 0, 0, "", 0
    while at < len(line):
        depth += (line[at] in _OPENING) - (line[at] in _CLOSING)
        parting = "" if depth else _parting(line, at)
        if parting:
            yield mark, line[start:at]
            mark, start = parting, at + len(parting)
            at = start
        else:
            at += 1
    yield mark, line[start:]


def _parting(line: str, at: int) -> str:
    """Return the mark or word that parts two sources here; mostly nothing."""
    if line[at] in _MARKS:
        return line[at]
    for word in _WORDS:
        if at and line.startswith(word, at) and _BEGINS.match(line, at + len(word)):
            return word
    return ""
