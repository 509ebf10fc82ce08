"""What a review or suit must be to stand in the register, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case import proceedings
from mingtang_web import masking
from mingtang_web.bodies.models import Body
from mingtang_web.cases import bridge as case_bridge
from mingtang_web.cases.actions import not_in_the_future
from mingtang_web.cases.naming import named
from mingtang_web.cases.rules import rulebook
from mingtang_web.disputes.models import Dispute, Procedure
from mingtang_web.disputes.orders import questions
from mingtang_web.disputes.organs import is_court, is_organ
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.cases.models import Case
    from mingtang_web.disputes.actions import Filing

UNSENT = proceedings.Untold.UNSENT
_BY = "organ", "organ_number"
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


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
    _check_learnt(asked)
    words = {"learnt": asked.learnt, "organ_known": asked.organ_known}
    words["beside"] = asked.beside
    number_free(asked.beside, "beside")
    names_nobody(asked.cases, organ=asked.organ, **words)
    _not_again(asked)
    why = [] if asked.beside.strip() else questions(asked)
    if why:
        raise ValidationError({"beside": why})


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
    elif not asked.organ_known.strip() and not _known_organ(organ, asked):
        why = _no_organ(asked.organ.strip(), suit=suit)
    if why:
        raise ValidationError({"organ": why})
    number_free(asked.organ, "organ")
    number_free(asked.organ_known, "organ_known")


def _known_organ(organ: str, asked: Filing) -> bool:
    """Return whether a name is an organ's by its look, or one that this house knows."""
    if is_court(organ) if asked.procedure == Procedure.SUIT else is_organ(organ):
        return True
    if organ in {asked.body.review_organ, asked.body.court}:
        return True
    return Body.objects.filter(Q(name=organ) | Q(review_organ=organ)).exists()


def _no_organ(organ: str, *, suit: bool) -> str:
    if suit:
        why = _(
            "“%(organ)s”不像一个法院的全称（如“某某区人民法院”）；"
            "法院确是这个名称的，请在“名称的依据”写明从哪份文书看到，再登记"
        )
    else:
        why = _(
            "“%(organ)s”不像复议机关的全称（如“某某区人民政府”“某某市司法局”），不要填写个人姓名；"
            "确是复议机关的，请在“名称的依据”写明从哪份文书看到，再登记"
        )
    return why % {"organ": organ}


def number_free(text: str, field: str) -> None:
    """Refuse a person's number in a field; raises `ValidationError`."""
    try:
        masking.no_personal_data(text)
    except ValidationError as problem:
        raise ValidationError({field: problem.messages}) from problem


def names_nobody(cases: Iterable[Case], **words: str) -> None:
    """Let words be kept of a dispute that name nobody of its cases, whoever is asked.

    Raises `ValidationError`, which names the field by the word's own.
    """
    for case in cases:
        for field, text in words.items():
            why = named(case, text)
            if why:
                raise ValidationError({field: why})


def _check_learnt(asked: Filing) -> None:
    """Ask how a decision that was not sent was known to whoever disputes it."""
    number_free(asked.learnt, "learnt")
    unsent = [case for case, how in untold(asked.cases, asked.filed) if how == UNSENT]
    if unsent and not asked.learnt.strip():
        why = _(
            "%(numbers)s的答复到%(day)s还没有登记发出；已经发出的，请先在案件登记；"
            "确没有发出的，请写明提起人从何得知这一答复，再登记"
        )
        words = {"numbers": "、".join(c.number for c in unsent), "day": asked.filed}
        raise ValidationError({"learnt": why % words})


def _not_again(asked: Filing) -> None:
    """Let a dispute pass that is not in the register, or surely another one."""
    if asked.another:
        return
    known = Dispute.objects.filter(body=asked.body)
    same = _numbered_alike(asked, known)
    if same:
        words = {"what": same.get_procedure_display(), "number": same.number}
        why = _(
            "%(number)s（%(what)s）是同一机关的同一案号，是否同一件？"
            "是同一件的，不要重复登记，请在那里登记；确是另一件的，请勾选后再登记"
        )
        raise ValidationError({"another": why % words})
    over = Q(cases__in=[case.pk for case in asked.cases])
    found = known.filter(over, procedure=asked.procedure, ended=None).first()
    if found:
        words = {"what": found.get_procedure_display(), "number": found.number}
        why = _("本案已有未审结的%(what)s（%(number)s）；确是另一件的，请勾选后再登记")
        raise ValidationError({"another": why % words})


def _numbered_alike(asked: Filing, known: QuerySet[Dispute]) -> Dispute | None:
    """Return a dispute before the same organ under the same number, ended or not."""
    number, organ = _folded(asked.organ_number), _folded(asked.organ)
    if not number:
        return None
    rows = known.exclude(organ_number="").only("number", "procedure", *_BY)
    alike = (each for each in rows if _folded(each.organ_number) == number)
    return next((each for each in alike if _folded(each.organ) == organ), None)


def _folded(text: str) -> str:
    """Return a name or number without blanks, widths and the shapes of its brackets."""
    return "".join(normalize("NFKC", text).translate(_BRACKETS).split())


def untold(cases: Iterable[Case], filed: date) -> list[tuple[Case, proceedings.Untold]]:
    """Return the cases whose answer had not gone out or not arrived on a day.

    One query for the histories.
    """
    rows = list(cases)
    histories = case_bridge.histories(case.pk for case in rows) if rows else {}
    found = ((case, proceedings.untold(histories[case.pk], filed)) for case in rows)
    return [(case, how) for case, how in found if how is not None]


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
