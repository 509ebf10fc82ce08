"""What a letter is ordered from: its kind, its particulars, whose it is and for whom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mingtang.drafting.fees import ItemFee, PageFee

if TYPE_CHECKING:
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.bodies.models import Body

ADDRESSED = ("addressee", "addressee_kind")
"""Particulars that nobody types: they follow from whom the letter is for."""


@dataclass(frozen=True)
class Order:
    """A letter that is wanted: its kind, its particulars by id, its day.

    The addressee is never among the particulars. ``party`` names the consulted one
    of the case where the letter is not for the applicant. ``delivery`` is a mode
    of ``law.delivery``, by post unless the case knows what its applicant asked for;
    an electronic one goes to the reader's mailbox unless ``system`` names another.
    Without a ``day`` it is that of the act.
    """

    kind: str
    particulars: Mapping[str, object] = field(default_factory=dict)
    day: date | None = None
    delivery: str = ""
    system: str = ""
    party: str = ""


@dataclass(frozen=True)
class Matter:
    """What a letter belongs to: the body that signs, its reader, the case.

    ``hidden`` are those whose identity it must not show where its kind hides an
    applicant, or where somebody else signs it; ``choices`` settle open points of the law
    for the body.
    """

    body: Body
    reader: Applicant
    case_id: int | None = None
    hidden: tuple[Applicant, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


class InvalidOrderError(ValueError):
    """A recorded order does not have the shape of one."""


def written(order: Order) -> str:
    """Return an order as text; `read` gives it back."""
    return json.dumps(
        {
            "kind": order.kind,
            "particulars": {name: _plain(v) for name, v in order.particulars.items()},
            "day": _plain(order.day),
            "delivery": order.delivery,
            "system": order.system,
            "party": order.party,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def read(text: str) -> Order:
    """Return the order that `written` wrote; raises `InvalidOrderError`."""
    try:
        said = json.loads(text)
        told = {name: _value(value) for name, value in said.pop("particulars").items()}
        return Order(particulars=told, day=_value(said.pop("day")), **said)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError) as fault:
        message = f"an order that cannot be read: {fault}"
        raise InvalidOrderError(message) from fault


def fingerprint(text: str) -> str:
    """Return the hash by which a letter's content is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, ItemFee):
        return {"$items": [value.first, value.last]}
    if isinstance(value, PageFee):
        return {"$pages": value.pages}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value


def _value(value: object) -> object:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$day" in value:
        return date.fromisoformat(value["$day"])
    if "$items" in value:
        return ItemFee(*value["$items"])
    if "$pages" in value:
        return PageFee(value["$pages"])
    return {name: _value(each) for name, each in value.items()}
