"""The administrators' forms: accounts, appointments, loans, bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock, typed
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Delegation, Kind, Membership, Role, Section
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission
from mingtang_web.keeping import tree
from mingtang_web.keeping.recording import By
from mingtang_web.masking import no_personal_data

if TYPE_CHECKING:
    from django.db.models import QuerySet

SINCE, UNTIL = gettext_lazy("自"), gettext_lazy("至（含当日）")


class Kept(Submission):
    """A form of looking after: who does it, with the form's own token."""

    def by(self, actor: User) -> By:
        """Return who changes something, with which token."""
        return By(actor, self.cleaned_data["key"])


def _text(label: object, length: int, **more: Any) -> typed.Text:  # noqa: ANN401
    return typed.Text(label=label, max_length=length, **more)  # type: ignore[arg-type]


def _body(label: object, **more: Any) -> forms.ModelChoiceField[Body]:  # noqa: ANN401
    return forms.ModelChoiceField(label=label, queryset=Body.objects.none(), **more)  # type: ignore[arg-type]


class CardForm(Kept):
    """A person's name, and how they are reached."""

    display_name = _text(gettext_lazy("姓名"), 50)
    email = typed.Email(label=gettext_lazy("电子邮箱"), required=False)
    phone = _text(gettext_lazy("联系电话"), 20, required=False)


