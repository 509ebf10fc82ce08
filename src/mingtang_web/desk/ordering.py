"""The letter of an act, ordered beside the act's own form: what a person fills in of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.events import Decided
from mingtang.case.overriding import DISCLOSES, overrides
from mingtang.drafting import template
from mingtang.drafting.template import kinds_for
from mingtang_web import typed
from mingtang_web.cases.contradicting import contradictions
from mingtang_web.cases.earlier import answers_before
from mingtang_web.cases.lettering import BY_LETTER, TO_OBJECTORS, kind_for, previewed
from mingtang_web.cases.naming import named
from mingtang_web.cases.particulars import (
    FACTS,
    RULING,
    UNTYPED,
    known_particulars,
    objectors,
)
from mingtang_web.desk.forms_fields import part_choices
from mingtang_web.desk.forms_particulars import ParticularsForm
from mingtang_web.letters.orders import Order
from mingtang_web.letters.rendering import paper
from mingtang_web.masking import no_personal_data
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.http import QueryDict

    from mingtang.case.act import Act
    from mingtang.case.events import Event
    from mingtang_web.applicants.models import Applicant
    from mingtang_web.cases.models import Case
    from mingtang_web.desk.forms_acts import ActForm
    from mingtang_web.desk.offering import Makable
    from mingtang_web.letters.rendering import Line

ALWAYS, AT_WILL, ALONE = "always", "at will", "alone"
"""A letter that the law asks for with its act, one that may go with it, one by itself."""
REPEATED, _EARLIER = "repeated", ("earlier_number", "earlier_day")
_MAY_NOT_GO = frozenset({"delay_notice"})
"""Letters that go out only as the act is filled in."""


class OrderForm(ParticularsForm):
    """The particulars of an act's letter that do not follow from the case.

    Its fields begin with ``letter-``, so that it stands in one form with the act.
    Whoever says why no letter goes out need not fill in the rest, nor does who
    does not want one that goes out ``AT_WILL``. A particular that the case should
    know and does not is asked for when the event is known, and in a letter that
    goes out ``ALONE``.
    """

    prefix = "letter"
    party = ""
    no_letter = typed.Text(
        label=gettext_lazy("不发文书的理由"),
        help_text=gettext_lazy("只在确实不发文书时填写，会记入台账"),
        required=False,
        max_length=200,
        validators=[no_personal_data],
    )

    def __init__(
        self,
        case: Case,
        kind: str,
        event: Event | None,
        data: QueryDict | None = None,
        *,
        goes: str = ALWAYS,
    ) -> None:
        known = known_particulars(case, event, kind, self.party)
        asked = goes == ALONE or event is not None
        unknown = FACTS - UNTYPED - set(known) if asked else frozenset[str]()
        first = set() if "ruled_on" in known else set(RULING)
        super().__init__(kind, (FACTS - unknown) | first, data, known)
        self.case, self.kind, self.title = case, kind, template(kind).title
        self.goes = goes
        if event is None and kind in _MAY_NOT_GO:
            for field in self.fields.values():
                field.required = False
        self.order_fields([*(name for name in self.fields if name != "no_letter")])
        if goes != ALWAYS:
            del self.fields["no_letter"]
        if goes == AT_WILL:
            label = _("一并出具%(title)s") % {"title": spoken(self.title)}
            self.fields["wanted"] = forms.BooleanField(label=label, required=False)
            self.order_fields(["wanted"])

    def receipt_of(self, made: Makable) -> None:
        """Say what the receipt of a letter tells of it, and whom it is signed by."""
        if made.of is not None:
            told = {"delivered_title": made.of.title, "delivered_number": made.of.number}
            self.initial.update(told)
        self.party = made.party

    @property
    def at_will(self) -> bool:
        """Whether the act may be done without this letter and without a reason."""
        return self.goes == AT_WILL

    @property
    def reason(self) -> str:
        """Why no letter goes out, as it was typed; nothing where one does."""
        return str(self.data.get(self.add_prefix("no_letter"), "")).strip()

    def full_clean(self) -> None:
        """Let everything else stay blank where no letter goes out."""
        if self.is_bound and not self._goes_out():
            for field in self.fields.values():
                field.required = False
        super().full_clean()

    def clean_no_letter(self) -> str:
        """Return why none goes out; raises `ValidationError` where it names somebody."""
        words = str(self.cleaned_data["no_letter"])
        why = named(self.case, words)
        if why:
            raise forms.ValidationError(why)
        return words

    def order(self) -> Order | None:
        """Return what was ordered, none where no letter goes out."""
        if not self._goes_out():
            return None
        return Order(self.kind, self.particulars(), party=self.party)

    def shown(
        self, event: Event | None, asked: Applicant | None = None
    ) -> tuple[Line, ...]:
        """Return the letter as it would go out, masked; its fields say what it lacks.

        ``asked`` is who is about to be consulted and not entered yet.
        """
        order = self.order()
        if order is None:
            return ()
        seen = previewed(self.case, event, order, asked)
        self.tell(seen.problems)
        return paper(seen.letter) if seen.letter else ()

    def warnings(self) -> tuple[str, ...]:
        """Return what is doubtful about it as it was filled in, beside the case."""
        if not self._goes_out():
            return ()
        typed = {name: self.cleaned_data.get(name) for name in self.fields}
        return contradictions(self.case, typed)

    def typed(self) -> list[tuple[str, str]]:
        """Return everything as it was typed, to be carried to the next page."""
        data: Any = self.data
        names = map(self.add_prefix, self.fields)
        return [(name, each) for name in names for each in data.getlist(name)]

    def _goes_out(self) -> bool:
        if self.goes == AT_WILL:
            return bool(self.data.get(self.add_prefix("wanted")))
        return not self.reason


class Repeating(OrderForm):
    """The letter that tells of a repeated request: it names what was answered before.

    What this applicant was answered is offered from the ledger and need not be typed.
    """

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.known = {each.key: each for each in answers_before(self.case)}
        named = [
            (key, f"{each.number}（{each.day}）{each.subject}")
            for key, each in self.known.items()
        ]
        if not named:
            return
        self.fields["earlier"] = forms.ChoiceField(
            label=_("前次答复"),
            choices=[("", _("不在下面，自行填写")), *named],
            required=False,
            help_text=_("台账中对这位申请人作出的答复；选定后文号和日期不必再填"),
        )
        for name in _EARLIER:
            self.fields[name].required = False
        first = [name for name in self.fields if name not in {"earlier", *_EARLIER}]
        place = first.index("request_summary") + 1 if "request_summary" in first else 0
        self.order_fields([*first[:place], "earlier", *_EARLIER, *first[place:]])

    def clean(self) -> dict[str, Any]:
        """Fill in what was chosen; ask for what was neither chosen nor typed."""
        typed = super().clean() or self.cleaned_data
        chosen = self.known.get(str(typed.get("earlier") or ""))
        if chosen is not None:
            typed |= {"earlier_number": chosen.number, "earlier_day": chosen.day}
        elif "earlier" in self.fields and self._goes_out():
            for name in _EARLIER:
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("请选定前次答复，或者填写文号和日期"))
        return typed


class ToObjector(OrderForm):
    """The letter that tells one who objected what is disclosed all the same."""

    def __init__(
        self,
        case: Case,
        party: str,
        event: Event | None,
        data: QueryDict | None = None,
        *,
        goes: str = ALWAYS,
    ) -> None:
        self.party, self.prefix = party, f"letter-{party}"
        super().__init__(case, TO_OBJECTORS, event, data, goes=goes)
        if "no_letter" in self.fields:
            self.fields["no_letter"].label = _("不告知这位第三方的理由")


def order_of(form: ActForm) -> OrderForm | None:
    """Return the order beside an act's form, none where no letter goes with the act."""
    bound = form.is_bound and form.is_valid()
    event = form.event() if bound else None
    kind = kind_for(event) if event else _kind(form.act, form.code)
    if kind is None:
        return None
    goes = ALWAYS if form.act.id in BY_LETTER else AT_WILL
    data: Any = form.data if form.is_bound else None
    made = Repeating if kind == REPEATED else OrderForm
    order = made(form.seen.case, kind, event, data, goes=goes)
    for row in range(order.rows.get("withheld", 0)):
        grounds: Any = order.fields[f"withheld-{row}-ground"]
        grounds.choices = part_choices(form.seen)
    return order


