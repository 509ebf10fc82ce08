"""How the reader says what it met: findings of the R rules about rows and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.finding import Finding, Rule
from mingtang.reading import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.place import Place
    from mingtang.reading.locating import Stray
    from mingtang.reading.placing import Placed
    from mingtang.reading.rows import Item, Row

TABLES = {"disclosure": "表二", "requests": "表三", "disputes": "表四"}
"""What the tables are called in messages."""

LISTED = 4
"""So many rows are named in one message; the rest are counted."""

LONGEST = 300
"""A quoted row is cut after so many characters."""


def remark(
    rule: Rule,
    places: Sequence[Place],
    words: dict[str, object],
    cells: Iterable[str] = (),
    quote: str | None = None,
) -> Finding:
    """Return a finding of a reading rule, its message filled with the words.

    ``words["subject"]``, where given, tells findings of one rule apart.
    """
    return Finding(
        rule,
        rule.message.format(**words),
        tuple(cells),
        tuple(places),
        quote=quote,
        subject=str(words.get("subject", "")),
    )


def seen(row: Row, items: Sequence[Item] | None = None) -> str:
    """Return what a row shows, cell by cell, for a message or a raw text."""
    texts = [
        item.text.replace("\n", "") for item in (row.items if items is None else items)
    ]
    return " | ".join(texts).strip(" |")[:LONGEST]


def shift_findings(placed: Iterable[Placed]) -> Iterator[Finding]:
    """Yield one finding for each table with rows out of line with their headers."""
    groups: dict[str, list[Placed]] = {}
    for each in placed:
        if each.shifted:
            groups.setdefault(each.entry.table, []).append(each)
    for table, group in groups.items():
        labels = [each.entry.label.text if each.entry.label else "全表" for each in group]
        listed = "、".join(f"“{label}”" for label in labels[:LISTED])
        more = f" 等 {len(labels)} 行" if len(labels) > LISTED else ""
        places = [each.entry.row.place(each.entry.row.items[0]) for each in group]
        words = {"table": TABLES[table], "count": len(group), "lines": listed + more}
        yield remark(rules.ROW_SHIFTED, places, {**words, "subject": table})


def stray_findings(strays: Iterable[Stray]) -> Iterator[Finding]:
    """Yield a finding for each row of figures that no line claims."""
    for stray in strays:
        row = stray.row
        shown = seen(row)
        words: dict[str, object] = {
            "trouble": stray.reason,
            "seen": shown,
            "subject": shown,
        }
        yield remark(rules.ROW_UNMAPPED, [row.place(row.items[0])], words)