class Appointing(Kept):
    """A role in a body from a day on."""

    body = _body(gettext_lazy("机关"))
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    section = forms.ModelChoiceField(
        label=gettext_lazy("内设机构"), queryset=Section.objects.none(), required=False
    )
    since = DayField(label=SINCE, initial=clock.today)
    until = DayField(label=UNTIL, required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that the person administers and that still are."""
        super().__init__(*args, **more)
        _offer(self, "body", bodies.filter(closed_on=None))
        here = list(bodies[:2])
        if len(here) == 1:
            self.fields["body"].widget = forms.HiddenInput()
            self.fields["body"].initial = here[0]
            _offer(self, "section", Section.objects.filter(body=here[0]))
        else:  # a section is chosen where its body is plain
            del self.fields["section"]

    def membership(self, user: User) -> Membership:
        """Return the appointment as it was filled in, unsaved."""
        names = ("body", "role", "section", "since", "until")
        return Membership(user=user, **{n: self.cleaned_data.get(n) for n in names})


class OpeningForm(Appointing, CardForm):
    """A new person, with a first role."""

    username = _text(
        gettext_lazy("用户名"),
        30,
        help_text=gettext_lazy(
            "登录时用，建立后不再改；用字母、数字，不用证件号码、手机号码"
        ),
        validators=[no_personal_data],
    )
    field_order = (
        "key", "version", "display_name", "username", "email", "phone",
        "body", "role", "section", "since", "until",
    )  # fmt: skip

    def user(self) -> User:
        """Return the person as they were filled in, unsaved."""
        names = ("username", "display_name", "email", "phone")
        return User(**{name: self.cleaned_data[name] for name in names})


class PersonField(typed.Text):
    """Somebody with an account, by the username."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape
        "unknown": gettext_lazy("没有“%(name)s”这个用户名，请核对；还没有的，先建立账号")
    }

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Return the account."""
        name = super().clean(value)
        found = User.objects.filter(username=name).first()
        if found is None:
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"name": name}
            )
        return found


class StaffingForm(Appointing):
    """A role in this body, for somebody with an account."""

    user = PersonField(label=gettext_lazy("用户名"), max_length=150)
    field_order = ("key", "version", "body", "user", "role", "section", "since", "until")


class EndingForm(Kept):
    """The last day of a role."""

    until = DayField(
        label=gettext_lazy("最后一天"),
        initial=clock.today,
        help_text=gettext_lazy("填昨天即立刻停止；经手的记录都保留"),
    )


class WhyForm(Kept):
    """A reason that is kept for long."""

    why = _text(
        gettext_lazy("原因"),
        200,
        help_text=gettext_lazy("如调离、退休；记入台账，长期留存"),
        validators=[no_personal_data],
    )


class LendingForm(Kept):
    """A person's roles in a body, lent to another for some days."""

    body = _body(gettext_lazy("机关"))
    borrower = PersonField(label=gettext_lazy("受托人的用户名"), max_length=150)
    since = DayField(label=SINCE, initial=clock.today)
    until = DayField(label=UNTIL)
    reason = _text(gettext_lazy("事由"), 200, validators=[no_personal_data])

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies in which there is something to lend."""
        super().__init__(*args, **more)
        _offer(self, "body", bodies.filter(closed_on=None))

    def loan(self, lender: User) -> Delegation:
        """Return the loan as it was filled in, unsaved."""
        names = ("body", "borrower", "since", "until", "reason")
        return Delegation(lender=lender, **{n: self.cleaned_data[n] for n in names})


class NamesForm(Kept):
    """What a body is called."""

    name = _text(gettext_lazy("全称"), 100)
    short_name = _text(gettext_lazy("简称"), 30)
    letter_code = _text(
        gettext_lazy("机关代字"),
        20,
        help_text=gettext_lazy("文号里的字，如“西建”"),
    )

    def named(self) -> tree.Named:
        """Return the names as they were filled in."""
        return tree.Named(*(self.cleaned_data[name] for name in tree.NAMES))


class RenamingForm(NamesForm):
    """What a body is called from a day on."""

    since = DayField(label=gettext_lazy("启用日期"), initial=clock.today)


class ContactForm(Kept):
    """What letters and lists tell of a body beside its names."""

    code = _text(gettext_lazy("统一社会信用代码"), 18)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Kind.choices)
    region = _text(
        gettext_lazy("行政区划代码"), 12, help_text=gettext_lazy("6位、9位或者12位数字")
    )
    disclosure_office = _text(gettext_lazy("公开工作机构"), 60, required=False)
    address = _text(gettext_lazy("通信地址"), 200, required=False)
    telephone = _text(gettext_lazy("联系电话"), 40, required=False)
    fax = _text(gettext_lazy("传真"), 40, required=False)
    office_hours = _text(gettext_lazy("办公时间"), 100, required=False)
    online_channel = _text(gettext_lazy("在线申请渠道"), 200, required=False)
    review_organ = _text(gettext_lazy("行政复议机关"), 100, required=False)
    review_online = _text(gettext_lazy("行政复议网上渠道"), 200, required=False)
    court = _text(gettext_lazy("管辖法院"), 100, required=False)

    def card(self) -> dict[str, str]:
        """Return what was filled in."""
        return {name: self.cleaned_data[name] for name in tree.CARD}


class FoundingForm(NamesForm, ContactForm):
    """A new body and where it stands."""

    parent = _body(gettext_lazy("主管机关"))
    field_order = ("key", "version", "parent", "name", "short_name", "letter_code")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that the person administers."""
        super().__init__(*args, **more)
        _offer(self, "parent", bodies.filter(closed_on=None))

    def body(self) -> Body:
        """Return the body as it was filled in, unsaved."""
        names = self.named()._asdict() | self.card()
        return Body(parent=self.cleaned_data["parent"], **names)


class MovingForm(Kept):
    """Another parent."""

    parent = _body(gettext_lazy("新的主管机关"))

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that the person administers."""
        super().__init__(*args, **more)
        _offer(self, "parent", bodies.filter(closed_on=None))


class ClosingForm(Kept):
    """From when a body is no more, and which one goes on in its stead."""

    on = DayField(label=gettext_lazy("撤销日期"), initial=clock.today)
    into = _body(
        gettext_lazy("并入"),
        required=False,
        help_text=gettext_lazy("撤销而没有并入的，不选"),
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that the person administers."""
        super().__init__(*args, **more)
        _offer(self, "into", bodies.filter(closed_on=None))


class StagesForm(Kept):
    """Whether a body's reports pass a section before the office."""

    with_section = forms.BooleanField(
        label=gettext_lazy("先经承办机构审核，再由公开工作机构审核"),
        required=False,
        help_text=gettext_lazy(
            "每个环节、签发都要不同的人。只有三个人的机关（一人编制、一人审核、一人签发），"
            "可以不设承办机构环节，送审后直接到公开工作机构"
        ),
    )


class SectionForm(Kept):
    """A section's name."""

    name = _text(gettext_lazy("名称"), 50)


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - by the class
    field.queryset = rows
    field.empty_label = _("请选择") if field.required else _("（无）")
