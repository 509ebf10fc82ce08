"""What is asked of an applicant, one thing a page; each says why and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import typed
from mingtang_web.applicants.betraying import traces
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.proving import (
    PAPERS,
    UNIFIED_CODE,
    check_number,
    check_phone,
    plain_number,
)
from mingtang_web.applicants.sealing import Person
from mingtang_web.asking import questions
from mingtang_web.cases.models import Attachment, Channel, Delivery, Form
from mingtang_web.files.examining import ENDINGS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from mingtang_web.asking.drafts import Said

KINDS = (
    (Kind.PERSON, gettext_lazy("我自己（自然人）：以个人名义申请")),
    (Kind.COMPANY, gettext_lazy("商业企业：公司、合伙企业、个人独资企业等")),
    (Kind.RESEARCH, gettext_lazy("科研机构：研究院所、高等学校等")),
    (Kind.CHARITY, gettext_lazy("社会公益组织：基金会、慈善组织、公益社团等")),
    (Kind.LEGAL_SERVICE, gettext_lazy("法律服务机构：律师事务所、公证处等")),
    (Kind.OTHER, gettext_lazy("其他组织：以上都不是的单位")),
)
DELIVERIES = (
    (Delivery.ELECTRONIC, gettext_lazy("发到我的电子邮箱")),
    (Delivery.POST, gettext_lazy("邮寄给我")),
    (Delivery.DIRECT, gettext_lazy("我到机关去取")),
    (Delivery.FAX, gettext_lazy("传真给我")),
)
FORMS = (
    (Form.ANY, gettext_lazy("都可以，看机关怎么保存的")),
    (Form.ELECTRONIC, gettext_lazy("电子文件")),
    (Form.PAPER, gettext_lazy("纸质复印件")),
    (Form.DISC, gettext_lazy("光盘等，装不下的大文件")),
    (Form.INSPECTION, gettext_lazy("我到机关查阅、抄录")),
    (Form.OTHER, gettext_lazy("其他形式：写在“具体要什么”里")),
)
ACCEPTED = ",".join(sorted({f".{end}" for ends in ENDINGS.values() for end in ends}))
Named = {"autocomplete": "off"}
_NO_PAPER = ("", gettext_lazy("现在不填"))


def _line(label: object, most: int, help_text: object = "", **attrs: str) -> typed.Text:
    return typed.Text(
        label=label,  # type: ignore[arg-type]
        max_length=most,
        required=False,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.TextInput(attrs),
    )


class Step(forms.Form):
    """One page of a request; ``said`` is what the pages before it say."""

    def __init__(self, said: Said, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.said = said

    def told(self) -> Said:
        """Return what a valid form says, to be kept."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


class KindForm(Step):
    """Natural person, or which of the organisations of the annual report's columns."""

    kind = forms.ChoiceField(
        label=gettext_lazy("您以什么身份申请"),
        choices=KINDS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("只用于统计；无论哪一种，申请的权利都一样"),
    )


