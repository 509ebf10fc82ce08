"""Screening put plainly, as an oracle: each trigger and each run of digits, one by one.

Nothing is left out beforehand and nothing is remembered: every place is asked
everything, whatever it costs. What the engine returns must be the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening import Kind, addresses, numbers, papers, residue, runs, wording
from mingtang.screening.context import TABLE, Page
from mingtang.screening.hits import Hit, settled
from mingtang.screening.lexicon import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening import Lexicon

WIDE = {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()
}
PARTS = re.compile("[0-9]{7,}[Xx]?")
BARS = re.compile("[\t|\uff5c]")


def plainly(text: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Return what `screen` must return."""
    plain = text.translate(WIDE)
    hits = settled(
        [*_worded(plain, lexicon), *_housed(plain), *_numbered(plain), *_left(plain)]
    )
    sure = [hit for hit in hits if hit.kind in {Kind.BANK_CARD, Kind.RESIDENT_NUMBER}]
    return tuple(
        hit._replace(text=text[hit.start : hit.end])
        for hit in hits
        if hit.kind is not Kind.ACCOUNT
        or not any(hit.start < other.end and other.start < hit.end for other in sure)
    )


def _places(text: str, triggers: object) -> list[tuple[int, int]]:
    """Return where triggers stand, in the order of their ends."""
    found = [
        (at, at + len(trigger))
        for trigger in dict.fromkeys(triggers)  # type: ignore[call-overload]
        for at in _finds(text, trigger)
    ]
    return sorted(found, key=lambda each: (each[1], each[0]))


def _finds(text: str, trigger: str) -> Iterator[int]:
    at = text.find(trigger)
    while at >= 0:
        yield at
        at = text.find(trigger, at + 1)


def _worded(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    right = {*lexicon.phrases, *(word.right for word in lexicon.words)}
    for word in lexicon.words:
        for start in _finds(text, word.wrong.translate(WIDE)):
            yield from wrong(Page(text), start, start + len(word.wrong), word)
    for phrase in lexicon.phrases:
        for part, half in zip(wording.halves(phrase), wording.both(phrase), strict=True):
            for start in _finds(text, part):
                hits = wording.nearly(text, start, half)
                yield from (hit for hit in hits if hit.text not in right)
    for start, _end in _places(text, wording.COUNTRIES):
        yield from wording.countries(text, start)


def _housed(text: str) -> Iterator[Hit]:
    begin = stop = -1
    for start, end in _places(text, addresses.TRIGGERS):
        first, last = max(0, start - 12), min(len(text), end + 16)
        if first > stop:
            if stop >= 0:
                yield from addresses.addresses(text, begin, stop)
            begin = first
        stop = max(stop, last)
    if stop >= 0:
        yield from addresses.addresses(text, begin, stop)


def _left(text: str) -> Iterator[Hit]:
    for which, pattern in enumerate(residue.PATTERNS):
        page = Page(text)
        for start, _end in _places(text, pattern.triggers):
            yield from residue.residue(page, start, which)
    for look, triggers in (
        (papers.plate, papers.plate_starts()),
        (papers.paper, papers.PAPER_TRIGGERS),
        (papers.mail, ("@",)),
        (papers.account, papers.ACCOUNT_TRIGGERS),
    ):
        for start, _end in _places(text, triggers):
            yield from look(text, start)
    for start, _end in _places(text, papers.BIRTH_TRIGGERS):
        yield from papers.birth(Page(text), start)


def _numbered(text: str) -> Iterator[Hit]:
    for run in runs.RUN.finditer(text):
        spans = [run.span(), *(part.span() for part in PARTS.finditer(text, *run.span()))]
        told = [numbers.number(Page(text), *span) for span in spans]
        found = told[:1] if told[0] else [hit for hit in told[1:] if hit]
        yield from (hit for hit in found if hit)
        if not found and papers.names_account(_head(text, run.start())):
            yield Hit(Kind.ACCOUNT, *run.span(), run[0], "")


def _head(text: str, at: int) -> str:
    """Return the head of the column of a place, looked for line by line upwards."""
    lines = text[:at].split("\n")
    own = lines[-1] + text[at:].split("\n", maxsplit=1)[0]
    bars, column = len(BARS.findall(own)), len(BARS.findall(lines[-1]))
    begin = at - len(lines[-1])
    if not begin or (not bars and lines[-1].strip()):
        return ""
    if not bars:
        last = text[max(0, begin - TABLE) : begin].rstrip("\n").split("\n")[-1].strip()
        return "" if any(c.isdigit() for c in last) else last
    above = begin
    for line in reversed(lines[:-1]):
        above -= len(line) + 1
        if above < begin - TABLE:
            break
        parts = BARS.split(line)
        if len(parts) == bars + 1 and not any(c.isdigit() for c in line):
            return parts[column].strip()
    return ""
