"""Two cases laid side by side before one is merged into the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from mingtang.case.events import Merged
from mingtang_web.applicants.actions import UNMASK
from mingtang_web.cases.merging import (
    IDENTITY,
    SUBJECT,
    WORDS,
    beside,
    candidates,
    compared,
)

if TYPE_CHECKING:
    from mingtang.case.events import Event
    from mingtang_web.cases.merging import Compared
    from mingtang_web.desk.opening import Opened

DIFFERS = {
    SUBJECT: gettext_lazy("内容摘要"),
    WORDS: gettext_lazy("申请人原话"),
    IDENTITY: gettext_lazy("证件号码（凭姓名和电话认定为同一申请人）"),
}
"""In what two cases can differ, under the names that the ledger uses."""
MOST = 3
"""So many cases are laid beside one; the chosen one is on the next page whatever it is."""


def candidates_beside(seen: Opened) -> tuple[Compared, ...]:
    """Return the cases that one may join, beside it: the earliest of them."""
    found = candidates(seen.case)[:MOST]
    return tuple(_shown(seen, compared(seen.case, into)) for into in found)


def beside_each(seen: Opened, event: Event) -> tuple[Compared, ...]:
    """Return the two cases that an event merges side by side; of others nothing."""
    found = beside(seen.case, event.into) if isinstance(event, Merged) else None
    return (_shown(seen, found),) if found else ()


def _shown(seen: Opened, found: Compared) -> Compared:
    """Return the two without the applicant's words for whoever may not read those."""
    if seen.may(UNMASK):
        return found
    own, other = found.own._replace(words=None), found.other._replace(words=None)
    return found._replace(own=own, other=other)
