"""How a rule is written: one function whose docstring is the rule's page.

A rule looks at the evidence of one report and yields its faults. What is the
same for all of them (the page's sections, the message's template, what to do
next) is made into a `Rule` and `Finding` here, so that a rule's file holds
nothing but the rule.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, NamedTuple

from mingtang.finding import Finding, Remedy, Rule, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mingtang.checking.evidence import Evidence
    from mingtang.place import Place

PAGE_SECTIONS = ("查什么", "依据", "为什么", "例", "何时不算错", "怎么改")
"""The six sections of every rule's page, in this order."""


class RulePageError(ValueError):
    """A rule's page lacks a section or has them out of order: ours to mend."""


class Fault(NamedTuple):
    """One fault as a rule sees it: what fills its message, and where it stands.

    `words` are the fields of the rule's template; `subject` tells faults of
    one rule apart that quote nothing; `remedy` is given where figures would
    agree, otherwise the page's 怎么改 is asked; `assessed` is False for what
    the file does not let us judge.
    """

    words: Mapping[str, object]
    places: tuple[Place, ...] = ()
    quote: str | None = None
    cells: tuple[str, ...] = ()
    subject: str = ""
    remedy: Remedy | None = None
    assessed: bool = True


class Check(NamedTuple):
    """A rule and the function that looks for its faults."""

    rule: Rule
    faults: Callable[[Evidence], Iterator[Fault]]
    advice: Remedy

    def findings(self, evidence: Evidence) -> Sequence[Finding]:
        """Return a finding for each fault of the report.

        The same words at fault in several places are one finding with all the
        places: its fingerprint, which knows no places, could not tell them apart.
        """
        faults = tuple(self.faults(evidence))
        return [self._finding(fault) for fault in _merged(faults)] if faults else ()

    def _finding(self, fault: Fault) -> Finding:
        return Finding(
            rule=self.rule,
            message=self.rule.message.format(**fault.words),
            cells=fault.cells,
            places=fault.places,
            quote=fault.quote,
            remedy=fault.remedy or self.advice,
            assessed=fault.assessed,
            subject=fault.subject,
        )


def rule(
    *, code: str, name: str, weight: Weight, message: str, since: str = "0.1"
) -> Callable[[Callable[[Evidence], Iterator[Fault]]], Check]:
    """Return a decorator that makes a function and its page a `Check`.

    The rule's title is the first line of the docstring; its basis is the
    section 依据, so the two cannot differ.
    """

    def make(faults: Callable[[Evidence], Iterator[Fault]]) -> Check:
        title, sections = page_sections(inspect.getdoc(faults) or "")
        made = Rule(
            code=code,
            name=name,
            title=title.removesuffix("。"),
            weight=weight,
            basis=sections["依据"],
            message=message,
            page="\n".join([title, "", *map("：".join, sections.items()), ""]),
            since=since,
        )
        return Check(made, faults, Remedy("ask", sections["怎么改"]))

    return make


def _merged(faults: Sequence[Fault]) -> Iterable[Fault]:
    merged: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        key = (fault.quote, fault.subject, fault.cells)
        first = merged.setdefault(key, fault)
        if first is not fault:
            merged[key] = first._replace(places=(*first.places, *fault.places))
    return merged.values()


def page_sections(page: str) -> tuple[str, dict[str, str]]:
    """Return the title of a rule's page and its sections by name.

    Lines broken for width are joined again. Raises `RulePageError` unless the
    page has exactly the six sections in order, none of them empty.
    """
    title, _, body = page.partition("\n\n")
    sections: dict[str, str] = {}
    current = ""
    for line in filter(None, map(str.strip, body.splitlines())):
        name, colon, text = line.partition("：")
        if colon and name in PAGE_SECTIONS:
            current = name
            sections[name] = text
        elif current:
            sections[current] = _joined(sections[current], line)
    if tuple(sections) != PAGE_SECTIONS or not title or not all(sections.values()):
        wanted, present = "、".join(PAGE_SECTIONS), "、".join(sections)
        message = f"规则说明“{title}”须依次有：{wanted}；现有：{present}"
        raise RulePageError(message)
    return title, sections


def _joined(before: str, line: str) -> str:
    """Return two lines as one, with a space only between Latin letters."""
    if before and before[-1].isascii() and line[0].isascii():
        return f"{before} {line}"
    return before + line
