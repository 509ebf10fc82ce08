"""The status board: where each body stands, in how many days, or how many days late.

Whether a body was in time (按期) goes by the day on which the version was handed in that
stands: the one accepted, or the one that waits to be. 条例第四十九条 asks for the report
by its day, 国办公开办函〔2021〕30号 holds bodies answerable both for not publishing in time
and for what is inaccurate or incomplete; so a first version that had to go back is not
that report, and an empty form sent in on the last day would else be in time for ever. A
version counts by the day on which it was handed in and not the day it was accepted: that
the office takes its time is not the body's fault. The law says nothing of corrections,
so nothing is hidden: the first day stands beside, and those who were in time at first
and late after a return are counted apart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingtang_web.annual.models import Annual
from mingtang_web.annual.models import State as Annually
from mingtang_web.collecting.models import (
    HANDED,
    Delivery,
    Member,
    Receipt,
    State,
    Step,
)
from mingtang_web.collecting.reports import blocking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
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
    RECALLED = "recalled", _("机关已撤回报告")
    EXCUSED = "excused", _("不要求报送")


_DESK = {
    Annually.DRAFTING: Status.DRAFT,
    Annually.RETURNED: Status.DRAFT,
    Annually.IN_REVIEW: Status.IN_REVIEW,
    Annually.SIGNED: Status.SIGNED,
    Annually.PUBLISHED: Status.SIGNED,
}
_GONE = (Annually.WITHDRAWN, Annually.DISCARDED)
_VERSION = {
    State.READING: Status.READING,
    State.UNREADABLE: Status.UNREADABLE,
    State.HELD: Status.HELD,
    State.READ: Status.HANDED,
    State.RETURNED: Status.RETURNED,
    State.RECALLED: Status.RECALLED,
}
STANDING = frozenset({State.READ, State.ACCEPTED})
"""The states of a version that stands as its body's report."""
AWAITED = frozenset({
    Status.MISSING, Status.DRAFT, Status.IN_REVIEW, Status.SIGNED, Status.UNREADABLE,
    Status.HELD, Status.RETURNED, Status.RECALLED,
})  # fmt: skip
"""The statuses in which it is the body's turn."""
TONES = {
    Status.RETURNED: "late",
    Status.RECALLED: "late",
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
    Status.RECALLED: "⊗", Status.EXCUSED: "–",
}  # fmt: skip
SOON = 7


class Line(NamedTuple):
    """A body on the board.

    ``first_on`` is the first day on which it handed in what could be read, ``handed_on``
    the day of the version that stands, none where that one was returned or taken back.
    ``days`` are left until its day where none stands, or by which it is late where
    negative; of one that stands, how early it was. ``receipt`` is the day of receipt of
    its last version that was entered afterwards, and who vouched for it. ``why`` is with
    which words its last version was accepted or withdrawn by its body.
    """

    member: Member
    status: Status
    last: Delivery | None
    handed_on: date | None
    days: int
    first_on: date | None = None
    why: str = ""
    receipt: Receipt | None = None

    @property
    def is_late(self) -> bool:
        """Whether its day passed before it had handed in."""
        return self.days < 0 and self.status != Status.EXCUSED

    @property
    def is_late_again(self) -> bool:
        """Whether it was in time at first, and what stands now came after its day."""
        first = self.first_on
        return self.is_late and first is not None and first <= self.member.due

    @property
    def is_gone(self) -> bool:
        """Whether what it handed in was returned or taken back, and nothing stands."""
        return self.first_on is not None and self.handed_on is None

    @property
    def open(self) -> dict[str, int]:
        """The breaches and contradictions with which its report was accepted."""
        last = self.last
        return blocking(last) if last and last.state == State.ACCEPTED else {}

    @property
    def open_times(self) -> int:
        """How many they are."""
        return sum(self.open.values())

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
    """Return every body of a season in the order of the tree: five queries."""
    members = list(season.members.select_related("body"))
    versions: dict[int, list[Delivery]] = {}
    rows = Delivery.objects.filter(member__season=season).order_by("number")
    for row in rows.defer("facts"):
        versions.setdefault(row.member_id, []).append(row)
    desks, reasons = _desks(season), reasons_of(Step.objects.filter(member__season=season))
    found = (
        line(each, versions.get(each.pk, ()), desks.get(each.body_id), on)
        for each in members
    )
    receipts = _receipts(Receipt.objects.filter(delivery__member__season=season))
    return [_with_words(each, reasons, receipts) for each in found]


def line_of(member: Member, on: date) -> Line:
    """Return where one body stands."""
    versions = list(member.deliveries.defer("facts"))
    found = line(member, versions, desk_of(member), on)
    receipts = _receipts(Receipt.objects.filter(delivery__member=member))
    return _with_words(found, reasons_of(member.steps.all()), receipts)


def outstanding(body: Body, year: int, on: date) -> Line | None:
    """Return the line of a body whose report a year's season still awaits, else none."""
    rows = Member.objects.filter(body=body, season__year=year, expected=True)
    member = rows.select_related("body", "season").first()
    found = line_of(member, on) if member else None
    return found if found and found.status in AWAITED else None


def line(
    member: Member, versions: Sequence[Delivery], desk: Annual | None, on: date
) -> Line:
    """Return where a body stands, by its versions and its own desk's report."""
    last = versions[-1] if versions else None
    handed = [each.handed_on for each in versions if each.state in HANDED]
    first = min(handed, default=None)
    stands = last.handed_on if last and _stands(last, first) else None
    days = (member.due - (stands or on)).days
    return Line(member, _status(member, last, desk), last, stands, days, first)


def desk_of(member: Member) -> Annual | None:
    """Return the report of the season's year that the body makes at its own desk."""
    rows = Annual.objects.filter(body=member.body_id, year=member.season.year)
    return rows.exclude(state__in=_GONE).order_by("issue").last()


def counts(lines: Sequence[Line]) -> Mapping[Status, int]:
    """Return how many bodies stand where, in the order of `Status`."""
    found = Counter(each.status for each in lines)
    return {status: found[status] for status in Status if found[status]}


def _stands(last: Delivery, first: date | None) -> bool:
    """Return whether a version stands; one still being read does where one did before."""
    return last.state in STANDING or (last.state == State.READING and first is not None)


def reasons_of(steps: QuerySet[Step]) -> dict[int, str]:
    """Return the words of the last acceptance or recall of each version: one query."""
    told = steps.filter(verdict__in=(Step.Verdict.ACCEPTED, Step.Verdict.RECALLED))
    return dict(told.order_by("pk").values_list("delivery", "reason"))


def _receipts(rows: QuerySet[Receipt]) -> dict[int, Receipt]:
    """Return the days of receipt entered afterwards, by their versions: one query.

    What was taken back before anybody decided on it needs none any more.
    """
    stands = rows.exclude(delivery__state=State.WITHDRAWN)
    return {row.delivery_id: row for row in stands.select_related("by", "seen_by")}


def _with_words(
    found: Line, reasons: Mapping[int, str], receipts: Mapping[int, Receipt]
) -> Line:
    last = found.last
    if last is None:
        return found
    is_told = last.state in {State.ACCEPTED, State.RECALLED}
    why = reasons.get(last.pk, "") if is_told else ""
    return found._replace(why=why, receipt=receipts.get(last.pk))


def _desks(season: Season) -> dict[int, Annual]:
    rows = Annual.objects.filter(
        year=season.year, body__in=season.members.values("body")
    ).exclude(state__in=_GONE)
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
