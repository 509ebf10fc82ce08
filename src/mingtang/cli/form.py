"""``mingtang form``: an edition of the form, its cells, sums and sections."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mingtang.cli.speech import say
from mingtang.cli.usage import Usage, UsageError, count
from mingtang.form.loading import (
    EDITION_IDS,
    NoEditionError,
    edition,
    edition_for,
    editions,
    sum_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.form.edition import Edition
    from mingtang.form.sums import Identity

_AFTER = """\
例：
  mingtang form                  有哪些版本
  mingtang form 2021             2021 年版的单元格、勾稽关系和各部分
  mingtang form 2024             2024 年度的报告须用的那一版
  mingtang form --year 2023      2023 年度的报告须用哪一版"""

_YEAR = re.compile(r"20[0-9]{2}")


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("form", "说明报告的表式：单元格、勾稽关系、各部分。", _AFTER)
    made.add_argument(
        "edition",
        metavar="EDITION",
        nargs="?",
        help="版本：2021、2019；也可写报告年度，如 2024",
    )
    made.add_argument("--year", metavar="YEAR", type=count, help="报告年度，问须用哪一版")
    made.add_argument("--json", action="store_true", help="写成 JSON")
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    chosen = usage().parse_args(words)
    if chosen.edition and chosen.year is not None:
        message = "版本与 --year 只写一个"
        raise UsageError(message)
    found = _wanted(chosen.edition, chosen.year)
    brief = chosen.year is not None or chosen.edition is None
    if chosen.json:
        said = [_as_object(one) for one in found]
        content = said if chosen.edition is None and chosen.year is None else said[0]
        say(f"{json.dumps(content, ensure_ascii=False, indent=2)}\n")
    else:
        said_first = f"{chosen.year}年度的报告须用：\n" if chosen.year is not None else ""
        if chosen.edition and chosen.edition != found[0].id:
            said_first = f"{chosen.edition}年度用{found[0].id}年版：\n"
        say(said_first + "\n".join(_brief(one) if brief else _full(one) for one in found))
    return 0


def _wanted(name: str | None, year: int | None) -> tuple[Edition, ...]:
    try:
        if year is not None:
            return (edition_for(year),)
    except NoEditionError as error:
        raise UsageError(*error.args) from error
    if name is None:
        return editions()
    return (edition(name) if name in EDITION_IDS else _of_year(name),)


def _of_year(name: str) -> Edition:
    """Return the edition of a reporting year, which is what officers type."""
    try:
        return edition_for(int(name) if _YEAR.fullmatch(name) else 0)
    except NoEditionError as error:
        known = "、".join(EDITION_IDS)
        message = f"没有“{name}”版的表式，可用：{known}，或 2019 以后的报告年度"
        raise UsageError(message) from error


def _brief(one: Edition) -> str:
    until = f"至{one.last_year}年度" if one.last_year else "起，现行"
    cells = f"{len(one.cell_ids())} 个单元格、{len(one.sums)} 种勾稽关系"
    lines = (
        f"{one.id}　{one.name}",
        f"用于：{one.first_year}年度{until}",
        f"依据：{one.cite}",
    )
    more = f"全部列出：mingtang form {one.id}"
    return "\n　".join((*lines, f"{cells}；{more}")) + "\n"


def _full(one: Edition) -> str:
    lines = [_brief(one).partition("；全部列出")[0], "", "六个部分："]
    lines += [f"  {part.heading}" for part in one.sections]
    for table in one.tables:
        lines += ["", f"{table.number}　{table.title}"]
        lines += [
            f"  {cell:<46} {line.full_label} · {column.label}"
            for cell, _, line, column in table.cells()
        ]
    lines += ["", "勾稽关系（等式不成立时报这条规则）：", *_sums(one)]
    return "\n".join((*lines, ""))


def _sums(one: Edition) -> Iterator[str]:
    words = sum_words()
    for identity in one.sums:
        each = "每列" if identity.each == "column" else "每行"
        left, right = (
            _side(one, identity, side) for side in (identity.left, identity.right)
        )
        yield f"  {identity.code} {words[identity.code].title}"
        yield f"    {each}：{left} ＝ {right}"  # noqa: RUF001 - the sign of the printed form


def _side(one: Edition, identity: Identity, names: Sequence[str]) -> str:
    table = one.table(identity.table)
    labels: dict[str, str] = {}
    for block in table.blocks:
        parts = block.lines if identity.each == "column" else block.columns
        labels |= {part.id: part.label for part in parts}
    if len(names) > _SPELT_OUT:
        return f"{labels[names[0]]} 至 {labels[names[-1]]} 共 {len(names)} 项"
    return " + ".join(labels[name] for name in names)


_SPELT_OUT = 6


def _as_object(one: Edition) -> dict[str, object]:
    return {
        "edition": one.id,
        "name": one.name,
        "cite": one.cite,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "sections": [
            {"number": part.number, "heading": part.heading} for part in one.sections
        ],
        "cells": [
            {
                "cell": cell,
                "section": table.section,
                "block": block.caption,
                "line": line.full_label,
                "column": column.label,
            }
            for table in one.tables
            for cell, block, line, column in table.cells()
        ],
        "sums": [
            {
                "code": identity.code,
                "table": identity.table,
                "each": identity.each,
                "left": list(identity.left),
                "right": list(identity.right),
            }
            for identity in one.sums
        ],
    }