@dataclass(frozen=True)
class Orders:
    """The letters beside an act's form: its own, and those that go to others with it."""

    own: OrderForm | None
    further: list[ToObjector]

    @property
    def reason(self) -> str:
        """Why the act's own does not go out, as it was typed; nothing where it does."""
        return self.own.reason if self.own else ""

    @property
    def untold(self) -> dict[str, str]:
        """Why each of those who objected is not told, by their numbers in the case."""
        return {each.party: each.reason for each in self.further if each.reason}

    def both(self) -> list[OrderForm]:
        """Return every one of them."""
        return [*([self.own] if self.own else []), *self.further]


def orders_of(form: ActForm) -> Orders:
    """Return the orders beside an act's form."""
    return Orders(order_of(form), further_of(form))


def further_of(form: ActForm) -> list[ToObjector]:
    """Return the letters that tell those who objected what is disclosed all the same.

    Where nothing was left out for a third party's sake the law asks for them
    (条例第三十二条); where a part was, they may be wanted.
    """
    if form.act.id != "decide" or form.code not in DISCLOSES:
        return []
    bound = form.is_bound and form.is_valid()
    event = form.event() if bound else None
    if isinstance(event, Decided):
        sure = overrides(event, form.seen.history)
    else:
        sure = form.code == "G2"
    goes = ALWAYS if sure else AT_WILL
    data: Any = form.data if form.is_bound else None
    case = form.seen.case
    return [ToObjector(case, party, event, data, goes=goes) for party in objectors(case)]


def _kind(act: Act, code: str) -> str | None:
    return next(iter(kinds_for(code)), None) if code else act.letter
