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

    They begin with the body where the title itself names none, or with the
    region where it names a body without one; nothing else is taken, since a
    line above may as well be a site's header.
    """
    place, title = report.title_place, squeeze(report.title or "")
    if place is None or place.paragraph is None or not title:
        return ()
    wanted = _BODY if report.title_body is None else _REGION
    if report.title_body is not None and _PLACED.search(report.title_body):
        return ()
    above = range(place.paragraph - MOST, place.paragraph)
    words = [word for word in report.paragraphs if word.number in above]
    for at in reversed(range(len(words))):
        plain = squeeze(words[at].text)
        if plain not in title:
            return tuple(words[at:]) if wanted.fullmatch(plain) else ()
    return ()


def title_line(report: Report) -> str:
    """Return the title in one line, with what stands above and belongs to it.

    Spaces stay as printed, line breaks go.
    """
    title = re.sub(r"\s*\n\s*", "", (report.title or "").strip())
    above = title_lines(report)[:1]
    return "".join([*(word.text.strip() for word in above), title])
