"""Everything that can be done with figures of periods: permission, order, record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import hold
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.numbering.actions import next_number
from mingtang_web.spells import policy
from mingtang_web.spells.checking import OverlapError, Said, put, told
from mingtang_web.spells.models import Spell, Step, What

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

SAID = ("cell", "first", "last", "value", "source", "provider", "document_id")
"""What somebody said of a figure."""
ROWS = Stepping(
    Spell,
    Step,
    "spell",
    SAID,
    registered=("body_id", "number", "created_at"),
    now=(*SAID, "struck", "version"),
    step=("spell_id", "what", "held", "why"),
)
"""How figures go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in What)
"""The kinds of entries that tell of a figure."""
MOST = 300
"""Lines that are entered at once: five years of months of four cells are fewer."""
PREFIX = "时段"


class LinesRefusedError(Exception):
    """Lines that cannot be entered; none was. ``whys`` says why, by number and field."""

    def __init__(self, whys: Mapping[int, Mapping[str, list[str]]]) -> None:
        super().__init__(_("有 %(n)s 行没有通过，一行也没有登记") % {"n": len(whys)})
        self.whys = whys


@transaction.atomic
def enter(body: Body, said: Said, actor: User, key: str | None = None) -> Spell:
    """Enter a figure of a period and return it; a submission sent twice is one entry.

    Raises `NotAllowedError`, `ClosedBodyError` and `ValidationError`, for days that are
    counted already its `OverlapError`.
    """
    require(actor, policy.ENTER, body, clock.today())
    if body.closed_on:
        raise ClosedBodyError(policy.ENTER, body)
    hold(body)
    earlier = ROWS.of_key(body, key)
    if earlier:
        return earlier
    row = Spell(body=body)
    put(row, said)
    year = row.first.year
    row.number = f"{PREFIX}{year}-{next_number(body, ROWS.name, year):03d}"
    return ROWS.begun(row, Doing(actor, 0, key))


@transaction.atomic
def enter_all(
    body: Body, given: Mapping[int, Said], actor: User, key: str | None = None
) -> list[Spell]:
    """Enter many figures as `enter` does, by their lines' numbers: all of them or none.

    Raises `LinesRefusedError` with everything that is wrong, `NotAllowedError` and
    `ClosedBodyError`.
    """
    if len(given) > MOST:
        why = _("一次最多登记 %(most)s 行，现有 %(n)s 行；请分几次登记")
        many = why % {"most": MOST, "n": len(given)}
        raise LinesRefusedError({min(given): {"": [many]}})
    made: dict[int, int] = {}
    rows: list[Spell] = []
    whys: dict[int, Mapping[str, list[str]]] = {}
    for place, said in given.items():
        try:
            with transaction.atomic():
                rows.append(enter(body, said, actor, key and f"{key}-{place}"))
            made[rows[-1].pk] = place
        except OverlapError as problem:
            whys[place] = told(_named(problem, made))
        except ValidationError as problem:
            whys[place] = told(problem)
    if whys:
        raise LinesRefusedError(whys)
    return rows


def attempt(
    body: Body, given: Mapping[int, Said], actor: User
) -> Mapping[int, Mapping[str, list[str]]]:
    """Return why lines could not be entered, by number; nothing is kept of the trial."""
    whys: Mapping[int, Mapping[str, list[str]]] = {}
    with transaction.atomic():
        try:
            enter_all(body, given, actor)
        except LinesRefusedError as problem:
            whys = problem.whys
        transaction.set_rollback(True)
    return whys


@transaction.atomic
def amend(spell: Spell, said: Said, doing: Doing) -> Spell:
    """Say a figure anew, for the reason in ``doing.note``; its steps keep what it said.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(spell, policy.AMEND, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    hold(present.body)
    before = ROWS.held(present)
    put(present, said)
    return ROWS.amended(present, before, doing)


@transaction.atomic
def strike(spell: Spell, doing: Doing) -> Spell:
    """Strike a figure entered wrongly: it stays and counts no more.

    The reason is ``doing.note``. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    present = ROWS.begin(spell, policy.STRIKE, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    present.struck = True
    return ROWS.write(present, ROWS.step_of(present, What.STRUCK), doing)


def _named(problem: OverlapError, made: Mapping[int, int]) -> OverlapError:
    """Return a refusal that calls a line of the same table by its place there."""
    place = made.get(problem.other.pk)
    if place is None:
        return problem
    return OverlapError(problem.other, _("本表第 %(n)s 行") % {"n": place})
