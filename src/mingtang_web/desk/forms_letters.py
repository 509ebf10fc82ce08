"""Forms of what is done with letters: void, issue anew, deliver, word a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock, typed
from mingtang_web.days import DayField
from mingtang_web.desk.sitting import one_time_key
from mingtang_web.files.examining import ENDINGS
from mingtang_web.letters.delivering import Delivered
from mingtang_web.letters.models import MODES, DeliveryRecord
from mingtang_web.masking import no_personal_data

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from mingtang.drafting.template import Template
    from mingtang_web.cases.deliveries import Known

    Files: TypeAlias = MultiValueDict[str, UploadedFile[Any]] | None

ACCEPTED = ",".join(f".{ending}" for ends in ENDINGS.values() for ending in ends)


class Once(forms.Form):
    """A form that is done once, however often it is sent."""

    key = typed.Text(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: QueryDict | None = None, files: Files = None) -> None:
        super().__init__(data, files, initial={"key": one_time_key()})


class VoidForm(Once):
    """Why a letter is made void."""

    why = typed.Text(
        label=gettext_lazy("作废原因"),
        help_text=gettext_lazy("写明哪里有误；会记入台账，不写当事人的姓名、号码"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_personal_data],
    )


class ReissueForm(VoidForm):
    """Why a letter is issued anew, and the way the new one is to be delivered."""

    delivery = forms.ChoiceField(
        label=gettext_lazy("送达方式"),
        help_text=gettext_lazy(
            "救济告知、电子邮箱等随送达方式写入，须与实际的送达方式一致"
        ),
        choices=MODES,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, way: str = "") -> None:
        super().__init__(data)
        self.initial["delivery"] = way
        self.order_fields(("delivery", "why"))


class DeliveryForm(Once):
    """How a letter was delivered, on which days, with what proof."""

    mode = forms.ChoiceField(label=gettext_lazy("送达方式"), choices=MODES, initial="post")
    dispatched = DayField(
        label=gettext_lazy("发出（交邮）日期"),
        help_text=gettext_lazy("邮寄的，以这一天判断是否按期"),
    )
    received = DayField(
        label=gettext_lazy("签收（到达）日期"),
        help_text=gettext_lazy("救济期限自这一天起算；还不知道的先不填"),
        required=False,
    )
    proof = forms.ChoiceField(
        label=gettext_lazy("凭证"),
        choices=DeliveryRecord.Proof.choices,
        initial=DeliveryRecord.Proof.POST,
    )
    reference = typed.Text(
        label=gettext_lazy("凭证编号"),
        help_text=gettext_lazy("邮件编号、回证编号等"),
        max_length=60,
        required=False,
    )
    again = forms.BooleanField(
        label=gettext_lazy("这是另一次送达，或者更正已有的送达记录"), required=False
    )
    file = forms.FileField(
        label=gettext_lazy("凭证扫描件"),
        help_text=gettext_lazy("PDF、图片或者文档，加密保存；程序和带宏的文件不收"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Files = None,
        known: Known | None = None,
        *,
        recorded: bool = False,
    ) -> None:
        super().__init__(data, files)
        if not recorded:
            del self.fields["again"]
        for name in ("mode", "dispatched", "received") if known else ():
            self.initial[name] = getattr(known, name) or self.fields[name].initial

    def delivered(self) -> Delivered:
        """Return what was told."""
        told = self.cleaned_data
        names = ("mode", "dispatched", "received", "proof", "reference", "key")
        again = told.get("again", False)
        return Delivered(**{name: told[name] for name in names}, again=again)


class WordingForm(Once):
    """An office's wording of all free passages of one kind of letter, from a day on."""

    def __init__(
        self, made: Template, present: dict[str, str], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.made = made
        for passage in made.passages:
            if passage.locked or passage.table:
                continue
            self.fields[f"text-{passage.id}"] = typed.Text(
                label=passage.id,
                required=False,
                max_length=4000,
                initial=present.get(passage.id, passage.text),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["since"] = DayField(
            label=_("启用日期"),
            help_text=_("自这一天起出具的文书用新措辞，此前的不变"),
            initial=clock.today(),
        )

    def texts(self) -> dict[str, str]:
        """Return what was typed for each passage, blank for the template's own words."""
        found = {}
        for passage in self.made.passages:
            name = f"text-{passage.id}"
            if name in self.fields:
                typed = str(self[name].value() or "").replace("\r\n", "\n").strip()
                found[passage.id] = "" if typed == passage.text else typed
        return found
