"""The screens of word lists: those that hold, the words of one, added and retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang.screening import Kind as Fault
from mingtang.screening import Word
from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.days import DayField
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, body_choice, told, tried
from mingtang_web.desk.word_files import MAX_BYTES, read_words
from mingtang_web.wordlists import actions, policy, queries
from mingtang_web.wordlists.models import Kind, ListOfWords

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.models import Body

A_QUERY = 60


class ListForm(Submission):
    """A new list."""

    name = typed.Text(label=lazy("词表名称"), max_length=60)
    owner = typed.Text(
        label=lazy("负责"),
        max_length=60,
        help_text=lazy("哪个机构负责维护，提示里会写出来，例如局办公室"),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies whose lists the person keeps."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))


class WordForm(Submission):
    """One word."""

    wrong = typed.Text(label=lazy("错的写法"), min_length=2, max_length=64)
    right = typed.Text(
        label=lazy("对的写法"), max_length=64, required=False,
        help_text=lazy("空着的，只提示不宜使用"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=lazy("类别"), choices=Kind)
    since = DayField(label=lazy("从哪天起查"), required=False)
    until = DayField(label=lazy("查到哪天"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what says nothing, or ends before it begins."""
        said = super().clean() or self.cleaned_data
        if said.get("wrong") and said.get("wrong") == said.get("right"):
            self.add_error("right", _("与错的写法相同"))
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("早于开始的日期，请核对两个日期"))
        return said

    def word(self) -> Word:
        """Return what was entered."""
        said = self.cleaned_data
        return Word(
            said["wrong"], said["right"], Fault(said["kind"]),
            since=said["since"], until=said["until"],
        )  # fmt: skip


class FileForm(Submission):
    """A file of words."""

    file = forms.FileField(
        label=lazy("词表文件"),
        help_text=lazy(
            "CSV、XLSX、XLS 第一行写列名（错的写法、对的写法、类别、自、至）；"
            "TXT 一行一个词，对的写法写在制表符后面。有错就整个不导入，逐行说明"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.txt,.yaml,.yml"}),
    )

    def clean_file(self) -> object:
        """Refuse a file past the limit before it is read."""
        file = self.cleaned_data["file"]
        if file.size > min(MAX_BYTES, settings.UPLOAD_LIMIT):
            raise forms.ValidationError(_("文件超过 20 MB 的上限；请分成几个词表"))
        return file


class RetireForm(Submission):
    """Why a word or a list is retired."""

    word = typed.Whole(min_value=1, required=False, widget=forms.HiddenInput)
    note = typed.Text(label=lazy("停用的原因"), max_length=200)


_FORMS: dict[str, type[Submission]] = {
    "add": WordForm,
    "import": FileForm,
    "retire": RetireForm,
    "retire-list": RetireForm,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show the lists that hold for the bodies that are seen, and begin another."""
    held, actor = desk_of(request).held, signed_in(request)
    bodies = bodies_for(policy.KEEP, held)
    if request.method == "POST" and not bodies:
        desk_of(request).demand(policy.KEEP)
    form = ListForm(request.POST or None, bodies=bodies) if bodies else None

    def act() -> HttpResponse:
        assert form is not None  # noqa: S101 - asked before
        said = form.cleaned_data
        doing = form.doing(actor)
        made = actions.begin(said["body"], said["name"], said["owner"], doing)
        return told(request, _("已建立词表，请加词"), "words_list", made.pk)

    done = tried(form, act) if form and request.method == "POST" else None
    rows = queries.counted(queries.visible(held))
    context = {"form": form, "page": page_of(request, rows)}
    status = 422 if form and form.errors else 200
    return done or render(request, "desk/words/list.html", context, status=status)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a list and its words."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def done(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Add words to a list, or retire a word or the list."""
    words = _found(request, number)
    if act not in _FORMS:
        raise Http404
    form = _FORMS[act](request.POST, request.FILES, auto_id=f"id_{act}_%s")

    def doing() -> HttpResponse:
        return told(request, _do(request, words, act, form), "words_list", words.pk)

    return tried(form, doing) or _page(request, words, {act: form}, 422)


def _do(request: HttpRequest, words: ListOfWords, act: str, form: Submission) -> str:
    said = form.cleaned_data
    doing = form.doing(signed_in(request), said.get("note", ""))
    if act == "retire":
        actions.retire(words, said["word"] or 0, doing)
        return _("已停用；记录保留")
    if act == "retire-list":
        actions.retire_list(words, doing)
        return _("已停用；记录保留")
    source = ""
    if isinstance(form, WordForm):
        coming = [form.word()]
    else:
        source = said["file"].name
        coming = list(read_words(said["file"].read(), source, words.owner).words)
    fresh, before = actions.add(words, coming, source, doing)
    return _("新加 %(n)s 条，原来就有 %(m)s 条") % {"n": fresh, "m": before}


def _found(request: HttpRequest, number: int) -> ListOfWords:
    return get_object_or_404(queries.visible(desk_of(request).held), pk=number)


def _page(
    request: HttpRequest,
    words: ListOfWords,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = sent or {}
    sought = typed.sought(request.GET.get("q", ""), A_QUERY)
    retired = request.GET.get("stand") == "retired"
    rows = words.listed.filter(retired_on__isnull=not retired).select_related("retired_by")
    if sought:
        rows = rows.filter(Q(wrong__icontains=sought) | Q(right__icontains=sought))
    may = desk_of(request).held.allows(policy.KEEP, words.body) and not words.retired_on
    context = {
        "words": words,
        "page": page_of(request, rows.order_by("-pk")),
        "sought": sought,
        "retired": retired,
        "batches": words.batches.select_related("by")[:10],
        "sent": bool(sent),
        "forms": {
            name: sent.get(name) or form(version=words.version, auto_id=f"id_{name}_%s")
            for name, form in _FORMS.items()
        }
        if may
        else {},
    }
    return render(request, "desk/words/words.html", context, status=status)


urlpatterns = [
    path("words/", listed, name="words"),
    path("words/<int:number>/", shown, name="words_list"),
    path("words/<int:number>/<slug:act>/", done, name="words_do"),
]
