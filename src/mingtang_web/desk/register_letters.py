"""The letter of an answer in a register, filled in beside the answer itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from mingtang.drafting import template
from mingtang_web import typed
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.desk.forms_particulars import ParticularsForm
from mingtang_web.desk.timeline import Sent, sent_with
from mingtang_web.letters.composing import Problem
from mingtang_web.letters.orders import Order
from mingtang_web.letters.rendering import paper
from mingtang_web.masking import no_personal_data
from mingtang_web.registers.lettering import FACTS, known_particulars, previewed

if TYPE_CHECKING:
    from django.http import QueryDict

    from mingtang_web.letters.rendering import Line
    from mingtang_web.registers.actions import Answer
    from mingtang_web.registers.models import Matter, Step
    from mingtang_web.registers.rules import Outcome


class AnswerLetterForm(ParticularsForm):
    """The particulars of an answer's letter that do not follow from its matter."""

    prefix = "letter"
    no_letter = typed.Text(
        label=gettext_lazy("不发文书的理由"),
        help_text=gettext_lazy("只在确实不发文书时填写，会记入台账"),
        required=False,
        max_length=200,
        validators=[no_personal_data],
    )

    def __init__(
        self, matter: Matter, outcome: Outcome, data: QueryDict | None = None
    ) -> None:
        kind = matter.law.letters[outcome]
        super().__init__(kind, FACTS, data, known_particulars(matter, kind, None))
        self.matter, self.kind, self.title = matter, kind, template(kind).title
        self.order_fields([*(name for name in self.fields if name != "no_letter")])

    @property
    def reason(self) -> str:
        """Why no letter goes out, as it was typed; nothing where one does."""
        return str(self.data.get(self.add_prefix("no_letter"), "")).strip()

    def full_clean(self) -> None:
        """Let everything else stay blank where no letter goes out."""
        if self.is_bound and self.reason:
            for field in self.fields.values():
                field.required = False
        super().full_clean()

    def order(self) -> Order | None:
        """Return what was ordered, none where no letter goes out."""
        return None if self.reason else Order(self.kind, self.particulars())

    def shown(self, given: Answer) -> tuple[Line, ...]:
        """Return the letter as it would go out, masked; its fields say what it lacks."""
        order = self.order()
        if order is None:
            return ()
        try:
            seen = previewed(self.matter, given, order)
        except ErasedError as gone:
            self.tell([Problem("", "", str(gone))])
            return ()
        self.tell(seen.problems)
        return paper(seen.letter) if seen.letter else ()


def went_out(step: Step) -> tuple[tuple[Sent, ...], str]:
    """Return the letters that went out with a step, and why none did."""
    return sent_with(step.entry), step.entry.content.get("no_letter", "")
