"""A row of an old ledger as a request with a lawful history, or why it is none.

Rows tell days, not the order of things done on one day: the order is the one that the
law permits, sought among those that the days allow.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case import events as e
from mingtang.case.permitting import NotPermittedError
from mingtang.law.delivery import receipt
from mingtang.law.grounds import IN_FORCE
from mingtang_web.applicants.betraying import traces
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases.adopting import admit_as_found
from mingtang_web.cases.models import Delivery
from mingtang_web.importing.cells import Cells, Refused, RefusedError
from mingtang_web.importing.fields import Key
from mingtang_web.importing.groups import told
from mingtang_web.importing.identities import hold
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.case.rulebook import Rulebook
    from mingtang_web.importing.mapping import Reading
    from mingtang_web.importing.tables import Row, Table

MOST_TRIED = 2_000
"""So many orders of one row's events are tried at most."""
_LONGEST = 200
_BRIEF = 40
DISCLOSURE_BEGAN = date(2008, 5, 1)
"""政府信息公开条例（2007年）第三十八条: nobody asked under it before."""
_ANSWERED = "现行条例施行（2019-05-15）之前已经答复；办理结果的分类自现行条例起才有"
_STAYS = "请留在原台账，不影响2019年度以后的年报；日期有误的，请核对这一格"
_TOO_EARLY = "早于政府信息公开条例首次施行的2008-05-01，那时还没有依申请公开"
_PERSON = (
    *("name", "identity_kind", "identity_number"),
    *("contact", "phone", "email", "address", "postcode", "fax"),
    *("agent", "agent_identity_number", "agent_phone", "authority"),
)


class Taken(NamedTuple):
    """A row that can be taken over: who asked, how, and everything that happened.

    ``unsent`` are the days of sending that it does not say, by the mapping's names.
    """

    old_number: str
    letter_number: str
    person: Person
    kind: Kind
    channel: str
    subject: str
    description: str
    delivery: str
    form: str
    history: tuple[e.Event, ...]
    unsent: tuple[str, ...]


class By(NamedTuple):
    """By what rows are read: the mapping, the law's counting, the day that is today."""

    reading: Reading
    rules: Rulebook
    today: date


def taken(table: Table, row: Row, by: By) -> Taken:
    """Return a row as a request with its history; raises `RefusedError`."""
    cells = Cells(table, by.reading, row)
    first, confirmed = _arrival(cells)
    told_of = [*confirmed, *told(cells)]
    if not cells.text(Key("channel")) and not cells.text(Key("kind")):
        _tell_missing(cells)
    number, answer = _words(cells, "old_number"), _words(cells, "letter_number")
    subject = _words(cells, "subject")
    hold(cells, first[0].applicant if first else "")
    delivery = cells.choice(Key("delivery")) or Delivery.POST
    form = cells.choice(Key("form")) or ""
    for event, key in told_of:
        if event.on > by.today:
            cells.refuse(key, f"日期{event.on}还没有到", "请核对这一格")
    if cells.refused or first is None:
        raise RefusedError(*cells.refused)
    _in_our_time(cells, first, told_of)
    person = Person(**{name: cells.text(Key(name)) for name in _PERSON})
    description = cells.text(Key("description"))
    return Taken(
        old_number=number,
        letter_number=answer,
        person=person,
        kind=Kind(first[0].applicant),
        channel=first[0].channel,
        subject=subject
        or summary(description, person)
        or f"旧台账{number or f'第{row.number}行'}",
        description=description or "旧台账没有记载申请内容",
        delivery=delivery,
        form=form,
        history=_arranged(cells, first, told_of, by),
        unsent=tuple(str(key) for key in cells.unsent),
    )


def _in_our_time(
    cells: Cells, first: tuple[e.Submitted, Key], others: Sequence[tuple[e.Event, Key]]
) -> None:
    """Let a row pass that was asked and answered under a Regulation we know.

    Raises `RefusedError`. Results are those of the Regulation of 2019; what was answered
    before it is in no report that this system makes.
    """
    if first[0].on < DISCLOSURE_BEGAN:
        raise RefusedError(Refused(cells.column(first[1]), _TOO_EARLY, "请核对年份"))
    for event, key in others:
        if isinstance(event, e.Decided) and event.on < IN_FORCE:
            raise RefusedError(Refused(cells.column(key), _ANSWERED, _STAYS))


