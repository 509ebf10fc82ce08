"""The forms of reviews and suits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang.case import disputes as d
from mingtang.case.outcome import outcomes
from mingtang_web import typed
from mingtang_web.cases.models import Case
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.disputes.actions import Filing, Followed, Order
from mingtang_web.disputes.models import Dispute, Filer, Position, Procedure
from mingtang_web.words import spoken, spoken_later

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang.case.disputes import DisputeEvent
    from mingtang_web.bodies.models import Body

OUTCOMES = {known.id: spoken_later(known.title) for known in outcomes()}
OFFERED = 100
"""So many numbers are offered while one is typed."""
_PLAIN = {
    "answered": d.Answered,
    "suspended": d.Suspended,
    "resumed": d.Resumed,
    "appealed": d.Appealed,
}


class FilingForm(Submission):
    """A review or suit as the body learns of it."""

    procedure = forms.ChoiceField(label=_("程序"), choices=Procedure)
    filed = DayField(
        label=_("提起日期"), help_text=_("复议申请、起诉状上的受理或者立案日期")
    )
    organ = typed.Text(label=_("复议机关或者法院"), max_length=100)
    organ_known = typed.Text(
        label=_("名称的依据"),
        max_length=200,
        required=False,
        help_text=_("只在提示名称不像机关、而确是机关时填写：从哪份文书看到，会记入台账"),
    )
    organ_number = typed.Text(label=_("案号"), max_length=60, required=False)
    position = forms.ChoiceField(
        label=_("本机关的地位"),
        choices=Position,
        help_text=_("只有作为被申请人、被告的计入本机关年报表四"),
    )
    filer = forms.ChoiceField(label=_("提起人"), choices=Filer)
    numbers = typed.Text(
        label=_("所涉案件编号"),
        required=False,
        help_text=_("输入时列出最近答复的案件，可以选；别的直接写编号，几个之间用空格隔开"),
    )
    after_review = forms.BooleanField(
        label=_("诉讼之前经过复议"), required=False, help_text=_("计入“复议后起诉”")
    )
    review = typed.Text(
        label=_("此前复议的登记号"),
        required=False,
        help_text=_("如 复议2026-001，没有登记的可不填"),
    )
    another = forms.BooleanField(
        label=_("确是另一件"),
        required=False,
        help_text=_(
            "只在提示已有同一案号，或者本案已有未审结的同类案件、而这一件确与它不同时勾选"
        ),
    )
    beside = typed.Text(
        label=_("复议与诉讼先后的情况"),
        max_length=200,
        required=False,
        help_text=_(
            "只在提示复议、诉讼同时进行，或者依法应当先复议时填写；不写姓名和号码，会记入台账"
        ),
    )
    learnt = typed.Text(
        label=_("提起人从何得知答复"),
        max_length=200,
        required=False,
        help_text=_("只在答复还没有发出就被提起时填写；不写姓名和号码"),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies in which the person may file."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["numbers"].widget.attrs["list"] = "decided"
        self.fields["review"].widget.attrs["list"] = "reviews"
        self.decided, self.reviews = _decided(bodies), _reviews(bodies)
        self.order_fields(("key", "version", "body"))

    def clean(self) -> dict[str, Any]:
        """Find the cases and the review by their numbers, in the body's own registers."""
        said = super().clean() or self.cleaned_data
        body = said.get("body")
        said["cases"], said["found"] = [], None
        if body is None:
            return said
        numbers = set(said.get("numbers", "").replace("、", " ").split())
        rows = list(Case.objects.filter(body=body, number__in=numbers))
        unknown = numbers - {case.number for case in rows}
        if unknown:
            self.add_error("numbers", f"本机关没有编号为{'、'.join(sorted(unknown))}的案件")
        said["cases"] = rows
        number = said.get("review", "").strip()
        if number:
            said["found"] = Dispute.objects.filter(body=body, number=number).first()
            if said["found"] is None:
                self.add_error("review", f"没有登记号为{number}的复议")
        return said

    def filing(self) -> Filing:
        """Return what was entered."""
        said = self.cleaned_data
        return Filing(
            body=said["body"],
            procedure=Procedure(said["procedure"]),
            filed=said["filed"],
            position=Position(said["position"]),
            filer=said["filer"],
            organ=said["organ"],
            organ_known=said["organ_known"],
            organ_number=said["organ_number"],
            cases=said["cases"],
            review=said["found"],
            after_review=said["after_review"],
            another=said["another"],
            learnt=said["learnt"],
            beside=said["beside"],
        )


def _decided(bodies: list[Body]) -> QuerySet[Case]:
    """Return the cases last answered, whose answers may be disputed: one query."""
    rows = Case.objects.filter(body__in=bodies).exclude(ground="")
    return rows.only("number", "subject").order_by("-decided", "-id")[:OFFERED]


def _reviews(bodies: list[Body]) -> QuerySet[Dispute]:
    """Return the reviews last filed: one query."""
    rows = Dispute.objects.filter(body__in=bodies, procedure=Procedure.REVIEW)
    return rows.only("number", "organ").order_by("-filed", "-id")[:OFFERED]


