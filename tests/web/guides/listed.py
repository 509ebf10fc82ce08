"""A word list and an item of the standard catalogue, for tests of doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.ledger.doing import Doing
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Item
from mingtang_web.wordlists import actions as wordlists

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body


def listed(body: Body, by: User, day: date) -> dict[str, int]:
    """Return their numbers, by the names that the table of doors has for them."""
    doing = Doing(by, 0, note="首次")
    own = wordlists.begin(body, "本局", "局", doing)
    matters.add(body, [matters.Line(*"甲乙丙丁戊己")], day, doing)
    return {"words": own.pk, "item": Item.objects.get().pk}
