"""The forms of annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web import typed
from mingtang_web.annual.actions import Given, Kept
from mingtang_web.annual.publications import DOCUMENT_CELLS
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.figures import LONGEST, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.form.edition import Table
    from mingtang_web.annual.models import Annual, Figure
    from mingtang_web.annual.yearly import Period
    from mingtang_web.bodies.models import Body

REASON = forms.Textarea(attrs={"rows": 2, "data-most": 200})


class StartForm(Submission):
    """Which body's report of which year, and which ledgers there are."""

    year = typed.Whole(label=lazy("年度"), min_value=2019, max_value=2999)
    cases = forms.BooleanField(
        label=lazy("依申请公开案件在本系统办理，表三由台账推算"),
        required=False,
        initial=True,
        help_text=lazy("不在本系统办理的，去掉勾选，表三由您填"),
    )
    disputes = forms.BooleanField(
        label=lazy("复议、诉讼在本系统登记，表四由台账推算"), required=False, initial=True
    )
    documents = forms.BooleanField(
        label=lazy("规章、规范性文件在本系统登记，表二的件数由登记簿推算"),
        required=False,
        help_text=lazy("存量已全部登记并声明的才能勾选；许可、处罚等其余各格仍由您填"),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies in which the person may write reports."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))

    def kept(self) -> Kept:
        """Return which ledgers are kept here."""
        said = self.cleaned_data
        return Kept(said["cases"], said["disputes"], said["documents"])


class Asked(NamedTuple):
    """A table that is filled in by hand: its title, and its fields."""

    title: str
    fields: Sequence[forms.BoundField]


class Filled(NamedTuple):
    """The tables that are filled in by hand, what they say, what periods add up to."""

    tables: Sequence[Table]
    held: Mapping[str, Figure]
    periods: Mapping[str, Period]


class FiguresForm(Submission):
    """The figures of every table of which no ledger is kept, each with its source.

    They are one form, so that what was typed in one table is not lost with another. A
    field bears its cell's id.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        annual: Annual,
        filled: Filled,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for every plain cell, each with what was entered last."""
        super().__init__(*args, version=annual.version, **more)
        self.tables, self.held, self.periods = filled
        for table in self.tables:
            for block in table.blocks:
                for line in block.lines:
                    for column in block.columns:
                        if line.id != "total" and column.id != "total":
                            cell = f"{table.id}/{line.id}/{column.id}"
                            if cell in DOCUMENT_CELLS and annual.documents_kept:
                                continue
                            named = f"{line.full_label} · {column.label}"
                            self.fields[cell] = self._field(cell, named)
            self.fields[source_of(table)] = typed.Text(
                label=_("数据来源"),
                required=False,
                max_length=200,
                help_text=_(
                    "出自哪本登记簿、由谁提供；所改的每一格都记下这一来源，改了才须填"
                ),
            )

    def _field(self, cell: str, named: str) -> typed.Text:
        row = self.held.get(cell)
        told = {"source": row.source, "by": row.by.display_name} if row else {}
        return typed.Text(
            label=named,
            required=False,
            max_length=LONGEST,
            initial=row.value if row else "",
            help_text=_("来源：%(source)s（%(by)s）") % told if row else self._added(cell),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def _added(self, cell: str) -> str:
        """Return what the periods of a cell make, for whoever might type it."""
        period = self.periods.get(cell)
        if period is None:
            return ""
        if period.made.figure is None:
            return _("时段填报数还有缺，不能相加；补齐以后自动计入，也可以在这里填")
        told = {"value": period.made.figure.value}
        return _("时段填报数相加为 %(value)s，已计入，不用再填；填了以填的为准") % told

    def asked(self) -> Iterator[Asked]:
        """Yield the tables in their order, as the page shows them."""
        for table in self.tables:
            named = [*self._cells(table), source_of(table)]
            yield Asked(table.title, [self[name] for name in named])

    def clean(self) -> dict[str, Any]:
        """Refuse a form in which nothing was changed, and every figure that cannot be.

        A table in which something was changed says where that comes from.
        """
        said = super().clean() or self.cleaned_data
        changed = {table.id: self._changed(table) for table in self.tables}
        for table in self.tables:
            for cell, why in wrong(changed[table.id]).items():
                self.add_error(cell, why)
            name = source_of(table)
            if changed[table.id] and name not in self.errors and not said[name].strip():
                self.add_error(name, _("请填写这张表所改各格的来源"))
        if not self.errors and not any(changed.values()):
            raise forms.ValidationError(_("没有改动任何一格"))
        return said

    def left(self) -> int:
        """Return how many cells stay without a figure, once what was sent is kept."""
        held = {name: row.value for name, row in self.held.items()}
        added = {name for name, row in self.periods.items() if row.made.figure}
        named = (name for table in self.tables for name in self._cells(table))
        cells = [name for name in named if name not in added]
        return sum(not self.cleaned_data.get(name, held.get(name)) for name in cells)

    def given(self) -> list[Given]:
        """Return the cells of each table whose figure is another than before."""
        return [
            Given(found, self.cleaned_data[source_of(table)], source_of(table))
            for table in self.tables
            if (found := self._changed(table))
        ]

    def _cells(self, table: Table) -> list[str]:
        return [name for name in self.fields if name.startswith(f"{table.id}/")]

    def _changed(self, table: Table) -> dict[str, str]:
        typed = {
            name: self.cleaned_data[name]
            for name in self._cells(table)
            if name in self.cleaned_data
        }
        kept = {name: row.value for name, row in self.held.items()}
        return {name: text for name, text in typed.items() if text != kept.get(name, "")}


def source_of(table: Table) -> str:
    """Return what the field of a table's source is called."""
    return f"source-{table.id}"


class AdjustForm(Submission):
    """By how much a cell is to be more or less, and why."""

    change = typed.Text(
        label=lazy("增加或者减少"),
        max_length=LONGEST,
        help_text=lazy("增加写 1，减少写 -1；不是改成几，是差几"),
    )
    reason = typed.Text(
        label=lazy("理由"), max_length=200, widget=REASON,
        help_text=lazy("台账为什么不对、依据什么；会一直留着，随报告公布"),
    )  # fmt: skip


class ReasonForm(Submission):
    """Why something is done that stays to be seen."""

    reason = typed.Text(label=lazy("理由"), max_length=200, widget=REASON)
    finding = typed.Text(required=False, widget=forms.HiddenInput)


class StepForm(Submission):
    """A step of the review, with words where somebody is to read them."""

    note = typed.Text(label=lazy("意见"), max_length=500, widget=REASON)

    def __init__(self, *args: Any, needs_words: bool, act: str, **more: Any) -> None:  # noqa: ANN401
        """Ask for words where the step is nothing without them."""
        super().__init__(*args, auto_id=f"id_{act}_%s", **more)
        if act == "correct":
            self.fields["note"] = typed.Text(
                label=_("更正的原因"), max_length=200, widget=REASON,
                help_text=_("写清更正什么、为什么；随更正的一版公布"),
            )  # fmt: skip
        self.fields["note"].required = needs_words


class PeriodForm(forms.Form):
    """A body, and from which to which day, both counted."""

    first = DayField(label=lazy("自"))
    last = DayField(label=lazy("至"))

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that are seen."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("body", "first", "last"))
