"""Making a report: begun, its figures entered and adjusted, its words written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.compiling import CompileError
from mingtang.form.loading import NoEditionError, edition_for
from mingtang_web import clock, masking
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import draft, last_wordings, would_hold
from mingtang_web.annual.models import (
    WRITTEN,
    Adjustment,
    Annual,
    Figure,
    State,
    Step,
    Wording,
)
from mingtang_web.annual.naming import refusal
from mingtang_web.annual.reasons import to_stay
from mingtang_web.annual.recording import (
    OutOfTurnError,
    begin,
    came_before,
    in_turn,
    made,
    record,
    turn,
)
from mingtang_web.annual.staffing import who_corrects
from mingtang_web.annual.yearly import periods_of
from mingtang_web.bodies.queries import require
from mingtang_web.figures import plain, wrong
from mingtang_web.ledger.actions import hold
from mingtang_web.publication.stock import stock_said, stock_taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.actions import Doing

LONGEST = 50_000
"""Characters of one section: no report of a whole country has as many."""


class Kept(NamedTuple):
    """Which ledgers a body keeps on this site; what has none is entered by hand."""

    cases: bool = True
    disputes: bool = True
    documents: bool = False


BOTH = Kept()
NO_STOCK = gettext_lazy(
    "还没有声明存量的规章、规范性文件已全部登记，现行有效件数算不出来；"
    "请先到“规章、规范性文件”登记存量并声明，或者不勾选、由您填表二"
)
STOCK_LAPSED = gettext_lazy(
    "存量登记齐全的声明以后又补登了旧文件，声明已经不成立，现行有效件数算不出来；"
    "请到“规章、规范性文件”的“表二件数”核对、重新声明"
)


class Given(NamedTuple):
    """Figures by their cells, and where they come from.

    ``field`` is what a refusal of the source is called.
    """

    values: Mapping[str, str]
    source: str
    field: str = "source"


@transaction.atomic
def start(body: Body, year: int, doing: Doing, kept: Kept = BOTH) -> Annual:
    """Begin the report of a year and return it; the one in the making, where there is one.

    Raises `NotAllowedError`, and `ValidationError` for a year that has no form, has not
    begun, or has its report.
    """
    require(doing.person, policy.WRITE, body, clock.today())
    hold(body)
    _check_year(year)
    known = Annual.objects.filter(body=body, year=year).exclude(state=State.DISCARDED)
    earlier = known.order_by("-issue").first()
    if earlier and not earlier.is_settled:
        return earlier
    if earlier:
        raise ValidationError({"year": _already(earlier)})
    if kept.documents and stock_taken(body) is None:
        why = STOCK_LAPSED if stock_said(body) else NO_STOCK
        raise ValidationError({"documents": str(why)})
    annual = Annual(
        body=body,
        year=year,
        cases_kept=kept.cases,
        disputes_kept=kept.disputes,
        documents_kept=kept.documents,
        created_at=clock.now(),
        state=State.DRAFTING,
    )
    annual.save(force_insert=True)
    begun = made(annual, Step(verdict=Step.Verdict.BEGUN), doing)
    return record(annual, "begun", doing, [begun])


def enter(annual: Annual, values: Mapping[str, str], source: str, doing: Doing) -> Annual:
    """Enter figures of which no ledger is kept, by their cells, and where they come from.

    A blank takes a figure out. Raises `NotAllowedError`, `OutOfTurnError`, and
    `ValidationError`, which names every cell that is wrong.
    """
    return enter_all(annual, [Given(values, source)], doing)


@transaction.atomic
def enter_all(annual: Annual, given: Sequence[Given], doing: Doing) -> Annual:
    """Enter figures from several sources at once, as `enter` does: all of them or none."""
    present = begin(annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    _refuse_wrong(given)
    figures = [
        Figure(cell=cell, value=plain(text), source=each.source.strip())
        for each in given
        for cell, text in each.values.items()
    ]
    rows = [made(present, each, doing) for each in figures]
    _compiles(present)
    return record(present, "entered", doing, rows)


@transaction.atomic
def adjust(annual: Annual, asked: Adjustment, doing: Doing) -> Annual:
    """Propose to adjust a cell, by how much and why; it counts once it is signed.

    What could never be signed is refused here. Raises `NotAllowedError`,
    `OutOfTurnError` and `ValidationError`.
    """
    present = begin(annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    asked.reason = to_stay(asked.reason)
    asked.change = _change(asked.change)
    found = draft(present, clock.today()).compiled.origins.get(asked.cell)
    if (period := periods_of(present).get(asked.cell)) and period.counts:
        said = _("这一格由时段填报数相加，不作调整；哪一段不对，更正那一段")
        raise ValidationError({"cell": said})
    if found is None or found.parts:
        said = _("这一格不能调整：它是空白、是合计，或者表式里没有")
        raise ValidationError({"cell": said})
    try:
        would_hold(present, asked, clock.today())
    except CompileError as problem:
        raise refusal(present, problem, "change") from problem
    row = made(present, asked, doing)
    return record(present, "adjusted", doing, [row])


@transaction.atomic
def sign_adjustment(row: Adjustment, doing: Doing) -> Annual:
    """Sign an adjustment that somebody else proposed: it counts from now on.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(row.annual, policy.SIGN_ADJUSTMENT, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    adjustment = present.adjustments.get(pk=row.pk)
    if not adjustment.waits:
        raise OutOfTurnError(_("这项调整已经签字或者撤销"))
    if adjustment.by_id == doing.person.pk:
        raise OutOfTurnError(_("提出调整的人不能自己签字，请由另一位负责人签字"))
    adjustment.signed_by, adjustment.signed_on = doing.person, clock.today()
    adjustment.save()
    _compiles(present)
    return record(present, "adjustment_signed", doing, [adjustment])


@transaction.atomic
def end_adjustment(row: Adjustment, reason: str, doing: Doing) -> Annual:
    """Take an adjustment back, with a reason; it stays to be seen and counts no more.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(row.annual, policy.WRITE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    masking.to_keep(reason, "reason")
    adjustment = present.adjustments.get(pk=row.pk)
    if adjustment.ended_by_id:
        raise OutOfTurnError(_("这项调整已经撤销"))
    adjustment.ended_by, adjustment.end_reason = doing.person, reason.strip()
    adjustment.save()
    return record(present, "adjustment_ended", doing, [adjustment])


@transaction.atomic
def word(annual: Annual, section: int, text: str, after: int, doing: Doing) -> Wording:
    """Keep what an officer makes of a section's words, and return this version of them.

    ``after`` is the version that was looked at, 0 for the draft: two who write in
    different sections do not wait for each other. Raises `NotAllowedError`,
    `OutOfTurnError` and `ValidationError`.
    """
    present = begin(annual, policy.WRITE, doing)
    last = last_wordings(present).get(section)
    if last and came_before(present, doing):
        return last
    turn(present, *WRITTEN)
    if after != (last.number if last else 0):
        raise OutOfTurnError(
            _("这一部分在您打开之后已由他人改写，没有保存；您写的仍在下面，请比较后再存")
        )
    if len(text) > LONGEST:
        most = {"most": LONGEST}
        raise ValidationError({"text": _("超过%(most)s字，没有保存") % most})
    drafted = "\n".join(draft(present, clock.today()).drafted.get(section, ()))
    row = Wording(section=section, number=after + 1, text=text.strip(), drafted=drafted)
    made(present, row, doing)
    record(present, "worded", doing, [row])
    return row


def _already(annual: Annual) -> str:
    """Return that a year has its report, and who may correct it."""
    said = _(
        "%(year)s年度的报告%(state)s，不再另编；要改动的，由%(who)s打开该报告，选“更正：编制新的一版”"
    )
    if annual.state == State.SIGNED:
        said = _(
            "%(year)s年度的报告%(state)s、还没有公布，不再另编；要改动的，由%(who)s打开该报告，"
            "先“撤回”，再选“更正：编制新的一版”"
        )
    state, who = annual.get_state_display(), who_corrects(annual.body)
    return said % {"year": annual.year, "state": state, "who": who}


def _check_year(year: int) -> None:
    try:
        edition_for(year)
    except NoEditionError as problem:
        raise ValidationError({"year": str(problem)}) from problem
    if year > clock.today().year:
        raise ValidationError({"year": _("%(year)s年还没有到") % {"year": year}})


def _compiles(annual: Annual) -> None:
    """Refuse what no report can be made of; raises `ValidationError`."""
    try:
        draft(annual, clock.today())
    except CompileError as problem:
        raise refusal(annual, problem) from problem


def _change(text: str) -> str:
    """Return by how much a cell is adjusted; raises `ValidationError`."""
    try:
        found = plain(text)
    except ValidationError as problem:
        raise ValidationError({"change": problem.messages}) from problem
    if not found or not Decimal(found):
        raise ValidationError({"change": _("请写明增加或者减少多少，如 1 或 -1")})
    return found


def _refuse_wrong(given: Iterable[Given]) -> None:
    """Refuse figures, and their sources, with all that is wrong: `ValidationError`."""
    faults: dict[str, list[str]] = {}
    for each in given:
        faults |= {cell: [why] for cell, why in wrong(each.values).items()}
        try:
            masking.to_keep(each.source, each.field)
        except ValidationError as problem:
            faults |= problem.message_dict
    if faults:
        raise ValidationError(faults)