class ActForm(Submission):
    """Something that happened on a day."""

    on = DayField(label=_("日期"))

    def __init__(self, *args: Any, kind: str, dispute: Dispute, **more: Any) -> None:  # noqa: ANN401
        """Remember what is recorded in what; fields have ids of their own on the page."""
        super().__init__(*args, version=dispute.version, auto_id=f"id_{kind}_%s", **more)
        self.kind, self.dispute = kind, dispute

    def event(self) -> DisputeEvent:
        """Return what was entered as an event."""
        return _PLAIN[self.kind](on=self.cleaned_data["on"])

    def order(self) -> Order:
        """Return what a ruling orders: nothing, unless the form asks for it."""
        return Order()


class CopyForm(ActForm):
    """The copy of the application or complaint came."""

    simple = forms.BooleanField(label=_("适用简易程序"), required=False)
    answer_by = DayField(
        label=_("指定的答复期限"),
        required=False,
        help_text=_("通知书写明了日期的填写；没有写明的，按法定期限计算"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Say which term the law gives here."""
        super().__init__(*args, **more)
        if self.dispute.procedure == Procedure.SUIT:
            self.fields["answer_by"].help_text = _(
                "通知书写明了日期，或者法院准许延期的填写；没有写明的，自收到之日起15日"
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the day where the court alone can set it."""
        said = super().clean() or self.cleaned_data
        is_suit = self.dispute.procedure == Procedure.SUIT
        if is_suit and said.get("simple") and not said.get("answer_by"):
            why = _(
                "诉讼适用简易程序的，期限由法院确定，请按通知书填写；"
                "通知书没有写明的，先不勾选简易程序，按15日提醒"
            )
            self.add_error("answer_by", why)
        return said

    def event(self) -> DisputeEvent:
        """Return the day, and by which procedure the answer is due."""
        said = self.cleaned_data
        return d.CopyReceived(
            on=said["on"], simple=said["simple"], answer_by=said["answer_by"]
        )


class RulingForm(ActForm):
    """A decision or judgment, and whether it orders a new answer."""

    outcome = forms.ChoiceField(label=_("审理结果"))
    final = forms.BooleanField(
        label=_("已经生效"),
        required=False,
        help_text=_("复议决定、二审裁判，或者一审裁判过了上诉期没有上诉"),
    )
    reopens = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("责令重新处理的案件"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选的案件随即重新办理，期限另算；只列已经作出过决定的"),
    )
    document = typed.Text(
        label=_("决定书、判决书的文号"),
        max_length=60,
        required=False,
        help_text=_("勾选了案件的须填写，重新作出的答复要写明"),
    )
    answer_by = DayField(
        label=_("裁决确定的履行、答复期限"),
        required=False,
        help_text=_("生效后到期前提醒；二审维持的也照填。重新处理而没有写明的，按法定期限"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer the results of this procedure, and the cases that were answered."""
        super().__init__(*args, **more)
        procedure = self.dispute.procedure
        known = [(o.id, spoken(o.title)) for o in outcomes() if o.procedure == procedure]
        self.fields["outcome"].choices = [("", "请选择"), *known]  # type: ignore[attr-defined]
        linked = self.dispute.cases.exclude(ground="").order_by("number")
        if linked:
            self.fields["reopens"].queryset = linked  # type: ignore[attr-defined]
        else:
            del self.fields["reopens"], self.fields["document"]
        if procedure == Procedure.REVIEW:
            self.fields["final"].widget = forms.HiddenInput()

    def event(self) -> DisputeEvent:
        """Return the ruling; a decision on review binds."""
        said = self.cleaned_data
        final = said["final"] or self.dispute.procedure == Procedure.REVIEW
        return d.Ruled(on=said["on"], outcome=said["outcome"], final=final)

    def order(self) -> Order:
        """Return the cases to be answered anew, and by when."""
        said = self.cleaned_data
        named = list(said.get("reopens") or ())
        return Order(named, said.get("answer_by"), said.get("document", ""))


class NoteForm(Submission):
    """What was done after, or is to be done."""

    on = DayField(label=_("日期"))
    text = typed.Text(
        label=_("内容"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不写个人姓名和号码"),
    )
    performs = forms.BooleanField(
        label=_("决定、裁判已履行完毕"), required=False, help_text=_("勾选后不再提醒")
    )

    def __init__(self, *args: Any, dispute: Dispute, **more: Any) -> None:  # noqa: ANN401
        """Ask for the performance where one is due."""
        super().__init__(*args, auto_id="id_note_%s", **more)
        if not dispute.perform_by or dispute.performed:
            del self.fields["performs"]

    def followed(self) -> Followed:
        """Return what was entered."""
        said = self.cleaned_data
        return Followed(said["on"], said["text"], performs=said.get("performs", False))


class StrikeForm(Submission):
    """Why a record is struck."""

    why = typed.Text(label=_("更正原因"), max_length=200)


def act_form(kind: str, dispute: Dispute, data: Any = None) -> ActForm:  # noqa: ANN401
    """Return the form of what can be recorded in a dispute."""
    if kind == "copy_received":
        return CopyForm(data, kind=kind, dispute=dispute)
    made = RulingForm if kind == "ruled" else ActForm
    return made(data, kind=kind, dispute=dispute)
