"""Which comes first, review or suit: what is asked where the law has another order.

行政复议法第二十三条: against some answers there is no suit before a review. 第二十九条,
行政诉讼法第四十四条: while a review that was taken in goes on there is no suit, and once a
court has taken a suit in there is no review. Whether one is taken in all the same is the
court's or the review organ's own; the register asks how it came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case.replaying import replay
from mingtang.law.grounds import OpenRemedyError, Remedy, remedy_for
from mingtang_web.cases import bridge
from mingtang_web.disputes.models import Dispute, Procedure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.cases.models import Case
    from mingtang_web.disputes.actions import Filing


def questions(asked: Filing) -> list[str]:
    """Return what is asked of a filing that the law would have come otherwise; [] nothing.

    One query, two for a suit without a review.
    """
    return [*_overlapping(asked), *_unreviewed(asked)]


def review_first(cases: Iterable[Case], filed: date) -> list[Case]:
    """Return the cases whose answer of then had to go to review before a suit (复议前置).

    行政复议法第二十三条. One query for the histories.
    """
    rows = list(cases)
    known = bridge.histories(case.pk for case in rows) if rows else {}
    return [case for case in rows if _to_review(known.get(case.pk, ()), filed)]


def _to_review(history: tuple[Event, ...], filed: date) -> bool:
    if not history:
        return False
    given = (each.answer for each in reversed(replay(history).rounds))
    answer = next((each for each in given if each and each.on <= filed), None)
    if answer is None:
        return False
    try:
        return remedy_for(answer.ground, answer.on, answer.withheld) is Remedy.RF
    except OpenRemedyError:
        return False


def _unreviewed(asked: Filing) -> list[str]:
    """Return what is asked of a suit that no review preceded though the law wants one."""
    if asked.procedure != Procedure.SUIT or asked.after_review or asked.review:
        return []
    found = review_first(asked.cases, asked.filed)
    if not found:
        return []
    why = _(
        "%(numbers)s的答复依法应当先申请行政复议，对复议决定不服再起诉（复议前置，"
        "行政复议法第二十三条）。经过复议的，请勾选“诉讼之前经过复议”或者填写复议的登记号；"
        "没有经过复议、法院确已立案的，请写明情况再登记"
    )
    return [why % {"numbers": "、".join(case.number for case in found)}]


def _overlapping(asked: Filing) -> list[str]:
    """Return what is asked where review and suit of a case go on at the same time."""
    is_suit = asked.procedure == Procedure.SUIT
    over = Q(cases__in=[case.pk for case in asked.cases])
    rows = Dispute.objects.filter(over, body=asked.body)
    rows = rows.exclude(procedure=asked.procedure)
    rows = rows.filter(Q(ended=None) | Q(ended__gt=asked.filed)).order_by("filed", "id")
    if not is_suit:  # what was entered as a suit after a review has had this one
        known = Q(kind="suit_after_review", filed__gte=asked.filed)
        rows = rows.exclude(known)
    other = rows.first()
    if other is None:
        return []
    if is_suit:
        why = _suit(suit_first=asked.filed < other.filed)
    else:
        why = _review(suit_first=other.filed <= asked.filed)
    words = {"number": other.number, "day": asked.filed, "filed": other.filed}
    return [why % words]


def _suit(*, suit_first: bool) -> str:
    if suit_first:
        return _(
            "%(day)s提起诉讼之后，又有行政复议（%(number)s，%(filed)s提起）："
            "法院已经受理的，不得再申请复议（行政复议法第二十九条）。请核对两件的提起日期；"
            "确是如此的（如申请复议的不是原告），请写明情况再登记"
        )
    return _(
        "所涉案件的行政复议（%(number)s）到%(day)s提起诉讼时还没有审结：复议机关已经受理的，"
        "复议期间不得起诉（行政复议法第二十九条，行政诉讼法第四十四条）。"
        "复议已经审结的，请先登记结果；"
        "法院确已立案的（如起诉的不是申请复议的人），请写明情况再登记"
    )


def _review(*, suit_first: bool) -> str:
    if suit_first:
        return _(
            "所涉案件的行政诉讼（%(number)s）到%(day)s申请复议时还没有审结：法院已经受理的，"
            "不得再申请复议（行政复议法第二十九条）。诉讼已经审结的，请先登记结果；"
            "复议机关确已受理的（如申请复议的不是原告），请写明情况再登记"
        )
    return _(
        "%(day)s申请复议之后，又有行政诉讼（%(number)s，%(filed)s提起）：复议机关已经受理的，"
        "复议期间不得起诉（行政复议法第二十九条，行政诉讼法第四十四条）。请核对两件的提起日期；"
        "起诉时复议已经审结，或者确在复议期间起诉的（如起诉的不是申请复议的人），"
        "请写明情况再登记"
    )
