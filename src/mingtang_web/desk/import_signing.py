"""The page on which another person reads what an import would bring, and consents to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtang.case.deadlines import Timeliness
from mingtang.case.state import PHASE_NAMES, Phase
from mingtang.law.grounds import ground
from mingtang_web.accounts.models import User
from mingtang_web.cases import questioning
from mingtang_web.cases.actions import SignOffError
from mingtang_web.desk.filtering import KEPT
from mingtang_web.desk.import_answers import OpinionForm, ReasonForm, placed
from mingtang_web.desk.mapping_forms import in_order, line_name
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import tried
from mingtang_web.importing import policy, queries, signing, values
from mingtang_web.importing.fields import BY_ID, Form, key_of
from mingtang_web.importing.weighing import LATE
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from mingtang_web.bodies.models import Body
    from mingtang_web.desk.sitting import Desk
    from mingtang_web.importing.models import ImportProposal

MOST_TOLD = 50


class LedgerReasonForm(ReasonForm):
    """Why cases come into a register in use that were not entered there."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Say what is to be told of an old ledger."""
        super().__init__(*args, **more)
        self.fields["why"].help_text = _(
            "台账从哪里来、为什么没有在这里登记、凭什么核对过；长期留存，不写个人信息"
        )


class Named(NamedTuple):
    """A row as whoever consents sees it, by the days and without anybody's name."""

    row: int
    old_number: str
    came: str
    result: str
    ended: str
    told: str
    kept: str
    since: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an import would bring, and take the answer to it."""
    desk = desk_of(request)
    made = get_object_or_404(queries.proposals(desk.held), pk=pk)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        answer = tried(form, lambda: _answered(request, made, form, desk.user))
        if answer:
            return answer
        status = 409 if form.non_field_errors() else 422
    return render(
        request, "desk/importing/proposal.html", _context(desk, made, form), status=status
    )


def _answered(
    request: HttpRequest, made: ImportProposal, form: OpinionForm, person: User
) -> HttpResponse:
    answer, opinion = form.data.get("answer"), form.cleaned_data["opinion"]
    if answer == "take_back":
        signing.take_back(made, person)
        said = _("已撤回送审")
    elif answer == "agree":
        signing.approve(made, person, opinion)
        said = _("已批准，由送审人导入")
    elif answer == "return":
        signing.send_back(made, person, opinion)
        said = _("已退回送审人")
    else:
        raise SignOffError(_("没有写明同意还是退回，没有改动"))
    messages.success(request, said)
    return redirect("import_proposal", made.pk)


def _context(desk: Desk, made: ImportProposal, form: OpinionForm) -> dict[str, object]:
    held, source = desk.held, made.source
    own = made.proposer_id == desk.user.pk
    lender = held.lender_for(policy.APPROVE, source.body)
    return {
        "made": made,
        "source": source,
        "form": form,
        "trial": shown_trial(made.trial, source.body),
        "columns": _columns(made.trial),
        "stale": made.is_waiting and signing.stale(made),
        "own": own,
        "may_answer": held.allows(policy.APPROVE, source.body) and not own,
        "may_import": held.allows(policy.IMPORT, source.body),
        "barred": signing.barred(made, desk.user),
        "lender": User.objects.get(pk=lender).display_name if lender else "",
    }


def _columns(kept: dict[str, Any]) -> list[tuple[str, str]]:
    """Return by which columns a file was read, what stands for all rows included."""
    return [
        (key.label, placed(at, _offered(key.field)))
        for name, at in kept["mapping"]["columns"].items()
        if (key := key_of(name))
    ]


def _offered(field: str) -> Mapping[str, object]:
    """Return the values of a field by their names; of one without values none."""
    return values.choices(field) if BY_ID[field].form is Form.CHOICE else {}


def shown_trial(kept: dict[str, Any], body: Body) -> dict[str, object]:
    """Return a trial as screens show it: phases, lines and rows by their names."""
    tables = []
    for year, cells in kept["tables"].items():
        lines: dict[str, int] = {}
        for line, _applicant, number in cells:
            lines[line] = lines.get(line, 0) + number
        named = [(line_name(line), lines[line]) for line in in_order(lines)]
        tables.append((year, named))
    phases = [(PHASE_NAMES[Phase(name)], count) for name, count in kept["phases"].items()]
    unsent, unarrived = kept.get("unsent", []), kept.get("unarrived", [])
    told = kept.get("in_time", 0) + kept.get("late", 0)
    return {
        **kept, "fit": sum(kept["phases"].values()), "phases": phases, "tables": tables,
        "unsaid": kept.get("concluded", 0) - told,
        "unsent": len(unsent), "unsent_rows": _listed(unsent),
        "unarrived": len(unarrived), "unarrived_rows": _listed(unarrived),
        "named": [_named(row, kept["live"]) for row in kept.get("named", ())],
        "closed": _closed(kept, body),
    }  # fmt: skip


def _named(row: list[Any], live: str) -> Named:
    number, old, came, result, ended, told, kept = row
    said = ground(result).title if result[:1].isupper() else _HOW.get(result, result)
    late = Timeliness(kept) in LATE
    judged = KEPT["late"] if late else KEPT.get(kept, "")
    return Named(
        *(number, old, came, spoken(said), ended, told),
        kept=str(judged),
        since=came >= live,
    )


_HOW = values.choices("closed_how")


def _closed(kept: dict[str, Any], body: Body) -> list[str]:
    """Return the years of a trial whose report is signed, and what follows from it."""
    years = (int(year) for year in kept.get("tables", ()))
    why = _("导入的行里有计入%(year)s年度的：%(why)s")
    told = ((year, questioning.closed(body, year)) for year in years)
    return [why % {"year": year, "why": each} for year, each in told if each]


def _listed(rows: list[int]) -> str:
    """Return the numbers of the first rows, and a mark where there are more."""
    return "、".join(map(str, rows[:MOST_TOLD])) + ("…" if rows[MOST_TOLD:] else "")


urlpatterns = [
    path("import/proposals/<int:pk>/", proposal, name="import_proposal"),
]
