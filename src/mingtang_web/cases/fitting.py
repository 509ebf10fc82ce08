"""The letter of another act than it was sent with: which it is, and which it should be.

Two letters may bear the same title and tell of different results: then the results
are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.drafting.template import template
from mingtang.law.grounds import ground
from mingtang_web.letters.composing import NotReadyError, Problem
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang.drafting.template import Template
    from mingtang_web.letters.orders import Order


class OtherLetterError(NotReadyError):
    """A letter of something else than the act; ``expected`` is the kind that is its own."""

    def __init__(self, order: Order, expected: str | None) -> None:
        self.expected = expected or ""
        given, meant = template(order.kind), template(expected) if expected else None
        if meant and meant.title == given.title:
            why = _(
                "是办理结果为“%(other)s”时的，这里的办理结果是“%(own)s”，请换同名的那一种"
            )
            words = {"other": _result(given), "own": _result(meant)}
        else:
            why = _("不是此事的文书，应为%(title)s")
            words = {"title": meant.title if meant else _("（没有文书）")}
        super().__init__(order.kind, (Problem("", given.title, why % words),))


def _result(known: Template) -> str:
    """Return the result that a letter tells, by its code and name; else what it is for."""
    if known.ground is None:
        return spoken(known.trigger)
    return f"{known.ground} {spoken(ground(known.ground).title)}"
