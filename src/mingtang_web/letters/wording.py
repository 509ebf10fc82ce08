"""An office's own wording of the free passages, entered by its administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.drafting import template
from mingtang.drafting.editing import EditError, check_edit
from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.letters import policy
from mingtang_web.letters.models import LetterEdit
from mingtang_web.letters.queries import edits

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain

EDITED = "letter.edited"


class Wording(NamedTuple):
    """One passage as an office words it, from a day on; without text, as the template."""

    kind: str
    passage: str
    text: str
    since: date


class WordingError(ValueError):
    """Wordings that cannot be kept; `problems` says why, by the passage's id."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems.values()))


@transaction.atomic
def reword_all(
    body: Body, kind: str, texts: dict[str, str], since: date, actor: User
) -> list[LetterEdit]:
    """Keep an office's wording of several passages and return those that changed.

    All or none. Raises `NotAllowedError`, and `WordingError` with every fault.
    """
    require(actor, policy.EDIT, body, clock.today())
    present, kept, problems = edits(body, kind, since), [], {}
    for passage, text in texts.items():
        if text == present.get(passage, ""):
            continue
        try:
            kept.append(reword(body, Wording(kind, passage, text, since), actor))
        except EditError as fault:
            problems[passage] = str(fault)
    if problems:
        raise WordingError(problems)
    return kept


@transaction.atomic
def reword(body: Body, wording: Wording, actor: User) -> LetterEdit:
    """Keep an office's wording of a passage and return it; the earlier one stays.

    Raises `NotAllowedError`, `UnknownKindError`, `EditError` with what must not be
    changed or lost, and for a day that is past: letters of that day have gone out.
    """
    require(actor, policy.EDIT, body, clock.today())
    made = template(wording.kind)
    text = wording.text.strip()
    check_edit(made, wording.passage, text or _own_words(wording))
    if wording.since < clock.today():
        raise EditError(_("启用日期不能早于今天，此前的文书已按原措辞出具"))
    row = LetterEdit.objects.create(
        body=body,
        kind=wording.kind,
        passage=wording.passage,
        text=text,
        since=wording.since,
        by=actor,
        at=clock.now(),
    )
    payload: dict[str, Plain] = {
        "edit": row.pk,
        "kind": row.kind,
        "passage": row.passage,
        "text": text,
        "since": wording.since.isoformat(),
    }
    append(Record(body, EDITED, payload, actor=actor))
    return row


def _own_words(wording: Wording) -> str:
    """Return the template's own words, which are what an empty wording stands for."""
    passage = template(wording.kind).passage(wording.passage)
    return passage.text if passage else ""
