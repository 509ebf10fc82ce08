"""Bytes to report: the reader of published annual reports.

A file becomes a neutral document, its tables a stream of rows, rows become
lines by their labels, cells become facts with places. What cannot be placed is
unreadable and reported; nothing is shifted, summed up or repaired.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Paragraph
from mingtang.form.loading import NoEditionError, edition_for
from mingtang.reading import rules
from mingtang.reading.anatomy import read_body, read_signature
from mingtang.reading.corroborating import corroborated
from mingtang.reading.facts import gather
from mingtang.reading.gluing import on_own_line, unglued
from mingtang.reading.kinds import TURNED
from mingtang.reading.labels import label_findings, order_findings, printed_labels
from mingtang.reading.locating import locate
from mingtang.reading.loose import loose_rows
from mingtang.reading.merging import remerged
from mingtang.reading.remarks import remark
from mingtang.reading.rows import grid_rows
from mingtang.reading.sections import find_sections, first_heading
from mingtang.reading.skeleton import TABLES, fill, skeleton
from mingtang.reading.source import Content, Source, content
from mingtang.reading.tidy import is_tidy
from mingtang.reading.titles import read_title, read_year
from mingtang.registry import load
from mingtang.report import Report
from mingtang.text import label_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Document
    from mingtang.finding import Finding
    from mingtang.reading.facts import Facts
    from mingtang.reading.rows import Row
    from mingtang.report import Label

__all__ = ["Reading", "Source", "read"]

_FLOWING = frozenset({"text", "markdown"})
_READERS = {"markdown": "text", "xls": "xlsx", **TURNED}
"""The reader of a kind where it is not named as the kind is."""
_OLD_SHEET = (
    "主动公开政府信息数",
    "回应公众关注热点或重大舆情数",
)


_OLD_TITLE = "政府信息公开情况统计表"
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]|\d{4}年?度?")
FIRST_SHEET = 2014
"""The first reporting year of the statistics sheet."""
LONGEST_LABEL = 60
"""No label of a statistics sheet has as many characters."""


class Reading(NamedTuple):
    """What came of reading a file: the report, the neutral page, the R findings."""

    source: Source
    document: Document
    report: Report
    findings: tuple[Finding, ...]


def read(source: Source | bytes | str | Path) -> Reading:
    """Return the report in a file, given as bytes, a path or a `Source`.

    Raises `UnreadableSourceError`, one clear line in Chinese, when nothing can
    be read of it. Nothing is fetched, and the result depends on the bytes only.
    """
    held = _source(source)
    found = content(held)
    try:
        own = _own(found)
        if own:
            document, report = load(f"reading.{own}").read(found.text)
            return Reading(held, document, report, ())
        document = _document(held, found)
    except ValueError as error:
        reason = f"{error}，未读取"
        raise held.refuse(reason) from error
    return _reading(held, document, found)


def _source(given: Source | bytes | str | Path) -> Source:
    if isinstance(given, Source):
        return given
    return Source(given) if isinstance(given, bytes) else Source.open(given)


def _own(found: Content) -> str:
    """Return the module that reads back what we wrote ourselves, or nothing."""
    if found.kind == "json":
        return "own"
    return "tidy" if found.kind == "csv" and is_tidy(found.text) else ""


def _document(source: Source, found: Content) -> Document:
    reader = load(f"reading.formats.{_READERS.get(found.kind, found.kind)}")
    document: Document
    if found.kind in _FLOWING:
        document = reader.read(on_own_line(found.text), found.kind)
    elif found.kind in TURNED:
        turned = load("reading.legacy").turned(source.data, found.kind)
        document = reader.read(turned)._replace(kind=found.kind)
    else:
        document = reader.read(found.text or source.data)
    return remerged(unglued(document))


def _reading(source: Source, document: Document, found: Content) -> Reading:
    everything = tuple(document.paragraphs())
    title = read_title(everything, document.title, first_heading(everything))
    year = read_year(title, everything)
    tables = _tables(document, year)
    tables = tables._replace(facts=corroborated(tables.facts, document))
    facts, labels = tables.facts, tables.labels
    paragraphs = tuple(block for block in everything if block.number not in tables.used)
    sections = find_sections(paragraphs)
    signature = read_signature(paragraphs, sections)
    old = facts.edition is None and _is_old_sheet(document)
    first = min((part.place.paragraph or 0 for part in sections), default=1 << 30)
    after = title.place.paragraph if title.place and title.place.paragraph else 0
    report = Report(
        body=read_body(title, signature, paragraphs),
        year=year,
        edition=facts.edition,
        title=title.text,
        title_place=title.place,
        title_body=title.body,
        title_year=title.year,
        signature=signature,
        facts=facts.cells,
        sections=sections,
        preface=tuple(block for block in paragraphs if after < block.number < first),
        paragraphs=paragraphs,
        labels=labels,
        old_sheet=old,
    )
    findings = (*_findings(found, report, facts), *_notes(document))
    return Reading(source, document, report, findings)


class _Tables(NamedTuple):
    """The facts of the tables, their labels, and the text blocks they used up."""

    facts: Facts
    labels: tuple[Label, ...] = ()
    used: frozenset[int] = frozenset()


def _tables(document: Document, year: int | None) -> _Tables:
    """Return the tables: from a known skeleton, else row by row, else from text."""
    grids = tuple(document.grids())
    known = skeleton(grids, year)
    if known is not None:
        return _Tables(fill(known, grids), known.labels)
    located = locate([row for grid in grids for row in grid_rows(grid)])
    used: frozenset[int] = frozenset()
    if len({entry.table for entry in located.entries}) < TABLES:
        rows, used = _all_rows(document)
        if used:
            located = locate(rows)
    facts = gather(located, year)
    if facts.edition is None:
        return _Tables(facts, (), used)
    labels = printed_labels(located, facts.edition)
    findings = (*label_findings(labels), *order_findings(located, facts.edition))
    return _Tables(facts._replace(findings=(*facts.findings, *findings)), labels, used)


def _all_rows(document: Document) -> tuple[list[Row], frozenset[int]]:
    """Return the rows of grids and of flattened text, in reading order."""
    rows: list[Row] = []
    pending: list[Paragraph] = []
    used: frozenset[int] = frozenset()
    for block in (*document.blocks, None):
        if isinstance(block, Paragraph):
            pending.append(block)
            continue
        taken = loose_rows(pending)
        rows += taken.rows
        used |= taken.paragraphs
        pending = []
        if block is not None:
            rows += grid_rows(block)
    return rows, used


def _is_old_sheet(document: Document) -> bool:
    keys = [label_key(word) for word in _OLD_SHEET]
    texts = [cell.text for grid in document.grids() for row in grid.rows for cell in row]
    texts += [block.text for block in document.paragraphs()]
    short = [text for text in texts if len(text) < LONGEST_LABEL]
    if any(key in label_key(text) for text in short for key in keys):
        return True
    return any(label_key(_BRACKETED.sub("", text)) == _OLD_TITLE for text in short)


def _findings(found: Content, report: Report, facts: Facts) -> tuple[Finding, ...]:
    findings = [*facts.findings, *_edition_findings(report, report.labels)]
    if report.old_sheet:
        findings.append(remark(rules.OLD_SHEET, (), {}))
    if found.damage:
        words = f"有 {found.damage} 个字符的编码已损坏，可能影响所在的格"
        findings.append(
            remark(rules.TEXT_DAMAGED, (), {"trouble": words, "subject": words})
        )
    if found.encoding.endswith("mojibake"):
        words = "文件曾被用错误的编码另存，已按 UTF-8 还原"
        findings.append(
            remark(rules.TEXT_DAMAGED, (), {"trouble": words, "subject": words})
        )
    return tuple(findings)


def _notes(document: Document) -> tuple[Finding, ...]:
    """Return the findings of what the reader of the format wants known."""
    return tuple(
        remark(rules.FILE_EMBEDDED, (), {"trouble": words, "subject": words})
        for code, words in document.notes
        if code == "embedded"
    )


def _edition_findings(report: Report, labels: Sequence[Label]) -> list[Finding]:
    edition = report.edition
    if edition is None or report.year is None:
        return []
    due = _edition_due(report.year)
    if due in (None, edition.id):
        return []
    places = [label.place for label in labels[:1]]
    words: dict[str, object] = {"year": report.year, "expected": due}
    words |= {"edition": edition.id, "subject": edition.id}
    return [remark(rules.EDITION_WRONG, places, words)]


def _edition_due(year: int) -> str | None:
    """Return the id of the edition a report on that year must use, None if unknown.

    国办发〔2014〕32号 fixed the statistics sheet of the years before the six parts.
    """
    try:
        return edition_for(year).id
    except NoEditionError:
        return "2014" if year >= FIRST_SHEET else None
