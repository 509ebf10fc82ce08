"""The forms of normative documents: what happened, the stock, clean-ups, interpretation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingtang.publication.matters import genres, means, topics
from mingtang_web import clock, typed
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.publication import linking
from mingtang_web.publication.bonds import Bonds, issuers_named
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.cleanups import CleanUpItem
from mingtang_web.publication.drafting import Draft
from mingtang_web.publication.models import Attribute
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent, Normative
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document
    from mingtang_web.publication.norms import Interpretation

Kind = ForceEvent.Kind
WHY = forms.Textarea(attrs={"rows": 2})
_CHOOSE = ("", _("请选择"))
MOST_OFFERED = 30
"""So many of the newest documents are offered; any other is named by its number."""
_CONCLUDED = ("conclusion", "reason", "expires_on")
LATER = [choice for choice in Kind.choices if choice[0] != Kind.ISSUED]
"""What may happen to what was issued."""


def _labels(rows: object) -> list[tuple[str, object]]:
    """Return a list of the engine to choose from, with nothing chosen first."""
    return [_CHOOSE, *((each.id, spoken(each.label)) for each in rows)]  # type: ignore[attr-defined]


class HappenedForm(Submission):
    """What happened to a document's force."""

    kind = forms.ChoiceField(label=_("变动"), choices=LATER, widget=forms.RadioSelect)
    on = DayField(label=_("日期"), help_text=_("修改、废止的，填那份文件的印发日期"))
    by_name = typed.Text(
        label=_("依据的文件"), max_length=200, required=False,
        help_text=_("修改、废止必填：名称和文号"),
    )  # fmt: skip
    effective_on = DayField(
        label=_("生效日期"), required=False, help_text=_("修改、废止当日生效的不填")
    )
    expires_on = DayField(
        label=_("有效期至"), required=False,
        help_text=_("修改：不变的不填；继续有效：不填即不设有效期"),
    )  # fmt: skip
    basis = typed.Text(label=_("理由和依据"), max_length=300, widget=WHY)

    def happened(self) -> Happened:
        """Return what was entered."""
        names = ("kind", "on", "basis", "effective_on", "expires_on", "by_name")
        return Happened(**{name: self.cleaned_data[name] for name in names})


