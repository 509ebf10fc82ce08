"""The forms of documents: what an officer writes, and the steps of the review."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang.publication.matters import genres, topics
from mingtang_web import typed
from mingtang_web.clock import CHINA
from mingtang_web.days import DayField
from mingtang_web.desk.documents_bonds import BondsForm
from mingtang_web.desk.matter_choices import matter_choices
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.publication.drafting import Draft
from mingtang_web.publication.models import (
    Attribute,
    Column,
    SecrecyItem,
    Stage,
)
from mingtang_web.publication.norms import Normative
from mingtang_web.publication.reviewing import Judged
from mingtang_web.richtext.forms import RichTextField
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.drafting import Enclosed

NOTE = forms.Textarea(attrs={"rows": 3})
_NOTHING = ("", lazy("请选择"))


def _classes(known: object) -> list[tuple[str, object]]:
    """Return what may be chosen of a list of the engine, with nothing chosen first."""
    return [_NOTHING, *((each.id, spoken(each.label)) for each in known)]  # type: ignore[attr-defined]


_BEFORE_REVIEW = lazy("送审前必填")
_OF_NORMS = lazy("规章、规范性文件必填")
NEEDED_WHEN = {
    "html": lazy("没有附件的，送审前必填"),
    "abstract": _BEFORE_REVIEW,
    "attribute_reason": lazy("不主动公开的必填"),
    "matter": lazy("主动公开的，送审前必填"),
    "topic": _BEFORE_REVIEW,
    "genre": _BEFORE_REVIEW,
    "document_number": _OF_NORMS,
    "effective_on": _OF_NORMS,
}
"""What a draft may be kept without, and when it is needed all the same."""


class DocumentForm(BondsForm):
    """A document's words and metadata; attachments have forms of their own."""

    title = typed.Text(label=lazy("名称"), max_length=200)
    document_number = typed.Text(
        label=lazy("文号"), max_length=60, required=False,
        help_text=lazy("如“西政发〔2026〕7号”；没有的不填"),
    )  # fmt: skip
    html = RichTextField(label=lazy("正文"), required=False)
    abstract = typed.Text(
        label=lazy("概述"), max_length=100, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 100}),
        help_text=lazy("不超过100字，供目录和检索结果显示"),
    )  # fmt: skip
    keywords = typed.Text(label=lazy("主题词"), max_length=100, required=False)
    attribute = forms.ChoiceField(
        label=lazy("公开属性"), choices=Attribute, widget=forms.RadioSelect,
        initial=Attribute.PROACTIVE,
        help_text=lazy("联合发文随牵头机关的认定，转发文件随原件"),
    )  # fmt: skip
    attribute_reason = typed.Text(
        label=lazy("不主动公开的理由"), max_length=200, required=False,
        help_text=lazy("选“依申请公开”“不予公开”的必填，写明依据哪一条"),
    )  # fmt: skip
    matter = forms.ChoiceField(label=lazy("法定主动公开事项"), required=False)
    topic = forms.ChoiceField(label=lazy("主题分类"), required=False)
    genre = forms.ChoiceField(label=lazy("体裁分类"), required=False)
    formed_on = DayField(
        label=lazy("成文日期"),
        help_text=lazy("公开期限从这一天起算20个工作日（条例第二十六条）"),
    )
    normative = forms.ChoiceField(
        label=lazy("规章、规范性文件"), choices=Normative, required=False,
        help_text=lazy("选了的计入年报表二"),
    )  # fmt: skip
    effective_on = DayField(label=lazy("施行日期"), required=False)
    expires_on = DayField(label=lazy("失效日期"), required=False)
    issuer = typed.Text(
        label=lazy("发布机构"), max_length=200, required=False,
        help_text=lazy("不填即本机关；联合发文的不填，按下面写的各机关"),
    )  # fmt: skip
    note = typed.Text(label=lazy("修改说明"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: list[Body] | None = None, **more: Any) -> None:  # noqa: ANN401
        """Ask for the body and the column of a document that is begun."""
        super().__init__(*args, **more)
        self.fields["matter"].choices = matter_choices(bodies or ())  # type: ignore[attr-defined]
        for name, known in (("topic", topics), ("genre", genres)):
            self.fields[name].choices = _classes(known())  # type: ignore[attr-defined]
        if bodies is not None:
            self.fields["body"] = body_choice(bodies)
            self.fields["column"] = forms.ChoiceField(label=_("栏目"), choices=Column)
            del self.fields["note"]
            self.order_fields(("key", "version", "body", "column"))
        for name, words in NEEDED_WHEN.items():
            self.fields[name].needed_when = words  # type: ignore[attr-defined]

    def draft(self, enclosed: tuple[Enclosed, ...] = ()) -> Draft:
        """Return what was written, with the attachments that stay."""
        said = {
            each.name: self.cleaned_data[each.name]
            for each in fields(Draft)
            if each.name in self.cleaned_data
        }
        return Draft(**said, bonds=self.bonds(), enclosed=enclosed)


class FileForm(Submission):
    """A file that is to go out with a document, and what it is called there."""

    name = typed.Text(
        label=lazy("附件名称"), max_length=150, required=False,
        help_text=lazy("公众看到的名称；不填即文件名"),
    )  # fmt: skip
    file = forms.FileField(
        label=lazy("文件"), help_text=lazy("PDF、文档、表格或者图片；程序和带宏的文件不收")
    )


class MaskForm(Submission):
    """What is to be taken out of an attachment for good."""

    private = forms.BooleanField(label=lazy("遮盖个人信息"), required=False, initial=True)
    hidden = forms.BooleanField(
        label=lazy("去掉批注、修订、文档属性等看不见的内容"), required=False, initial=True
    )


class MoveForm(Submission):
    """A step, with words where somebody is to read them."""

    note = typed.Text(label=lazy("意见"), max_length=500, widget=NOTE)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        needs_words: bool,
        label: object = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for words where the step is nothing without them."""
        super().__init__(*args, **more)
        self.fields["note"].required = needs_words
        if label is not None:
            self.fields["note"].label = label  # type: ignore[assignment]


class HourInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"


class ScheduleForm(Submission):
    """At which hour a document is to go out."""

    at = forms.DateTimeField(
        label=lazy("发布时间"), widget=HourInput(format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"], help_text=lazy("到时由系统发布，精确到分"),
    )  # fmt: skip

    def clean_at(self) -> datetime:
        """Return the hour as it is meant: in China."""
        at: datetime = self.cleaned_data["at"]
        return at.replace(tzinfo=CHINA)


class SecrecyForm(Submission):
    """What the secrecy review says of each thing, and what that rests on."""

    note = typed.Text(label=lazy("意见"), max_length=500, required=False, widget=NOTE)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        items: Mapping[str, str],
        waived: int = 0,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask of every item for a conclusion and its basis.

        ``waived`` is how many hits of screening somebody gave a reason for: the reviewer
        says to have looked at each.
        """
        super().__init__(*args, **more)
        self.items = items
        if waived:
            self.fields["looked_at"] = forms.BooleanField(
                label=_("筛查发现、起草人说明理由不改的 %(n)s 处，我已逐处看过，同意公开")
                % {"n": waived}
            )
        for item, label in items.items():
            self.fields[item] = forms.ChoiceField(
                label=label,
                choices=SecrecyItem.Conclusion,
                widget=forms.RadioSelect,
            )
            self.fields[f"basis-{item}"] = typed.Text(
                label=_("结论的依据"),
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        pairs = [name for item in items for name in (item, f"basis-{item}")]
        self.order_fields(("key", "version", *pairs, "looked_at", "note"))

    @property
    def looked_at(self) -> bool:
        """Whether the reviewer says to have looked at what was left for a reason."""
        return bool(self.cleaned_data.get("looked_at"))

    def judged(self) -> dict[str, Judged]:
        """Return what was concluded, item by item."""
        said = self.cleaned_data
        return {item: Judged(said[item], said[f"basis-{item}"]) for item in self.items}


class ChainForm(Submission):
    """Which stages a body's documents go through."""

    stages = forms.MultipleChoiceField(
        label=lazy("审核环节"), choices=Stage, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("按列出的先后；保密审查和机关负责人不能省去，已送审的仍走送审时的环节"),
    )  # fmt: skip


class IndexRuleForm(Submission):
    """By which rule a body numbers its documents."""

    rule = typed.Text(
        label=lazy("索引号规则"), max_length=60,
        help_text=lazy(
            "可用 {code} 机关代码、{region} 行政区划、{topic} 主题分类、{genre} 体裁、"
            "{year} 年份、{serial:05} 五位流水号；已编的号不变"
        ),
    )  # fmt: skip
