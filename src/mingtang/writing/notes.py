"""Findings as notes in the margin: what, where, why, what next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.finding import Weight
from mingtang.writing.equations import terms
from mingtang.writing.marks import square
from mingtang.writing.markup import Html, element, joined
from mingtang.writing.sheet import REMEDIES, SIGNS
from mingtang.writing.whereabouts import Whereabouts

if TYPE_CHECKING:
    from mingtang.finding import Finding, Remedy
    from mingtang.writing.anchors import Anchors
    from mingtang.writing.equations import Term
    from mingtang.writing.marks import Marks, Note
    from mingtang.writing.sheet import Sheet


class Margin:
    """The margin of one sheet: writes notes and knows where each points.

    `here` holds the anchors that the paper really has; a note never links to
    anything else.
    """

    def __init__(
        self, sheet: Sheet, marks: Marks, anchors: Anchors, here: frozenset[str]
    ) -> None:
        self.sheet = sheet
        self.marks = marks
        self.where = Whereabouts(sheet)
        self.anchors = anchors
        self.here = here

    def beside(self, part: int) -> Html:
        """Return the notes that stand beside a part, empty where there are none."""
        judged = [note for note in self.marks.notes if note.part == part]
        open_ = [note for note in self.marks.unassessed if note.part == part]
        if not judged and not open_:
            return Html("")
        items = [element("li", self.note(note)) for note in judged]
        listed = element("ol", *items, class_="notes") if items else ""
        return element(
            "div",
            listed,
            self._open(open_),
            class_="margin" if len(judged) > _TALL else "margin short",
        )

    def _open(self, notes: list[Note]) -> Html:
        if not notes:
            return Html("")
        items = [
            element(
                "li",
                element("b", f"规则 {note.finding.rule.code}"),
                "　",
                note.finding.message,
            )
            for note in notes
        ]
        summary = element("summary", f"未判断的 {len(notes)} 项（有空白或读不出的格）")
        return element("details", summary, element("ul", *items), class_="open")

    def note(self, note: Note) -> Html:
        """Return one finding as a note that links to what it speaks of."""
        finding = note.finding
        links = self.targets(note)
        signs = {term.cell: term.sign for term in terms(self.sheet.report, finding)}
        operators = [signs.get(cell, "") for cell in finding.cells]
        return element(
            "article",
            self._title(note, links),
            element("p", finding.message, class_="message"),
            self._equation(finding),
            _quote(finding),
            _remedy(finding.next_step),
            self._foot(note),
            class_=f"finding {finding.weight.value}",
            id=self.anchors.note(note.number),
            tabindex=-1,
            data_number=note.number,
            data_marks=" ".join(links) or None,
            data_signs="|".join(operators) if any(signs.values()) else None,
        )

    def targets(self, note: Note) -> list[str]:
        """Return the anchors of all that a finding speaks of, first place first."""
        finding, anchors = note.finding, self.anchors
        names = [anchors.cell(cell) for cell in finding.cells]
        for target, notes in self.marks.targets.items():
            if note in notes:
                names.append(anchors.label(target))
        for place in finding.places:
            where = square(place)
            if where is not None:
                names.append(anchors.square(*where))
            if place.paragraph is not None:
                names.append(f"{anchors.words(place.paragraph)}-f{note.number}")
                names.append(anchors.words(place.paragraph))
        found = [name for name in dict.fromkeys(names) if name in self.here]
        return [name for name in found if f"{name}-f{note.number}" not in found]

    def _title(self, note: Note, links: list[str]) -> Html:
        weight = note.finding.weight
        goal = links[0] if links else self.anchors.part(note.part)
        return element(
            "h4",
            element(
                "a",
                element("span", str(note.number), class_="ordinal"),
                element("span", SIGNS[weight], class_="sign", aria_hidden="true"),
                element("span", weight.label, class_="weight"),
                element("span", note.finding.rule.title, class_="title"),
                href=f"#{goal}",
                class_="go",
            ),
        )

    def _equation(self, finding: Finding) -> Html:
        made = terms(self.sheet.report, finding)
        equation = finding.equation
        if equation is None or not made:
            return Html("")
        shown = [term for term in made if not term.is_nil or term.sign == "="]
        drawn: list[str] = []
        for term in shown:
            sign = "≠" if term.sign == "=" else "+" if drawn else ""
            if term.sign == "=" and not drawn:
                drawn.append(element("span", element("b", "0"), class_="term"))
            drawn.append(element("span", sign, " ", self._term(term)))
        nil = len(made) - len(shown)
        rest = f"另有 {nil} 项为 0；" if nil else ""
        # The message beside it says how far apart both sides are, not which is more.
        apart = equation.difference.removeprefix("-")
        sums = f"{rest}{equation.left} ≠ {equation.right}，相差 {apart}"
        return element(
            "div",
            element("p", *drawn, class_="terms"),
            element("p", sums, class_="sums"),
            class_="equation",
        )

    def _term(self, term: Term) -> Html:
        name = self.anchors.cell(term.cell)
        words = (element("b", term.value), element("span", term.label))
        if name not in self.here:
            return element("span", *words, class_="term")
        return element("a", *words, href=f"#{name}", class_="term")

    def _foot(self, note: Note) -> Html:
        rule = note.finding.rule
        stands = self.where.of(note.finding)
        place = element("p", f"位置：{stands}", class_="place") if stands else ""
        page = self.anchors.rule(rule.code)
        named = f"规则 {rule.code}"
        told = element("a", named, href=page) if page else named
        rows = [element("span", told, class_="code")]
        if rule.basis:
            rows.append(element("span", f"依据：{rule.basis}"))
        return joined([place, element("p", joined(rows, " "), class_="foot")])


_TALL = 3


def _quote(finding: Finding) -> Html:
    if not finding.quote or finding.quote in finding.message:
        return Html("")
    return element("blockquote", finding.quote)


def _remedy(remedy: Remedy) -> Html:
    if not remedy.message:
        return Html("")
    lead = element("b", REMEDIES[remedy.kind])
    return element("p", lead, remedy.message, class_="remedy")


def tally(sheet: Sheet) -> Html:
    """Return the counts by weight as a list of words and signs."""
    items = [
        element(
            "li",
            element("span", SIGNS[weight], class_="sign", aria_hidden="true"),
            f"{weight.label} {count}",
            class_=weight.value if count else "none",
        )
        for weight, count in sheet.counts.items()
    ]
    if sheet.unassessed:
        items.append(element("li", f"未判 {sheet.unassessed}", class_="none"))
    return element("ul", *items, class_="tally")


def heaviest(sheet: Sheet) -> Weight | None:
    """Return the heaviest weight among the judged findings, or None."""
    return next((weight for weight, count in sheet.counts.items() if count), None)
