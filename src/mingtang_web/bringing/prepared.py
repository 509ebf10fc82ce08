"""A row as the document it would become, and what is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.bringing.models import Remark
from mingtang_web.ledger.canonical import canonical
from mingtang_web.publication.contents import SHOWN
from mingtang_web.publication.models import Column, Revision

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.files.examining import Examined

Weight = Remark.Weight
PUBLIC, DRAFT, REFUSED = "public", "draft", "refused"


class Told(NamedTuple):
    """What is said of a row: what follows, the column, why, what to do."""

    weight: str
    column: str
    reason: str
    advice: str


@dataclass
class Prepared:
    """A row as the document it would become; ``told`` is what stands against it."""

    number: int
    index_number: str = ""
    column: str = Column.STATUTORY
    was_out_on: date | None = None
    revision: Revision = field(default_factory=Revision)
    enclosed: list[tuple[str, Examined]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    unlooked: int = 0

    @property
    def outcome(self) -> str:
        """What becomes of it."""
        weights = {each.weight for each in self.told}
        if Weight.REFUSED in weights:
            return REFUSED
        return DRAFT if Weight.DRAFT in weights else PUBLIC

    @property
    def out_on(self) -> date:
        """The day it went out on the old site; a row without one was refused."""
        assert self.was_out_on is not None  # noqa: S101
        return self.was_out_on

    @property
    def size(self) -> int:
        """How many bytes it holds in memory, nearly."""
        return len(self.revision.html) * 3 + sum(len(e.data) for _n, e in self.enclosed)

    @property
    def seal(self) -> str:
        """The hash of all that would come in, words and files: what was consented to."""
        row = self.revision
        said = [self.index_number, self.column, str(self.was_out_on)]
        said += [str(getattr(row, name)) for name in SHOWN]
        files = [[n, hashlib.sha256(e.data).hexdigest()] for n, e in self.enclosed]
        return hashlib.sha256(canonical([said, files]).encode()).hexdigest()

    def refuse(self, column: str, reason: str, advice: str) -> None:
        """Note what stands against it."""
        self.told.append(Told(Weight.REFUSED, column, reason, advice))
