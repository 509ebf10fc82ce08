"""The labels as the document prints them, against the form's."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mingtang.reading import rules
from mingtang.reading.remarks import TABLES, remark
from mingtang.reading.vocabulary import bare_key, edition_columns
from mingtang.report import Label
from mingtang.text import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.reading.columns import Headed
    from mingtang.reading.locating import Entry, Located


def printed_labels(located: Located, edition: Edition) -> tuple[Label, ...]:
    """Return every line and column label met, with the form's text."""
    lines = _line_labels(edition)
    found: list[Label] = []
    done: set[int] = set()
    for entry in located.entries:
        target = f"{entry.table}/{entry.line}"
        if entry.label is not None and target in lines:
            spot = entry.row.place(entry.label)
            found.append(
                _label(
                    target,
                    entry.label.text,
                    lines[target],
                    spot,
                    entry.label.sense.likeness,
                )
            )
        if not entry.headed.trouble and id(entry.headed) not in done:
            done.add(id(entry.headed))
            found += _columns(entry, edition)
    return tuple(found)


@cache
def _line_labels(edition: Edition) -> dict[str, str]:
    return {
        f"{table.id}/{line.id}": line.label
        for table in edition.tables
        for block in table.blocks
        for line in block.lines
    }


def _columns(entry: Entry, edition: Edition) -> Iterator[Label]:
    table = entry.table
    line = "review" if table == "disputes" else entry.line
    expected = dict(edition_columns(edition, table, line))
    headed = entry.headed
    for name, head, likeness in zip(
        headed.ids, headed.heads, headed.likeness, strict=False
    ):
        short = (name or "").split("/")[-1]
        if short in expected:
            spot = head.row.place(head.item)
            yield _label(
                f"{table}//{short}", head.item.text, expected[short], spot, likeness
            )


def _label(
    target: str, printed: str, expected: str, spot: object, likeness: float
) -> Label:
    exact = _same(printed, expected)
    return Label(target, printed.replace("\n", ""), expected, exact, likeness, spot)  # type: ignore[arg-type]


_NOTE = re.compile(r"(?<=.)[(（][^(（]*[)）]\s*$")


@lru_cache(maxsize=8192)
def _same(printed: str, expected: str) -> bool:
    """Return whether two labels agree but for spaces, signs, script and brackets."""
    key, known = label_key(printed), label_key(expected)
    if key == known:
        return True
    return label_key(_NOTE.sub("", expected)) == label_key(_NOTE.sub("", printed)) != ""


def label_findings(labels: Sequence[Label]) -> Iterator[Finding]:
    """Yield one finding for every label that is not the form's."""
    grouped: dict[tuple[str, str], list[Label]] = {}
    for label in labels:
        if not label.exact:
            grouped.setdefault((label.printed, label.expected), []).append(label)
    for (printed, expected), group in grouped.items():
        if bare_key(label_key(expected)) == label_key(printed):
            continue
        places = [label.place for label in group]
        words: dict[str, object] = {"printed": printed, "expected": expected}
        words["subject"] = expected
        yield remark(rules.LABEL_DAMAGED, places, words, quote=printed)


def order_findings(located: Located, edition: Edition) -> Iterator[Finding]:
    """Yield findings where columns or lines do not stand in the form's order."""
    done: set[tuple[str, tuple[str | None, ...]]] = set()
    for table, headed in located.heads:
        if (table, headed.ids) not in done and not headed.trouble:
            done.add((table, headed.ids))
            yield from _column_order(table, headed, edition)
    for table_ in edition.tables:
        if not table_.across:
            yield from _line_order(table_.id, located, edition)


def _column_order(table: str, headed: Headed, edition: Edition) -> Iterator[Finding]:
    known = [name for name in headed.ids if name is not None]
    for each in edition.table(table).blocks:
        form = [column.id for column in each.columns]
        if table == "disputes":
            form = [
                f"{line.id}/{column.id}" for line in each.lines for column in each.columns
            ]
        if sorted(form) == sorted(known) and form != known:
            labels = {column.id: column.label for column in each.columns}
            seen = "、".join(labels[name.split("/")[-1]] for name in known)
            expected = "、".join(labels[name.split("/")[-1]] for name in form)
            places = [head.row.place(head.item) for head in headed.heads]
            words: dict[str, object] = {"table": TABLES[table], "seen": seen}
            words |= {"expected": expected, "subject": seen}
            yield remark(rules.COLUMNS_MOVED, places, words)
            return


def _line_order(table: str, located: Located, edition: Edition) -> Iterator[Finding]:
    order = {
        line.id: index
        for index, line in enumerate(
            line for block in edition.table(table).blocks for line in block.lines
        )
    }
    first: dict[str, Entry] = {}
    for entry in located.entries:
        if entry.table == table and entry.line in order:
            first.setdefault(entry.line, entry)
    entries = list(first.values())
    for before, after in pairwise(entries):
        if order[after.line] < order[before.line] and before.label and after.label:
            words: dict[str, object] = {
                "table": TABLES[table],
                "line": after.label.text,
                "after": before.label.text,
                "subject": f"{after.line}<{before.line}",
            }
            yield remark(rules.LINES_MOVED, [after.row.place(after.label)], words)
