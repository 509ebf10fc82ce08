"""Reports for tests, shown as what they are: tables in Markdown, text as printed.

`report` gives a sound report with every sum in balance; a test names only what
it changes. `page` reads a whole report from a few lines of plain text, so that
a test's input looks like a report and not like constructor calls.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Paragraph
from mingtang.form.loading import edition as form_edition
from mingtang.place import Place
from mingtang.report import Fact, Label, Report, Section, Signature, State
from mingtang.text import chinese_number, label_key, parse_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.form.edition import Edition

BODY = "清河市东湖区档案局"
YEAR = 2024
TITLE = f"{BODY}{YEAR}年政府信息公开工作年度报告"
PREFACE = "本报告统计期限自2024年1月1日起至2024年12月31日止。联系电话：0000-0000000。"
SECTIONS = (
    "一、总体情况\n"
    "（一）主动公开情况。全年公开信息30条。\n"
    "（二）依申请公开情况。全年没有收到申请。\n"
    "（三）政府信息管理情况。专人管理，先审后发。\n"
    "（四）政府信息公开平台建设情况。网站栏目按时更新。\n"
    "（五）监督保障情况。每季度自查一次。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况\n公开的形式还比较单一。下一步将多用图表解读。",
    "六、其他需要报告的事项\n发出收费通知的件数和总金额以及实际收取的总金额均为0。",
)
SIGNED = "2025年1月15日"

_HEADING = re.compile(
    r"(?:(?P<plain>[一二三四五六七八九十]+)[、.]|第(?P<part>[一二三四五六七八九十]+)部分\s*)?(?P<words>.+)"
)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


class Words(NamedTuple):
    """What a report prints outside its tables; None leaves it out."""

    title: str | None = TITLE
    preface: str | None = PREFACE
    sections: Sequence[str] = SECTIONS
    signer: str | None = BODY
    signed: str | None = SIGNED


def report(
    edition: str | None = "2021",
    cells: Mapping[str, str] | None = None,
    words: Words | None = None,
    labels: tuple[Label, ...] = (),
    **printed: object,
) -> Report:
    """Return a sound report of zeros with the given cells and words instead.

    `cells` maps a cell id to its text as printed ("3", "", "/", "缺" for a cell
    that is not in the document); `printed` are fields of `Words` that differ,
    or of `Report` itself (``body``, ``year``), which are told from the words
    otherwise.
    """
    given = {name: printed.pop(name) for name in Words._fields if name in printed}
    told = (words or Words())._replace(**given)
    made = None if edition is None else form_edition(edition)
    layout = _Layout()
    title_place = layout.paragraph(told.title).place if told.title else None
    preface = layout.paragraphs(told.preface.split("\n")) if told.preface else ()
    sections = tuple(layout.section(text, form_edition("2021")) for text in told.sections)
    signature = _signature(told, layout)
    title_body, title_year = _title(told.title)
    fields = {
        "body": signature.body or title_body,
        "year": title_year,
        "edition": made,
        "title": told.title,
        "title_place": title_place,
        "title_body": title_body,
        "title_year": title_year,
        "signature": signature,
        "facts": {} if made is None else facts(made, cells or {}),
        "sections": sections,
        "preface": preface,
        "paragraphs": tuple(layout.printed),
        "labels": labels,
    }
    return Report(**{**fields, **printed})


def page(text: str, edition: str | None = "2021", **cells: str) -> Report:
    """Return the report that a few lines of plain text print.

    ``# `` opens the title, ``## `` a heading, ``落款：`` and ``日期：`` the last
    lines; what stands before the first heading is the preface. Nothing is
    added: what is not printed is missing.
    """
    title = signed_by = signed = None
    preface: list[str] = []
    sections: list[str] = []
    for line in text.strip("\n").split("\n"):
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            sections.append(line[3:])
        elif line.startswith("落款："):
            signed_by = line[3:]
        elif line.startswith("日期："):
            signed = line[3:]
        elif sections:
            sections[-1] += f"\n{line}"
        else:
            preface.append(line)
    words = Words(title, "\n".join(preface) or None, sections, signed_by, signed)
    return report(edition, cells, words)


def label(target: str, printed: str) -> Label:
    """Return a label as the document prints it."""
    place = Place(table=2, row=9, column=1)
    return Label(target, printed, expected=printed, exact=True, score=1.0, place=place)


def facts(edition: Edition, cells: Mapping[str, str]) -> dict[str, Fact]:
    """Return a fact for every cell of the edition: 0 where nothing is said."""
    unknown = set(cells) - set(edition.cell_ids())
    assert not unknown, f"no such cells: {unknown}"
    made = {}
    for number, table in enumerate(edition.tables, 1):
        for row, (cell, *_) in enumerate(table.cells(), 1):
            text = cells.get(cell, "0")
            made[cell] = _fact(cell, text, Place(table=number, row=row, column=1))
    return made


def _fact(cell: str, text: str, place: Place) -> Fact:
    if text == "缺":
        return Fact(cell, State.ABSENT)
    figure = parse_figure(text)
    return Fact(cell, State(figure.kind), figure.value, text, place, figure.unit)


def _title(title: str | None) -> tuple[str | None, int | None]:
    found = re.match(r"(?P<body>.*?)\s*(?P<year>\d{4})\s*年", title or "", re.DOTALL)
    return (found["body"] or None, int(found["year"])) if found else (None, None)


def _signature(told: Words, layout: _Layout) -> Signature:
    body = layout.paragraph(told.signer) if told.signer else None
    day = layout.paragraph(told.signed) if told.signed else None
    found = _DAY.search(told.signed or "")
    signed, misdated = None, None
    if found:
        try:
            signed = date(*map(int, found.groups()))
        except ValueError:
            misdated = told.signed
    return Signature(
        body=told.signer,
        body_place=body.place if body else None,
        day=signed,
        day_place=day.place if day else None,
        misdated=misdated,
    )


class _Line(NamedTuple):
    """A printed line and where it stands."""

    text: str
    place: Place


class _Layout:
    """Numbers what is printed, line by line."""

    def __init__(self) -> None:
        self.printed: list[Paragraph] = []

    def paragraph(self, text: str) -> _Line:
        self.printed.append(Paragraph(text, len(self.printed) + 1))
        return _Line(text, Place(paragraph=len(self.printed)))

    def paragraphs(self, lines: Sequence[str]) -> tuple[Paragraph, ...]:
        first = len(self.printed)
        for line in lines:
            self.paragraph(line)
        return tuple(self.printed[first:])

    def section(self, text: str, edition: Edition) -> Section:
        heading, *lines = text.split("\n")
        found = _HEADING.fullmatch(heading)
        assert found is not None, heading
        numeral = found["plain"] or found["part"]
        number, standard = _known(found["words"], edition)
        place = self.paragraph(heading).place
        return Section(
            number=number,
            heading=heading,
            ordinal=chinese_number(numeral) if numeral else None,
            standard=standard,
            place=place,
            paragraphs=self.paragraphs(lines),
        )


def _known(words: str, edition: Edition) -> tuple[int | None, bool]:
    """Return which section of the form a heading is, and if in the form's words."""
    for title in edition.sections:
        if label_key(title.heading)[1:] == label_key(words):
            return title.number, True
    if re.search(r"情况|事项", words) and not re.search(
        r"依申请|管理|平台|保障|领导", words
    ):
        for title in edition.sections:
            if any(token in words for token in title.tokens):
                return title.number, False
    return None, False
