"""A district that collects the reports of a year, and files as bodies hand them in."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang.writing import write
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing
from mingtang_web.collecting import deciding, handing, opening
from mingtang_web.collecting.models import Delivery, Member, Season, State
from mingtang_web.collecting.reading import folder_of, read_now, settled
from tests.builders import SECTIONS, report
from tests.web.cases.requests import Office
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

D = date
PATIENCE = 60
SURE = "来函说明了原因，数字照登记簿核对过"
GOVERNMENT = "西山区人民政府"
ASKED = "requests/received/person"
TOTAL = "requests/received/total"
IN, OUT = "requests/carried_in/person", "requests/carried_out/person"


def paper(
    body: str,
    year: int = 2026,
    to: str = "html",
    sections: Sequence[str] = SECTIONS,
    **cells: str,
) -> bytes:
    """A body's report of a year as a file; a cell is named with __ for its strokes."""
    said = {cell.replace("__", "/"): text for cell, text in cells.items()}
    made = report(
        "2021",
        said,
        title=f"{body}{year}年政府信息公开工作年度报告",
        preface=f"本报告统计期限自{year}年1月1日起至{year}年12月31日止。联系电话：0990-8123456。",
        sections=sections,
        signer=body,
        signed=f"{year + 1}年1月15日",
    )
    return write(made, to)


def asked(number: int, **more: str) -> dict[str, str]:
    """Cells of a report on so many requests of natural persons, granted all of them."""
    lines = ("received", "granted", "concluded")
    return {f"requests__{line}__{c}": str(number) for line in lines for c in
            ("person", "total")} | more  # fmt: skip


def upload(data: bytes, name: str = "年报.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class Collection(Office):
    """The district with people at the water bureau, and the season of 2026 opened."""

    def __init__(self, year: int | None = 2026) -> None:
        super().__init__()
        self.waterer = person("waterer", "何水务")
        appointed(self.waterer, self.water, Role.HANDLER)
        self.townsman = person("townsman", "高乡镇")
        appointed(self.townsman, self.township, Role.APPROVER)
        self.secretary = person("secretary", "文秘书")
        appointed(self.secretary, self.office, Role.HANDLER)
        self.handlers = {
            self.housing: self.handler, self.water: self.waterer,
            self.township: self.townsman, self.office: self.secretary,
        }  # fmt: skip
        if year:
            self.season = self.opened(year)

    def opened(self, year: int, **more: object) -> Season:
        bodies = opening.asked_by(self.office)
        terms = opening.Terms(
            year, opening.legal_due(year), GOVERNMENT, self.office,
            {body.pk for body in bodies},
        )._replace(**more)  # fmt: skip
        return opening.open_season(self.office, terms, Doing(self.supervisor, 0))

    def member(self, body: Body, season: Season | None = None) -> Member:
        return Member.objects.get(season=season or self.season, body=body)

    def handed(
        self, body: Body, data: bytes, season: Season | None = None, who: User | None = None
    ) -> Delivery:
        """A file handed in and read."""
        member = self.member(body, season)
        found = handing.examined(upload(data))
        actor = who or self.handlers[body]
        row = handing.hand_in(member, found, by(actor, member))
        return waited(row) if folder_of(row).is_there() else read_now(row)

    def accepted(self, body: Body, data: bytes, season: Season | None = None) -> Delivery:
        row = self.handed(body, data, season)
        deciding.accept(row, by(self.supervisor, row.member, SURE))
        return Delivery.objects.get(pk=row.pk)


def waited(row: Delivery) -> Delivery:
    """A version once the process that reads it has ended."""
    until = time.monotonic() + PATIENCE
    while row.state == State.READING and time.monotonic() < until:
        row = settled(row)
        time.sleep(0.05)
    return row


def by(who: User, member: Member, note: str = "", key: str | None = None) -> Doing:
    version = Member.objects.get(pk=member.pk).version
    return Doing(who, version, key, note=note)