class StockForm(Submission):
    """A document from before the system, issued by its body alone or jointly."""

    title = typed.Text(label=_("名称"), max_length=200)
    normative = forms.ChoiceField(
        label=_("类别"), choices=[row for row in Normative.choices if row[0]],
        widget=forms.RadioSelect, initial=Normative.NORMATIVE,
    )  # fmt: skip
    document_number = typed.Text(label=_("文号"), max_length=60, required=False)
    same_number = forms.BooleanField(
        label=_("文号与已登记的一件相同，核对过，确是两件"), required=False
    )
    on = DayField(label=_("印发日期"), help_text=_("即成文日期；计入这一年的制发件数"))
    effective_on = DayField(label=_("施行日期"), required=False)
    expires_on = DayField(label=_("有效期至"), required=False)
    issuers = typed.Text(
        label=_("联合发文的机关"), required=False, max_length=2100, widget=WHY,
        help_text=_("一行写一个全称，牵头机关写在第一行，本机关也要写上；不是联合发文的不填"),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("主题分类"), help_text=_("用来编索引号"))
    genre = forms.ChoiceField(label=_("体裁分类"))
    basis = typed.Text(
        label=_("登记依据"), max_length=300, widget=WHY,
        help_text=_("如发文登记簿、公报期号；供确认的人核对"),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask for the body where there are several."""
        super().__init__(*args, **more)
        self.fields["topic"].choices = _labels(topics())  # type: ignore[attr-defined]
        self.fields["genre"].choices = _labels(genres())  # type: ignore[attr-defined]
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))

    @property
    def twin(self) -> bool:
        """Whether it is said to be another document than the one of the same number."""
        return bool(self.cleaned_data["same_number"])

    def draft(self) -> Draft:
        """Return the document as it is begun."""
        said = self.cleaned_data
        issuers = issuers_named(said["issuers"].splitlines())
        bonds = Bonds(issuers)
        if bonds.led_elsewhere(said["body"]):
            bonds = bonds._replace(lead_attribute=Attribute.PROACTIVE)
        return Draft(
            title=said["title"],
            formed_on=said["on"],
            attribute=Attribute.PROACTIVE,
            topic=said["topic"],
            genre=said["genre"],
            document_number=said["document_number"],
            effective_on=said["effective_on"] or said["on"],
            expires_on=said["expires_on"],
            normative=said["normative"],
            bonds=bonds,
        )

    def happened(self) -> Happened:
        """Return its issue."""
        said = self.cleaned_data
        return Happened(
            Kind.ISSUED, said["on"], said["basis"], said["effective_on"], said["expires_on"]
        )


class DecisionForm(Submission):
    """What somebody has to say as something is confirmed or signed, if anything."""

    note = typed.Text(label=_("意见"), max_length=200, widget=WHY, required=False)


class ReasonForm(Submission):
    """Why something is refused, struck, undone or given up."""

    note = typed.Text(
        label=_("理由"), max_length=200, widget=WHY, help_text=_("长期留存，不写个人信息")
    )


class LinkForm(Submission):
    """A document that interprets the one that is shown, and by what means."""

    document = typed.Text(
        label=_("解读文件"), max_length=100,
        help_text=_("填索引号或者文号；最近的可以从列出的里面选"),
    )  # fmt: skip
    means = forms.ChoiceField(label=_("解读方式"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        among: QuerySet[Document],
        linked: QuerySet[Interpretation],
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Offer the newest of some documents but those linked; each may be named."""
        super().__init__(*args, **more)
        self._among, self._linked = among, linked
        self.fields["document"].widget.attrs["list"] = "interpreting"
        self.fields["means"].choices = _labels(means())  # type: ignore[attr-defined]

    @property
    def newest(self) -> QuerySet[Document]:
        """The newest documents that may interpret, to choose from."""
        rows = self._among.exclude(pk__in=self._linked.values("document"))
        return linking.to_link(rows).order_by("-pk")[:MOST_OFFERED]

    def clean_document(self) -> Document:
        """Return the one document that a number names."""
        number = self.cleaned_data["document"]
        same = Q(document_number=number) | Q(index_number=number)
        found = list(self._among.filter(same)[:2])
        if not found:
            raise ValidationError(
                gettext("本机关没有索引号或者文号是“%(number)s”的文件，请核对")
                % {"number": number}
            )
        if len(found) > 1:
            raise ValidationError(
                gettext("文号是“%(number)s”的文件不止一件，请改填索引号")
                % {"number": number}
            )
        return found[0]


class StockTakingForm(Submission):
    """That the stock is entered in full."""

    through = DayField(label=_("截至"), help_text=_("这一天以前印发的都已登记"))
    basis = typed.Text(label=_("怎样核对的"), max_length=300, widget=WHY)


class CleanUpForm(Submission):
    """What a clean-up is about."""

    name = typed.Text(label=_("名称"), max_length=100, help_text=_("如“2026年文件清理”"))
    as_of = DayField(label=_("清理截止日"), help_text=_("这一天现行有效的文件列入清理"))
    basis = typed.Text(label=_("依据"), max_length=300, widget=WHY)
    below = forms.BooleanField(label=_("包括下级机关的文件"), required=False)

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Ask for the body where there are several."""
        more["initial"] = {"as_of": clock.today()} | (more.get("initial") or {})
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))

    def plan(self) -> Plan:
        """Return what was entered."""
        said = self.cleaned_data
        return Plan(said["name"], said["as_of"], said["basis"], said["below"])


class ConclusionForm(forms.Form):
    """What is to become of one document of a worklist; looked at once it is touched.

    ``seen`` is what the row said when the page was opened: touched is what differs from
    it, and what somebody else concluded since is not written over unseen.
    """

    conclusion = forms.ChoiceField(
        label=_("清理结论"), widget=forms.RadioSelect,
        choices=[row for row in CleanUpItem.Conclusion.choices if row[0]],
    )  # fmt: skip
    reason = typed.Text(label=_("理由和依据"), max_length=300)
    expires_on = DayField(label=_("新的有效期至"), required=False)
    seen = typed.Text(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, item: CleanUpItem) -> None:  # noqa: ANN401
        """Begin with what was concluded, or with the present end."""
        kept = item.expires_on if item.conclusion else item.document.expires_on
        initial = {"conclusion": item.conclusion, "reason": item.reason, "expires_on": kept}
        now = [item.conclusion, item.reason, kept.isoformat() if kept else ""]
        initial["seen"] = said = json.dumps(now, ensure_ascii=False)
        prefix = str(item.pk)
        self.item, self._moved_on, self.touched = item, False, False
        if data is not None:
            seen = data.get(f"{prefix}-seen") or said
            sent = [data.get(f"{prefix}-{name}", "").strip() for name in _CONCLUDED]
            self.touched = json.dumps(sent, ensure_ascii=False) != seen
            self._moved_on = self.touched and seen != said
            data = data.copy()
            data[f"{prefix}-seen"] = said
        super().__init__(data, prefix=prefix, auto_id="id_%s", initial=initial)

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else concluded meanwhile."""
        if self._moved_on:
            told = {"what": self.item.get_conclusion_display()}
            who = self.item.by.display_name if self.item.by else ""
            why = gettext("在您打开之后，%(who)s已另作结论“%(what)s”；仍要改的请再保存一次")
            self.add_error("conclusion", why % (told | {"who": who}))
        return self.cleaned_data

    def concluded(self) -> Concluded:
        """Return what was entered; only what is kept has an end."""
        said = self.cleaned_data
        keep = said["conclusion"] == CleanUpItem.Conclusion.KEEP
        last = said["expires_on"] if keep else None
        return Concluded(said["conclusion"], said["reason"], last)
