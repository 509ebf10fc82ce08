"""The templates of letters, as an office words them; the law's words are locked."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mingtang.drafting import templates
from mingtang.drafting.citing import said
from mingtang.drafting.particulars import particulars
from mingtang.drafting.remedies import wording as remedies
from mingtang.drafting.template import REMEDY, UnknownKindError, template
from mingtang.law.grounds import Remedy, ground
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.queries import require, seen
from mingtang_web.desk.forms_letters import WordingForm
from mingtang_web.desk.sitting import desk_of
from mingtang_web.letters import policy
from mingtang_web.letters.models import LetterEdit
from mingtang_web.letters.queries import edits
from mingtang_web.letters.wording import WordingError, reword_all

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import HttpRequest, HttpResponse

    from mingtang.drafting.template import Passage, Template
    from mingtang_web.bodies.models import Body

_FIELD = re.compile(r"(\{[^{}]*\})")
_STANDING = {
    "you": "您/你单位", "paper": "本文书", "body": "本机关全称", "number": "文号",
    "cite": "依据条款", "pay_by": "缴纳截止日", "n": "序号", "item": "该项",
}  # fmt: skip


class Span(NamedTuple):
    """Some words of a passage, or the place of a field with what stands there."""

    text: str
    is_field: bool


class Part(NamedTuple):
    """One passage as the editor shows it: locked with its words, or a field to type in."""

    id: str
    spans: tuple[Span, ...]
    field: BoundField | None
    fields: tuple[tuple[str, str], ...]


@require_safe
@login_required
def kinds(request: HttpRequest, pk: int) -> HttpResponse:
    """List the kinds of letter, with how many passages the office words itself."""
    body = _body(request, pk)
    rows = LetterEdit.objects.filter(body=body).order_by("id")
    last = {
        (kind, at): text for kind, at, text in rows.values_list("kind", "passage", "text")
    }
    own = [kind for (kind, _at), text in last.items() if text]
    titles = Counter(made.title for made in templates())
    listed = [(made, titles[made.title] > 1, own.count(made.kind)) for made in templates()]
    return render(request, "desk/letters/kinds.html", {"body": body, "kinds": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wording(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Word the free passages of a kind, with the whole of it beside."""
    body, made = _body(request, pk), _template(kind)
    present = edits(body, kind, clock.today())
    form = WordingForm(made, present, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and request.POST.get("step") != "preview"
    ):
        try:
            since = form.cleaned_data["since"]
            kept = reword_all(body, kind, form.texts(), since, signed_in(request))
        except WordingError as wrong:
            for passage, why in wrong.problems.items():
                form.add_error(f"text-{passage}", _in_words(made, passage, why))
        else:
            messages.success(request, _("已保存 %(count)s 处改写") % {"count": len(kept)})
            return redirect("letter_wording", pk, kind)
    rows = LetterEdit.objects.filter(body=body, kind=kind).select_related("by")
    context = {
        "body": body,
        "made": made,
        "form": form,
        "parts": tuple(_part(made, passage, form) for passage in made.passages),
        "cite": said(made.cite),
        "history": rows.order_by("-id")[:50],
    }
    return render(request, "desk/letters/wording.html", context)


def _body(request: HttpRequest, pk: int) -> Body:
    held = desk_of(request).held
    body = get_object_or_404(seen(held), pk=pk)
    require(request.user, policy.EDIT, body, clock.today())
    return body


def _template(kind: str) -> Template:
    try:
        return template(kind)
    except UnknownKindError as nothing:
        raise Http404 from nothing


def _in_words(made: Template, passage: str, why: str) -> str:
    """Return an error with places and labels, where the engine says ids."""
    place = [known.id for known in made.passages].index(passage) + 1
    why = why.replace(f"“{passage}”段", _("第%(n)s段") % {"n": place})
    found = made.passage(passage)
    for name in sorted(found.fields() if found else (), key=len, reverse=True):
        why = why.replace(name, f"“{{{name}}}”")
    return why


def _part(made: Template, passage: Passage, form: WordingForm) -> Part:
    name = f"text-{passage.id}"
    field = form[name] if name in form.fields else None
    text = str(field.value() or "") or passage.text if field else _locked(made, passage)
    labels = _labels(made)
    fields = sorted(passage.fields()) if field else []
    return Part(
        id=passage.id,
        spans=tuple(_span(piece, labels) for piece in _FIELD.split(text) if piece),
        field=field,
        fields=tuple((f"{{{each}}}", _label(each, labels)) for each in fields),
    )


def _locked(made: Template, passage: Passage) -> str:
    if passage.id == REMEDY:
        return remedies()[_remedy(made)].replace("{organ}", "{review_organ}")
    if passage.table:
        return passage.appendix or _("（表格）")
    return passage.text


def _remedy(made: Template) -> str:
    """Return by which words a kind tells its remedy, where they hang on nothing else."""
    if made.remedy == "fee_notice":
        return made.remedy
    told = ground(made.ground).remedy if made.ground else Remedy.RS
    return "RF" if told is Remedy.RF else "RS"


def _span(piece: str, labels: dict[str, str]) -> Span:
    if not _FIELD.fullmatch(piece):
        return Span(piece, is_field=False)
    return Span(_label(piece[1:-1], labels), is_field=True)


def _label(name: str, labels: dict[str, str]) -> str:
    if name.startswith("term."):
        return _("法定期限")
    return labels.get(name) or labels.get(name.partition(".")[0]) or name


def _labels(made: Template) -> dict[str, str]:
    known = {each.id: each.label for each in (*particulars(), *made.needs, *made.may)}
    known |= {f"item.{part.id}": part.label for each in made.needs for part in each.parts}
    return known | _STANDING | _OF_REMEDIES


_OF_REMEDIES = {
    "receipt": "收到本文书", "review": "复议期限", "suit": "起诉期限", "after": "起诉期限",
    "review_organ": "复议机关", "court": "管辖法院", "online": "网上渠道",
    "cited": "依据条款", "fee.counted": "计收的件数或者页数", "fee.cite": "标准的依据",
    "fee.total": "金额", "fee.capitals": "大写金额",
}  # fmt: skip
