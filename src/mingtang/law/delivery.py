"""Which day counts when an answer is delivered, and when a request arrives.

A letter has two days: the one it goes out and the one it arrives. By post the
first tells whether the body was in time and the second starts the applicant's
time for a remedy, so both are kept and a table says which one is asked for.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.option import option

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = sheet.FOLDER / "delivery.yaml"
_MOMENTS = ("dispatched", "received")
_ELECTRONIC = frozenset({"electronic", "fax"})
"""What arrives the moment it is sent, at a system or a machine (民事诉讼法第九十条)."""


class UnsettledDeliveryError(LookupError):
    """The law does not say which day of this delivery counts."""


class Delivery(NamedTuple):
    """A way to deliver an answer (送达方式), and which of its days count.

    `answered` and `remedy` are ``dispatched`` or ``received``, or None where the
    law is silent.
    """

    mode: str
    what: str
    answered: str | None
    remedy: str | None
    cite: str
    unsettled: str | None


class Receipt(NamedTuple):
    """A way a request arrives (收到申请的渠道), and the day that counts (收到之日).

    `awaits_confirmation` says that the request is received only on the day body
    and applicant confirm it, not on the day it came.
    """

    mode: str
    what: str
    counted: str
    cite: str
    awaits_confirmation: bool = False


class Dispatch(NamedTuple):
    """One delivered answer: its mode, the day it went out, the day it arrived."""

    mode: str
    dispatched: date
    received: date | None = None


@cache
def deliveries() -> tuple[Delivery, ...]:
    """Return every way of delivering; raises `InvalidDataError`."""
    rows = sheet.read(FILE).sheet("deliveries").entries()
    return tuple(_delivery(mode, row) for mode, row in rows)


@cache
def receipts() -> tuple[Receipt, ...]:
    """Return every way a request arrives; raises `InvalidDataError`."""
    rows = sheet.read(FILE).sheet("receipts").entries()
    return tuple(_receipt(mode, row) for mode, row in rows)


def delivery(mode: str) -> Delivery:
    """Return the way of delivering of that id; raises `KeyError`."""
    return sheet.by_id(deliveries, mode, "送达方式")


def receipt(mode: str) -> Receipt:
    """Return the way of arriving of that id; raises `KeyError`.

    >>> receipt("online").awaits_confirmation, receipt("in_person").awaits_confirmation
    (True, False)
    """
    return sheet.by_id(receipts, mode, "收到渠道")


def answered_on(answer: Dispatch, electronic_answer: str | None = None) -> date:
    """Return the day on which the body answered, to be held against the due day.

    国办公开办函〔2016〕235号: by post the day it was posted, else the day it was
    received. `electronic_answer` is an open point, for what is faxed too. Raises
    `UnsettledDeliveryError` where the law is silent or the day is not known yet.

    >>> answered_on(Dispatch("post", date(2026, 3, 30), date(2026, 4, 2)))
    datetime.date(2026, 3, 30)
    """
    known = delivery(answer.mode)
    moment = known.answered
    if known.mode in _ELECTRONIC:
        choice = option("electronic_answer").choose(electronic_answer)
        moment = "received" if choice == "arrived" else "dispatched"
    return _day(answer, moment, "机关答复之日")


def remedy_starts_on(answer: Dispatch) -> date:
    """Return the day from which the applicant's time for a remedy is counted.

    国务院令第836号第二十三条: the day the answer was received. Raises
    `UnsettledDeliveryError` where that day is not known.

    >>> remedy_starts_on(Dispatch("post", date(2026, 3, 30), date(2026, 4, 2)))
    datetime.date(2026, 4, 2)
    """
    return _day(answer, delivery(answer.mode).remedy, "救济期限起算之日")


def _day(answer: Dispatch, moment: str | None, asked: str) -> date:
    what = delivery(answer.mode).what
    if moment is None:
        message = f"“{what}”的{asked}没有规定，请法制机构确认后人工填写"
        raise UnsettledDeliveryError(message)
    day = answer.dispatched if moment == "dispatched" else answer.received
    if day is None:
        message = f"“{what}”的{asked}取签收或者到达之日，该日尚未登记；请补登后再算"
        raise UnsettledDeliveryError(message)
    return day


def _delivery(mode: str, row: Sheet) -> Delivery:
    row.allow("what", "answered", "remedy", "cite", optional=("unsettled",))
    for key in ("answered", "remedy"):
        if row.raw(key) not in (*_MOMENTS, None):
            row.refuse(f"“{key}”应为 dispatched、received 或 null")
    answered = None if row.raw("answered") is None else row.text("answered")
    remedy = None if row.raw("remedy") is None else row.text("remedy")
    unsettled = row.optional_text("unsettled")
    return Delivery(mode, row.text("what"), answered, remedy, row.cite(), unsettled)


def _receipt(mode: str, row: Sheet) -> Receipt:
    row.allow("what", "counted", "cite", optional=("awaits_confirmation",))
    awaits = "awaits_confirmation" in row and row.flag("awaits_confirmation")
    return Receipt(mode, row.text("what"), row.text("counted"), row.cite(), awaits)
