"""Reports and findings as bytes and characters: JSON, terminal, one HTML page.

Every writer takes a `Sheet`; each is loaded by name through
``mingtang.registry`` when it is wanted, because a terminal renderer costs
more to import than everything below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.registry import load

if TYPE_CHECKING:
    from mingtang.report import Report

FORMATS = ("html", "docx", "pdf", "xlsx", "csv", "json", "markdown", "text")
"""The formats a report can be written in, by the names that ``to`` takes."""


class UnwritableError(ValueError):
    """The report cannot be written as asked; says why and what to do, in Chinese."""


class UnknownFormatError(UnwritableError):
    """There is no writer for the format asked for; says which there are, in Chinese."""


def write(report: Report, to: str) -> bytes:
    """Return a report as a file of that format.

    What the report lacks is left out, a blank stays blank, figures are as
    printed. ``csv`` holds the tables alone, every other format the whole
    report. Raises `UnknownFormatError` for a format that is not in `FORMATS`, and
    `UnwritableError` where this machine cannot write the report whole.
    """
    if to not in FORMATS:
        message = f"写不出“{to}”，可写：{'、'.join(FORMATS)}"
        raise UnknownFormatError(message)
    made: bytes = load(f"writing.formats.{to}").write(report)
    return made


def remark(to: str) -> str | None:
    """Return what whoever asked for that format should be told of this machine."""
    if to != "pdf":
        return None
    told: str | None = load("writing.formats.pdf").remark()
    return told
