"""Requests and disputes in words: how many, from whom, what became of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.compiling.prose import Known
    from mingtang.form.edition import Line
    from mingtang.report import Count

_FRAME = {"received", "carried_in", "concluded", "carried_out"}
_MARK = re.compile(r"^（[一二三四五六七]）")
_WHOLE = 100


def asking_words(known: Known) -> Iterator[str]:
    """Yield what the figures say of requests and disputes, as far as they are known."""
    came = _totals(known, "requests", ("received", "carried_in"))
    if came:
        yield from _received(known, *came)
    disputed = _totals(known, "disputes", ("review", "suit_direct", "suit_after_review"))
    if disputed:
        yield from _disputed(known, disputed)


def _totals(known: Known, table: str, lines: tuple[str, ...]) -> list[Count]:
    """Return the totals of lines, none where any of them is not known."""
    found = [known.figure(f"{table}/{line}/total") for line in lines]
    return [] if None in found else [count for count in found if count is not None]


def _received(known: Known, new: Count, carried: Count) -> Iterator[str]:
    if not new and not carried:
        yield "本年没有收到政府信息公开申请，也没有上年结转的申请。"
        return
    yield f"本年新收政府信息公开申请{new}件，上年结转{carried}件。"
    block = known.edition.table("requests").blocks[0]
    kinds = [
        f"{column.label}{count}件"
        for column in block.columns[:-1]
        if (count := known.figure(f"requests/received/{column.id}"))
    ]
    if kinds:
        yield f"新收的申请来自{'、'.join(kinds)}。"
    ended = _totals(known, "requests", ("concluded", "carried_out"))
    if ended:
        yield f"本年办结{ended[0]}件，结转下年度继续办理{ended[1]}件。"
    if ended and ended[0]:
        yield _results(known, ended[0])


def _results(known: Known, done: Count) -> str:
    """Return each kind of result with its share; shares are not made to add up."""
    counts: dict[str, Count] = {}
    for line in known.edition.table("requests").blocks[0].lines:
        count = known.figure(f"requests/{line.id}/total")
        if line.id not in _FRAME and count:
            name = _name(line)
            counts[name] = counts[name] + count if name in counts else count
    shares = {name: share(count, done) for name, count in counts.items()}
    told = [f"{name}{count}件，占{shares[name]}%" for name, count in counts.items()]
    uneven = sum(shares.values()) != _WHOLE
    remark = "（各项占比四舍五入，合计不等于100%）" if uneven else ""
    return f"办结的申请中，{'；'.join(told)}{remark}。"


def _name(line: Line) -> str:
    """Return what a line's kind of result is called, without its mark and its note.

    >>> from mingtang.form.edition import Line
    >>> _name(Line("x", "1.属于国家秘密", "（三）不予公开"))
    '不予公开'
    """
    return _MARK.sub("", line.group or line.label).partition("（")[0]


def _disputed(known: Known, counts: list[Count]) -> Iterator[str]:
    if not any(counts):
        yield "本年没有因政府信息公开引起的行政复议和行政诉讼。"
        return
    review, direct, after = counts
    yield f"本年计入表四的行政复议{review}件{_ended(known, 'review')}，"
    yield f"未经复议直接起诉{direct}件{_ended(known, 'suit_direct')}，"
    yield f"复议后起诉{after}件{_ended(known, 'suit_after_review')}。"


def _ended(known: Known, block: str) -> str:
    columns = known.edition.table("disputes").blocks[0].columns[:-1]
    told = [
        f"{column.label}{count}件"
        for column in columns
        if (count := known.figure(f"disputes/{block}/{column.id}"))
    ]
    return f"（{'、'.join(told)}）" if told else ""
