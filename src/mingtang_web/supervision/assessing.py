"""Scores by a scheme (自查、考核): a body of itself, and its office of it.

The counts are people's; what the site counts itself stands beside them and is taken over
by nobody but a person. What was not looked at has no score.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.supervising import Scheme, checks, schemes, score
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import hold
from mingtang_web.ledger.stepping import MovedOnError, Stepping
from mingtang_web.supervision import policy
from mingtang_web.supervision.models import (
    Assessment,
    AssessmentStep,
    Finding,
    Inspection,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.supervising import Scored
    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.doing import Doing

By = Assessment.By
MOST, LONGEST_NOTE = 9999, 200
ROWS = Stepping(
    Assessment,
    AssessmentStep,
    "assessment",
    ("counts", "notes"),
    registered=("body_id", "number", "created_at", "by", "year", "scheme"),
    now=("counts", "notes", "struck", "version"),
    step=("assessment_id", "what", "held", "why"),
)
"""How assessments go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in AssessmentStep.What)


class Which(NamedTuple):
    """Which assessment: by which scheme, of which year, by whom."""

    scheme: str
    year: int
    by: str


def scheme(name: str) -> Scheme:
    """Return the scheme of that id; raises `KeyError`."""
    for each in schemes():
        if each.id == name:
            return each
    raise KeyError(name)


@transaction.atomic
def say(
    body: Body,
    which: Which,
    counts: Mapping[str, int | None],
    notes: Mapping[str, str],
    doing: Doing,
) -> Assessment:
    """Say how often each deduction of a scheme occurred in a year; again, with a reason.

    None is what was not looked at. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    if which.by not in By.values:
        raise ValidationError({"by": _("没有这一项，请从列出的里面选")})
    act, of = may_say(body, By(which.by))
    require(doing.person, act, of, clock.today())
    known = _checked(which, counts, notes)
    rows = Assessment.objects.filter(body=body, **which._asdict())
    earlier = rows.select_for_update(of=("self",), no_key=True).first()
    if earlier is None:
        hold(body)
        if another := rows.first():  # entered while the chain was waited for
            if ROWS.came_before(another, doing.key):
                return another
            raise MovedOnError(another)
        row = Assessment(body=body, number=_number(which), **which._asdict())
        row.counts, row.notes = known
        return ROWS.begun(row, doing)
    earlier.body = body
    if ROWS.came_before(earlier, doing.key):
        return earlier
    ROWS.in_turn(earlier, doing)
    before = ROWS.held(earlier)
    earlier.counts, earlier.notes = known
    return ROWS.amended(earlier, before, doing)


def may_say(body: Body, by: Assessment.By) -> tuple[Act, Body]:
    """Return the act that says it, and the body in which a person must be able to do it.

    A body is scored from above: its own supervisor would score itself. The top of a tree
    has nobody above.
    """
    if by == By.ITSELF:
        return policy.ASSESS, body
    return policy.SCORE, body.parent or body


def scored(row: Assessment) -> Scored:
    """Return the score of an assessment by its scheme; raises `KeyError`."""
    return score(scheme(row.scheme), row.counts)


def counted(body: Body, which: Which) -> dict[str, int]:
    """Return what the site's own inspections of a year count, by ``part/deduction``.

    A fault found in several inspections counts once. A body that was not inspected has
    no counts; one in which nothing was found has noughts. Two queries.
    """
    of = {each.id: _deductions(each.counts, which.scheme) for each in checks()}
    ended = Inspection.objects.filter(on__year=which.year, struck=False).exclude(found="")
    looked = [pk for pk, drawn in ended.values_list("pk", "drawn") if body.pk in drawn]
    if not looked:
        return {}
    rows = Finding.objects.filter(
        body=body,
        dropped=False,
        inspection__in=looked,
        check_id__in=[name for name, deductions in of.items() if deductions],
    )
    found = Counter({each: 0 for deductions in of.values() for each in deductions})
    for check_id, _mark in set(rows.values_list("check_id", "mark")):
        found.update(of[check_id])
    return dict(found)


def _deductions(counts: tuple[str, ...], name: str) -> list[str]:
    told = (each.split("/", maxsplit=1) for each in counts)
    return [deduction for scheme_id, deduction in told if scheme_id == name]


def _checked(
    which: Which, counts: Mapping[str, int | None], notes: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    try:
        by = scheme(which.scheme)
    except KeyError as unknown:
        raise ValidationError({"scheme": _("没有这个评分方案")}) from unknown
    if not clock.today().year - 5 <= which.year <= clock.today().year:
        raise ValidationError({"year": _("只能填今年和以前五年的")})
    names = [f"{part.id}/{each.id}" for part in by.parts for each in part.deductions]
    known = {name: counts[name] for name in names if counts.get(name) is not None}
    if not known:
        raise ValidationError(_("一项都没有填；没有发生的请填0"))
    for name, count in known.items():
        if not 0 <= (count or 0) <= MOST:
            raise ValidationError({name: _("请填0到9999之间的数")})
    said = {name: notes.get(name, "").strip() for name in names}
    for name, words in said.items():
        masking.no_personal_data(words)
        if len(words) > LONGEST_NOTE:
            raise ValidationError({f"{name}:note": _("太长了，请写短一些")})
    return (
        {name: int(count or 0) for name, count in known.items()},
        {name: words for name, words in said.items() if words},
    )


def _number(which: Which) -> str:
    label = By(which.by).label
    return f"{which.year}-{label}"[:30]
