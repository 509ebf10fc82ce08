"""The forms of collecting reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web import clock, typed
from mingtang_web.bench.limits import KINDS, LARGEST
from mingtang_web.collecting.models import Season
from mingtang_web.collecting.opening import (
    Terms,
    asked_by,
    is_asked,
    legal_due,
)
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.bodies.models import Body
    from mingtang_web.collecting.models import Member

ASKED = {
    "vouch": lazy("写明对照的是收文登记的哪一条、哪一天收的；不能是补录的人自己"),
    "deny": lazy("写明收文登记上是怎样的"),
}
"""What the words of a step are to say, where that is not plain."""
REASON = forms.Textarea(attrs={"rows": 3, "data-most": 1000})
OFFICES = ("办公室", "办公厅")


class SeasonForm(Submission):
    """Of which year, by which day, from whom; and who reports for the government itself."""

    year = typed.Whole(label=lazy("年度"), min_value=2019, max_value=2999)
    due = DayField(
        label=lazy("各机关报送的期限"),
        help_text=lazy("法定期限是次年1月31日（条例第四十九条）；可以提前，不能推后"),
    )
    notice = typed.Text(
        label=lazy("提前报送的依据"),
        max_length=200,
        required=False,
        help_text=lazy("提前的写明通知的文号"),
    )
    government = typed.Text(
        label=lazy("本级政府的全称"),
        max_length=100,
        help_text=lazy(
            "它的年报汇总各机关的数，就是这里的合计，不再相加；次年3月31日前公布"
        ),
    )
    own = forms.ChoiceField(
        label=lazy("向本级政府提出的申请由谁登记"),
        help_text=lazy("一般是政府办公室；它的报告含这些申请，只计一次"),
    )
    expected = forms.MultipleChoiceField(
        label=lazy("应报的机关"),
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("垂直管理部门一般报给上级主管部门，没有预先勾选"),
    )

    def __init__(self, *args: Any, office: Body, **more: Any) -> None:  # noqa: ANN401
        """Offer the office and the bodies below it."""
        self.bodies = asked_by(office)
        year = clock.today().year - 1
        year += Season.objects.filter(body=office, year=year).exists()
        begun = {
            "year": year,
            "due": legal_due(year),
            "government": government_of(office),
            "own": str(office.pk),
            "expected": [str(body.pk) for body in self.bodies if is_asked(body)],
        }
        super().__init__(*args, initial=begun, **more)
        choices = [(str(body.pk), body.name) for body in self.bodies]
        for name in ("own", "expected"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """Return what a season is opened with."""
        said = self.cleaned_data
        known = {str(body.pk): body for body in self.bodies}
        expected = {int(pk) for pk in said["expected"]}
        own = known[said["own"]]
        return Terms(
            said["year"], said["due"], said["government"], own, expected, said["notice"]
        )


class HandForm(Submission):
    """A report as a file."""

    file = forms.FileField(
        label=lazy("年度报告的文件"),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Say what may come in."""
        super().__init__(*args, auto_id="id_hand_%s", **more)
        said = _(
            "Word、PDF、OFD、Excel、网页、文本、扫描件都可以，最大%(most)s MB；"
            "读完就检查，别的机关、别的年度的文件会先告诉您"
        )
        self.fields["file"].help_text = said % {"most": LARGEST // 1024 // 1024}


class BehalfForm(HandForm):
    """A report as a file, and when it reached the office."""

    on = DayField(
        label=lazy("收到日期"),
        required=False,
        help_text=lazy(
            "纸质、邮件送来的，写实际收到的那一天；不写就是今天。不能早于报告自己的日期；"
            "早于发起收集的，或者期限已过才补录按期的，由另一人对照收文登记核实以后才算"
        ),
    )
    source = typed.Text(
        label=lazy("收到日期的依据"),
        max_length=200,
        required=False,
        help_text=lazy("写了收到日期的须填，例如收文登记簿的编号、邮戳、邮件的时间"),
    )


class MoveForm(Submission):
    """A step, with words where somebody is to read them."""

    note = typed.Text(label=lazy("意见"), max_length=1000, widget=REASON)

    def __init__(self, *args: Any, needs_words: bool, act: str, **more: Any) -> None:  # noqa: ANN401
        """Ask for words where the step is nothing without them."""
        super().__init__(*args, auto_id=f"id_{act}_%s", **more)
        self.fields["note"].required = needs_words
        self.fields["note"].help_text = ASKED.get(act, "")

    def warn(self, found: Mapping[str, int]) -> None:
        """Say with which open findings a report would be accepted, and ask for a reason."""
        told = "、".join(f"{code}（{n}）" for code, n in found.items())
        said = _(
            "这份报告有%(n)s处违规或者矛盾没有改：%(told)s。照样接受的，写明理由；"
            "理由记入台账，合计和通报会写明这份报告"
        )
        field = self.fields["note"]
        field.required = True
        field.help_text = said % {"n": sum(found.values()), "told": told}


class PublishedForm(Submission):
    """The day on which a report was made public."""

    on = DayField(label=lazy("公布日期"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Stand beside other forms on the same page."""
        super().__init__(*args, auto_id="id_published_%s", **more)


class AskForm(Submission):
    """Whether a body must report, and by which day."""

    expected = forms.BooleanField(label=lazy("应报"), required=False)
    due = DayField(label=lazy("报送期限"))
    note = typed.Text(
        label=lazy("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:  # noqa: ANN401
        """Begin with what is asked now."""
        begun = {"expected": member.expected, "due": member.due}
        more = {"version": member.version, "auto_id": "id_ask_%s", **more}
        super().__init__(*args, initial=begun, **more)


class SumsForm(Submission):
    """Whether a body's report holds what those below it report."""

    sums = forms.BooleanField(
        label=lazy("这份报告已含下级机关的数"),
        required=False,
        help_text=lazy("勾选以后，接受了它，下级机关的报告就不再相加，以免重复计算"),
    )
    note = typed.Text(
        label=lazy("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:  # noqa: ANN401
        """Begin with what is marked now."""
        more = {"version": member.version, "auto_id": "id_sums_%s", **more}
        super().__init__(*args, initial={"sums": member.sums}, **more)


def government_of(office: Body) -> str:
    """Return what is probably the full name of an office's government."""
    name = office.name
    for ending in OFFICES:
        name = name.removesuffix(ending)
    return name if name.endswith("人民政府") else ""
