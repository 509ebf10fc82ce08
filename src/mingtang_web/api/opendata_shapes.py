"""The shapes of open data: the words of an item are those of the portal."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

Known = Literal["number", "blank", "not_applicable", "unreadable", "absent"]
BEHIND = Field("", description="下一页从这里接着读；空的表示没有了")


class Source(Schema):
    """Where the data come from and how they may be used."""

    site: str
    licence: str = Field(description="使用许可；空的表示网站没有说明")
    documents: str
    reports: str
    cells: str
    bodies: str
    dictionary: str


class BodyLine(Schema):
    """A body that has anything public."""

    code: str = Field(examples=["11330183002506312X"])
    name: str
    short_name: str
    kind: str
    region: str
    parent: str | None = Field(description="主管机关的统一社会信用代码")
    page: str


class File(Schema):
    """A file that goes out with a document."""

    name: str
    kind: str
    size: int = Field(description="字节数")
    sha256: str
    address: str


class DocumentLine(Schema):
    """A document with its metadata, as published."""

    index_number: str
    title: str
    document_number: str
    issuer: str
    body: str
    column: str
    matter: str
    topic: str
    genre: str
    keywords: str
    abstract: str
    formed_on: date
    effective_on: date | None
    expires_on: date | None
    validity: str | None = Field(description="有效性；没有登记为规章、规范性文件的没有")
    published_on: date
    updated_on: date
    content: str = Field(description="公开内容的 SHA-256")
    page: str


class DocumentWhole(DocumentLine):
    """A document with its text and its files."""

    html: str
    files: list[File]


class Gone(Schema):
    """A document that was taken down."""

    index_number: str
    withdrawn_on: date
    reason: str


class DocumentPage(Schema):
    """A page of documents."""

    documents: list[DocumentLine]
    behind: str = BEHIND


class ReportLine(Schema):
    """A published report."""

    body: str
    name: str
    year: int
    issue: int
    edition: str | None = None
    published_on: date
    sha256: str = Field(description="签发时固定下来的文件的 SHA-256")
    page: str
    files: list[File]


class ReportPage(Schema):
    """A page of reports."""

    reports: list[ReportLine]
    behind: str = BEHIND


class Cell(Schema):
    """A cell of a report: a blank is no zero."""

    body: str
    year: int
    issue: int
    cell: str = Field(examples=["requests/received/person"])
    state: Known
    value: str | None = Field(description="十进制数字的文字；不是数字的格没有")
    unit: str | None
    sha256: str = Field(description="取自哪个文件：它的 SHA-256")
    place: str = Field(description="在那个文件里的位置")


class CellPage(Schema):
    """The cells of a page of reports."""

    cells: list[Cell]
    behind: str = BEHIND


class Entry(Schema):
    """What a cell is."""

    cell: str
    table: str
    line: str
    column: str
    units: list[str]
