"""Forms of acts: sent once, decided on what was seen, and nothing typed lost."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from mingtang.case.permitting import NotPermittedError
from mingtang.compiling import CompileError
from mingtang.publication.refused import RefusedError
from mingtang.screening import WordListProblems
from mingtang.writing import UnwritableError
from mingtang_web import typed
from mingtang_web.annual.readiness import NotReadyError as ReportNotReadyError
from mingtang_web.annual.recording import OutOfTurnError as ReportOutOfTurnError
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.bodies.models import Body
from mingtang_web.bringing.mapping import MappingError as BringingMappingError
from mingtang_web.bringing.recording import OutOfTurnError as BringingOutOfTurnError
from mingtang_web.bringing.staging import UnfinishedError as BringingUnfinishedError
from mingtang_web.cases.actions import Doing, FutureError, SignOffError, StaleError
from mingtang_web.cases.exchanging import ExchangeError, WordsError
from mingtang_web.cases.naming import NamedError
from mingtang_web.cases.questioning import QuestionedError
from mingtang_web.cases.searching import ThinRecordError
from mingtang_web.collecting.recording import OutOfTurnError as CollectingOutOfTurnError
from mingtang_web.desk.sitting import one_time_key
from mingtang_web.disputes.actions import MovedOnError
from mingtang_web.files.actions import AlteredFileError, RefusedFileError
from mingtang_web.importing.actions import UnfinishedError
from mingtang_web.importing.consenting import UntriedError
from mingtang_web.importing.mapping import MappingError
from mingtang_web.importing.opening import ClearedError
from mingtang_web.importing.tables import TableError
from mingtang_web.keeping.policy import KeepingError
from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.ledger.stepping import MovedOnError as RowMovedOnError
from mingtang_web.letters.actions import LetterError
from mingtang_web.publication.completeness import IncompleteError
from mingtang_web.publication.recording import OutOfTurnError as DocumentOutOfTurnError
from mingtang_web.publication.recording import SentOtherwiseError
from mingtang_web.publication.releasing import NotReviewedError
from mingtang_web.publication.screening import UnscreenedError
from mingtang_web.registers.actions import OutOfTurnError
from mingtang_web.wordlists.actions import ListMovedOnError
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Act, Standing

Done = TypeVar("Done")
REFUSALS = (
    NotPermittedError,
    SignOffError,
    StaleError,
    MovedOnError,
    RowMovedOnError,
    OutOfTurnError,
    ReportOutOfTurnError,
    ReportNotReadyError,
    CollectingOutOfTurnError,
    DocumentOutOfTurnError,
    ListMovedOnError,
    WordListProblems,
    RefusedError,
    IncompleteError,
    NotReviewedError,
    UnscreenedError,
    CompileError,
    UnwritableError,
    FutureError,
    BringingMappingError,
    BringingOutOfTurnError,
    BringingUnfinishedError,
    ClearedError,
    UnfinishedError,
    UntriedError,
    MappingError,
    TableError,
    KeepingError,
    ErasedError,
    ExchangeError,
    WordsError,
    RefusedFileError,
    AlteredFileError,
    LetterError,
    KeyTakenError,
    NamedError,
    ThinRecordError,
    QuestionedError,
)
"""What an action says no with, in words for the person at the screen."""


class Submission(forms.Form):
    """A form of an act: its one-time key, and the version that was looked at."""

    key = typed.Text(max_length=64, widget=forms.HiddenInput)
    version = typed.Whole(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int = 0, **more: Any) -> None:  # noqa: ANN401
        """Begin with a fresh key where nothing was sent yet."""
        begun = {"key": one_time_key(), "version": version}
        more["initial"] = begun | (more.get("initial") or {})
        super().__init__(*args, **more)

    def doing(self, actor: User, note: str = "") -> Doing:
        """Return who does it, on what version, with which key."""
        version = self.cleaned_data["version"] or 0
        return Doing(actor, version, self.cleaned_data["key"], note=note)


def tried(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """Do what a form asks for; None where it was refused.

    The reasons then stand in the form, at the field that a refusal names, for the page
    that shows it again with everything typed: ``tried(form, act) or page``.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as problem:
        said = problem.message_dict if hasattr(problem, "error_dict") else {}
        for name, why in (said or {"": problem.messages}).items():
            form.add_error(name if name in form.fields else None, list(why))
    except REFUSALS as problem:
        if isinstance(problem, SentOtherwiseError):
            renewed(form)
        at = getattr(problem, "field", None)
        form.add_error(at if at in form.fields else None, spoken(problem))
    return None


def renewed(form: forms.Form, version: int | None = None) -> None:
    """Let a refused form be sent again as another submission, all that was typed in it.

    ``version`` is what it then goes by, where its page has told of what moved on.
    """
    data: Any = copy(form.data)  # of what a browser sent, one that can be altered
    data[form.add_prefix("key")] = one_time_key()
    if version is not None:
        data[form.add_prefix("version")] = str(version)
    form.data = data


def told(request: HttpRequest, words: str, to: str, *of: object) -> HttpResponse:
    """Say what was done and go on to a page, so that going back does not do it again."""
    messages.success(request, words)
    return redirect(to, *of)


def bodies_for(act: Act, held: Standing) -> list[Body]:
    """Return the bodies in which a person may do an act, in the order of the tree."""
    rows = Body.objects.filter(pk__in=held.body_ids(), closed_on=None)
    return [body for body in rows if held.allows(act, body)]


def body_choice(bodies: list[Body]) -> forms.TypedChoiceField:
    """Return a field that asks for one of some bodies; with one there is nothing to ask."""
    known = {str(body.pk): body for body in bodies}
    choices = [(key, body.name) for key, body in known.items()]
    widget = forms.HiddenInput if len(choices) == 1 else forms.Select
    first = choices[0][0] if len(choices) == 1 else None
    return forms.TypedChoiceField(
        label="机关", choices=choices, coerce=known.get, widget=widget, initial=first
    )
