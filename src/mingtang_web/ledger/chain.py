"""The chain: each entry's hash covers all its fields and the hash before it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.ledger.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ORIGIN = "0" * 64


class Link(NamedTuple):
    """The fields of an entry that its hash covers, and the hash itself."""

    body_id: int
    sequence: int
    case_id: int | None
    kind: str
    payload: str
    actor_id: int | None
    approver_id: int | None
    recorded_at: datetime
    key: str | None
    previous: str
    hash: str = ""

    def own_hash(self) -> str:
        """Return the SHA-256 of the canonical JSON of every field but the hash."""
        fields = self._asdict()
        del fields["hash"]
        moment = self.recorded_at.astimezone(UTC)
        fields["recorded_at"] = moment.isoformat(timespec="microseconds")
        return hashlib.sha256(canonical(fields).encode()).hexdigest()


class Fault(NamedTuple):
    """Where a chain is broken, and how, in words for the person who runs ``verify``."""

    body_id: int
    sequence: int
    what: str


ALTERED = "内容与其哈希不符：记录后被改动过"
UNLINKED = "所记前一条的哈希与前一条不符：前一条被换过，或者此条是插入的"
GAP = "序号应为 {expected}，实为 {found}：其间有记录被删除、插入或者调换"
SHORT = "链头记有 {expected} 条，实有 {found} 条：末尾有记录被删除或者插入"
END = "链头的哈希与最后一条不符：最后一条被换过"


def faults(
    body_id: int, links: Iterable[Link], head: Callable[[], tuple[int, str]]
) -> Iterator[Fault]:
    """Yield every place where one body's chain, in order, does not hold.

    ``head`` says, once the links are through, how many there must be and the
    last one's hash.
    """
    sequence, previous = 0, ORIGIN
    for link in links:
        yield from _link_faults(link, sequence + 1, previous)
        sequence, previous = link.sequence, link.hash
    count, end = head()
    if sequence != count:
        what = SHORT.format(expected=count, found=sequence)
        yield Fault(body_id, sequence, what)
    elif previous != end:
        yield Fault(body_id, sequence, END)


def _link_faults(link: Link, expected: int, previous: str) -> Iterator[Fault]:
    if link.sequence != expected:
        what = GAP.format(expected=expected, found=link.sequence)
        yield Fault(link.body_id, link.sequence, what)
    if link.previous != previous:
        yield Fault(link.body_id, link.sequence, UNLINKED)
    if link.own_hash() != link.hash:
        yield Fault(link.body_id, link.sequence, ALTERED)
