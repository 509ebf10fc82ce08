"""What happened in a case, line by line: events, and whatever else its ledger holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.events import Struck
from mingtang.case.recording import parse
from mingtang_web.accounts.models import User
from mingtang_web.asking.renewing import PROOFS
from mingtang_web.cases.amending import AMENDED, FIELDS
from mingtang_web.cases.attaching import ATTACHED
from mingtang_web.cases.belated import BELATED, in_time_signed_late
from mingtang_web.cases.bridge import EVENT
from mingtang_web.cases.consulting import AMENDED as PARTY_AMENDED
from mingtang_web.cases.models import Attachment, Proposal
from mingtang_web.cases.objecting import CHECKED, FINDINGS
from mingtang_web.clock import CHINA
from mingtang_web.desk.merging import DIFFERS
from mingtang_web.desk.wording import Said, letter_title, title_of, told
from mingtang_web.letters.actions import OPENED, VOIDED
from mingtang_web.letters.delivering import DELIVERED
from mingtang_web.letters.models import MODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mingtang_web.cases.belated import SignedLate
    from mingtang_web.desk.opening import Opened
    from mingtang_web.ledger.models import Entry

OTHERS = {
    "case.proposed": gettext_lazy("送审"),
    "case.reviewed": gettext_lazy("法制审核同意"),
    "case.review_returned": gettext_lazy("法制审核退回"),
    "case.approved": gettext_lazy("批准"),
    "case.returned": gettext_lazy("退回"),
    "case.taken_back": gettext_lazy("撤回送审"),
    "case.overtaken": gettext_lazy("送审失效"),
    BELATED: gettext_lazy(
        "补记、更正：改变了答复期限、逾期的判断，或者撤去了作出、发出的答复"
    ),
    "case.searched": gettext_lazy("登记检索记录"),
    "case.assigned": gettext_lazy("分派承办"),
    "case.section_asked": gettext_lazy("征求内设机构意见"),
    "case.section_answered": gettext_lazy("内设机构答复意见"),
    "case.urged": gettext_lazy("督办"),
    "case.urging_answered": gettext_lazy("答复督办"),
    "case.commented": gettext_lazy("批示"),
    "case.explained": gettext_lazy("说明逾期原因"),
    "case.recounted": gettext_lazy("重新计算到期日"),
    AMENDED: gettext_lazy("更正申请人信息"),
    PARTY_AMENDED: gettext_lazy("更正被征求意见者信息"),
    "case.attached": gettext_lazy("上传附件"),
    "case.attachment_opened": gettext_lazy("查看附件"),
    CHECKED: gettext_lazy("核对收费异议"),
    "case.imported": gettext_lazy("由旧台账导入"),
    "asking.held": gettext_lazy("交给申请人查询码"),
    "asking.kept": gettext_lazy("申请人保存到自己的账号"),
    "asking.let_go": gettext_lazy("从申请人的账号移除"),
    "letter.issued": gettext_lazy("出具文书"),
    DELIVERED: gettext_lazy("登记文书送达"),
    "letter.voided": gettext_lazy("文书作废"),
    "letter.opened": gettext_lazy("查看文书全文"),
    "applicants.unmasked": gettext_lazy("查看申请人完整信息"),
    "applicants.erasure_asked": gettext_lazy("提出销毁申请人信息"),
    "applicants.erasure_dropped": gettext_lazy("撤回销毁申请人信息"),
    "applicants.erased": gettext_lazy("销毁申请人信息"),
    "applicants.handed_over": gettext_lazy("申请人信息随案移送"),
}
"""What entries that are no events are called; other apps may add their own kinds."""


class Sent(NamedTuple):
    """A letter that went out with an act: its id, its title, its number.

    A ``void`` one counts no more; the one in its place stands beside it.
    """

    pk: int
    title: str
    number: str
    void: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the timeline.

    ``letters`` are those that went out with an act, as its entry tells,
    ``no_letter`` why none did. ``place`` is an event's place in the history, None
    for other entries; ``sent`` is the day it was sent for consent, where it was; and
    ``belated`` is the day an event was entered on where that is
    later than its own; ``struck`` says why an event no longer counts, None where it
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
    belated: date | None = None
    sent: date | None = None


def timeline(seen: Opened) -> list[Line]:
    """Return the lines of a case, by day and then as recorded; one query at most."""
    struck = _struck(seen)
    stead = lenders(seen)
    voided, looks = _voided(seen.entries), _looks(seen.entries)
    sent = _sent(seen)
    lines, place = [], 0
    for entry in seen.entries:
        if entry.kind.startswith(EVENT):
            line = replace(
                _event(entry, place, struck, seen.names), sent=sent.get(entry.sequence)
            )
            lines.append(replace(line, letters=tuple(_present(line.letters, voided))))
            place += 1
        elif entry.kind != OPENED or entry is looks[entry.content["letter"]][-1]:
            line = _other(entry, stead, seen.proposals)
            times = len(looks.get(entry.content.get("letter", 0), ()))
            several = entry.kind == OPENED and times > 1
            lines.append(replace(line, note=_of_several(times)) if several else line)
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
        said=(*told(event, names), *_differences(content)),
        note=_remarks(content),
        letters=sent_with(entry),
        no_letter=content.get("no_letter", ""),
        place=place,
        struck=struck.get(place),
        belated=_belated(entry, event.on),
    )


def _sent(seen: Opened) -> dict[int, date]:
    """Return when what was consented to had been sent for it, by the event's sequence.

    Only where it was sent on the event's own day or before: else it was entered late.
    """
    found: dict[int, date] = {}
    made: Proposal | None = None
    for entry in seen.entries:
        if entry.kind == "case.approved":
            made = seen.proposals.get(entry.content.get("proposal", 0))
        elif entry.kind.startswith(EVENT):
            day = made.proposed_at.astimezone(CHINA).date() if made else None
            if day and entry.approver and day.isoformat() <= entry.content["event"]["on"]:
                found[entry.sequence] = day
            made = None
    return found


def _differences(content: Mapping[str, Any]) -> tuple[Said, ...]:
    """Return in what a case differed from the one it was merged into."""
    names = [str(DIFFERS[each]) for each in content.get("differs", ()) if each in DIFFERS]
    return (Said(_("两件不同之处"), "、".join(names)),) if names else ()


def _remarks(content: Mapping[str, Any]) -> str:
    """Return what was noted beside an event, and why a request was registered late."""
    note, late = content.get("note", ""), content.get("late", "")
    said = _("登记晚了的原因：%(why)s") % {"why": late} if late else ""
    return "；".join(filter(None, (note, said)))


def _belated(entry: Entry, on: date) -> date | None:
    """Return the day an event was entered on, where that is later than its own."""
    entered = entry.recorded_at.astimezone(CHINA).date()
    return entered if entered > on and "imported" not in entry.content else None


def sent_with(entry: Entry) -> tuple[Sent, ...]:
    """Return the letters that an entry says went out with it."""
    named = entry.content.get("letters", ())
    return tuple(
        Sent(each["letter"], letter_title(each["kind"]), each["number"]) for each in named
    )


def _present(letters: Iterable[Sent], voided: Mapping[int, Sent | None]) -> Iterator[Sent]:
    """Yield an act's letters as they now stand: a void one, and the one in its place."""
    for letter in letters:
        yield letter._replace(void=letter.pk in voided)
        after = voided.get(letter.pk)
        if after is not None:
            yield from _present([after], voided)


