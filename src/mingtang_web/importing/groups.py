"""The events that one group of a row's fields tells, with the field each one stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang_web.importing import values
from mingtang_web.importing.fields import FIELDS, HEADS, REQUEST, Key
from mingtang_web.importing.mapping import Undispatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from mingtang_web.importing.cells import Cells

    Told = Iterator[tuple[e.Event, Key]]
    Teller = Callable[[Cells, int, date], Told]


def told(cells: Cells) -> Told:
    """Yield every event of a row but the first; what is wrong is noted in the cells."""
    for group, head in HEADS.items():
        for turn in cells.turns(group):
            key = Key(head, turn)
            on = cells.day(key)
            if on:
                yield from _TELLERS[group](cells, turn, on)
            elif not cells.raw(key):
                _refuse_orphans(cells, group, turn)


def _refuse_orphans(cells: Cells, group: str, turn: int) -> None:
    """Note what a row says of something that it does not say happened."""
    head = Key(HEADS[group], turn)
    for field in FIELDS:
        key = Key(field.id, turn)
        if field.group == group and group != REQUEST and cells.raw(key):
            why = f"有“{key.label}”却没有“{head.label}”"
            instead = _INSTEAD.get(key.field, "或者去掉这一格的对应")
            cells.refuse(key, why, f"请补上“{head.label}”，{instead}")
            return


_INSTEAD = {"mode": "或者把这一列对应为“获取方式”：还没有决定的，写的是申请人希望怎样取得"}
"""What a column may mean instead, where a row has nothing that it would belong to."""


def _correction(cells: Cells, turn: int, on: date) -> Told:
    until = Key("correction_until", turn)
    by = cells.day(until, on)
    cells.needed(until, by)
    if by:
        yield e.CorrectionAsked(on=on, until=by), Key("correction_asked", turn)
    arrived = cells.day(Key("corrected", turn))
    if arrived:
        yield e.Corrected(on=arrived), Key("corrected", turn)


def _reason(cells: Cells, turn: int, on: date) -> Told:
    until = Key("reason_until", turn)
    by = cells.day(until, on)
    cells.needed(until, by)
    if by:
        yield e.ReasonAsked(on=on, until=by), Key("reason_asked", turn)
    given = cells.day(Key("reason_given", turn))
    if given:
        yield e.ReasonGiven(on=given), Key("reason_given", turn)
    accepted = cells.day(Key("reason_accepted", turn))
    if accepted:
        later = cells.day(Key("reason_answer_by", turn), accepted)
        event = e.ReasonAccepted(on=accepted, answer_by=later)
        yield event, Key("reason_accepted", turn)


def _consultation(cells: Cells, turn: int, on: date) -> Told:
    party = str(turn)
    role = cells.choice(Key("role", turn))
    cells.needed(Key("role", turn), role)
    if role:
        yield e.Consulted(on=on, party=party, role=role), Key("consulted", turn)
    arrived = cells.day(Key("consultation_delivered", turn))
    if arrived:
        event = e.ConsultationDelivered(on=arrived, party=party)
        yield event, Key("consultation_delivered", turn)
    key, ended = Key("opinion", turn), cells.day(Key("opinion_on", turn))
    how = cells.choice(key)
    if ended:
        cells.needed(key, how)
    elif cells.raw(key):
        cells.needed(Key("opinion_on", turn), None)
    if ended and how:
        yield _opinion(ended, party, how), key


def _opinion(on: date, party: str, how: str) -> e.Event:
    if how == "silent":
        return e.SilenceNoted(on=on, party=party)
    if how == "recalled":
        return e.ConsultationRecalled(on=on, party=party)
    return e.OpinionReceived(on=on, party=party, stance=how)


def _extension(cells: Cells, turn: int, on: date) -> Told:
    key = Key("extension_days", turn)
    days = cells.number(key)
    cells.needed(key, days)
    if days is not None:
        yield e.Extended(on=on, days=days), Key("extended", turn)


def _fee(cells: Cells, turn: int, on: date) -> Told:
    basis = cells.choice(Key("fee_basis", turn))
    pieces = cells.number(Key("fee_pieces", turn))
    yuan = cells.number(Key("fee_yuan", turn))
    for name, value in (("fee_basis", basis), ("fee_pieces", pieces), ("fee_yuan", yuan)):
        cells.needed(Key(name, turn), value)
    if basis is None or pieces is None or yuan is None:
        return
    notice = e.FeeNotified(on=on, basis=basis, pieces=pieces, yuan=yuan)
    yield notice, Key("fee_notified", turn)
    arrived = cells.day(Key("fee_delivered", turn))
    if arrived:
        yield e.FeeNoticeDelivered(on=arrived), Key("fee_delivered", turn)
    paid = cells.day(Key("fee_paid", turn))
    if paid:
        yield e.FeePaid(on=paid, yuan=yuan), Key("fee_paid", turn)


def _refund(cells: Cells, turn: int, on: date) -> Told:
    key = Key("refund_yuan", turn)
    yuan = cells.number(key)
    cells.needed(key, yuan)
    if yuan is not None:
        yield e.FeeRefunded(on=on, yuan=yuan), Key("refunded", turn)


def _decision(cells: Cells, turn: int, on: date) -> Told:
    key = Key("ground", turn)
    ground = cells.choice(key)
    cells.needed(key, ground)
    if ground == values.WITHDRAWN:
        yield e.Withdrawn(on=on), key
    elif ground:
        withheld = tuple(_withheld(cells, Key("withheld", turn)))
        yield e.Decided(on=on, ground=ground, withheld=withheld), key
        yield from _delivery(cells, turn, on)


def _withheld(cells: Cells, key: Key) -> Iterator[str]:
    for word in values.codes(cells.text(key)):
        code = values.named("ground", word)
        if code:
            yield code
        else:
            why = "有的依据不能确定是哪一种"
            cells.refuse(key, why, "请写成办理结果的代码，几个之间用顿号隔开")


def _delivery(cells: Cells, turn: int, decided: date) -> Told:
    sent, arrived = Key("dispatched", turn), Key("delivered", turn)
    day = cells.day(sent)
    received = cells.day(arrived)
    if not day and not cells.raw(sent):
        day = _assumed(cells, sent, decided, delivered=bool(cells.raw(arrived)))
    if day:
        mode = cells.choice(Key("mode", turn))
        cells.needed(Key("mode", turn), mode)
        if mode:
            yield e.Dispatched(on=day, mode=mode), sent
    if received:
        yield e.Delivered(on=received), arrived


def _assumed(cells: Cells, sent: Key, decided: date, *, delivered: bool) -> date | None:
    """Return the day a decision counts as sent that the row does not say; note it."""
    chosen = cells.undispatched
    if chosen is Undispatched.REFUSED or (chosen is Undispatched.WAITING and delivered):
        head = Key(HEADS["decision"], sent.turn)
        said = Key("delivered", sent.turn) if delivered else head
        why = f"有“{said.label}”却没有“{sent.label}”"
        cells.refuse(sent, why, _CHOOSE_SENT if delivered else _CHOOSE)
        return None
    cells.unsent.append(sent)
    return decided if chosen is Undispatched.SAME_DAY else None


_CHOOSE_SENT = "请补上，或者在列的对应里选定“没有发出日期的，视同决定当日发出”"
_CHOOSE = "请补上，或者在列的对应里选定没有发出日期的如何处理；按未发出导入的会列为逾期"


def _reopening(cells: Cells, turn: int, on: date) -> Told:
    key = Key("cause", turn)
    cause = cells.choice(key)
    cells.needed(key, cause)
    if cause:
        by = cells.day(Key("reopened_answer_by", turn), on)
        event = e.Reopened(on=on, cause=cause, answer_by=by)
        yield event, Key("reopened", turn)


def _closing(cells: Cells, turn: int, on: date) -> Told:
    key, to = Key("closed_how", turn), cells.text(Key("closed_to", turn))
    how = cells.choice(key)
    cells.needed(key, how)
    if how == "withdrawn":
        yield e.Withdrawn(on=on), key
    elif how and not to:
        cells.needed(Key("closed_to", turn), None)
    elif how == "transferred":
        yield e.Transferred(on=on, to=to), key
    elif how == "split":
        yield e.Split(on=on, parts=tuple(values.codes(to))), key
    elif how == "merged":
        yield e.Merged(on=on, into=to), key


def _archiving(_cells: Cells, turn: int, on: date) -> Told:
    yield e.Archived(on=on), Key("archived", turn)


_TELLERS: Mapping[str, Teller] = {
    "correction": _correction,
    "reason": _reason,
    "consultation": _consultation,
    "extension": _extension,
    "fee": _fee,
    "refund": _refund,
    "decision": _decision,
    "reopening": _reopening,
    "closing": _closing,
    "archiving": _archiving,
}
