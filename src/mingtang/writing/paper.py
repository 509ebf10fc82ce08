"""The report on the page: headings, words with their marks, tables, margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.writing.anchors import Anchors
from mingtang.writing.marks import marks
from mingtang.writing.markup import Html, element, joined
from mingtang.writing.notes import Margin, tally
from mingtang.writing.sheet import FOREIGN, SIGNS
from mingtang.writing.tables import Tables
from mingtang.writing.titles import title_above
from mingtang.writing.typography import halves

if TYPE_CHECKING:
    from mingtang.document import Paragraph
    from mingtang.writing.marks import Note
    from mingtang.writing.parts import Part
    from mingtang.writing.sheet import Sheet

Span = tuple[int, int, "Note"]
_MOST_PARTS = 8
_WORTH_A_LIST = 3


class Paper:
    """One report as a page shows it, its things named as `anchors` says."""

    def __init__(self, sheet: Sheet, anchors: Anchors) -> None:
        self.sheet = sheet
        self.anchors = anchors
        self.marks = marks(sheet)
        self.tables = Tables(sheet.report, self.marks, self.anchors)

    def __str__(self) -> str:
        """Return the report as one HTML section."""
        drawn = [self._part(part) for part in self.marks.parts]
        here = frozenset(self.tables.here)
        margin = Margin(self.sheet, self.marks, self.anchors, here)
        rows = self._rows(drawn, margin)
        title = f"{self.anchors.sheet}-title"
        return element(
            "article",
            self._head(title),
            *rows,
            class_="sheet",
            id=self.anchors.sheet,
            aria_labelledby=title,
        )

    def _rows(self, drawn: list[Html], margin: Margin) -> list[Html]:
        """Return the parts in rows: a part with notes, and those without after it.

        A long margin so runs down beside the parts that need none of their own.
        """
        shown = [at for at, words in enumerate(drawn) if words or margin.beside(at)]
        rows: list[list[Html]] = []
        for at in shown:
            notes = margin.beside(at)
            ends = [" opens"] * (at == shown[0]) + [" closes"] * (at == shown[-1])
            name = self.anchors.part(at)
            paper = element("div", drawn[at], class_="paper" + "".join(ends), id=name)
            if notes or not rows:
                rows.append([paper, notes])
            else:
                rows[-1].append(paper)
        return [
            element("div", *row, class_=f"part of{min(len(row) - 1, _MOST_PARTS)}")
            for row in rows
        ]

    def _head(self, title: str) -> Html:
        report = self.sheet.report
        edition = report.edition.name if report.edition else None
        if edition is None and report.old_sheet:
            edition = "2014年统计表（此前的表式）"
        day = report.signed_on.isoformat() if report.signed_on else None
        facts = {
            "机关": report.body,
            "年度": None if report.year is None else str(report.year),
            "表式": edition,
            "落款日期": day,
            "文件": self.sheet.name,
        }
        if not self.sheet.is_report:
            facts = {"文件": self.sheet.name}
        rows = [
            element("div", element("dt", name), element("dd", value or "没有写明"))
            for name, value in facts.items()
        ]
        return element(
            "header",
            element("h2", *_parted(self.sheet.caption), id=title),
            *self._doubt(),
            element("dl", *rows),
            tally(self.sheet),
            self._verdict(),
            self._index(),
        )

    def _doubt(self) -> list[Html]:
        """Return what is said first of a file that is no report."""
        if self.sheet.is_report:
            return []
        said = element("strong", f"{FOREIGN}。")
        return [element("p", said, self.sheet.foreign_advice, class_="foreign")]

    def _verdict(self) -> Html:
        if not self.marks.notes:
            return element("p", self.sheet.verdict, class_="verdict")
        first = self.anchors.note(1)
        link = element("a", "从第 1 处看起", href=f"#{first}", class_="button")
        hint = element("span", "按 n 看下一处，按 p 看上一处。", class_="keys")
        return element("p", link, " ", hint, class_="verdict")

    def _index(self) -> Html:
        """Return the findings as they are numbered, each a link to its note."""
        if len(self.marks.notes) < _WORTH_A_LIST:
            return Html("")
        items = [element("li", self._entry(note)) for note in self.marks.notes]
        summary = element("summary", f"全部 {len(items)} 处，按在报告里的先后")
        return element("details", summary, element("ol", *items), class_="index", open="")

    def _entry(self, note: Note) -> Html:
        weight = note.finding.weight
        return element(
            "a",
            element("span", str(note.number), class_="ordinal"),
            element("span", SIGNS[weight], class_="sign", aria_hidden="true"),
            element("span", f"{weight.label}：", class_="said"),
            note.finding.rule.title,
            href=f"#{self.anchors.note(note.number)}",
            class_=weight.value,
        )

    def _part(self, part: Part) -> Html:
        pieces = []
        if part is self.marks.parts[0]:
            pieces += self._title(part)
        elif part.heading is not None:
            pieces.append(self._heading(part))
        elif part.missing is not None:
            kind = "missing" if part.tables else "rest"
            pieces.append(element("h3", part.missing, class_=kind))
        table_words = self._table_words()
        pieces += [
            self._words("p", word)
            for word in part.paragraphs
            if word.number not in table_words
        ]
        pieces += [self.tables.table(table) for table in part.tables]
        pieces += self._sources(part)
        return joined(pieces)

    def _title(self, part: Part) -> list[Html]:
        number = part.at.paragraph if part.at else None
        title = self.sheet.report.title
        if not title:
            return [element("h3", "报告开头（没有题目）", class_="said")]
        above = title_above(self.sheet.report)
        lines = [self._marked("p", word.text, word.number, "title") for word in above]
        return [*lines, self._marked("h3", title, number, "title")]

    def _table_words(self) -> frozenset[int]:
        """Return the paragraphs that are the cells of a table drawn elsewhere."""
        facts = self.sheet.report.facts.values()
        labels = self.sheet.report.labels
        places = [fact.place for fact in facts] + [label.place for label in labels]
        return frozenset(
            place.paragraph for place in places if place and place.paragraph is not None
        ) - frozenset(self.marks.words)

    def _sources(self, part: Part) -> list[Html]:
        index = self.marks.parts.index(part)
        wanted = {
            table
            for (table, *_), notes in self.marks.squares.items()
            if any(note.part == index for note in notes)
        }
        if index == 0 and self.sheet.report.edition is None:
            wanted |= {grid.number for grid in self.sheet.document.grids()}
        grids = [grid for grid in self.sheet.document.grids() if grid.number in wanted]
        return [self.tables.grid(grid) for grid in grids]

    def _heading(self, part: Part) -> Html:
        number = part.at.paragraph if part.at else None
        return self._marked("h3", part.heading or "", number)

    def _words(self, tag: str, word: Paragraph) -> Html:
        return self._marked(tag, word.text, word.number)

    def _marked(
        self, tag: str, text: str, number: int | None, own: str | None = None
    ) -> Html:
        notes = self.marks.words.get(number, ()) if number is not None else ()
        if number is None or not notes:
            parts = _parted(text) if own == "title" else [text]
            return element(tag, *parts, class_=own)
        name = self.anchors.words(number)
        self.tables.here.add(name)
        spans = [span for note in notes if (span := _span(note, text, number))]
        whole = [note for note in notes if all(span[2] is not note for span in spans)]
        links = [self._mark(note, "") for note in whole]
        content = (*self._stretches(text, number, spans), *links)
        classes = [own] if own else []
        if whole:
            heaviest = min(
                (note.finding.weight for note in whole), key=lambda one: one.rank
            )
            classes += ["marked", heaviest.value]
        return element(tag, *content, id=name, class_=" ".join(classes) or None)

    def _stretches(self, text: str, number: int, spans: list[Span]) -> list[Html]:
        """Return the text with each quoted stretch marked; overlaps follow on."""
        pieces, at = [], 0
        for start, end, note in sorted(spans, key=lambda span: span[:2]):
            begin = max(start, at)
            pieces.append(element("span", text[at:begin]))
            name = f"{self.anchors.words(number)}-f{note.number}"
            self.tables.here.add(name)
            pieces.append(self._mark(note, text[begin : max(end, begin)], name))
            at = max(end, at)
        return [*pieces, element("span", text[at:])]

    def _mark(self, note: Note, quoted: str, name: str | None = None) -> Html:
        weight = note.finding.weight
        return element(
            "a",
            element("mark", quoted) if quoted else "",
            element("sup", f"{SIGNS[weight]}{note.number}", aria_hidden="true"),
            element("span", f"发现{note.number}", class_="said"),
            href=f"#{self.anchors.note(note.number)}",
            class_=f"mark {weight.value}",
            id=name,
            data_notes=self.anchors.note(note.number),
        )


def _parted(title: str) -> list[Html | str]:
    """Return a title in the parts between which it is broken first."""
    if "\n" in title:
        return [title]
    return [element("span", part, class_="half") for part in halves(title)]


def _span(note: Note, text: str, number: int) -> Span | None:
    """Return the stretch of a paragraph that a finding quotes, or None."""
    for place in note.finding.places:
        if place.paragraph == number and place.start is not None and place.end is not None:
            return place.start, min(place.end, len(text)), note
    quote = note.finding.quote
    start = text.find(quote) if quote else -1
    return None if start < 0 or quote is None else (start, start + len(quote), note)
