"""The forms of figures of periods: one of them, a table of many, said anew."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mingtang.form.loading import NoEditionError
from mingtang_web import clock, typed
from mingtang_web.days import DayField
from mingtang_web.desk.forms_letters import ACCEPTED
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.figures import LONGEST as LONGEST_FIGURE
from mingtang_web.importing.tables import MAX_BYTES
from mingtang_web.publication.queries import public
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.checking import Said

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document
    from mingtang_web.spells.models import Spell

FIRST_YEAR, LAST_YEAR = 2019, 2999
LONGEST = 100_000


def offered(*years: int) -> dict[str, str]:
    """Return the cells of some years' forms, with their labels."""
    found: dict[str, str] = {}
    for year in years:
        with suppress(NoEditionError):
            found |= cells_of(year)
    return found


def year_before() -> int:
    """Return the year whose figures are entered now: in January the one that is over."""
    today = clock.today()
    return today.year - 1 if today.month == 1 else today.year


class SpellForm(Submission):
    """The figure of a cell for a period."""

    cell = forms.ChoiceField(label=_("格"))
    first = DayField(label=_("起日"))
    last = DayField(label=_("止日"), help_text=_("起止两日都算在内，不跨年；过完了才登记"))
    value = typed.Text(
        label=_("数"), max_length=LONGEST_FIGURE,
        help_text=_("没有发生的填 0；不知道的先不登记，空白不是零。收费金额的单位是万元"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    source = typed.Text(
        label=_("出自哪本登记簿、哪个系统"),
        max_length=100,
        help_text=_("如“行政处罚案件系统”"),
    )
    provider = typed.Text(
        label=_("由谁提供"),
        max_length=100,
        help_text=_("哪个内设机构、单位；不写姓名和号码"),
    )
    document = typed.Text(
        label=_("公开文件的索引号"),
        max_length=60,
        required=False,
        help_text=_("载明这个数的、已在本站公开的文件；没有的不填"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer the cells of the form of the year that is meant, and of now."""
        super().__init__(*args, **more)
        cells = offered(*self._years())
        choice = self.fields["cell"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - by the class above
        choice.choices = [("", _("请选择")), *cells.items()]

    def _years(self) -> list[int]:
        said = str(self.data.get("first", "")) or str(self.initial.get("first", ""))
        year = said.partition("-")[0]
        return [clock.today().year, *([int(year)] if year.isdecimal() else [])]

    def clean_document(self) -> Document | None:
        """Return the public document of an index number, none where nothing is said."""
        number = self.cleaned_data["document"].strip()
        if not number:
            return None
        found = public().filter(index_number=number).first()
        if found is None:
            raise forms.ValidationError(
                _("本站没有索引号是“%(number)s”的公开文件，请核对，或者不填"),
                params={"number": number},
            )
        return found

    def said(self) -> Said:
        """Return what was entered."""
        return Said(*(self.cleaned_data[name] for name in Said._fields))


class EnterForm(SpellForm):
    """Something new."""

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask of which body it is."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["body"].label = _("机关")
        self.order_fields(("key", "version", "body"))


class AmendForm(SpellForm):
    """A figure said anew, and why."""

    def __init__(self, *args: Any, spell: Spell, **more: Any) -> None:  # noqa: ANN401
        """Begin with what it says now."""
        begun: dict[str, object] = {n: getattr(spell, n) for n in Said._fields}
        begun["document"] = spell.document.index_number if spell.document else ""
        super().__init__(*args, initial=begun, version=spell.version, **more)
        self.fields["why"] = typed.Text(
            label=_("更正的原因"),
            max_length=200,
            help_text=_("如“补报两件”“抄错”；原来的内容留在记录里"),
        )


class EvidenceForm(Submission):
    """A file that bears a figure out, and what it is called."""

    name = typed.Text(
        label=_("凭据名称"),
        max_length=60,
        help_text=_("如“一季度处罚统计表（盖章）”；不写姓名和号码"),
    )
    file = forms.FileField(
        label=_("凭据文件"),
        help_text=_("表格、PDF、图片或者文档；程序和带宏的文件不收。附上以后不能撤去"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class ManyForm(Submission):
    """Many figures at once: a table pasted, or a file whose rows come into the field."""

    text = typed.Text(
        label=_("粘贴表格"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("从表格软件复制粘贴，连标题行；或者在下面选一个文件"),
    )
    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        help_text=_("CSV、XLSX 或者 XLS，一个工作表"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls"}),
    )
    seen = typed.Text(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask of which body they are."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["body"].label = _("机关")
        self.order_fields(("key", "version", "seen", "body"))

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a table, and a file past the limit."""
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if not file and not said.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("请粘贴表格，或者选一个文件"))
        if file and file.size > min(MAX_BYTES, settings.UPLOAD_LIMIT):
            self.add_error("file", _("文件超过 20 MB 的上限；请按年度分成几个文件"))
        return said


class YearForm(forms.Form):
    """A body and a year."""

    year = typed.Whole(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that are seen."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.fields["body"].label = _("机关")
        self.order_fields(("body", "year"))