def _voided(entries: Iterable[Entry]) -> dict[int, Sent | None]:
    """Return the letters made void, each with the one issued in its place."""
    told = [entry.content for entry in entries if entry.kind == VOIDED]
    return {each["letter"]: _in_its_place(each) for each in told}


def _in_its_place(told: Mapping[str, Any]) -> Sent | None:
    after = told.get("replaced_by")
    return (
        Sent(after["letter"], letter_title(after["kind"]), after["number"])
        if after
        else None
    )


def _looks(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Return who opened each letter; a timeline tells the last of them."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.kind == OPENED:
            found.setdefault(entry.content["letter"], []).append(entry)
    return found


def _of_several(times: int) -> str:
    return _("这份文书共查看%(times)s次，这里列最近一次；每一次都在台账里") % {
        "times": times
    }


def _other(
    entry: Entry, stead: Mapping[int, str], proposals: Mapping[int, Proposal]
) -> Line:
    content, after = entry.content, _in_its_place(entry.content)
    kind = entry.kind
    late = in_time_signed_late(entry) if kind == BELATED else None
    return Line(
        day=entry.recorded_at.astimezone(CHINA).date(),
        title=_("文书作废，重新出具") if after else _title(entry),
        term="",
        entry=entry,
        said=_signed(late) if late else _said(kind, content),
        note=content.get("why", "") or _proof(content) or _opinion(entry, proposals),
        letters=(_itself(content), after) if after else _about(entry),
        lender=stead.get(content.get("lender", 0), ""),
    )


def _title(entry: Entry) -> str:
    """Return what an entry that is no event is called."""
    content, kind = entry.content, entry.kind
    own = _of_letters(content)
    if own:
        return own
    if kind == "case.reviewed" and content.get("stage") == Proposal.Stage.RETURNED:
        kind = "case.review_returned"
    title = str(OTHERS.get(kind, _("其他登记")))
    if kind == BELATED and in_time_signed_late(entry):
        title = _("送审在期限内，期限届满以后才批准")
    proposed = content.get("event")
    if content.get("replaces"):
        return f"{title}：{_('重新出具文书')}"
    if proposed:
        return f"{title}：{title_of(parse(proposed))[0]}"
    if "amends" in content:
        return f"{title}：{OTHERS[AMENDED]}"
    if kind == ATTACHED and content["what"] in Attachment.What:
        return f"{title}：{Attachment.What(content['what']).label}"
    return title


def _of_letters(content: Mapping[str, Any]) -> str:
    """Return what is to be said of a letter that an ending took with it, or nothing."""
    if "ended" in content:
        return _("文书作废，没有发出")
    return _("重新出具文书") if "in_place_of" in content else ""


def _about(entry: Entry) -> tuple[Sent, ...]:
    """Return the letter that an entry is about, where it tells which."""
    told = entry.content
    named = entry.kind == DELIVERED and "kind" in told
    if named or "in_place_of" in told:
        return (_itself(told)._replace(void=False),)
    return (_itself(told),) if entry.kind == VOIDED else ()


def _itself(told: Mapping[str, Any]) -> Sent:
    return Sent(told["letter"], letter_title(told["kind"]), told["number"], void=True)


def _said(kind: str, content: Mapping[str, Any]) -> tuple[Said, ...]:
    if kind == CHECKED:
        found = Said(_("核对结果"), str(FINDINGS[content["result"]]))
        return (found, Said(_("告诉申请人的话"), content["words"]))
    return _delivery(content) if kind == DELIVERED else _amended(content)


def _signed(late: SignedLate) -> tuple[Said, ...]:
    """Return the days of a consent that came late, and by how many working days."""
    days = "—" if late.days is None else str(late.days)
    return (
        Said(_("送审"), late.proposed.isoformat()),
        Said(_("期限最后一日"), late.last.isoformat()),
        Said(_("批准"), late.approved.isoformat()),
        Said(_("批准迟于期限的工作日数"), days),
    )


def _delivery(content: Mapping[str, Any]) -> tuple[Said, ...]:
    """Return how and when a letter went out and came, as its entry tells."""
    days = (_("发出日期"), content["dispatched"]), (_("签收日期"), content["received"])
    mode = str(dict(MODES).get(content["mode"], content["mode"]))
    return (Said(_("送达方式"), mode), *(Said(name, day) for name, day in days if day))


def _amended(content: Mapping[str, Any]) -> tuple[Said, ...]:
    """Return which of the applicant's data were corrected; never what they held."""
    names = [str(FIELDS[each]) for each in content.get("fields", ()) if each in FIELDS]
    return (Said(_("更正了"), "、".join(names)),) if names else ()


def _proof(content: Mapping[str, Any]) -> str:
    """Return how whoever was given a query code had shown to be the applicant."""
    return str(PROOFS.get(content.get("proof", ""), ""))


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


def lenders(seen: Opened) -> dict[int, str]:
    """Return the names of those in whose stead somebody consented."""
    ids = [e.content["lender"] for e in seen.entries if "lender" in e.content]
    if not ids:
        return {}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
