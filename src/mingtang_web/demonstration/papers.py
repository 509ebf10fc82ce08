"""Papers as a desk's scanner gives them: a request, an identity check, a receipt."""

from __future__ import annotations

from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang.drafting.values import spoken_day
from mingtang.writing import fonts
from mingtang_web.cases.attaching import attach
from mingtang_web.cases.attachments import Attachment
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.recording import Deed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang_web.demonstration.casting import Cast, House

SCANNED = 4
"""So many open cases have the request's scan attached where the accounts work."""
_SHEET = """#set page(width: 105mm, height: 148mm, margin: 12mm, fill: rgb("#f7f4ec"))
#set text(font: "{face}", size: 10pt, lang: "zh")
#align(center, text(size: 15pt)[{title}])
#v(6mm)
{lines}
"""


def scans(house: House, casts: list[Cast]) -> Iterator[Deed]:
    """Yield the scans of requests that were taken in where the accounts work."""
    if house.body.short_name != WHERE:
        return
    papers = [cast for cast in casts if cast.case.is_open and not cast.case.parent]
    for number, cast in enumerate(papers[-SCANNED:]):
        taken = cast.moments[0] + timedelta(minutes=3)
        yield Deed(taken, partial(_attach, house, cast))
        if number == 0:
            yield Deed(taken, partial(_identity, house, cast))


def receipt(number: str, arrived: date | None) -> SimpleUploadedFile:
    """Return the scan of a postal receipt, before or after the letter arrived."""
    if arrived is None:
        return _scan("邮件收寄凭单", f"邮件号码：{number}", "业务种类：挂号信函")
    days = f"妥投日期：{spoken_day(arrived)}"
    return _scan("邮件回执", f"邮件号码：{number}", days, "签收：本人")


def _attach(house: House, cast: Cast) -> None:
    asking = cast.story.coming.asking
    upload = _scan(
        "政府信息公开申请表",
        f"申请人：{asking.person.name}",
        f"联系电话：{asking.person.phone}",
        f"所需政府信息：{cast.story.subject}",
        f"申请日期：{spoken_day(cast.events[0].on)}",
    )
    attach(cast.case, upload, Attachment.What.REQUEST, house.staff.clerk)


def _identity(house: House, cast: Cast) -> None:
    person = cast.story.coming.asking.person
    upload = _scan("身份证明（复印件）", f"姓名：{person.name}", "与原件核对无异")
    attach(cast.case, upload, Attachment.What.IDENTITY, house.staff.clerk)


def _scan(title: str, *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{title}.png", _picture(title, lines))


@cache
def _picture(title: str, lines: tuple[str, ...]) -> bytes:
    """Return a page as a picture; without a Chinese font its lines stay bare."""
    faces = next(iter(fonts.choices()), None)
    known = [face for face in fonts.SONG if faces and face in faces.families]
    sheet = _SHEET.format(
        face=known[0] if known else "", title=title, lines="\n\n".join(lines)
    )
    return typst.compile(
        sheet.encode(), font_paths=faces.fonts if faces else [], format="png", ppi=72
    )
