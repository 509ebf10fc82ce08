"""The fields that acts ask for: one builder a name, with labels, hints and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.choosing import WITHHELD, ground_refusal
from mingtang.case.conditions import silent
from mingtang.case.consenting import need
from mingtang.case.events import (
    Decided,
    Delivered,
    Dispatched,
    FeeNoticeDelivered,
    Reopened,
)
from mingtang.case.overriding import objected
from mingtang.case.vocabulary import CAUSES
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.clock import due_date
from mingtang.law.fees import fee_of_item
from mingtang.law.grounds import CHOSEN, Remedy, ground
from mingtang.law.parts import part_title
from mingtang.law.terms import term
from mingtang_web import typed
from mingtang_web.cases.backing import unproved, unreasoned
from mingtang_web.cases.deliveries import records
from mingtang_web.cases.labels import DAYS
from mingtang_web.cases.queries import position_in_month
from mingtang_web.cases.questioning import doubted
from mingtang_web.days import DayField
from mingtang_web.desk.forms_others import OTHERS
from mingtang_web.desk.wording import BASES, REMEDIES, choices
from mingtang_web.masking import no_personal_data
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from mingtang.case.act import Act
    from mingtang.case.state import Opinion
    from mingtang_web.desk.forms_others import Builder
    from mingtang_web.desk.opening import Opened
    from mingtang_web.letters.models import DeliveryRecord

ASKED = {
    "consulted": ("on", "name", "kind", "phone", "address"),
    "fee_notified": ("on", "basis", "pages"),
    "decided": ("on", "withheld", "remedy", "overrides"),
    "split": ("on", "subjects"),
    "transferred": ("on", "to", "other"),
}
"""What acts ask for whose event does not hold all of it, or holds more."""
CORRECTION, REASON = 15, 10
"""Working days proposed for a correction and for a reason; the law says 合理期限."""
_TOLD = {
    "dispatched": Dispatched,
    "delivered": Delivered,
    "fee_notice_delivered": FeeNoticeDelivered,
}
_DISPATCH = {"direct": "direct", "post": "post", "electronic": "electronic", "fax": "fax"}


def field(name: str, seen: Opened, act: Act, code: str) -> forms.Field | None:
    """Return the field of that name for an act; None where the act does not ask for it."""
    return _BUILDERS[name](seen, act, code)


def _on(seen: Opened, act: Act, _code: str) -> forms.Field:
    label = str(DAYS.get(act.event, _("日期")))
    sent, out = _delivery(seen, act), act.event == "dispatched"
    day = (sent.dispatched if out else sent.received) if sent else None
    if day is None:
        return DayField(label=label, initial=seen.today)
    return DayField(label=label, initial=day, help_text=_("已按文书的送达记录预填"))


def _delivery(seen: Opened, act: Act) -> DeliveryRecord | None:
    """Return the last record of the delivery that an act would tell; none where none is."""
    told = _TOLD.get(act.event)
    return records(seen.case, told).last() if told else None


def _until(seen: Opened, act: Act, _code: str) -> forms.Field:
    days = CORRECTION if act.event == "correction_asked" else REASON
    hint = _("须给出合理的期限，文书写明这一天；预填的是%(n)s个工作日后") % {"n": days}
    try:
        start = due_date(seen.today, days, seen.rules.calendar)
    except UncoveredYearError:
        start = None
    return DayField(label=_("请申请人答复至"), initial=start, help_text=hint)


def _answer_by(_seen: Opened, act: Act, _code: str) -> forms.Field:
    if act.event == "reopened":
        hint = _("决定、判决定有期限的填写；没有的按法定期限重新计算")
    else:
        hint = _("另定合理的延迟答复期限的填写；不填则照原期限")
    return DayField(label=_("答复期限至"), required=False, help_text=hint)


def _choice(name: str, label: str | _StrPromise) -> Callable[..., forms.Field]:
    def built(_seen: Opened, _act: Act, _code: str) -> forms.Field:
        offered = [("", _("请选择")), *choices(name).items()]
        return forms.ChoiceField(label=label, choices=offered)

    return built


def _stance(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    offered = list(choices("stance").items())
    return forms.ChoiceField(
        label=_("对方的意见"), choices=offered, widget=forms.RadioSelect
    )


def _mode(seen: Opened, act: Act, _code: str) -> forms.Field:
    sent = _delivery(seen, act)
    start = sent.mode if sent else _DISPATCH.get(seen.case.delivery)
    offered = list(choices("mode").items())
    return forms.ChoiceField(label=_("送达方式"), choices=offered, initial=start)


def _party(seen: Opened, act: Act, _code: str) -> forms.Field:
    open_ones = seen.history.round.open_opinions
    if act.event == "consultation_delivered":
        open_ones = tuple(each for each in open_ones if each.delivered is None)
    if act.event == "silence_noted":
        open_ones = tuple(each for each in open_ones if silent(each, seen.now))
    offered = [(each.party, _asked(each, seen)) for each in open_ones]
    return forms.ChoiceField(label=_("被征求意见者"), choices=offered)


def _asked(opinion: Opinion, seen: Opened) -> str:
    name = seen.names.get(opinion.party, opinion.party)
    return f"{choices('role')[opinion.role]} {name}（{opinion.sent}）"


def _days(seen: Opened, _act: Act, _code: str) -> forms.Field:
    most = term("extension", seen.history.received or seen.today).amount
    hint = _("最多%(n)s个工作日，只可延长一次") % {"n": most}
    label = _("延长多少个工作日")
    return typed.Whole(label=label, initial=most, min_value=1, help_text=hint)


def _basis(seen: Opened, _act: Act, _code: str) -> forms.Field:
    position = position_in_month(seen.case)
    yuan = fee_of_item(position, seen.today)
    hint = _("本件是该申请人当月第%(n)s件，按件计收为%(yuan)s元；按量计收须填页数")
    return forms.ChoiceField(
        label=_("计费方式（同一件只用一种）"),
        choices=list(BASES.items()),
        initial="items" if yuan else "pages",
        widget=forms.RadioSelect,
        help_text=hint % {"n": position, "yuan": yuan},
    )


def _pages(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    hint = _("按量计收的填写；下一步列出逐档计算")
    return typed.Whole(
        label=_("页数"), required=False, min_value=1, max_value=1_000_000, help_text=hint
    )


def _yuan(seen: Opened, act: Act, _code: str) -> forms.Field:
    fee = seen.history.round.fee
    owed = fee.yuan if fee and act.event == "fee_paid" else None
    return typed.Whole(label=_("金额（元）"), initial=owed, min_value=1)


def _withheld(seen: Opened, _act: Act, code: str) -> forms.Field | None:
    if code != "P1":
        return None
    missing = _("请在文书的“不予公开的部分”逐项选定依据；救济途径随之而定")
    return forms.MultipleChoiceField(
        label=_("剔除的部分依据哪几条"),
        choices=part_choices(seen)[1:],
        widget=FromTheParts,
        error_messages={"required": missing},
    )


class FromTheParts(forms.MultipleHiddenInput):
    """The grounds of a partial answer, chosen once: part by part, in its letter.

    Where no part names one, those that were sent by themselves count. What is wrong
    with them is mended where the first part stands.
    """

    stands_at = "id_letter-withheld-0-ground"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ANN401
        """Return the grounds that the parts name, each once, in their order."""
        places = (f"letter-{name}-{row}-ground" for row in range(50))
        named = [str(data[place]) for place in places if data.get(place)]
        sent = super().value_from_datadict(data, files, name)
        return list(dict.fromkeys(named)) or list(sent or ())

    def render(self, *_args: object, **_more: object) -> SafeString:
        """Show nothing: the parts stand below."""
        return SafeString("")


def part_choices(seen: Opened) -> list[tuple[str, str]]:
    """Return the grounds a part may rest on, each with why not where it may not now."""
    offered = [("", _("请选择"))]
    for part in WITHHELD:
        why = ground_refusal(part, seen.now)
        shut = _("（现在不能选：%(why)s）") % {"why": spoken(why)} if why else ""
        offered.append((part, spoken(part_title(part)) + shut))
    return offered


def _remedy(_seen: Opened, _act: Act, code: str) -> forms.Field | None:
    if ground(code).remedy is not Remedy.BY_CASE:
        return None
    offered = [(each.value, REMEDIES[each]) for each in CHOSEN]
    return forms.ChoiceField(
        label=_("告知怎样的救济途径"),
        choices=offered,
        widget=forms.RadioSelect,
        help_text=_(
            "这类结果的救济途径视具体情形而定，须由经办人选定；"
            "不是依条例第十四至十六条不予公开的，不须先申请行政复议"
        ),
    )


def _overrides(seen: Opened, _act: Act, code: str) -> forms.Field | None:
    """Return why a third party's refusal does not stand; asked where one refused."""
    if code not in {"G2", "P1"} or not objected(seen.history):
        return None
    partly = code == "P1"
    offered = list(choices("overrides").items())
    hint = _("第三方不同意公开；理由写在送审理由里，公开的内容和理由须书面告知第三方")
    none = [("", _("不公开第三方不同意公开的内容"))] if partly else []
    return forms.ChoiceField(
        label=_("为什么不采纳第三方的意见"),
        choices=none + offered,
        required=not partly,
        widget=forms.RadioSelect,
        help_text=hint,
    )