def summary(description: str, person: Person) -> str:
    """Return the first sentence of an applicant's words, at most so long, for lists.

    Blank where it tells who asks, for lists stand in the open.

    >>> summary("请提供柳林路规划图。另请盖章。", Person(name="张三丰"))
    '请提供柳林路规划图'
    """
    first = re.split(r"[。；;！？!?\n]", description.strip(), maxsplit=1)[0].strip()
    if len(first) > _BRIEF:
        first = f"{first[: _BRIEF - 1]}…"
    return "" if traces(description[: _BRIEF * 2], person) else first


def _arrival(
    cells: Cells,
) -> tuple[tuple[e.Submitted, Key] | None, list[tuple[e.Event, Key]]]:
    """Return the first event of a row, and the confirmation where the channel needs one."""
    channel, kind = cells.choice(Key("channel")), cells.choice(Key("kind"))
    sent, came = cells.day(Key("submitted")), cells.day(Key("received"))
    key = Key("received")
    for name, value in (("channel", channel), ("kind", kind)):
        cells.needed(Key(name), value)
    if not cells.raw(key) and not cells.raw(Key("submitted")):
        cells.needed(key, None)
    if channel is None or kind is None or not (sent or came):
        return None, []
    waits = receipt(channel).awaits_confirmation
    on = (sent or came) if waits else (came or sent)
    assert on is not None  # noqa: S101 - one of the two is there
    first = e.Submitted(on=on, channel=channel, applicant=kind)
    confirmed: list[tuple[e.Event, Key]] = []
    if waits and came:
        confirmed = [(e.Confirmed(on=came), key)]
    return (first, key if came else Key("submitted")), confirmed


def _tell_missing(cells: Cells) -> None:
    """Note all that an almost empty row lacks, so that it is filled in at one time."""
    for names in (("name",), ("subject", "description")):
        if not any(cells.text(Key(name)) for name in names):
            cells.needed(Key(names[-1]), None)


def _words(cells: Cells, field: str) -> str:
    """Return words that will stand in the open: they hold no person's number."""
    said = cells.text(Key(field))
    if personal_data(said):
        why = "这一格里有身份证号或者手机号，不能公开显示"
        cells.refuse(Key(field), why, "请删去号码，或者换一列对应")
    if len(said) > _LONGEST:
        cells.refuse(Key(field), f"超过{_LONGEST}字", "请缩短，或者改为对应“申请内容”")
    return said


class _Search:
    """How far the search for a lawful order got, and what stood against it there."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.tries = MOST_TRIED
        self.depth = -1
        self.why: tuple[Key, NotPermittedError] | None = None

    def admits(self, done: Sequence[e.Event], event: e.Event, key: Key) -> bool:
        """Return whether the law admits an event here."""
        self.tries -= 1
        try:
            admit_as_found(done, event, self.rules)
        except NotPermittedError as problem:
            if len(done) > self.depth:
                self.depth, self.why = len(done), (key, problem)
            return False
        return True


def _arranged(
    cells: Cells,
    first: tuple[e.Submitted, Key],
    others: list[tuple[e.Event, Key]],
    by: By,
) -> tuple[e.Event, ...]:
    """Return the events in an order that the law admits; raises `RefusedError`."""
    search = _Search(by.rules)
    found = None
    if first[0].on > by.today:
        day = f"日期{first[0].on}还没有到"
        raise RefusedError(Refused(cells.column(first[1]), day, "请核对这一格"))
    if search.admits((), *first):
        found = _follow((first[0],), others, search)
    if found is not None:
        return found
    key, problem = search.why or (first[1], None)
    why = f"{problem.why}（{problem.cite}）" if problem else "各日期排不出先后"
    advice = "请核对各日期；确实如此办理的，请在本系统登记并说明情况"
    title = f"不能“{problem.title}”：" if problem else ""
    days = {place: event.on for event, place in others}
    came, on = days.get(Key("received")), days.get(key)
    if came and on and on < came:
        title, why = "", f"日期{on}早于收到日期{came}，这时申请还没有确认收到"
    raise RefusedError(Refused(cells.column(key), f"{title}{why}", advice))


def _follow(
    done: tuple[e.Event, ...], left: list[tuple[e.Event, Key]], search: _Search
) -> tuple[e.Event, ...] | None:
    if not left:
        return done
    day = min(event.on for event, _ in left)
    for place, (event, key) in enumerate(left):
        if event.on != day or search.tries <= 0 or not search.admits(done, event, key):
            continue
        found = _follow((*done, event), left[:place] + left[place + 1 :], search)
        if found is not None:
            return found
    return None
