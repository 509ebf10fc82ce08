"""Reads the literate samples of ``tests/golden/rules`` (grammar: its README)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.form.loading import edition as form_edition
from tests.builders import BODY, PREFACE, SECTIONS, SIGNED, TITLE, label, page, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mingtang.form.edition import Edition, Table
    from mingtang.report import Report

_HEAD = re.compile(r"# (?P<title>.+) \(`(?P<name>[a-z0-9-]+)`, (?P<code>[A-Z]\d{3})\)")
_FENCE = re.compile(r"^```(改动|全文)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_EXPECTED = re.compile(
    r"^(发现|未判|可能|不报) ([A-Z]\d{3})(?: ([^：\n]+))?(?:：(.+))?$", re.MULTILINE
)
_KEY = re.compile(
    r"(题目|引言|标题[一二三四五六]|[一二三四五六]|落款|日期|机关|年度|版本|行名)：(.*)"
)
_TABLES = {"表二": "disclosure", "表三": "requests", "表四": "disputes"}
_NUMERALS = "一二三四五六"


class Expected(NamedTuple):
    """What a case says must come: a word, the code, where and what."""

    word: str
    code: str
    where: str | None
    text: str | None


class Case(NamedTuple):
    """One case of a page: its report and what must be found in it."""

    name: str
    report: Report
    expected: tuple[Expected, ...]


class SamplePage(NamedTuple):
    """One rule's samples."""

    title: str
    name: str
    code: str
    cases: tuple[Case, ...]


def sample_page(path: Path) -> SamplePage:
    """Return the page of samples in a file."""
    head, *cases = _split(path.read_text("utf-8"))
    found = _HEAD.match(head)
    assert found, f"{path.name}: the first line must be “# 标题 (`名称`, 编号)”"
    return SamplePage(**found.groupdict(), cases=tuple(map(_case, cases)))


def _split(text: str) -> list[str]:
    """Return the text before the first case, and each case; fences are not looked into."""
    parts, fenced = [""], False
    for line in text.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            parts.append(line[3:])
        else:
            parts[-1] += line
    return parts


def _case(text: str) -> Case:
    name, _, body = text.partition("\n")
    expected = tuple(Expected(*found) for found in _expectations(body))
    assert expected, f"{name}: nothing is expected"
    return Case(name.strip(), _report(body), expected)


def _expectations(body: str) -> Iterator[tuple[str | None, ...]]:
    for found in _EXPECTED.finditer(_FENCE.sub("", body)):
        yield found.groups()


def _report(body: str) -> Report:
    fences = dict(_FENCE.findall(body))
    changes = _changes(fences.get("改动", ""))
    name = changes.pop("版本", "2021")
    edition = None if name == "没有" else name
    cells = {} if edition is None else dict(_cells(body, form_edition(edition)))
    if "全文" in fences:
        return page(fences["全文"], edition, **cells)
    return report(edition, cells, **_printed(changes))


def _changes(text: str) -> dict[str, str]:
    changes: dict[str, str] = {}
    key = ""
    for line in text.split("\n"):
        found = _KEY.fullmatch(line)
        if found:
            key = found[1]
            changes[key] = found[2]
        elif line:
            changes[key] += f"\n{line}"
    return changes


def _printed(changes: dict[str, str]) -> dict[str, object]:
    sections = []
    for numeral, usual in zip(_NUMERALS, SECTIONS, strict=True):
        heading, _, words = usual.partition("\n")
        heading = changes.get(f"标题{numeral}", heading)
        words = changes.get(numeral, words)
        if heading:
            sections.append(f"{heading}\n{words}" if words else heading)
    printed: dict[str, object] = {
        "title": changes.get("题目", TITLE) or None,
        "preface": changes.get("引言", PREFACE) or None,
        "sections": sections,
        "signed": changes.get("日期", SIGNED) or None,
    }
    signed_by = changes.get("落款", changes.get("机关", BODY)) or None
    fields: dict[str, object] = {}
    if "机关" in changes:
        fields["body"] = changes["机关"] or None
        if "题目" not in changes:
            printed["title"] = TITLE.replace(BODY, changes["机关"])
    if "年度" in changes:
        fields["year"] = int(changes["年度"]) if changes["年度"] else None
    if "行名" in changes:
        target, _, words = changes["行名"].partition("=")
        fields["labels"] = (label(target, words),)
    fields.setdefault("body", signed_by or BODY)
    return {**printed, "signer": signed_by, **fields}


def _cells(body: str, edition: Edition) -> Iterator[tuple[str, str]]:
    table: Table | None = None
    columns: list[str] = []
    for found in _ROW.finditer(_FENCE.sub("", body)):
        first, *rest = [cell.strip() for cell in found[1].split("|")]
        if first in _TABLES:
            table, columns = edition.table(_TABLES[first]), rest
        elif not first.startswith("---"):
            assert table is not None, f"no table above the line {first}"
            for column, text in zip(columns, rest, strict=True):
                yield _cell(table, first, column), text


def _cell(table: Table, line_name: str, column_name: str) -> str:
    for cell, _, line, column in table.cells():
        if line_name in (line.id, line.label) and column_name in (column.id, column.label):
            return cell
    message = f"{table.id} has no cell {line_name} / {column_name}"
    raise AssertionError(message)
