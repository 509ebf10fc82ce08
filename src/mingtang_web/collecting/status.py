"""The status board: where each body stands, in how many days, or how many days late."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingtang_web.annual.models import Annual
from mingtang_web.annual.models import State as Annually
from mingtang_web.collecting.models import HANDED, Delivery, Member, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingtang_web.collecting.models import Season


class Status(TextChoices):
    """Where a body's report stands, as the office sees it."""

    MISSING = "missing", _("未报")
    DRAFT = "draft", _("编制中")
    IN_REVIEW = "in_review", _("审核中")
    SIGNED = "signed", _("已签发，未报送")
    READING = "reading", _("正在读")
    UNREADABLE = "unreadable", _("读不出")
    HELD = "held", _("待核对")
    HANDED = "handed", _("已报送，待审")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接受")
    PUBLISHED = "published", _("已公布")
    EXCUSED = "excused", _("不要求报送")


_DESK = {
    Annually.DRAFTING: Status.DRAFT,
    Annually.RETURNED: Status.DRAFT,
    Annually.IN_REVIEW: Status.IN_REVIEW,
    Annually.SIGNED: Status.SIGNED,
    Annually.PUBLISHED: Status.SIGNED,
}
_VERSION = {
    State.READING: Status.READING,
    State.UNREADABLE: Status.UNREADABLE,
    State.HELD: Status.HELD,
    State.READ: Status.HANDED,
    State.RETURNED: Status.RETURNED,
}
AWAITED = frozenset({
    Status.MISSING, Status.DRAFT, Status.IN_REVIEW, Status.SIGNED, Status.UNREADABLE,
    Status.HELD, Status.RETURNED,
})  # fmt: skip
"""The statuses in which it is the body's turn."""
TONES = {
    Status.RETURNED: "late",
    Status.UNREADABLE: "late",
    Status.HELD: "soon",
    Status.HANDED: "soon",
    Status.ACCEPTED: "kept",
    Status.PUBLISHED: "kept",
}
ICONS = {
    Status.MISSING: "○", Status.DRAFT: "✎", Status.IN_REVIEW: "◔", Status.SIGNED: "◑",
    Status.READING: "…", Status.UNREADABLE: "✕", Status.HELD: "?", Status.HANDED: "▲",
    Status.RETURNED: "↩", Status.ACCEPTED: "✓", Status.PUBLISHED: "★",
    Status.EXCUSED: "–",
}  # fmt: skip
SOON = 7


class Line(NamedTuple):
    """A body on the board.

    ``days`` are left until its day where it has not handed in, or by which it was late
    where negative; of one that has, how early it was. ``handed_on`` is the first day
    on which it handed in what could be read.
    """

    member: Member
    status: Status
    last: Delivery | None
    handed_on: date | None
    days: int

    @property
    def is_late(self) -> bool:
        """Whether its day passed before it had handed in."""
        return self.days < 0 and self.status != Status.EXCUSED

    @property
    def is_awaited(self) -> bool:
        """Whether the body has something to do."""
        return self.status in AWAITED

    @property
    def late_by(self) -> int:
        """How many days it is late, or was."""
        return max(0, -self.days)

    @property
    def tone(self) -> str:
        """The colour of its status, which its icon and words say too."""
        return TONES.get(self.status, "")

    @property
    def icon(self) -> str:
        """The sign beside its status."""
        return ICONS[self.status]

    @property
    def clock(self) -> str:
        """The colour of its days."""
        if self.handed_on:
            return "missed" if self.is_late else "kept"
        if self.is_late:
            return "late"
        return "soon" if self.days <= SOON else ""


def board(season: Season, on: date) -> list[Line]:
    """Return every body of a season in the order of the tree: three queries."""
    members = list(season.members.select_related("body"))
    versions: dict[int, list[Delivery]] = {}
    rows = Delivery.objects.filter(member__season=season).order_by("number")
    for row in rows.defer("facts"):
        versions.setdefault(row.member_id, []).append(row)
    desks = _desks(season)
    return [
        line(each, versions.get(each.pk, ()), desks.get(each.body_id), on)
        for each in members
    ]


def line_of(member: Member, on: date) -> Line:
    """Return where one body stands."""
    versions = list(member.deliveries.defer("facts"))
    return line(member, versions, desk_of(member), on)


def line(
    member: Member, versions: Sequence[Delivery], desk: Annual | None, on: date
) -> Line:
    """Return where a body stands, by its versions and its own desk's report."""
    last = versions[-1] if versions else None
    handed = [each.handed_on for each in versions if each.state in HANDED]
    first = min(handed, default=None)
    days = (member.due - (first or on)).days
    return Line(member, _status(member, last, desk), last, first, days)


def desk_of(member: Member) -> Annual | None:
    """Return the report of the season's year that the body makes at its own desk."""
    rows = Annual.objects.filter(body=member.body_id, year=member.season.year)
    return rows.exclude(state=Annually.WITHDRAWN).order_by("issue").last()


def counts(lines: Sequence[Line]) -> Mapping[Status, int]:
    """Return how many bodies stand where, in the order of `Status`."""
    found = Counter(each.status for each in lines)
    return {status: found[status] for status in Status if found[status]}


def _desks(season: Season) -> dict[int, Annual]:
    rows = Annual.objects.filter(
        year=season.year, body__in=season.members.values("body")
    ).exclude(state=Annually.WITHDRAWN)
    return {row.body_id: row for row in rows.order_by("issue")}


def _status(member: Member, last: Delivery | None, desk: Annual | None) -> Status:
    at_desk = _DESK[Annually(desk.state)] if desk else Status.MISSING
    if last is None or last.state == State.WITHDRAWN:
        is_excused = not member.expected and at_desk is Status.MISSING
        return Status.EXCUSED if is_excused else at_desk
    if last.state != State.ACCEPTED:
        return _VERSION[State(last.state)]
    public = desk is not None and desk.state == Annually.PUBLISHED
    from_desk = public and desk is not None and last.annual_id == desk.pk
    return Status.PUBLISHED if member.published_on or from_desk else Status.ACCEPTED
