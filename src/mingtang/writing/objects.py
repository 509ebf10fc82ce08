"""A report and its findings as the contract's JSON object, schema 1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.document import Paragraph
    from mingtang.place import Place
    from mingtang.report import Claim, Count, Fact, Report, Section, Signature
    from mingtang.writing.sheet import Sheet

SCHEMA = 1


def decimal(value: Count) -> str:
    """Return an exact figure as a plain decimal string, without exponent.

    >>> from decimal import Decimal
    >>> decimal(24), decimal(Decimal("1E+3")), decimal(Decimal("59237.2449"))
    ('24', '1000', '59237.2449')
    """
    return format(value, "f") if not isinstance(value, int) else str(value)


def _place(place: Place | None) -> dict[str, object]:
    return {} if place is None else place.as_json()


def _cell(fact: Fact) -> dict[str, object]:
    printed: dict[str, object] = {"state": fact.state.value}
    if fact.value is not None:
        printed["value"] = decimal(fact.value)
    if fact.unit:
        printed["unit"] = fact.unit
    printed |= {"raw": fact.raw, "place": _place(fact.place)}
    if fact.trouble:
        printed["trouble"] = fact.trouble
    if fact.confidence is not None:
        printed["confidence"] = fact.confidence
    return printed


def _section(section: Section) -> dict[str, object]:
    return {
        "number": section.number,
        "heading": section.heading,
        "ordinal": section.ordinal,
        "standard": section.standard,
        "place": _place(section.place),
        "paragraphs": [_words(paragraph) for paragraph in section.paragraphs],
    }


def _words(paragraph: Paragraph) -> dict[str, object]:
    printed: dict[str, object] = {"number": paragraph.number, "text": paragraph.text}
    if paragraph.page is not None:
        printed["page"] = paragraph.page
    if paragraph.box is not None:
        printed["box"] = list(paragraph.box)
    return printed


def _title(report: Report) -> dict[str, object] | None:
    if report.title is None:
        return None
    return {
        "text": report.title,
        "body": report.title_body,
        "year": report.title_year,
        "place": _place(report.title_place),
    }


def _signature(signature: Signature) -> dict[str, object]:
    day = signature.day
    return {
        "body": signature.body,
        "body_place": _place(signature.body_place),
        "day": None if day is None else day.isoformat(),
        "misdated": signature.misdated,
        "day_place": _place(signature.day_place),
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "quantity": claim.quantity,
        "low": decimal(claim.low),
        "high": decimal(claim.high),
        "unit": claim.unit,
        "quote": claim.quote,
        "place": _place(claim.place),
    }


def as_object(sheet: Sheet) -> dict[str, object]:
    """Return what ``--json`` prints of a sheet, in the contract's order.

    Every cell of the edition is listed; ``cells`` is empty where no edition
    could be told.
    """
    return {
        "schema": SCHEMA,
        "command": sheet.command,
        "source": {
            "name": sheet.name,
            "sha256": sheet.sha256,
            "kind": sheet.document.kind,
        },
        "is_report": sheet.is_report,
        **report_object(sheet.report),
        "findings": [finding.as_json() for finding in sheet.findings],
    }


def report_object(report: Report) -> dict[str, object]:
    """Return the whole report as an object: cells, words and what they were read as.

    `mingtang.read` gives the same report back. `rest` are the text blocks that
    stand in no part of the report.
    """
    edition, day = report.edition, report.signed_on
    cells = () if edition is None else edition.cell_ids()
    inside = {block.number for part in report.sections for block in part.paragraphs}
    inside |= {block.number for block in report.preface}
    return {
        "body": report.body,
        "year": report.year,
        "edition": _edition_id(report),
        "signed_on": None if day is None else day.isoformat(),
        "title": _title(report),
        "preface": [_words(block) for block in report.preface],
        "cells": {cell: _cell(report.facts[cell]) for cell in cells},
        "sections": [_section(section) for section in report.sections],
        "rest": [_words(each) for each in report.paragraphs if each.number not in inside],
        "signature": _signature(report.signature),
        "claims": [_claim(claim) for claim in report.claims],
    }


def _edition_id(report: Report) -> str | None:
    if report.edition is not None:
        return report.edition.id
    return "2014" if report.old_sheet else None


def as_json(sheet: Sheet, *, indent: int | None = None) -> str:
    """Return the object as JSON text: one line, or indented for people.

    Characters stay as they are; a text with lone surrogates, which UTF-8 cannot
    carry, is written in escapes throughout.
    """
    content = as_object(sheet)
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return json.dumps(content, indent=indent)
    return text
