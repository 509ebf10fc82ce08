"""Every address of the channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Query

from mingtang.case.events import Struck
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.api import problems, shapes, telling
from mingtang_web.api.calling import CALLERS, only_known, opened
from mingtang_web.api.performing import (
    DONE,
    PROPOSED,
    answer,
    no_numbers,
    outcome,
    perform,
)
from mingtang_web.bodies.queries import require, standing
from mingtang_web.cases import actions, policy, signing
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.models import SearchRecord
from mingtang_web.cases.queries import visible
from mingtang_web.cases.selecting import Wanted, selected, shown
from mingtang_web.letters.actions import look
from mingtang_web.letters.models import Letter
from mingtang_web.letters.policy import OPEN
from mingtang_web.letters.queries import of_case
from mingtang_web.letters.queries import visible as visible_letters
from mingtang_web.letters.rendering import file

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 200
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64)]
"""The submission's own token: sent again, it is the same submission and is done once."""

api = NinjaAPI(
    title="明堂接口",
    version="1",
    description="与办案页面同一套权限、法律检查和台账；不提供申请人的个人信息。",
    auth=CALLERS,
    docs_url=None,
    docs_decorator=login_required,
    urls_namespace="api",
)
problems.install(api)
api.add_decorator(only_known)


@api.get("/session", response=shapes.Session)
def session(request: HttpRequest) -> shapes.Session:
    """Return who calls, and the token for changes."""
    held = standing(request.user, clock.today())
    roles = sorted({str(each.role) for each in held.holdings})
    who = signed_in(request).username
    return shapes.Session(user=who, csrf=get_token(request), roles=roles)


@api.get("/cases", response=shapes.CasePage)
def cases(
    request: HttpRequest,
    state: Annotated[str, Query(pattern="^(open|closed|all)$")] = "open",
    phase: Annotated[str, Query(max_length=12)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> shapes.CasePage:
    """Return a page of the cases that the caller sees, what is due first first."""
    today = clock.today()
    held = standing(request.user, today)
    wanted = Wanted(state=state, phase=phase)
    found = selected(visible(held), wanted, today, soon(today))
    pages = Paginator(found.values_list("pk", flat=True), size)
    here = pages.get_page(page)
    return shapes.CasePage(
        cases=telling.lines(shown(list(here.object_list)), today),
        count=pages.count,
        page=here.number,
        pages=pages.num_pages,
    )


@api.get("/cases/{pk}", response=shapes.CaseWhole)
def case(request: HttpRequest, pk: int) -> shapes.CaseWhole:
    """Return a case: where it stands, by when, and what happened."""
    return telling.whole(opened(request, pk))


@api.get("/cases/{pk}/acts", response=list[shapes.ActOffered])
def acts(request: HttpRequest, pk: int) -> list[shapes.ActOffered]:
    """Return the acts that the law permits now and the caller may do or propose."""
    return [telling.offered(offer) for offer in opened(request, pk).offered()]


@api.post("/cases/{pk}/acts/{name}", response=shapes.Outcome)
def act(
    request: HttpRequest, pk: int, name: str, deed: shapes.Deed, key: Key
) -> shapes.Outcome:
    """Do an act, or propose it where another must consent."""
    return perform(opened(request, pk), name, deed, key)


@api.post("/cases/{pk}/searches", response=shapes.Outcome)
def search(request: HttpRequest, pk: int, sent: shapes.Search, key: Key) -> shapes.Outcome:
    """Keep how the body looked for what was asked."""
    seen = opened(request, pk)
    seen.demand(policy.SEARCH)
    actions.search(seen.case, SearchRecord(**sent.model_dump()), seen.user, key)
    return outcome(seen, "done")


@api.post("/cases/{pk}/strikes", response=shapes.Outcome)
def strike(request: HttpRequest, pk: int, sent: shapes.Strike, key: Key) -> shapes.Outcome:
    """Strike an entry that was made wrongly, or propose to where another must consent."""
    seen = opened(request, pk)
    seen.demand(policy.STRIKE)
    no_numbers(why=sent.why)
    if sent.place >= len(seen.events):
        raise problems.WordsError(_("没有这一条记录"), "place")
    event = Struck(on=seen.today, entry=sent.place)
    doing = Doing(seen.user, sent.version, key, note=sent.why)
    if policy.first_stage(event, seen.now):
        return outcome(seen, PROPOSED, signing.propose(seen.case, event, doing))
    actions.do(seen.case, event, doing)
    return outcome(seen, DONE)


@api.post("/cases/{pk}/proposals/{number}", response=shapes.Outcome)
def proposal(
    request: HttpRequest, pk: int, number: int, said: shapes.Opinion
) -> shapes.Outcome:
    """Answer what somebody proposed."""
    seen = opened(request, pk)
    made = seen.proposals.get(number)
    if made is None:
        raise Http404
    return answer(seen, made, said)


@api.get("/cases/{pk}/letters", response=list[shapes.LetterLine])
def letters(request: HttpRequest, pk: int) -> list[shapes.LetterLine]:
    """Return a case's letters, the void ones too."""
    seen = opened(request, pk)
    return [telling.letter(row) for row in of_case(seen.case.pk)]


@api.post("/letters/{pk}/files/{to}")
def letter_file(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Give a letter as a file; who took it enters the ledger, so that it is a change."""
    row = _letters(request).filter(pk=pk).first()
    if row is None or to not in TYPES:
        raise Http404
    require(request.user, OPEN, row.body, clock.today())
    made = look(row, signed_in(request), to)
    answer = HttpResponse(file(row, made, to), content_type=TYPES[to])
    answer["Content-Disposition"] = f'attachment; filename="letter-{row.pk}.{to}"'
    return answer


def _letters(request: HttpRequest) -> QuerySet[Letter]:
    rows = visible_letters(standing(request.user, clock.today()))
    return rows.defer(None).select_related("body", "reader", "replaces")
