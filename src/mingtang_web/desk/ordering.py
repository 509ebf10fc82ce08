"""The letter of an act, ordered beside the act's own form: what a person fills in of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from mingtang_web.cases.lettering import previewed
from mingtang_web.cases.particulars import FACTS, known_particulars
from mingtang_web.desk.forms_letters import no_personal_data
from mingtang_web.desk.forms_particulars import ParticularsForm
from mingtang_web.letters.orders import Order
from mingtang_web.letters.rendering import paper

if TYPE_CHECKING:
    from django.http import QueryDict

    from mingtang.case.events import Event
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.rendering import Line


class OrderForm(ParticularsForm):
    """The particulars of an act's letter that do not follow from the case.

    Its fields begin with ``letter-``, so that it stands in one form with the act.
    Whoever says why no letter goes out need not fill in the rest. A particular
    that the case should know and does not is asked for when the event is known,
    and in a letter that goes out ``alone``.
    """

    prefix = "letter"
    no_letter = forms.CharField(
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
        alone: bool = False,
    ) -> None:
        known = known_particulars(case, event, kind)
        unknown = FACTS - set(known) if alone or event is not None else frozenset[str]()
        super().__init__(kind, FACTS - unknown, data, known)
        self.case, self.kind = case, kind
        self.order_fields([*(name for name in self.fields if name != "no_letter")])
        if alone:
            del self.fields["no_letter"]

    def full_clean(self) -> None:
        """Let everything else stay blank where no letter goes out."""
        if self.is_bound and str(self.data.get(self.add_prefix("no_letter"), "")).strip():
            for field in self.fields.values():
                field.required = False
        super().full_clean()

    def order(self) -> Order | None:
        """Return what was ordered, none where no letter goes out."""
        if self.cleaned_data.get("no_letter", "").strip():
            return None
        return Order(self.kind, self.particulars())

    def shown(self, event: Event | None) -> tuple[Line, ...]:
        """Return the letter as it would go out, masked; its fields say what it lacks."""
        order = self.order()
        if order is None:
            return ()
        seen = previewed(self.case, event, order)
        self.tell(seen.problems)
        return paper(seen.letter) if seen.letter else ()