def _note(seen: Opened, act: Act, code: str) -> forms.Field:
    sent = signed_by_another(seen, act, code)
    label = _("送审理由") if sent else _("说明")
    label = _("为什么这两件是同一申请") if act.id == "merge" else label
    hint = _("记入办理记录，长期留存；不写姓名、证件号、电话")
    doubt = _doubt(seen, act, code)
    if doubt:
        label = str(_NAMED_AS.get(act.id, label))
        hint = f"{doubt}。{hint}"
    known = {"withdraw": unproved, "reclassify": unreasoned}.get(act.id)
    missing = {"required": known()} if known else None
    return typed.Text(
        label=label,
        error_messages=missing,
        required=sent or act.id in _EXPLAINED or bool(doubt),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_personal_data],
        help_text=hint,
    )


_NAMED_AS = {
    "decide": gettext_lazy("这次有哪些新的事实、理由"),
    "reopen": gettext_lazy("为什么重新处理、依据哪份文书"),
}
"""What is asked beside an act that a ruling makes doubtful."""


def _doubt(seen: Opened, act: Act, code: str) -> str:
    """Return what is known to be doubtful of an act before anything of it is typed."""
    if act.id == "decide":
        made = Decided(on=seen.today, ground=code)
        return doubted(made, seen.now.case, seen.case)
    if act.id != "reopen":
        return ""
    rounds = (Reopened(on=seen.today, cause=cause) for cause in CAUSES)
    told = (doubted(each, seen.now.case, seen.case) for each in rounds)
    return "；".join(filter(None, told))


def signed_by_another(seen: Opened, act: Act, code: str) -> bool:
    """Return whether an act waits for somebody else's signature whatever is typed."""
    if act.id == "decide":
        made = Decided(on=seen.today, ground=code)
        return need(made, seen.now) is not None
    return act.id in TWO_PERSONS


_EXPLAINED = frozenset({"withdraw", "reclassify"})
"""Acts that one person does, and says by what it is known."""
TWO_PERSONS = frozenset({"extend", "transfer", "merge", "reopen"})
"""Acts that always take two persons; others do as `mingtang.case.consenting` says."""
_BUILDERS: Mapping[str, Builder] = {
    **OTHERS,
    "on": _on,
    "until": _until,
    "answer_by": _answer_by,
    "applicant": _choice("applicant", gettext_lazy("改为哪一类")),
    "cause": _choice("cause", gettext_lazy("为什么重新处理")),
    "stance": _stance,
    "mode": _mode,
    "party": _party,
    "days": _days,
    "basis": _basis,
    "pages": _pages,
    "yuan": _yuan,
    "withheld": _withheld,
    "remedy": _remedy,
    "overrides": _overrides,
    "note": _note,
}
