"""Screening put plainly, as an oracle: each trigger and each run of digits, one by one.

Nothing is left out beforehand and nothing is remembered: every place is asked
everything, whatever it costs. What the engine returns must be the same.
"""

from __future__ import annotations

import re
from datetime import date
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
WORTH = re.compile(
    r"(?:0[0-9]{9,11}|(?:(?:00)?86)?1[3-9][0-9]{9}|[1-9][0-9]{14}|[0-9]{16,19}|[0-9]{17}[Xx])$"
)
SIGNS = "[0-9A-Za-z一二三四五六七八九十]{1,4}"
DOOR = re.compile(
    rf"(?:{SIGNS}(?:号楼|#楼|号院|楼|栋|幢|座|号))?{SIGNS}单元(?:{SIGNS}楼)?[0-9]{{1,4}}(?:室|号|房)?"
    rf"|{SIGNS}(?:号楼|#楼|栋|幢|座)[0-9]{{3,4}}(?:室|房|号)"
    rf"|{SIGNS}(?:号楼|#楼|号院|楼|栋|幢|座|号)[0-9]{{1,2}}门[0-9]{{1,4}}(?:室|号|房)?"
    rf"|{SIGNS}(?:号楼|#楼|号院|栋|幢|座)[0-9]{{1,2}}[层楼]"
    r"[0-9]{3,4}(?:室|房|号|(?![0-9.平㎡米人元万]))"
    r"|(?:弄|巷|里|胡同|村|号)(?:[0-9]{1,4}号)?[0-9]{3,4}室"
    rf"|(?:村|屯|寨|庄|组|队){SIGNS}号(?![楼院])"
    r"|[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?:室|号)?"
)


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
                yield from (
                    hit
                    for hit in hits
                    if hit.text not in right and not _inside(text, hit, lexicon.phrases)
                )
    for start, _end in _places(text, wording.COUNTRIES):
        yield from wording.countries(text, start)


def _inside(text: str, hit: Hit, phrases: tuple[str, ...]) -> bool:
    """Return whether a right phrase stands around a hit."""
    return any(
        at <= hit.start and hit.end <= at + len(phrase)
        for phrase in phrases
        for at in _finds(text, phrase)
    )


def _housed(text: str) -> Iterator[Hit]:
    begin = stop = -1
    for start, end in _places(text, addresses.TRIGGERS):
        first, last = max(0, start - 12), min(len(text), end + 16)
        if first > stop:
            if stop >= 0:
                yield from _doors(text, begin, stop)
            begin = first
        stop = max(stop, last)
    if stop >= 0:
        yield from _doors(text, begin, stop)


def _doors(text: str, begin: int, stop: int) -> Iterator[Hit]:
    for door in DOOR.finditer(text, begin, stop):
        left = text[max(begin, door.start() - 40) : door.start()]
        broken = left.endswith("\n")
        reach = addresses._NOT_OF_IT.split(left[: len(left) - broken])[-1]
        lead = addresses._LEAD.match(reach)
        start = door.start() - broken - len(reach) + (lead.end() if lead else 0)
        whole, after = text[start : door.end()], text[door.end() : door.end() + 4]
        if addresses._OFFICES.search(whole) or addresses._OFFICES.match(after):
            continue
        if addresses._PLACES.search(text[start : door.start()] + door[0][0]):
            yield Hit(Kind.ADDRESS, start, door.end(), whole, "")


def _left(text: str) -> Iterator[Hit]:
    for which, pattern in enumerate(residue.PATTERNS):
        page = Page(text)
        for start, _end in _places(text, pattern.triggers):
            yield from residue.residue(page, start, which)
    for look, triggers in (
        (papers.plate, papers.plate_starts()),
        (papers.mail, papers.MAIL_TRIGGERS),
        (papers.account, papers.ACCOUNT_TRIGGERS),
    ):
        for start, _end in _places(text, triggers):
            yield from look(text, start)
    for start, _end in _places(text, papers.BIRTH_TRIGGERS):
        yield from papers.birth(Page(text), start)
    for start, _end in _places(text, papers.PAPER_TRIGGERS):
        yield from papers.paper(Page(text), start)


def _numbered(text: str) -> Iterator[Hit]:
    for run in runs.RUN.finditer(text):
        spans = [run.span(), *(part.span() for part in PARTS.finditer(text, *run.span()))]
        told = [_number(Page(text), *span) for span in spans]
        found = told[:1] if told[0] else [hit for hit in told[1:] if hit]
        yield from (hit for hit in found if hit)
        if not found and papers.names_account(_head(text, run.start())):
            yield Hit(Kind.ACCOUNT, *run.span(), run[0], "")


def _number(page: Page, start: int, end: int) -> Hit | None:
    digits = re.sub("[^0-9Xx]", "", page.text[start:end])
    if not WORTH.match(digits) or numbers._glued(page.text, start, end):
        return None
    looks = (numbers._resident, numbers._card, numbers._phone)
    return next((hit for look in looks if (hit := look(page, start, end, digits))), None)


def resident(digits: str) -> bool:
    """Return whether digits are a resident number: each condition one by one."""
    if not re.fullmatch("[0-9]{17}[0-9Xx]", digits):
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(
        int(sign.replace("X", "10")) * 2**place
        for place, sign in enumerate(reversed(digits.upper()))
    )
    known = digits[:2] in numbers._PROVINCES and 1840 <= born.year < 2100
    return known and total % 11 == 1


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
