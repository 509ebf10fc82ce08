"""Questions in plain words that lead to exactly one ground, and the list for experts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang.case.act import act
from mingtang.case.choosing import ground_refusal, grounds_open
from mingtang.case.permitting import NotPermittedError, refusal
from mingtang.case.question import question, questions
from mingtang.law.grounds import grounds
from mingtang_web.cases import policy
from mingtang_web.cases.actions import SignOffError
from mingtang_web.desk.case import facts
from mingtang_web.desk.opening import opened
from mingtang_web.desk.refusing import refused
from mingtang_web.desk.wording import result
from mingtang_web.typed import sought
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.question import Question, Reply
    from mingtang_web.desk.opening import Opened
    from mingtang_web.desk.wording import Result


class Answered(NamedTuple):
    """A question that was answered, and the way back to it."""

    question: Question
    reply: Reply
    before: str


class Choice(NamedTuple):
    """Something that can be chosen; ``why`` says why not now, None where it can."""

    what: Reply
    why: str | None


class Listed(NamedTuple):
    """A result in the list of all; ``why`` says why not now, None where it can."""

    what: Result
    why: str | None


class Way(NamedTuple):
    """The answers so far, and the question they lead to; or the ground."""

    answered: tuple[Answered, ...]
    question: Question | None
    ground: str | None


def walk(said: str) -> Way:
    """Return where answers such as ``0.1`` lead: the number of each reply in turn.

    Raises `LookupError` and `ValueError` for answers that lead nowhere.
    """
    answered: list[Answered] = []
    asked: Question | None = questions()[0]
    ground = None
    parts = said.split(".") if said else []
    for place, part in enumerate(parts):
        if asked is None or not part.isdecimal():
            raise LookupError(said)
        reply = asked.replies[int(part)]
        answered.append(Answered(asked, reply, ".".join(parts[:place])))
        ground = reply.ground
        asked = question(reply.question) if reply.question else None
    return Way(tuple(answered), asked, ground)


@require_safe
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the next question before a decision."""
    seen = opened(request, pk)
    stopped = _stopped(request, seen)
    if stopped:
        return stopped
    open_now = grounds_open(seen.now)
    if len(open_now) == 1:
        return redirect("case_ground", pk, open_now[0].code)
    said, reply = request.GET.get("said", ""), request.GET.get("reply")
    together = ".".join(filter(None, (said, reply)))
    try:
        way = walk(together)
    except (LookupError, ValueError) as nowhere:
        raise Http404 from nowhere
    if way.ground:
        return redirect("case_ground", pk, way.ground)
    asked = way.question or questions()[0]
    choices = [Choice(each, _shut(each, seen)) for each in asked.replies]
    context = facts(seen) | {
        "way": way,
        "said": together,
        "choices": choices,
        "correct_first": _may_be_corrected(choices, seen),
        "missing": "said" in request.GET and not reply,
    }
    return render(request, "desk/case/question.html", context)


@require_safe
@login_required
def every_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """List every ground, or those that hold a word, for whoever knows their way."""
    seen = opened(request, pk)
    stopped = _stopped(request, seen)
    if stopped:
        return stopped
    word = sought(request.GET.get("word", ""), 100)
    found = [result(known.code) for known in grounds()]
    context = facts(seen) | {
        "word": word,
        "choices": [
            Listed(each, ground_refusal(each.ground.code, seen.now))
            for each in found
            if word.lower() in _looked_in(each)
        ],
    }
    return render(request, "desk/case/grounds.html", context)


def _looked_in(found: Result) -> str:
    """Return what a word is looked for in: a title in Chinese and as it is shown."""
    known = found.ground
    said = f"{known.title} {spoken(known.title)} {known.cite} {found.line}"
    return said.lower()


def _stopped(request: HttpRequest, seen: Opened) -> HttpResponse | None:
    seen.demand(policy.DOING["decide"])
    known = act("decide")
    why = refusal(known, seen.now)
    if why:
        return refused(request, seen, NotPermittedError(known.title, why, known.cite))
    held = seen.held_up(policy.DOING["decide"])
    return refused(request, seen, SignOffError(held)) if held else None


def _may_be_corrected(choices: list[Choice], seen: Opened) -> bool:
    """Return whether a reply is left out because a correction must be asked for first."""
    left_out = any(each.why and each.what.ground == "U3" for each in choices)
    return left_out and any(each.act.id == "ask_correction" for each in seen.offered())


def _shut(reply: Reply, seen: Opened) -> str | None:
    """Return why a reply leads to a ground that is shut now, and what to do first."""
    why = ground_refusal(reply.ground, seen.now) if reply.ground else None
    return _("现在不能选：%(why)s") % {"why": spoken(why)} if why else None
