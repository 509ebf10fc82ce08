"""What happened in a case, line by line: events, and whatever else its ledger holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.events import Struck
from mingtang.case.recording import parse
from mingtang_web.accounts.models import User
from mingtang_web.cases.bridge import EVENT
from mingtang_web.cases.models import Proposal
from mingtang_web.clock import CHINA
from mingtang_web.desk.wording import letter_title, title_of, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang_web.desk.opening import Opened
    from mingtang_web.desk.wording import Said
    from mingtang_web.ledger.models import Entry

OTHERS = {
    "case.proposed": gettext_lazy("送审"),
    "case.reviewed": gettext_lazy("法制审核同意"),
    "case.review_returned": gettext_lazy("法制审核退回"),
    "case.approved": gettext_lazy("批准"),
    "case.returned": gettext_lazy("退回"),
    "case.taken_back": gettext_lazy("撤回送审"),
    "case.overtaken": gettext_lazy("送审失效"),
    "case.searched": gettext_lazy("登记检索记录"),
    "case.assigned": gettext_lazy("分派承办"),
    "case.section_asked": gettext_lazy("征求内设机构意见"),
    "case.section_answered": gettext_lazy("内设机构答复意见"),
    "case.urged": gettext_lazy("督办"),
    "case.urging_answered": gettext_lazy("答复督办"),
    "case.commented": gettext_lazy("批示"),
    "case.explained": gettext_lazy("说明逾期原因"),
    "case.recounted": gettext_lazy("重新计算到期日"),
    "case.attached": gettext_lazy("上传附件"),
    "case.attachment_opened": gettext_lazy("查看附件"),
    "case.imported": gettext_lazy("由旧台账导入"),
    "asking.held": gettext_lazy("交给申请人查询码"),
    "letter.issued": gettext_lazy("出具文书"),
    "letter.delivered": gettext_lazy("登记文书送达"),
    "letter.voided": gettext_lazy("文书作废"),
    "letter.opened": gettext_lazy("查看文书全文"),
    "applicants.unmasked": gettext_lazy("查看申请人完整信息"),
    "applicants.handed_over": gettext_lazy("申请人信息随案移送"),
}
"""What entries that are no events are called; other apps may add their own kinds."""


class Sent(NamedTuple):
    """A letter that went out with an act: its id, its title, its number."""

    pk: int
    title: str
    number: str


@dataclass(frozen=True)
class Line:
    """One line of the timeline.

    ``letters`` are those that went out with an act, as its entry tells,
    ``no_letter`` why none did. ``place`` is an event's place in the history, None
    for other entries; ``struck`` says why an event no longer counts, None where it
    counts.
    """

    day: date
    title: str
    term: str
    entry: Entry
    said: tuple[Said, ...] = ()
    note: str = ""
    letters: tuple[Sent, ...] = ()
    no_letter: str = ""
    place: int | None = None
    struck: str | None = None
    lender: str = ""


def timeline(seen: Opened, names: Mapping[str, str]) -> list[Line]:
    """Return the lines of a case, by day and then as recorded; one query at most."""
    struck = _struck(seen)
    lenders = _lenders(seen)
    lines, place = [], 0
    for entry in seen.entries:
        if entry.kind.startswith(EVENT):
            lines.append(_event(entry, place, struck, names))
            place += 1
        else:
            lines.append(_other(entry, lenders, seen.proposals))
    return sorted(lines, key=lambda line: (line.day, line.entry.sequence))


def _event(
    entry: Entry, place: int, struck: Mapping[int, str], names: Mapping[str, str]
) -> Line:
    content = entry.content
    event = parse(content["event"])
    title, term = title_of(event)
    return Line(
        day=event.on,
        title=title,
        term=term,
        entry=entry,
        said=told(event, names),
        note=content.get("note", ""),
        letters=sent_with(entry),
        no_letter=content.get("no_letter", ""),
        place=place,
        struck=struck.get(place),
    )


def sent_with(entry: Entry) -> tuple[Sent, ...]:
    """Return the letters that an entry says went out with it."""
    named = entry.content.get("letters", ())
    return tuple(
        Sent(each["letter"], letter_title(each["kind"]), each["number"]) for each in named
    )


def _other(
    entry: Entry, lenders: Mapping[int, str], proposals: Mapping[int, Proposal]
) -> Line:
    content = entry.content
    kind = entry.kind
    if kind == "case.reviewed" and content.get("stage") == Proposal.Stage.RETURNED:
        kind = "case.review_returned"
    title = str(OTHERS.get(kind, _("其他登记")))
    proposed = content.get("event")
    if proposed:
        title = f"{title}：{title_of(parse(proposed))[0]}"
    return Line(
        day=entry.recorded_at.astimezone(CHINA).date(),
        title=title,
        term="",
        entry=entry,
        note=content.get("why", "") or _opinion(entry, proposals),
        lender=lenders.get(content.get("lender", 0), ""),
    )


def _opinion(entry: Entry, proposals: Mapping[int, Proposal]) -> str:
    """Return what was said with a step of a proposal."""
    made = proposals.get(entry.content.get("proposal", 0))
    if made is None:
        return ""
    words = {"case.proposed": made.reason, "case.reviewed": made.review}
    ended = {"case.approved", "case.returned", "case.overtaken"}
    return words.get(entry.kind) or (made.answer if entry.kind in ended else "")


def _struck(seen: Opened) -> dict[int, str]:
    """Return the reason for each struck place of the history."""
    notes = [
        entry.content.get("note", "")
        for entry in seen.entries
        if entry.kind.startswith(EVENT)
    ]
    return {
        event.entry: notes[place] or _("未写明")
        for place, event in enumerate(seen.events)
        if isinstance(event, Struck)
    }


def _lenders(seen: Opened) -> dict[int, str]:
    """Return the names of those in whose stead somebody consented."""
    ids = [e.content["lender"] for e in seen.entries if "lender" in e.content]
    if not ids:
        return {}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
