"""The forms of what an applicant does in the own case."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from mingtang_web import typed
from mingtang_web.days import DayField
from mingtang_web.portal.forms import ACCEPTED


class Sending(forms.Form):
    """The version that was looked at, and the key by which it is known when sent twice."""

    key = typed.Text(max_length=64, widget=forms.HiddenInput)
    version = typed.Whole(min_value=0, widget=forms.HiddenInput)


class CorrectionForm(Sending):
    """A correction: words, and a file where there is one."""

    words = typed.Text(
        label=gettext_lazy("补充、更正的内容"),
        max_length=5000,
        help_text=gettext_lazy("对照补正通知逐项写清楚；加密保存"),
        widget=forms.Textarea({"rows": 8}),
    )
    file = forms.FileField(
        label=gettext_lazy("附上文件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("照片、PDF 或者文档，不超过 10 MB"),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )


class ReasonForm(CorrectionForm):
    """Why so many requests."""

    words = typed.Text(
        label=gettext_lazy("您的理由"),
        max_length=5000,
        help_text=gettext_lazy("例如这些信息用来做什么、为什么分成几件申请；加密保存"),
        widget=forms.Textarea({"rows": 8}),
    )


class ObjectionForm(CorrectionForm):
    """Why a fee is wrong."""

    words = typed.Text(
        label=gettext_lazy("哪里不对"),
        max_length=5000,
        help_text=gettext_lazy(
            "例如件数、页数算错了，或者已经缴过；写明您认为应当是多少。加密保存"
        ),
        widget=forms.Textarea({"rows": 6}),
    )


class PaymentForm(Sending):
    """What proves a payment."""

    file = forms.FileField(
        label=gettext_lazy("缴费凭证"),
        allow_empty_file=True,
        help_text=gettext_lazy("照片、PDF 或者文档，不超过 10 MB；机关核对到账后登记"),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )


class WithdrawForm(Sending):
    """Taking the request back, once one knows what that means."""

    sure = forms.BooleanField(
        label=gettext_lazy("我知道：撤回以后机关不再办理这件申请；还需要的，要重新申请")
    )


class ReceiptForm(Sending):
    """Saying that the answer arrived."""

    on = DayField(
        label=gettext_lazy("哪天收到的"),
        help_text=gettext_lazy("寄来的，写签收那天；发到邮箱的，写到达邮箱那天"),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("我已经收到这份答复；复议、诉讼的期限从收到之日起算")
    )
