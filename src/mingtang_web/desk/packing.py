"""The evidence of a case (证据包): what its result asks for, and all there is, packed.

A piece that is not here is a warning and no refusal: it may lie in the paper file.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.drafting.evidence import OVER_OBJECTION, evidence_for
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.cases import attaching, policy
from mingtang_web.cases.searching import bearing
from mingtang_web.desk.case import files_of
from mingtang_web.desk.opening import opened
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import handed_out
from mingtang_web.letters import policy as letters_policy
from mingtang_web.letters.actions import AlteredLetterError, look
from mingtang_web.letters.models import Letter
from mingtang_web.letters.rendering import file as letter_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse

    from mingtang.drafting.evidence import Evidence
    from mingtang_web.cases.models import SearchRecord
    from mingtang_web.desk.opening import Opened

_LETTERS = {
    "consultation_letter": "third_party_consultation",
    "correction_asked": "correction_notice",
    "reason_asked": "reason_notice",
    "fee_asked": "fee_notice",
    "third_party_told": "third_party_disclosure",
    "public_interest": "third_party_disclosure",
}


class Piece(NamedTuple):
    """One piece of evidence that a result asks for, and whether the site holds it.

    ``lack`` says what the site has in its place, where that does not bear the result.
    """

    evidence: Evidence
    held: bool
    lack: str = ""


def pieces(
    seen: Opened, letters: Iterable[Letter], searches: Iterable[SearchRecord]
) -> list[Piece]:
    """Return what the case's result asks for; nothing while it has none."""
    answer = seen.history.round.answer
    if answer is None:
        return []
    days = [each.on for each in searches]
    found = bearing(seen.history, days)
    held = _held(seen, [row for row in letters if row.stands], searches=found)
    happened = [OVER_OBJECTION] if _over_objection(seen) else []
    asked = evidence_for(answer.ground, answer.withheld, happened)
    stale = _("检索记录不是这次答复之前、补正或者重新处理之后的，不能作为依据，请核对")
    lacks = {"search_record": stale} if days and not found else {}
    return [Piece(each, each.id in held, lacks.get(each.id, "")) for each in asked]


def _over_objection(seen: Opened) -> bool:
    """Return whether a third party objected and nothing was left out for its sake."""
    answer = seen.history.round.answer
    said = {
        each.party: each.how
        for present in seen.history.rounds
        for each in present.opinions
        if each.role == "third_party" and each.how
    }
    heeded = answer is None or "N4" in (answer.ground, *answer.withheld)
    return "objects" in said.values() and not heeded


def _held(seen: Opened, letters: list[Letter], *, searches: bool) -> set[str]:
    kinds = {row.kind for row in letters}
    correction, answer = seen.history.correction, seen.history.round.answer
    opinions = (each for present in seen.history.rounds for each in present.opinions)
    asked = [each for each in opinions if each.role == "third_party"]
    served = bool(asked) and all(each.delivered for each in asked)
    consulted = [row for row in letters if row.kind == "third_party_consultation"]
    proved = served and bool(consulted) and all(map(_proved, consulted))
    last = [row for row in letters if answer and row.day == answer.on]
    found = {
        "search_record": searches,
        "delivery_proof": any(map(_proved, last)),
        "consultation_delivery": proved,
        "consultation_reply": bool(asked) and all(each.ended for each in asked),
        "third_party_objection": proved and any(each.how == "objects" for each in asked),
        "correction_received": bool(correction and correction.arrived),
        **{piece: kind in kinds for piece, kind in _LETTERS.items()},
    }
    return {name for name, there in found.items() if there}


def _proved(letter: Letter) -> bool:
    """Return whether a letter is on record as received, with a proof."""
    records = letter.deliveries.all()
    return any(each.received and (each.file_id or each.reference) for each in records)


@login_required
@require_POST
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all that the site holds of a case as one file; each look is recorded."""
    seen = opened(request, pk)
    seen.demand(letters_policy.OPEN)
    seen.demand(policy.OPEN_FILE)
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in _papers(seen):
                archive.writestr(name, data)
    except (ErasedError, AlteredLetterError, AlteredFileError) as why:
        messages.error(request, str(why))
        return redirect("case", pk)
    name = _("证据包-%(number)s.zip") % {"number": seen.case.number}
    return handed_out(made.getvalue(), "application/zip", name)


def _papers(seen: Opened) -> Iterator[tuple[str, str | bytes]]:
    rows = Letter.objects.filter(case_id=seen.case.pk).exclude(status="draft")
    letters = list(rows.select_related("body", "reader").prefetch_related("deliveries"))
    searches = list(seen.case.searches.select_related("by"))
    asked = pieces(seen, letters, searches)
    yield "目录.txt", _contents(seen, asked)
    for n, row in enumerate(letters, 1):
        void = "" if row.stands else "（作废）"
        name = f"文书/{n:02d}-{row.title}{row.number}{void}"
        yield f"{name}.pdf", letter_file(row, look(row, seen.user, "pack"), "pdf")
        for proof in row.deliveries.select_related("file__applicant"):
            if proof.file:
                ending = f"凭证{proof.pk}.{proof.file.kind}"
                yield f"{name}-{ending}", content(proof.file)
    for paper in files_of(seen.case).select_related("file__body", "file__applicant"):
        kept = f"附件/{paper.get_what_display()}-{paper.pk}.{paper.file.kind}"
        yield kept, attaching.look(paper, seen.user)
    for n, each in enumerate(searches, 1):
        told = (each.scope, each.method, f"{each.on} {each.by.display_name}", each.result)
        heads = ("检索范围", "检索方式", "检索时间和人员", "检索结果")
        lines = (f"{head}：{words}" for head, words in zip(heads, told, strict=True))
        yield f"检索记录/{n}.txt", "\n".join(lines)


def _contents(seen: Opened, asked: list[Piece]) -> str:
    lines = [f"{seen.case.body.name} {seen.case.number} {seen.case.subject}", ""]
    for each in asked:
        lack = each.lack or "系统中没有，请核对纸质卷宗"
        lines.append(f"{each.evidence.label}：{'有' if each.held else lack}")
    return "\n".join(lines)


urlpatterns = [path("cases/<int:pk>/pack/", pack, name="case_pack")]
