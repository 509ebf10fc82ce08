"""Everything that can be done with a mistake told of: permission and record at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang_web import clock, masking
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.mistakes import policy, reminding
from mingtang_web.mistakes.models import LONGEST_PLACE, Mistake, Outcome, Step, What, Wrong
from mingtang_web.notices.actions import settle
from mingtang_web.notices.actions import tell as write_notices
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.bodies.models import Body

TERM = 3
"""Working days within which inspections count an answer as in time (检查指标)."""
_SAID = ("outcome", "answer", "answered_on")
_TOLD = ("place", "wrong", "said", "day", "due")
ROWS = Stepping(
    Mistake,
    Step,
    "mistake",
    (*_TOLD, *_SAID),
    registered=("body_id", "number", "created_at", *_TOLD),
    now=(*_SAID, "struck", "version"),
    step=("mistake_id", "what", "held", "why"),
)
"""How its entries go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in What)


class Told(NamedTuple):
    """What somebody tells of a page: its address here, what kind of fault, in words."""

    place: str
    wrong: str
    said: str


@transaction.atomic
def tell(body: Body, told: Told, key: str | None = None) -> Mistake:
    """Keep what somebody tells and return it; a submission sent twice is one.

    Raises `ClosedBodyError` and `ValidationError`: nothing personal is kept, because
    whoever tells needs no name here.
    """
    if body.closed_on:
        raise ClosedBodyError(policy.ANSWER, body)
    earlier = ROWS.of_key(body, key)
    if earlier:
        return earlier
    if told.wrong not in Wrong.values:
        raise ValidationError({"wrong": _("请选择是哪一类问题")})
    if not told.place.startswith("/") or len(told.place) > LONGEST_PLACE:
        raise ValidationError({"place": _("这不是本站网页的地址；请从有错的那一页点进来")})
    masking.to_keep(told.said, "said")
    today = clock.today()
    row = Mistake(body=body, day=today, due=due(today), **told._asdict())
    count = next_number(body, ROWS.name, today.year)
    row.number = f"{today.year}-{count:04d}"
    made = ROWS.begun(row, Doing(None, 0, key))
    write_notices(reminding.of(made, today), Staff(today), clock.now())
    return made


def due(day: date) -> date | None:
    """Return the last day to answer what was told on a day.

    None where its year's holidays are not known: then nobody is late.
    """
    try:
        return calendar().add_working_days(day, TERM)
    except UncoveredYearError:
        return None


@transaction.atomic
def answer(mistake: Mistake, outcome: str, words: str, doing: Doing) -> Mistake:
    """Answer in words that the public reads; a second answer takes a reason.

    The reason is ``doing.note``. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    present = ROWS.begin(mistake, policy.ANSWER, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": _("请选择处理结果")})
    masking.to_keep(words, "answer")
    again = bool(present.outcome)
    if (present.outcome, present.answer) == (outcome, words.strip()):
        raise ValidationError(_("没有改动任何一项，所以没有登记"))
    present.outcome, present.answer = outcome, words.strip()
    # A second answer mends words; whether the first came in time stays as it was.
    present.answered_on = present.answered_on or clock.today()
    settle((Kind.MISTAKE, Kind.MISTAKE_LATE), f"erratum/{present.pk}")
    step = ROWS.step_of(present, What.ANSWERED, held=ROWS.held(present))
    return ROWS.write(present, step, doing, reason=again)


@transaction.atomic
def strike(mistake: Mistake, doing: Doing) -> Mistake:
    """Strike what tells of no page at all; it stays in the records and counts no more.

    The reason is ``doing.note``. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    present = ROWS.begin(mistake, policy.STRIKE, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    present.struck = True
    settle((Kind.MISTAKE, Kind.MISTAKE_LATE), f"erratum/{present.pk}")
    return ROWS.write(present, ROWS.step_of(present, What.STRUCK), doing)
