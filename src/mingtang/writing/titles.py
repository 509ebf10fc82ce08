"""The title in one line, however many lines the report prints it over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.text import squeeze

if TYPE_CHECKING:
    from mingtang.document import Paragraph
    from mingtang.report import Report

MOST = 3
"""A title is looked for in so many lines above its last one."""

_REGION = re.compile(r".{1,11}(?:省|自治区|自治州|市|州|盟|地区|县|区|旗|镇|乡)")
_PLACED = re.compile(r"[省市州盟县区旗镇乡]")
_BODY = re.compile(
    r".{2,28}(?:政府|委|委员会|办公厅|办公室|厅|局|院|处|中心|公司|队|所|站|街道"
    r"|省|市|州|县|区|镇|乡)"
)


def title_lines(report: Report) -> tuple[Paragraph, ...]:
    """Return the lines above the title's last one that belong to it.

    They are the title's own lines and, above them, the body where the title
    names none, or the region where it names a body without one; nothing else
    is taken, since a line above may as well be a site's header.
    """
    place, title = report.title_place, squeeze(report.title or "")
    if place is None or place.paragraph is None or not title:
        return ()
    near = range(place.paragraph - MOST, place.paragraph + 1)
    found = [word for word in report.paragraphs if word.number in near]
    if not found or found[-1].number != place.paragraph:
        return ()
    *words, last = found
    own = len(words)
    for at in reversed(range(len(words))):
        if title == squeeze("".join(word.text for word in (*words[at:], last))):
            own = at
    above = words[own - 1 : own] if own else []
    if above and _names_missing(squeeze(above[0].text), report.title_body):
        return tuple(words[own - 1 :])
    return tuple(words[own:])


def _names_missing(line: str, body: str | None) -> bool:
    """Return whether a line gives the body, or the region, that a title lacks."""
    if body is None:
        return _BODY.fullmatch(line) is not None
    return _PLACED.search(body) is None and _REGION.fullmatch(line) is not None


def title_above(report: Report) -> tuple[Paragraph, ...]:
    """Return the line above that names what the title lacks, where there is one."""
    lines, title = title_lines(report)[:1], squeeze(report.title or "")
    return () if lines and squeeze(lines[0].text) in title else lines


def title_line(report: Report) -> str:
    """Return the title in one line, with what stands above and belongs to it.

    Spaces stay as printed, line breaks go.
    """
    title = re.sub(r"\s*\n\s*", "", (report.title or "").strip())
    above = (word.text.strip() for word in title_above(report))
    return "".join([*above, title])
