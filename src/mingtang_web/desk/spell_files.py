"""Figures of periods and files: a year's as CSV or a workbook, one's evidence."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import xlsxwriter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.desk.exporting import MARK
from mingtang_web.desk.spell_forms import EvidenceForm
from mingtang_web.desk.spell_lines import HEADS
from mingtang_web.desk.spells import asked, found, page_of
from mingtang_web.desk.submitting import told, tried
from mingtang_web.figures import exact
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import TYPES, handed_out
from mingtang_web.spells import evidence, queries
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.spells.models import Spell


@require_safe
@login_required
def exported(request: HttpRequest, kind: str) -> HttpResponse:
    """Give what a body entered for a year, what is struck with it, as a file."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    _form, body, year = asked(request)
    rows = queries.of_year(body, year).select_related("body")
    name = _("%(name)s%(year)s年时段填报数") % {"name": body.short_name, "year": year}
    data = as_csv(rows) if kind == "csv" else as_workbook(rows)
    media = "text/csv; charset=utf-8" if kind == "csv" else TYPES["xlsx"]
    return handed_out(data, media, f"{name}.{kind}")


@require_POST
@login_required
def attached(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file as evidence of a figure."""
    spell, actor = found(request, number), signed_in(request)
    form = EvidenceForm(request.POST, request.FILES, auto_id="id_attach_%s")

    def act() -> HttpResponse:
        said = form.cleaned_data
        evidence.attach(spell, said["file"], said["name"], form.doing(actor))
        return told(request, _("凭据已保存，并记入台账"), "spell", spell.pk)

    return tried(form, act) or page_of(request, spell, {"attach": form}, 422)


@require_safe
@login_required
def given(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Give a file of a figure to whoever sees the figure."""
    spell = found(request, number)
    kept = get_object_or_404(spell.evidence.select_related("file"), pk=row)
    try:
        data = content(kept.file)
    except AlteredFileError as why:
        messages.error(request, str(why))
        return redirect("spell", spell.pk)
    name = f"{spell.number}-{kept.name}.{kept.file.kind}"
    return handed_out(data, "application/octet-stream", name)


def as_csv(rows: Iterable[Spell]) -> bytes:
    """Return figures as CSV, heads first; a table of them can be entered again."""
    file = io.StringIO()
    write = csv.writer(file).writerow
    write(heads())
    for row in rows:
        write([harmless(cell) for cell in _line(row)])
    return f"{MARK}{file.getvalue()}".encode()


def as_workbook(rows: Iterable[Spell]) -> bytes:
    """Return figures as a workbook, the figure of each a number."""
    file = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, plain)
    sheet = book.add_worksheet(_("时段填报数"))
    sheet.write_row(0, 0, heads(), book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    value = heads().index(HEADS["value"][0])
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(_line(row)):
            sheet.write_string(place, column, cell)
        sheet.write_number(place, value, exact(row.value))
    book.close()
    return file.getvalue()


def heads() -> list[str]:
    """Return the heads: those by which a table is entered, and what else is known."""
    named = [head[0] for head in HEADS.values()]
    return [_("登记号"), _("机关"), *named, _("状态")]


def _line(row: Spell) -> list[str]:
    return [
        row.number,
        row.body.short_name,
        row.label,
        f"{row.first}",
        f"{row.last}",
        row.value,
        row.source,
        row.provider,
        row.document.index_number if row.document else "",
        _("已作废") if row.struck else _("有效"),
    ]


HERE = "spells/<int:number>/evidence/"
urlpatterns = [
    path("spells/export.<slug:kind>", exported, name="spell_export"),
    path(HERE, attached, name="spell_evidence"),
    path(f"{HERE}<int:row>/", given, name="spell_evidence_file"),
]
