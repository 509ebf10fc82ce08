"""What a review or suit must be to stand in the register, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case import proceedings
from mingtang_web import masking
from mingtang_web.cases import bridge as case_bridge
from mingtang_web.cases.actions import not_in_the_future
from mingtang_web.cases.rules import rulebook
from mingtang_web.disputes.models import Dispute, Procedure
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang_web.cases.models import Case
    from mingtang_web.disputes.actions import Filing


def check(asked: Filing) -> None:
    """Let a filing pass that can be so; raises `ValidationError` and `FutureError`."""
    not_in_the_future(asked.filed)
    _check_organ(asked)
    number_free(asked.organ_number, "organ_number")
    if any(case.body_id != asked.body.pk for case in asked.cases):
        raise ValidationError({"cases": _("只能关联本机关的案件")})
    early = untimely(asked.cases, asked.filed)
    if early:
        raise ValidationError({"filed": early})
    review = asked.review
    if review and (review.body_id != asked.body.pk or review.procedure != Procedure.REVIEW):
        raise ValidationError({"review": _("此前的复议须是本机关登记的一件行政复议")})
    if asked.procedure == Procedure.REVIEW and (review or asked.after_review):
        raise ValidationError({"review": _("只有诉讼才有此前的复议")})
    _not_again(asked)


def _check_organ(asked: Filing) -> None:
    organ, body = "".join(asked.organ.split()), asked.body
    court, suit = "法院" in organ, asked.procedure == Procedure.SUIT
    why = ""
    if not organ:
        why = _("请填写复议机关或者法院的全称")
    elif organ in {body.name, body.short_name}:
        why = _("本机关不会审理自己的案件，请填写复议机关或者法院的全称")
    elif court != suit:
        why = (
            _("行政诉讼由法院审理，请填写法院的全称") if suit else _("行政复议不由法院审理")
        )
    if why:
        raise ValidationError({"organ": why})
    number_free(asked.organ, "organ")


def number_free(text: str, field: str) -> None:
    """Refuse a person's number in a field; raises `ValidationError`."""
    try:
        masking.no_personal_data(text)
    except ValidationError as problem:
        raise ValidationError({field: problem.messages}) from problem


def _not_again(asked: Filing) -> None:
    """Let a dispute pass that is not in the register, or surely another one."""
    same = Q(cases__in=[case.pk for case in asked.cases])
    if asked.organ_number.strip():
        same |= Q(organ=asked.organ.strip(), organ_number=asked.organ_number.strip())
    rows = Dispute.objects.filter(
        same, body=asked.body, procedure=asked.procedure, ended=None
    )
    found = None if asked.another else rows.first()
    if found:
        words = {"what": found.get_procedure_display(), "number": found.number}
        why = _("本案已有未审结的%(what)s（%(number)s）；确是另一件的，请勾选后再登记")
        raise ValidationError({"another": why % words})


def untimely(cases: Iterable[Case], filed: date) -> list[str]:
    """Return why cases cannot have been disputed on a day, for each that cannot.

    One query for the histories.
    """
    rows = list(cases)
    histories = case_bridge.histories(case.pk for case in rows) if rows else {}
    found = []
    for case in rows:
        why = proceedings.untimely(histories[case.pk], filed, rulebook(case.body))
        if why:
            found.append(f"{case.number}：{spoken(why)}")
    return found
