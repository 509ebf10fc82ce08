"""Questions about what is entered, answered on record or not entered at all.

A request may lie in a drawer, and a year may be told in a signed report already: both
are lawful to put right, by whoever says why. So are the same answer given anew after a
ruling, and a new round whose ruling is in no register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.events import Decided, Reopened, Submitted
from mingtang.case.questioning import late_entry, same_ground
from mingtang.law.delivery import receipt
from mingtang_web import clock
from mingtang_web.cases.models import Channel
from mingtang_web.cases.rules import rulebook
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.state import Case as History
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.actions import Request
    from mingtang_web.cases.models import Case

CLOSED: list[Callable[[Body, int], str]] = []
"""Why a year's figures of a body are settled, told by the apps above that settle them."""


UNRULED: list[Callable[[Case, str], str]] = []
"""Why no ruling is known that opens a case anew for a cause, told by the apps above."""


class QuestionedError(ValueError):
    """A request entered late by somebody who does not say why; ``field`` is where."""

    field = "late"


def questions(body: Body, channel: str, came: date) -> str:
    """Return what is asked about a request of a day, entered today; blank: nothing."""
    as_received = Channel(channel).received_as
    request = Submitted(on=came, channel=as_received, applicant="person")
    late = spoken(late_entry(request, clock.today(), rulebook(body)) or "")
    counted = not receipt(as_received).awaits_confirmation
    return _asked(late, closed(body, came.year) if counted else "")


def closed(body: Body, year: int) -> str:
    """Return why a request may not silently join a year's figures; blank where it may."""
    return next(filter(None, (told(body, year) for told in CLOSED)), "")


def doubted(event: Event, before: History, case: Case) -> str:
    """Return what is asked of an act after a review or judgment; blank: nothing.

    ``before`` is the history of the case as it stood.
    """
    if isinstance(event, Decided):
        return spoken(same_ground(event, before) or "")
    if isinstance(event, Reopened):
        return next(filter(None, (told(case, event.cause) for told in UNRULED)), "")
    return ""


def ask(asked: Request) -> str:
    """Return what was asked about a request and is answered, to be kept; blank: nothing.

    Raises `QuestionedError` where it is not answered.
    """
    found = questions(asked.body, asked.channel, asked.arrived)
    if found and not asked.late.strip():
        raise QuestionedError(found)
    return asked.late.strip() if found else ""


def _asked(*found: str) -> str:
    told = "；".join(filter(None, found))
    return _("%(told)s。请写明为什么现在才登记") % {"told": told} if told else ""
