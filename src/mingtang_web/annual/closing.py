"""Years whose report is signed: what joins their figures now is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.annual.models import Annual, State

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

_TOLD = (State.SIGNED, State.PUBLISHED)


def closed(body: Body, year: int) -> str:
    """Return what follows where a year's report is signed; blank where none is: one query.

    国办公开办函〔2021〕30号: a report that no longer says what is true is corrected.
    """
    told = settled(body, year)
    if told is None:
        return ""
    why = _(
        "%(year)s年度的年度报告%(state)s：这一件将计入该年新收，报告上没有它，登记后须更正年度报告"
    )
    return why % {"year": year, "state": told.get_state_display()}


def settled(body: Body, year: int) -> Annual | None:
    """Return the last issue of a year's report that was signed, none: one query."""
    rows = Annual.objects.filter(body=body, year=year, state__in=_TOLD)
    return rows.order_by("-issue").first()