class WhoForm(Step):
    """Name, what proves it, and a telephone.

    An organisation proves itself by its code first, a natural person has none.
    """

    name = typed.Text(max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    identity_kind = forms.ChoiceField(
        label=gettext_lazy("身份证明"),
        required=False,
        choices=[_NO_PAPER, *((each, each) for each in PAPERS)],
        help_text=gettext_lazy("申请须有身份证明；现在不填、也不上传的，机关可能请您补正"),
    )
    identity_number = _line(gettext_lazy("证件号码"), 40, **Named)
    contact = _line(gettext_lazy("联系人姓名"), 50, gettext_lazy("经办这件事的人"))
    phone = _line(
        gettext_lazy("联系电话"),
        40,
        gettext_lazy("机关用它与您联系；网上提交的，与您确认收到之日起计算答复期限"),
        inputmode="tel",
        autocomplete="tel",
    )

    by_agent = forms.BooleanField(
        label=gettext_lazy("我是代理人，替上面写的申请人提出（下一步填您自己的信息）"),
        required=False,
    )

    def __init__(self, said: Said, *args: object, **more: object) -> None:
        super().__init__(said, *args, **more)
        natural = said.get("kind") == Kind.PERSON
        self.fields["name"].label = _("姓名") if natural else _("单位全称")
        if natural:
            del self.fields["contact"]
        chosen = self.fields["identity_kind"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - as it stands above
        papers = [each for each in PAPERS if each != UNIFIED_CODE]
        if not natural:
            papers.insert(0, UNIFIED_CODE)
        chosen.choices = [_NO_PAPER, *((each, each) for each in papers)]

    def clean_phone(self) -> str:
        """Ask for a number that can be called."""
        phone: str = self.cleaned_data["phone"].strip()
        check_phone(phone)
        return phone

    def clean(self) -> dict[str, object]:
        """Hold paper and number against each other."""
        given = super().clean() or {}
        hold_paper(self, given, "identity_kind", "identity_number")
        return given


class AgentForm(Step):
    """Who asks in the applicant's stead, and what proves that they may."""

    agent = typed.Text(
        label=gettext_lazy("您（代理人）的姓名"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    agent_identity_kind = forms.ChoiceField(
        label=gettext_lazy("您的身份证明"),
        required=False,
        choices=[("", gettext_lazy("现在不填")), *((each, each) for each in PAPERS)],
    )
    agent_identity_number = _line(gettext_lazy("您的证件号码"), 40, **Named)
    agent_phone = _line(
        gettext_lazy("您的联系电话"), 40, inputmode="tel", autocomplete="tel"
    )
    authority = _line(
        gettext_lazy("授权委托书"),
        200,
        gettext_lazy(
            "哪一天出具的、委托您办什么，例如“2026-03-01出具，代为申请和签收”；下一页可以上传"
        ),
        **Named,
    )

    def clean(self) -> dict[str, object]:
        """Hold paper, number and telephone against what they can be."""
        given = super().clean() or {}
        given["agent_phone"] = str(given.get("agent_phone", "")).strip()
        try:
            check_phone(str(given["agent_phone"]))
        except ValidationError as fault:
            self.add_error("agent_phone", fault)
        hold_paper(self, given, "agent_identity_kind", "agent_identity_number")
        return given


def hold_paper(form: Step, given: dict[str, object], kind: str, name: str) -> None:
    """Hold the number of a paper against its kind; what is wrong stands at its field."""
    paper, number = str(given.get(kind, "")), plain_number(str(given.get(name, "")))
    given[name] = number
    if number and not paper:
        form.add_error(kind, _("填写了证件号码，请选择是什么证件"))
    if paper and not number:
        form.add_error(name, _("请填写号码；现在不填的，上一项选“现在不填”"))
    try:
        check_number(paper, number)
    except ValidationError as fault:
        form.add_error(name, fault)


class PaperForm(Step):
    """One file, and what it is."""

    what = forms.ChoiceField(
        label=gettext_lazy("这是什么"),
        choices=(
            (Attachment.What.IDENTITY, gettext_lazy("身份证明（照片或者扫描件）")),
            (Attachment.What.AUTHORITY, gettext_lazy("授权委托书（代理人提出的）")),
            (Attachment.What.OTHER, gettext_lazy("其他材料")),
        ),
        initial=Attachment.What.IDENTITY,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(
            "照片、PDF 或者文档，每个不超过 10 MB；加密保存，只用于办理这件申请"
        ),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )


class WhatForm(Step):
    """What information is asked for."""

    subject = typed.Text(
        label=gettext_lazy("信息的名称、文号，或者一句话概括"),
        max_length=200,
        help_text=gettext_lazy("例如：西山区2025年教育经费决算表。不写姓名和号码"),
        widget=forms.TextInput(Named),
    )
    description = typed.Text(
        label=gettext_lazy("具体要什么"),
        max_length=5000,
        help_text=gettext_lazy(
            "写明什么时间、哪个单位、关于什么事的文件或者数据，方便查找；加密保存"
        ),
        widget=forms.Textarea({"rows": 8}),
    )

    def clean_subject(self) -> str:
        """Refuse what tells who asks: the line stands in lists."""
        subject: str = self.cleaned_data["subject"]
        names = ("contact", "phone", "identity_number", "agent", "agent_phone")
        known = {name: self.said.get(name, "") for name in names}
        for found in traces(subject, Person(self.said.get("name", ""), **known)):
            why = _("%(found)s；这一行会出现在列表里，请删去，写到下面一项")
            raise ValidationError(why, params={"found": str(found)})
        return subject


class HowForm(Step):
    """How the answer reaches the applicant, and in what form."""

    form = forms.ChoiceField(
        label=gettext_lazy("希望得到什么形式的信息"),
        choices=FORMS,
        initial=Form.ANY,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("按这种形式提供有困难的，机关会按保存的实际情况提供"),
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("答复怎么给您"), choices=DELIVERIES, widget=forms.RadioSelect
    )
    email = typed.Email(
        label=gettext_lazy("电子邮箱"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("选“发到我的电子邮箱”的填写"),
        error_messages={"required": gettext_lazy("选择了发到电子邮箱，请填写邮箱地址")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    address = _line(
        gettext_lazy("通信地址"),
        200,
        gettext_lazy("选“邮寄给我”的填写，写到门牌号"),
        autocomplete="street-address",
    )
    postcode = typed.Pattern(
        r"^\d{6}$",
        label=gettext_lazy("邮政编码"),
        required=False,
        error_messages={"invalid": gettext_lazy("邮政编码应为6位数字")},
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )

    fax = _line(
        gettext_lazy("传真号码"),
        40,
        gettext_lazy("选“传真给我”的填写，写区号"),
        inputmode="tel",
        **Named,
    )

    def __init__(self, said: Said, *args: object, **more: object) -> None:
        super().__init__(said, *args, **more)
        ways = (
            ("email", Delivery.ELECTRONIC),
            ("address", Delivery.POST),
            ("fax", Delivery.FAX),
        )
        for name, way in ways:
            # Each is asked for with its own way only, and there it is no choice.
            self.fields[name].required = self.data.get("delivery", way) == way
        self.fields["address"].error_messages["required"] = _("选择了邮寄，请填写通信地址")
        self.fields["fax"].error_messages["required"] = _("选择了传真，请填写传真号码")

    def clean_fax(self) -> str:
        """Ask for a number that can be called."""
        fax: str = self.cleaned_data["fax"].strip()
        check_phone(fax)
        return fax

    def clean(self) -> dict[str, object]:
        """Ask for one way to be reached at least."""
        given = super().clean() or {}
        way = given.get("delivery")
        ways = self.said.get("phone") or given.get("email") or given.get("address")
        if way == Delivery.DIRECT and not ways:
            why = _(
                "还没有留任何联系方式，机关通知不到您；邮箱、下面的地址填一样，或者返回补填电话"
            )
            self.add_error("email", why)
        return given


class Questioned(forms.Form):
    """A form with a question that is to be answered first, where there is need of one.

    ``wrong`` is what a form that tries a secret says where it is none.
    """

    wrong: _StrOrPromise = ""

    def __init__(self, *args: object, asks: bool = False, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        if asks:
            self._put_question()

    def clean(self) -> dict[str, object]:
        """Use the answer up; a fresh question follows a wrong one."""
        given = super().clean() or {}
        sent = str(given.get("token", "")), str(given.get("answer", ""))
        if "answer" in given and not questions.answered(*sent):
            why = _("回答不对，或者问题已经过期；请回答新的问题")
            self.add_error("answer", why)
        return given

    def ask_anew(self) -> None:
        """Put a fresh question into the form that is shown next."""
        self._put_question()
        fresh = questions.asked()
        self.fields["answer"].label = fresh.words
        # A form that was looked through shows what it showed before, unless told.
        self["answer"].label = fresh.words
        self.initial["token"] = fresh.token
        if self.is_bound:
            self.data = {**dict(self.data.items()), "token": fresh.token, "answer": ""}

    def _put_question(self) -> None:
        widget = forms.TextInput(Named)
        hint = _("用来区分真人和程序；用汉字或者数字回答都可以")
        self.fields["token"] = typed.Text(
            widget=forms.HiddenInput, required=False, max_length=500
        )
        self.fields["answer"] = typed.Text(max_length=20, help_text=hint, widget=widget)


class CheckForm(Questioned, Step):
    """Sending it off."""


class CounterForm(CheckForm):
    """What the clerk adds at a counter: how it was asked, and how it was confirmed."""

    channel = forms.ChoiceField(
        label=gettext_lazy("怎样提出的"),
        choices=(
            (Channel.ORAL, gettext_lazy("口头提出，由工作人员代填")),
            (Channel.IN_PERSON, gettext_lazy("本人在窗口自己填写")),
        ),
        widget=forms.RadioSelect,
    )
    read_back = forms.BooleanField(
        label=gettext_lazy("口头提出的：已逐字念给申请人听，申请人确认无误"),
        error_messages={
            "required": gettext_lazy("口头提出的，代为填写后须念给申请人听，由其确认")
        },
    )
    confirmation = typed.Text(
        label=gettext_lazy("口头提出的：申请人怎样确认的"),
        max_length=300,
        error_messages={
            "required": gettext_lazy(
                "请写明申请人怎样确认的，例如“当场念给申请人听，申请人核对后签字”"
            )
        },
        help_text=gettext_lazy("在哪里、怎样确认；记入台账，不写姓名和号码"),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, said: Said, *args: object, **more: object) -> None:
        super().__init__(said, *args, **more)  # type: ignore[arg-type]
        oral = self.data.get("channel", Channel.ORAL) == Channel.ORAL
        self.fields["read_back"].required = self.fields["confirmation"].required = oral

    def clean(self) -> dict[str, object]:
        """Keep out of the confirmation what tells who asks; the ledger keeps it."""
        given = super().clean() or {}
        words = str(given.get("confirmation", ""))
        person = Person(self.said.get("name", ""), agent=self.said.get("agent", ""))
        for found in traces(words, person):
            self.add_error("confirmation", _("%(found)s，请删去") % {"found": found})
        return given


class FollowForm(Questioned):
    """Number and query code, and a question after several wrong ones."""

    wrong = gettext_lazy("编号和查询码对不上。请对照回执再输一次；横线和大小写不影响")
    number = typed.Text(
        label=gettext_lazy("申请编号"),
        max_length=30,
        help_text=gettext_lazy("回执上最大的那一行，例如 2026-0147"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
    )
    code = typed.Text(
        label=gettext_lazy("查询码"),
        max_length=60,
        help_text=gettext_lazy("20个字母和数字；大小写、空格和横线都可以不管"),
        widget=forms.TextInput({
            "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
        }),
    )  # fmt: skip
